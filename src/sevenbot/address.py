"""
Mail addresses as SMTP carries them: parse, normalise, subaddress.

Accepts what RFC 5321 §4.1.2 calls a Mailbox, without angle brackets, comments or white space around it:

    local@example.org                     Dot-string local part
    "two words"@example.org               Quoted-string local part
    почта@пример.рф                       RFC 6531: non-ASCII letters in both parts
    local@[192.0.2.1], local@[IPv6:::1]   address literals

Normal form: the local part without needless quotes and in Unicode's form NFC (RFC 6532 §3.1), its case kept (only its
owner may say that case does not matter, RFC 5321 §2.4); the domain in lower case, as A-labels (`xn--...`), without
the root's dot. Parsing the normal form again yields the same address.
"""

from __future__ import annotations

import ipaddress
import re
import unicodedata
from dataclasses import dataclass

#: RFC 5321 §4.5.3.1: local part 64 and domain 255 octets. Real reverse paths (VERP) break the first; the sum is kept.
MAX_OCTETS = 64 + 1 + 255
MAX_DOMAIN_OCTETS = 255
MAX_LABEL_OCTETS = 63

# Sets are named by what they leave out: one of a million characters takes Python long to compile.
_ATEXT = r'[^\x00- "(),.:;<>@\[\\\]\x7f]'  # RFC 5322 §3.2.3, RFC 6531 §3.3
_DOT_STRING = re.compile(rf"{_ATEXT}+(?:\.{_ATEXT}+)*")
_QUOTED = re.compile(r'"((?:[^\x00-\x1f"\\\x7f]|\\[ -~])*)"')  # RFC 5321 §4.1.2, qcontentSMTP
_LABEL = re.compile(r"[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?")  # the underscore is no host name, but is found in the wild

# Controls, half surrogate pairs, and what breaks lines: never part of an address, however it is quoted.
_UNFIT_CATEGORIES = frozenset({"Cc", "Cs", "Zl", "Zp"})


@dataclass(frozen=True, slots=True)
class Address:
    """An address in normal form; `local` is the content, without the quotes it may need in writing."""

    local: str
    domain: str

    def __str__(self) -> str:
        if _DOT_STRING.fullmatch(self.local):
            return f"{self.local}@{self.domain}"
        escaped = self.local.replace("\\", "\\\\").replace('"', '\\"')
        return f'"{escaped}"@{self.domain}'

    @property
    def subaddress(self) -> str | None:
        """Return what follows the first "+" of the local part (RFC 5233 §1, detail), or None when nothing does."""
        user, _, detail = self.local.partition("+")
        return detail or None if user else None

    @property
    def without_subaddress(self) -> Address:
        """Return the address without "+" and what follows; one that begins with "+" stays as it is."""
        user, _, _ = self.local.partition("+")
        return Address(user, self.domain) if user else self


def parse_address(text: str) -> Address:
    """
    Read one address.

    Raises:
        ValueError: It is none; the message says why, without the text itself.
    """
    if len(text.encode("utf-8", "replace")) > MAX_OCTETS:
        raise ValueError("the address is too long")
    if not text.isprintable() and any(unicodedata.category(letter) in _UNFIT_CATEGORIES for letter in text):
        raise ValueError("the address holds a control character")
    local, at, domain = text.rpartition("@")
    if not at:
        raise ValueError("the address has no @")
    return Address(_local_part(local), _domain(domain))


def _local_part(text: str) -> str:
    if _DOT_STRING.fullmatch(text):
        return unicodedata.normalize("NFC", text)
    quoted = _QUOTED.fullmatch(text)
    if not quoted or not quoted[1]:
        raise ValueError("the local part is not well formed")
    return unicodedata.normalize("NFC", re.sub(r"\\(.)", r"\1", quoted[1]))


def _domain(text: str) -> str:
    if text.startswith("[") and text.endswith("]"):
        return _address_literal(text[1:-1])
    name = text.removesuffix(".")
    try:
        ascii_name = name.lower() if name.isascii() else name.encode("idna").decode("ascii").lower()
    except UnicodeError as exc:
        raise ValueError("the domain is not well formed") from exc
    labels = ascii_name.split(".")
    if len(ascii_name) > MAX_DOMAIN_OCTETS or not all(_is_label(label) for label in labels):
        raise ValueError("the domain is not well formed")
    return ascii_name


def _is_label(label: str) -> bool:
    return len(label) <= MAX_LABEL_OCTETS and bool(_LABEL.fullmatch(label))


def _address_literal(text: str) -> str:
    # RFC 5321 §4.1.3
    is_v6 = text[:5].lower() == "ipv6:"
    try:
        address = ipaddress.IPv6Address(text[5:]) if is_v6 else ipaddress.IPv4Address(text)
    except ValueError as exc:
        raise ValueError("the address literal is not well formed") from exc
    return f"[IPv6:{address}]" if is_v6 else f"[{address}]"
