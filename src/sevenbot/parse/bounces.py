"""
Delivery status notifications (RFC 3464) and the failure mails of servers that never read it.

    Final-Recipient: rfc822; nobody@example.org / Action: failed / Status: 5.1.1      -> permanent
    Action: delayed / Status: 4.4.7                                                   -> not permanent, still tried

A report speaks for itself; without one `failures` reads the words. A gateway may send the whole notification attached
to a mail of its own; then the attached one is read.
"""

from __future__ import annotations

import re

from sevenbot.parse import causes, failures, fields
from sevenbot.parse.message import Bounce, Mailbox
from sevenbot.parse.part import Part

# A report for a mailing with more failed recipients than this is told in part.
_MAX_RECIPIENTS = 100
_REPORT_BYTES = 300_000
_TEXT_CHARS = 20_000
_REASON_CHARS = 300
# A failure mail says so at once.
_OPENING_CHARS = 1_500
# A gateway's mail around a server's notification around the mail that came back.
_WRAPPED_DEEP = 3

_REPORTS = ("message/delivery-status", "message/global-delivery-status")
_COPIES = ("message/rfc822", "message/global", "text/rfc822-headers", "message/global-headers")
_PER_RECIPIENT = ("action", "status", "final-recipient")


def read(root: Part, sender: Mailbox | None, subject: str, text: str) -> Bounce | None:
    """Return what a bounce says, or None when the mail is none."""
    report = _report(root)
    if report is None and not _looks_like_one(root, sender, subject, text):
        return None
    report = report or _wrapped_report(root)
    own, tail = failures.without_copy(text[:_TEXT_CHARS])
    blocks = _told_blocks(_report_in_words(text) if report is None else report.content(_REPORT_BYTES)[0])
    if blocks and all(map(_arrived, blocks)):
        return None
    blocks = [block for block in blocks if not _arrived(block)]
    header, copied = root.header, _copied_header(root, tail)
    recipients = list(filter(None, map(_recipient, blocks))) or _told_recipients(header, copied, own)
    status = _status(blocks) or failures.status(own)
    differ = len({_status([block]) for block in blocks}) > 1
    reason = _diagnostics(blocks) if differ else _diagnostic(blocks) or failures.reason(own)
    waiting = _is_waiting(blocks, subject, own)
    permanent = _is_permanent(blocks, status, own, waiting=waiting)
    return Bounce(
        recipients=tuple(dict.fromkeys(recipients))[:_MAX_RECIPIENTS],
        status=status,
        permanent=permanent,
        reason=reason[:_REASON_CHARS],
        cause=None if differ else causes.cause(status, reason, own),
        is_waiting=waiting,
    )


def _report(root: Part) -> Part | None:
    if not root.is_multipart:
        return None
    return next((leaf for leaf in root.walk() if leaf.content_type in _REPORTS), None)


def _wrapped_report(root: Part) -> Part | None:
    for _ in range(_WRAPPED_DEEP):
        inner = next((leaf for leaf in root.walk() if leaf.is_message and leaf.children), None)
        if inner is None:
            return None
        root = inner.children[0]
        if (report := _report(root)) is not None:
            return report
    return None


def _copied_header(root: Part, tail: str) -> fields.Fields:
    """Return the header of the mail that came back: attached to the bounce, or written out under its text."""
    copy = next((leaf for leaf in root.walk() if leaf.content_type in _COPIES), None) if root.is_multipart else None
    raw = tail.encode("utf-8", "replace") if copy is None else copy.content(_REPORT_BYTES)[0]
    return fields.read(raw.lstrip(), 0, len(raw))[0]


def _report_in_words(text: str) -> bytes:
    """Return the report in a text: gateways and mail programs put it there instead of beside it."""
    begin = _FINAL_RECIPIENT.search(text, 0, _TEXT_CHARS)
    return _QUOTED.sub("", text[begin.start() : _TEXT_CHARS]).encode("utf-8", "replace") if begin else b""


_FINAL_RECIPIENT = re.compile(r"^[> \t]{0,10}(?:original|final)-recipient: ?rfc822;", re.IGNORECASE | re.MULTILINE)
_QUOTED = re.compile(r"^>[> ]*", re.MULTILINE)


def _told_blocks(report: bytes) -> list[fields.Fields]:
    """Return the report's groups of fields about recipients."""
    return [block for block in _blocks(report) if any(map(block.has, _PER_RECIPIENT))]


def _arrived(block: fields.Fields) -> bool:
    """Say whether the mail reached this recipient, or left for where no reports come from (RFC 3464 §2.3.3)."""
    return _action(block) in ("delivered", "relayed", "expanded")


def _blocks(raw: bytes) -> list[fields.Fields]:
    chunks = re.split(rb"(?:\r?\n){2,}", raw.replace(b"\r\r\n", b"\r\n").strip())[: _MAX_RECIPIENTS * 2]
    return [fields.read(chunk + b"\n", 0, len(chunk) + 1)[0] for chunk in chunks]


def _action(block: fields.Fields) -> str:
    return block.text("action").lower().partition("(")[0].strip()


