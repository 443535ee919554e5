"""`sevenbot doctor`: every setting and system it needs, and what to do about each failure."""

from __future__ import annotations

import asyncio
import json
import signal
import sys
from dataclasses import asdict
from pathlib import Path

import click

from sevenbot import config
from sevenbot.cli.fold import folded
from sevenbot.cli.options import NEEDED_BY_RUN, exposed_secrets, flag_name, settings_options, whole_environment
from sevenbot.config import Settings
from sevenbot.doctor.finding import Finding, Result, advise, failed, ok
from sevenbot.errors import ConfigError

MARKS = {Result.OK: ("✓", "green"), Result.ADVICE: ("!", "yellow"), Result.FAILED: ("✗", "red")}
SETTINGS_ADVICE = "set it in .env, in the environment or as a flag"


@click.command(
    epilog="""
\b
Examples:
  sevenbot doctor                     with the settings of .env
  sudo -u sevenbot sevenbot doctor    as the user who runs the bot
  sevenbot doctor --json              for programs

Exit codes: 0 nothing failed (advice may remain), 1 something failed, 2 settings are wrong or missing.
"""
)
@settings_options()
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.pass_context
def command(ctx: click.Context, flags: dict[str, str], *, as_json: bool) -> None:
    """
    Check every setting and system, and say what to do.

    Writes, reads and removes a test record in the database or the DynamoDB tables and a test mail in the spool, asks
    Telegram and the model, and looks at folders, ports, DNS and the clock. It may run beside `sevenbot run`.
    """
    settings, findings = read_settings(flags)
    are_settings_wrong = any(finding.result is Result.FAILED for finding in findings)
    if not as_json:
        for finding in findings:
            show(finding)
    if settings is not None:
        findings += asyncio.run(examine_all(settings, is_quiet=as_json))
    if as_json:
        told = {"ok": not has_failed(findings), "checks": [asdict(finding) for finding in findings]}
        click.echo(json.dumps(told, indent=2))
    else:
        click.echo(verdict(findings))
    ctx.exit(2 if are_settings_wrong else int(has_failed(findings)))


def read_settings(flags: dict[str, str]) -> tuple[Settings | None, list[Finding]]:
    """Return the settings, as far as they can be read, and what is to be said of them."""
    try:
        environ = whole_environment()
    except ConfigError as exc:
        return None, [failed("settings", problem, "mend the file, or remove it") for problem in exc.problems]
    findings = [advise("settings", line, "mend the name, or remove it") for line in config.unknown(environ)]
    for name in exposed_secrets(flags):
        on_show = f"{flag_name(name)}: every user of this machine can read command lines"
        findings.append(advise("settings", on_show, f"set {name} in .env"))
    try:
        settings = config.load(environ, flags, needs=NEEDED_BY_RUN)
    except ConfigError as exc:
        findings += [failed("settings", problem, SETTINGS_ADVICE) for problem in exc.problems]
    else:
        return settings, [*findings, ok("settings", what_is_set(settings))]
    try:  # what is missing does not keep the rest from being checked
        return config.load(environ, flags), findings
    except ConfigError:
        return None, findings


def what_is_set(settings: Settings) -> str:
    """Return the settings that differ from the defaults, secrets masked."""
    defaults = Settings().shown()
    return ", ".join(f"{name}={value}" for name, value in settings.shown().items() if value != defaults[name])


async def examine_all(settings: Settings, *, is_quiet: bool) -> list[Finding]:
    """Make every check, and show each finding as it comes."""
    from sevenbot.doctor.examine import examine

    # As Ctrl-C does: the test items are removed first.
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, signal.raise_signal, signal.SIGINT)
    findings = []
    async for finding in examine(settings, Path.cwd()):
        findings.append(finding)
        if not is_quiet:
            show(finding)
    return findings


def show(finding: Finding) -> None:
    """Print one line, and the advice below it."""
    mark, colour = MARKS[finding.result]
    line = folded(f"  {finding.check + ':':13} {finding.detail}", sys.stdout, hang=16)
    click.echo(click.style(mark, fg=colour) + line[1:])
    if finding.advice:
        click.echo(folded(f"  {'':13} → {finding.advice}", sys.stdout, hang=18))


def has_failed(findings: list[Finding]) -> bool:
    """Say whether any check failed."""
    return any(finding.result is Result.FAILED for finding in findings)


def verdict(findings: list[Finding]) -> str:
    """Return the last line."""
    failures = sum(finding.result is Result.FAILED for finding in findings)
    advice = sum(finding.result is Result.ADVICE for finding in findings)
    if failures:
        return f"\n{failures} of {len(findings)} checks failed."
    return "\nAll is well" + (f", with advice on {advice} point{'s'[: advice - 1]}." if advice else ".")
