"""A mail that passes another one on: its own words come first; when they say nothing ("FYI"), the other speaks."""

from __future__ import annotations

from dataclasses import replace

from sevenbot.parse.message import Message
from sevenbot.summarise.candidates import candidates

SIGN = "↪"
"""Stands before words of the mail that is passed on, so that nobody takes them for the forwarder's."""


def below(message: Message) -> Message:
    """Return the mail that *message* passes on, as if its text had been sent as it is."""
    return replace(message, latest=message.passed_on, passed_on="")


def speaking(message: Message) -> Message:
    """Return *message*, or what is `below` when nothing that tells anything stands above it."""
    return below(message) if message.passed_on and not candidates(message).telling else message