def _status(blocks: list[fields.Fields]) -> str | None:
    """Return the Status field (RFC 3464 §2.3.4), a telling one before "5.0.0"; else the code in Diagnostic-Code."""
    for name in ("status", "diagnostic-code"):
        codes: list[str] = [code for block in blocks for code in failures.STATUS.findall(block.text(name))[:1]]
        if codes:
            return next((code for code in codes if not code.endswith(".0.0")), codes[0])
    return None


def _diagnostic(blocks: list[fields.Fields]) -> str:
    """Return what the other server said (RFC 3464 §2.3.6), without the type before it."""
    told = (block.text("diagnostic-code").partition(";") for block in blocks)
    return next((" ".join((words or kind).split()) for kind, _, words in told if words or kind), "")


def _diagnostics(blocks: list[fields.Fields]) -> str:
    """Return what was said of each recipient, where one cause would be untrue of the others."""
    return "; ".join(dict.fromkeys(_diagnostic([block]) or _status([block]) or "" for block in blocks)).strip("; ")


def _recipient(block: fields.Fields) -> str:
    """Return the address the sender used (RFC 3464 §2.3.1), else the one that failed (§2.3.2)."""
    for name in ("original-recipient", "final-recipient"):
        value = block.text(name).partition(";")[2] or block.text(name)
        if found := failures.ADDRESS.search(value):
            return found[0]
    return ""


def _is_waiting(blocks: list[fields.Fields], subject: str, text: str) -> bool:
    """Say whether delivery is still being tried: then nobody needs to do anything."""
    actions = {_action(block) for block in blocks} - {""}
    return actions == {"delayed"} if actions else failures.says_it_waits(subject, text)


def _is_permanent(blocks: list[fields.Fields], status: str | None, text: str, *, waiting: bool) -> bool | None:
    if waiting:
        return False
    if status is not None:
        return None if status.startswith("2") else status.startswith("5")
    return True if "failed" in map(_action, blocks) else failures.is_permanent(text)


def _looks_like_one(root: Part, sender: Mailbox | None, subject: str, text: str) -> bool:
    """Weigh what failure mails without a report have in common; two signs make one."""
    header = root.header
    if header.has("x-failed-recipients") or root.params.get("report-type", "").lower() == "delivery-status":
        return True
    told = text[:_OPENING_CHARS]
    if root.params.get("report-type"):  # a complaint (RFC 5965); a receipt (RFC 8098), with which a filter may refuse
        return "rejected" in header.text("auto-submitted").lower() and failures.says_it_failed(told)
    about = failures.says_it_failed(subject)
    says = failures.says_it_failed(told) or failures.says_it_waits(subject, told)
    daemon = sender is not None and bool(failures.DAEMON.search(sender.address) or failures.DAEMON.search(sender.name))
    dialogue = bool(_DIALOGUE.search(told))
    if daemon and (dialogue or (not _ANSWER.match(subject) and (about or says))):
        return True
    if _ANSWER.match(subject) or header.has("list-unsubscribe") or _is_answer(header):
        return False
    path = (header.raw("return-path") or b"").strip().lower()
    if path == b"<>" or path.startswith(b"<mailer-daemon"):
        return about or (says and bool(failures.STATUS.search(told) or dialogue))
    names_somebody = _MENTIONS_RECIPIENT.search(told) and failures.ADDRESS.search(told)
    return about and says and bool(names_somebody) and not _PARCEL.search(told)


_ANSWER = re.compile(r"\W*(?:re|fwd?|aw|wg|tr|rv)\s*:", re.IGNORECASE)
_DIALOGUE = re.compile(
    r"^[>< \t]*(?:(?:In|Out): {1,3})?(?:RCPT TO:|[45]\d\d[ -].{0,120}(?:user|recipient|mailbox|\d\.\d\.\d))",
    re.MULTILINE | re.IGNORECASE,
)
_MENTIONS_RECIPIENT = re.compile(
    r"recipient|following (?:user|address)|rcpt to|delivered to:? ?<|smtp error|error code|\b5\d\d[ -]", re.IGNORECASE
)
_PARCEL = re.compile(r"\b(?:parcel|package|shipment|courier|paket|sendung|colis|paquete|pacco|посылк)", re.IGNORECASE)


def _is_answer(header: fields.Fields) -> bool:
    return header.text("auto-submitted").lower().startswith("auto-replied")


def _told_recipients(header: fields.Fields, copied: fields.Fields, text: str) -> list[str]:
    """Return the addresses the words of a bounce complain about."""
    if stated := failures.ADDRESS.findall(header.text("x-failed-recipients")):
        return stated
    own = _addresses(header, "to", "from", "delivered-to", "envelope-to") | _addresses(copied, "from", "return-path")
    return failures.recipients(text, own, _addresses(copied, "to", "x-failed-recipients"))


def _addresses(header: fields.Fields, *names: str) -> dict[str, None]:
    return dict.fromkeys(at for name in names for at in failures.ADDRESS.findall(header.text(name).lower()))
