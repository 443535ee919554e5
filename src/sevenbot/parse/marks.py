"""
The marks mail programs leave in HTML where words that are not new begin: answered mail, attributions, signatures.

Only marks around something whole count. Gmail's `gmail_quote` does not: answers stand between its quotes.

Gathered from Outlook (desktop, web, mobile), Thunderbird, Apple Mail, Gmail, Yahoo, Proton, Zoho and Tutanota; Outlook
puts "x_" before the names in what it answers.
"""

from __future__ import annotations

import re
from typing import Literal

# What is in such an element is not new, what follows may be.
_ASIDE = frozenset(
    [
        *["gmail_signature", "gmail_signature_prefix", "moz-signature", "protonmail_signature_block", "signature"],
        *["ms-outlook-mobile-signature", "applemailsignature", "zm_signature", "tutanota_signature"],
        *["moz-cite-prefix", "yahoo_quoted", "protonmail_quote", "tutanota_quote", "zmail_extra"],
    ]
)
# From such an element on to the end of the page nothing is new.
_BREAK = frozenset(["divrplyfwdmsg", "mail-editor-reference-message-container", "ms-outlook-mobile-reference-message"])
_BREAK |= {"outlookmessageheader", "reply-intro"}
# The line Outlook on desktops draws above a quoted header.
_OUTLOOK_LINE = re.compile(r"border-top:\s*solid\s+#(?:e1e1e1|b5c4df)\s+1\.0pt", re.IGNORECASE)

# "front-signature", "composer_signature", "signature_old".
_SIGNATURE = re.compile(r"(?:[a-z]{2,12}[-_])?signature(?:[-_](?:old|block|container|\d{1,6}))?")

Mark = Literal["", "aside", "break"]


def of(attributes: dict[str, str]) -> Mark:
    """Return what an element with these attributes marks."""
    if "class" in attributes or "id" in attributes:
        given = f"{attributes.get('class', '')} {attributes.get('id', '')}".lower().split()
        names = {name.removeprefix("x_") for name in given}
        if not names.isdisjoint(_BREAK):
            return "break"
        if not names.isdisjoint(_ASIDE) or any(map(_SIGNATURE.fullmatch, names)):
            return "aside"
    return "break" if "style" in attributes and _OUTLOOK_LINE.search(attributes["style"]) else ""
