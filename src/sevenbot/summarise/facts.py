"""
Facts of a mail, word for word, nothing invented: codes, dates, amounts, links, references, requests.

Dates, amounts and requests come from what is new in the mail (`Message.latest`); the codes were found when it was
parsed, since they make its kind. Every finder reads a capped text with patterns that take linear time.
"""

from __future__ import annotations

from sevenbot.parse.message import Kind, Message
from sevenbot.summarise.amounts import find_amounts
from sevenbot.summarise.asks import find_asks
from sevenbot.summarise.dates import find_dates
from sevenbot.summarise.links import find_links
from sevenbot.summarise.parcels import find_parcels
from sevenbot.summarise.passed_on import speaking
from sevenbot.summarise.planted import for_people
from sevenbot.summarise.references import find_references
from sevenbot.summarise.summary import Facts


def find_facts(message: Message) -> Facts:
    """Return the facts of *message*; each field is empty when the mail has none."""
    message = speaking(for_people(message))
    new = message.latest or message.text
    if message.kind is Kind.BOUNCE:
        return Facts(links=find_links(message))  # its dates and numbers are those of servers
    parcels = find_parcels(f"{message.subject}\n{new}")
    return Facts(
        codes=message.codes,
        dates=find_dates(f"{message.subject}\n{new}", message.date),
        amounts=find_amounts(f"{message.subject}\n{new}"),
        links=find_links(message),
        asks=find_asks(message),
        parcels=parcels,
        references=find_references(f"{message.subject}\n{new}", (*message.codes, *parcels)),
    )
