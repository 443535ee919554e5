"""Moments as the tables keep them: ISO 8601, UTC, always with microseconds, so that text sorts as time does."""

from __future__ import annotations

from datetime import UTC, datetime


def to_iso(moment: datetime) -> str:
    """Return 2026-11-02T10:00:00.123456Z for an aware *moment*."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


def from_iso(text: str) -> datetime:
    """Read back what `to_iso` wrote, aware, UTC."""
    return datetime.fromisoformat(text)
