"""What a deployment would do, for people and for programs."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import click

from sevenbot.cli.table import show_table

if TYPE_CHECKING:
    from sevenbot.aws.deploy import Plan


def show_plan(plan: Plan, *, with_webhook: bool) -> None:
    """Print what would change: the stack's resources, settings by name, and what else people would notice."""
    if plan.is_anything:
        show_changes(plan)
    else:
        click.echo("nothing to change")
    if plan.left_domain:
        click.echo(f"domain: addresses so far end in @{plan.left_domain}; mail for them is refused from then on\n")
    if with_webhook and plan.webhook_elsewhere:
        click.echo(f"webhook: Telegram posts updates to\n  {plan.webhook_elsewhere}\n  now, and here from then on\n")


def show_changes(plan: Plan) -> None:
    """Print a table of the stack's resources, and the settings by name."""
    from sevenbot.aws.changes import rows

    if plan.change is not None:
        click.echo()
        told = rows(plan.change.changes)
        show_table(
            ("ACTION", "RESOURCE", "TYPE", "WHAT CHANGES"),
            [(row.action, row.resource, row.kind, row.details) for row in told],
        )
        if any(row.action == "may replace" for row in told):
            click.echo("may replace: it hangs on another part that changes. Tables and bucket are never replaced.")
    for word, names in zip(("new", "changed", "gone"), plan.difference, strict=True):
        if names:
            click.echo(f"settings {word}: {', '.join(names)}")
    click.echo()


def plan_fields(plan: Plan) -> dict[str, Any]:
    """Return the plan as JSON takes it; what differs in settings by name only."""
    from sevenbot.aws.changes import rows

    return {
        "is_anything": plan.is_anything,
        "changes": [asdict(row) for row in rows(plan.change.changes)] if plan.change else [],
        "settings": {"new": plan.difference.added, "changed": plan.difference.changed, "gone": plan.difference.removed},
        "left_domain": plan.left_domain or None,
        "webhook_elsewhere": plan.webhook_elsewhere or None,
    }
