"""`sevenbot aws package`: the functions' code as a file."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from sevenbot.cli.options import given_settings

#: As aws/package.py has them, which is imported only when it builds.
ARCHITECTURES = ("arm64", "x86_64")


@click.command(
    "package",
    short_help="Build the zip that the functions run from.",
    epilog="""
\b
Examples:
  sevenbot aws package                              for `deploy --package`
  sevenbot aws package --arch x86_64 --out my.zip
""",
)
@click.option("--arch", type=click.Choice(ARCHITECTURES), help="The processor. [default: SEVENBOT_LAMBDA_ARCH, arm64]")
@click.option(
    "--out",
    type=click.Path(dir_okay=False, path_type=Path),
    default="sevenbot-functions.zip",
    show_default=True,
    help="Where to write it.",
)
def command(arch: str | None, out: Path) -> None:
    """
    Build the zip that the functions run from: code and wheels, compiled for this Python.

    The wheels come from the package index that pip uses here, in the versions and with the hashes of the lock file. Two
    builds give the same bytes. `sevenbot aws deploy` does this by itself.
    """
    from sevenbot.aws.package import build_and_try

    if not out.absolute().parent.is_dir():
        raise click.BadParameter(f"there is no folder {out.absolute().parent}", param_hint="--out")
    arch = arch or given_settings(needs=())[0].lambda_arch
    built = build_and_try(arch)
    out.write_bytes(built.content)
    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    click.echo(f"{out}: {len(built.content) / 1e6:.1f} MB for {arch}, Python {version}")
    for handler, seconds in built.import_seconds.items():
        click.echo(f"  sevenbot.lambdas.{handler:<17} imported in {seconds * 1000:.0f} ms of CPU")
    if not built.import_seconds:
        click.echo("  imports are not timed: it is for another processor than this machine's")
