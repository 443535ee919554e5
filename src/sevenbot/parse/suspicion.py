"""
Warnings for the reader, few and meant.

A link that shows one host and leads to another, a sender whose name is another address, a domain that imitates letters,
a program among the attachments.

Every warning names what was seen, so that a person can judge. A false alarm costs trust in the next one.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from urllib.parse import urlsplit

from sevenbot.flat import LOOK_ALIKES
from sevenbot.parse.kind_words import FREE_MAIL
from sevenbot.parse.message import Attachment, Kind, Link, Mailbox

_MAX_WARNINGS = 10
_LINKS_LOOKED_AT = 200


def _names(text: str) -> frozenset[str]:
    return frozenset(text.split())


_HOST = re.compile(r"(?:https?://)?((?:[a-z0-9-]{1,63}\.)+[a-z]{2,24})(?::\d+)?(?:[/?#]\S*)?", re.IGNORECASE)
_ADDRESS = re.compile(r"[\w.+-]{1,64}@((?:[\w-]{1,63}\.)+[^\W\d_]{2,24})")
# A second label that is part of a public suffix: co.uk, com.au, gov.br.
_SECOND_LEVEL = _names("ac co com edu gob gouv gov go ne net or org nom ltd plc me mil sch")
# What Windows, macOS and Android run on a double click (Gmail's list of blocked file types, read 2026-11).
_PROGRAMS = re.compile(
    r"\.(?:ade|adp|apk|appx|bat|cab|chm|cmd|com|cpl|diagcab|dll|dmg|ex_?|exe|hta|img|ins|iso|isp|jar|jnlp|js|jse"
    r"|lib|lnk|mde|msc|msi|msix|msp|mst"
    r"|nsh|pif|ps1|reg|scr|sct|shb|sys|vb|vbe|vbs|vhd|vhdx|vxd|wsc|wsf|wsh|xll)$",
    re.IGNORECASE,
)
_DOUBLE = re.compile(r"\.(?:pdf|docx?|xlsx?|jpe?g|png|txt|zip)\.(?:html?|shtml)$", re.IGNORECASE)
_MACROS = re.compile(r"\.(?:docm|dotm|xlsm|xltm|xlam|pptm|ppam|ppsm)$", re.IGNORECASE)


def warnings(
    sender: Mailbox | None,
    reply_to: tuple[Mailbox, ...],
    links: list[Link],
    attachments: list[Attachment],
    kind: Kind,
) -> tuple[str, ...]:
    """Return what a reader should know before trusting a mail, at most ten sentences."""
    found = dict.fromkeys(
        [*_sender(sender), *_reply(sender, reply_to, kind), *_links(links, sender), *_attachments(attachments)]
    )
    return tuple(found)[:_MAX_WARNINGS]


def organisation(host: str) -> str:
    """Return the part of a host name that somebody registered: example.co.uk of mail.example.co.uk."""
    labels = host.lower().rstrip(".").split(".")
    take = 3 if len(labels) > 2 and labels[-2] in _SECOND_LEVEL and len(labels[-1]) == 2 else 2
    return ".".join(labels[-take:])


def _domain(address: str) -> str:
    return address.rpartition("@")[2].strip("[]").lower()


def _sender(sender: Mailbox | None) -> Iterator[str]:
    if sender is None:
        return
    domain = _domain(sender.address)
    for shown in _ADDRESS.finditer(sender.name[:500]):
        if domain and organisation(_ascii(shown[1])) != organisation(_ascii(domain)):
            yield f"The sender's name says {shown[0]}, the mail is from {sender.address}"
    imitated = _imitation(domain) or _misspelt(domain, sender.name)
    if imitated:
        yield f"The sender's domain {domain} is written to look like {imitated}"


def _ascii(domain: str) -> str:
    try:
        return domain.encode("idna").decode("ascii") if not domain.isascii() else domain
    except UnicodeError:
        return domain


def _unicode(label: str) -> str:
    if not label.lower().startswith("xn--") or len(label) > 63:  # RFC 5891; longer ones are no labels
        return label
    try:
        return label[4:].encode("ascii").decode("punycode").lower()
    except (UnicodeError, ValueError):
        return label


def _imitation(domain: str) -> str | None:
    """Return the Latin word a domain imitates with letters of another script, or None."""
    *labels, top = [_unicode(label) for label in domain.split(".")]
    if not top.isascii():
        return None  # a country's own letters under its own top-level domain
    for label in labels:
        if label.isascii():
            continue
        scripts = {unicodedata.name(char, "?").split()[0] for char in label if char.isalpha()}
        plain = label.translate(LOOK_ALIKES)
        if plain.isascii() and plain != label and ("LATIN" in scripts or len(scripts) == 1):
            return ".".join([*(part.translate(LOOK_ALIKES) for part in labels), top])
        if len(scripts & {"LATIN", "CYRILLIC", "GREEK", "ARMENIAN"}) > 1:
            return "another one: it mixes alphabets"
    return None


# Whom letters are forged for most; the words of the sender's own name are looked at besides.
_FORGED = _names(
    "microsoft google apple amazon paypal facebook instagram netflix linkedin dropbox docusign whatsapp telegram "
    "outlook office adobe ebay coinbase binance fedex sparkasse volksbank postbank santander barclays walmart "
    "mastercard americanexpress"
)
# Latin letters and digits that pass for another one at a glance.
_AT_A_GLANCE = (("rn", "m"), ("vv", "w"), ("cl", "d"), ("1", "l"), ("0", "o"), ("5", "s"))


def _misspelt(domain: str, name: str) -> str | None:
    """Return the domain that *domain* is misspelt for: rnicrosoft.com, paypa1.com."""
    label, _, rest = organisation(domain).partition(".")
    known = _FORGED.union(re.findall(r"[a-z]{5,30}", name[:200].lower()))
    for part in label.split("-"):
        for meant in _taken_for(part):
            if meant in known and part not in known:
                return f"{label.replace(part, meant)}.{rest}"
    return None


def _taken_for(part: str) -> Iterator[str]:
    """Yield what a word may be taken for: with each look-alike replaced, and with all of them."""
    every = part
    for seen, taken in _AT_A_GLANCE:
        if seen in part:
            every = every.replace(seen, taken)
            yield part.replace(seen, taken)
    yield every


def _reply(sender: Mailbox | None, reply_to: tuple[Mailbox, ...], kind: Kind) -> Iterator[str]:
    """Tell a personal mail whose answers go to somebody else's free mailbox: the mark of invoice and boss fraud."""
    if sender is None or kind is not Kind.PERSONAL or len(reply_to) != 1:
        return
    own, answer = _domain(sender.address), _domain(reply_to[0].address)
    if own and answer and organisation(own) != organisation(answer) and answer in FREE_MAIL:
        yield f"Answers go to {reply_to[0].address}, not to the sender {sender.address}"


