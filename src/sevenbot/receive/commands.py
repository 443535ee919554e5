"""
What SMTP commands say (RFC 5321 §4.1.2 and the extensions we offer): pure functions over one command's argument.

As generous as is safe: brackets and domain may be missing, blanks may follow the colon, a local part may be nearly
anything. Addresses may be UTF-8 with or without the SMTPUTF8 parameter: many programs (swaks, msmtp) never send it,
and an address says by itself what it is. Bytes that are not UTF-8 have become U+FFFD before they come here: kept in a
sender, unknown in a recipient.
"""

from __future__ import annotations

import re
from typing import NamedTuple

MAX_SIZE_DIGITS = 20  # RFC 1870 §3

# Every repetition is possessive, those of groups as atomic groups (Python 3.11.2 errs on "(?:...)*+"): linear time.
_PATH = re.compile(
    r"""\s*+
    (?: < (?> (?: @[^<>":\s]*+ : )? )  # a source route, to be ignored (RFC 5321 appendix C)
        (?P<path> (?> (?: "(?> (?: [^"\\\x00-\x1f\x7f] | \\[^\x00-\x1f\x7f] )* )" | [^<>"\s\x00-\x1f\x7f]++ )* ) ) >
      | (?P<bare> [^<>"\s\x00-\x1f\x7f]++ ) )
    (?> (?: \s++ (?P<parameters> .*+ ) )? )""",
    re.VERBOSE,
)


class Path(NamedTuple):
    """An address, "" for the null sender, and the parameters after it, in upper case."""

    address: str
    parameters: list[str]


def read_path(argument: str | None, keyword: str) -> Path | None:
    """Read "FROM:<address> parameters..." (*keyword* is "FROM:" or "TO:"), or return None when it is not that."""
    if argument is None or argument[: len(keyword)].upper() != keyword:
        return None
    match = _PATH.fullmatch(argument, len(keyword))
    if match is None:
        return None
    path, bare, parameters = match.groups()
    return Path(bare or path or "", (parameters or "").upper().split())


def mail_parameters_problem(parameters: list[str]) -> str | None:
    """Return the reply to parameters of MAIL that cannot be honoured, or None."""
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        if name not in ("SIZE", "BODY", "SMTPUTF8"):
            return "555 5.5.4 Parameter of MAIL not offered here"
        is_size = name == "SIZE" and value.isascii() and value.isdecimal() and len(value) <= MAX_SIZE_DIGITS
        if not is_size and parameter not in ("BODY=7BIT", "BODY=8BITMIME", "SMTPUTF8"):
            return f"501 5.5.4 Value of {name} not understood"
    return None


def declared_size(parameters: list[str]) -> int:
    """Return the SIZE of checked parameters, or 0."""
    return max((int(parameter[5:]) for parameter in parameters if parameter.startswith("SIZE=")), default=0)