def _links(links: list[Link], sender: Mailbox | None) -> Iterator[str]:
    own = organisation(_domain(sender.address)) if sender else ""
    for link in links[:_LINKS_LOOKED_AT]:
        shown = _HOST.fullmatch(link.text.strip().rstrip("/.")) or _sole_address(link.text)
        if not link.url.lower().startswith("http"):
            continue
        target = _host(link.url)
        if target and (imitated := _imitation(target)):
            yield f"A link leads to {target}, which is written to look like {imitated}"
        if target and (posed := _HOST.fullmatch(_user_part(link.url))):
            yield f"A link shows {posed[1].lower()} and leads to {target}"
        if shown is None or not target or link.text.strip().lower().endswith(_FILE_ENDINGS):
            continue
        counted = organisation(target) in _CLICK_COUNTERS and organisation(shown[1]) == own
        if organisation(shown[1]) != organisation(target) and not counted:
            yield f"A link shows {shown[1].lower()} and leads to {target}"


def _sole_address(text: str) -> re.Match[str] | None:
    """Return the one web address among the words of a link: "Log in at https://bank.example/"."""
    found = list(_WEB_ADDRESS.finditer(text[:500]))
    return found[0] if len(found) == 1 else None


_WEB_ADDRESS = re.compile(r"\b(?:https?://|(?=www\.))((?:[a-z0-9-]{1,63}\.)+[a-z]{2,24})", re.IGNORECASE)


# Mailing services that count clicks: a sender's own address led through them is everyday.
_CLICK_COUNTERS = _names(
    "sendgrid.net list-manage.com mandrillapp.com awstrack.me mailgun.org sparkpostmail.com exacttarget.com rs6.net "
    "hubspotlinks.com hubspotemail.net klaviyomail.com klclick.com mjt.lu sendinblue.com sibautomation.com "
    "brevo.com customeriomail.com mcsv.net cmail19.com cmail20.com createsend.com convertkit-mail.com "
    "beehiiv.com substack.com mlsend.com mailerlite.com getresponse.com activehosted.com postmarkapp.com pstmrk.it "
    "mailjet.com salesforce.com pardot.com marketo.com mktoresp.com intercom-mail.com unisender.com"
)
# "report.zip" as a link's words is a file, not a host; zip and mov are top-level domains though.
_FILE_ENDINGS = tuple(
    ".zip .mov .pdf .doc .docx .xlsx .html .htm .php .txt .md .py .js .ts .sh .rs .png .jpg".split(" ")  # noqa: SIM905
)


def _host(url: str) -> str:
    try:
        return (urlsplit(url).hostname or "").lower()
    except ValueError:
        return ""


def _user_part(url: str) -> str:
    """Return what stands before the "@" of a URL: a name to log in with, that poses as the host (RFC 3986 §7.6)."""
    try:
        return urlsplit(url).netloc.rpartition("@")[0].partition(":")[0]
    except ValueError:
        return ""


def _attachments(attachments: list[Attachment]) -> Iterator[str]:
    for attachment in attachments:
        name = attachment.filename or ""
        if _PROGRAMS.search(name) or attachment.content_type in ("application/x-msdownload", "application/x-dosexec"):
            yield f"The attachment {name or attachment.content_type} is a program"
        elif _DOUBLE.search(name):
            yield f"The attachment {name} is a web page with the name of a document"
        elif _MACROS.search(name):
            yield f"The attachment {name} can run macros"
