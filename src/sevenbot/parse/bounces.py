"""
Delivery status notifications (RFC 3464) and the failure mails of servers that never read it.

    Final-Recipient: rfc822; nobody@example.org / Action: failed / Status: 5.1.1      -> permanent
    Action: delayed / Status: 4.4.7                                                   -> not permanent
"""

from __future__ import annotations

import re

from sevenbot.parse import fields
from sevenbot.parse.message import Bounce, Mailbox
from sevenbot.parse.part import Part

# A report for a mailing with more failed recipients than this is told in part.
_MAX_RECIPIENTS = 100
_REPORT_BYTES = 300_000
_TEXT_CHARS = 20_000
# A failure mail says so at once.
_OPENING_CHARS = 1_500

_STATUS = re.compile(r"(?<![\d.])([245]\.\d{1,3}\.\d{1,3})(?![\d.]*\d)")
_REPLY = re.compile(r"(?<![\d.#-])([45]\d\d)[\s-](?!\d)")
_ADDRESS = re.compile(r"[\w.!#$%&'*+/=?^`{|}~-]{1,64}@[A-Za-z0-9.-]{1,200}[A-Za-z0-9]")

_DAEMON = re.compile(
    r"mailer[-_. ]?daemon|mail delivery (?:sub)?system|postmaster|mail administrator|mdaemon|mail-daemon"
    r"|bounce daemon",
    re.IGNORECASE,
)
_FAILED = re.compile(
    r"undeliver|delivery (?:has )?(?:status notification|failed|failure|report|problem|delayed|incomplete|error)"
    r"|non.?deliver"
    r"|returned (?:mail|to sender)|mail delivery (?:failed|failure|error|status)|failure notice"
    r"|could not (?:be delivered|send)"
    r"|unzustellbar|nicht zugestellt|non remis|no se (?:ha )?pudo entregar|mancato recapito|недоставлен|не доставлено"
    r"|mail fail|failure delivery|(?:not|n't|unable to) (?:be )?deliver|n(?:o|')t able to (?:be )?deliver"
    r"|无法(?:送达|投递|发送)|未送达|mail not delivered|failed mail"
    r"|recipients did not receive"
    r"|automatically rejected|non-delivery|error during delivery|配信できません|送信できません|メールエラー|系统退信"
    r"|退信|配信不能|message (?:delayed|undeliverable)|warning: (?:message|could not send)|delivery notification"
    r"|unable to deliver|error sending|rejected: |mail system error|user unknown|mailbox (?:full|unavailable)",
    re.IGNORECASE,
)
_DELAYED = re.compile(
    r"delayed|delay|still (?:being )?(?:retried|trying)|will (?:be|continue to be|keep|try) retr"
    r"|not yet been delivered|warning: (?:message|could not)"
    r"|verzögert|temporar(?:y|ily)",
    re.IGNORECASE,
)
_PERMANENT = re.compile(
    r"permanent(?:ly)? (?:error|failure|fatal|failed)|user unknown|no such (?:user|address|recipient|mailbox)"
    r"|does(?: not|n't) exist|unknown user|address rejected"
    r"|gave up|giving up|recipient (?:unknown|rejected)|mailbox (?:not found|unavailable|does not exist)"
    r"|account (?:has been )?(?:disabled|closed)"
    r"|unrouteable|host (?:unknown|not found)|not found|invalid (?:recipient|mailbox|address)",
    re.IGNORECASE,
)


def read(root: Part, sender: Mailbox | None, subject: str, text: str) -> Bounce | None:
    """Return what a bounce says, or None when the mail is none."""
    report = _report(root)
    if report is None and not _looks_like_one(root, sender, subject, text):
        return None
    blocks = _failed_blocks(report) if report is not None else []
    own = _cut_returned(text[:_TEXT_CHARS])
    recipients = tuple(dict.fromkeys(filter(None, map(_recipient, blocks)))) or _told_recipients(root, own)
    status = _status(blocks) or next((code for code in _STATUS.findall(own) if not code.startswith("2")), None)
    return Bounce(recipients[:_MAX_RECIPIENTS], status, _is_permanent(blocks, status, subject, own))


def _report(root: Part) -> Part | None:
    if not root.is_multipart:
        return None
    kinds = ("message/delivery-status", "message/global-delivery-status")
    return next((leaf for leaf in root.walk() if leaf.content_type in kinds), None)


def _failed_blocks(report: Part) -> list[fields.Fields]:
    """Return the report's groups of fields about recipients the mail did not reach."""
    blocks = [block for block in _blocks(report.content(_REPORT_BYTES)[0]) if any(map(block.has, _PER_RECIPIENT))]
    failed = [block for block in blocks if _action(block) not in ("delivered", "relayed", "expanded")]
    return failed or blocks


_PER_RECIPIENT = ("action", "status", "final-recipient")


def _action(block: fields.Fields) -> str:
    return block.text("action").lower().partition("(")[0].strip()


def _status(blocks: list[fields.Fields]) -> str | None:
    """Return the Status field (RFC 3464 §2.3.4), a telling one before "5.0.0"; else the code in Diagnostic-Code."""
    codes = [code for block in blocks for code in _STATUS.findall(block.text("status"))[:1]]
    codes = codes or [code for block in blocks for code in _STATUS.findall(block.text("diagnostic-code"))[:1]]
    return next((code for code in codes if not code.endswith(".0.0")), next(iter(codes), None))


def _blocks(raw: bytes) -> list[fields.Fields]:
    chunks = re.split(rb"(?:\r?\n){2,}", raw.replace(b"\r\r\n", b"\r\n").strip())[: _MAX_RECIPIENTS * 2]
    return [fields.read(chunk + b"\n", 0, len(chunk) + 1)[0] for chunk in chunks]


def _recipient(block: fields.Fields) -> str:
    """Return the address the sender used (RFC 3464 §2.3.1), else the one that failed (§2.3.2)."""
    for name in ("original-recipient", "final-recipient"):
        value = block.text(name).partition(";")[2] or block.text(name)
        if found := _ADDRESS.search(value):
            return found[0]
    return ""


def _is_permanent(blocks: list[fields.Fields], status: str | None, subject: str, text: str) -> bool | None:
    actions = {_action(block) for block in blocks}
    if actions == {"delayed"}:
        return False
    if status is not None:
        return None if status.startswith("2") else status.startswith("5")
    if "failed" in actions:
        return True
    if (reply := _REPLY.search(text)) and not _DELAYED.search(subject):
        return reply[1].startswith("5")
    if _DELAYED.search(f"{subject}\n{text}") and not _PERMANENT.search(text):
        return False
    return True if _PERMANENT.search(text) or _FAILED.search(f"{subject}\n{text}") else None


def _looks_like_one(root: Part, sender: Mailbox | None, subject: str, text: str) -> bool:
    """Weigh what failure mails without a report have in common; two signs make one."""
    header = root.header
    if header.has("x-failed-recipients") or root.params.get("report-type", "").lower() == "delivery-status":
        return True
    if root.params.get("report-type") or _ANSWER.match(subject):
        return False  # a receipt (RFC 8098), a complaint (RFC 5965), a mail about a bounce
    told = text[:_OPENING_CHARS]
    daemon = sender is not None and bool(_DAEMON.search(sender.address) or _DAEMON.search(sender.name))
    about, says = bool(_FAILED.search(subject)), bool(_FAILED.search(told))
    if daemon:
        return about or says
    if header.has("list-unsubscribe") or header.text("auto-submitted").lower().startswith("auto-replied"):
        return False
    path = (header.raw("return-path") or b"").strip().lower()
    if path == b"<>" or path.startswith(b"<mailer-daemon"):
        return about or (says and bool(_STATUS.search(told)))
    return about and says and bool(_MENTIONS_RECIPIENT.search(told)) and bool(_ADDRESS.search(told))


_ANSWER = re.compile(r"\W*(?:re|fwd?|aw|wg|tr|rv)\s*:", re.IGNORECASE)
_MENTIONS_RECIPIENT = re.compile(
    r"recipient|following (?:user|address)|rcpt to|smtp error|error code|\b5\d\d[ -]", re.IGNORECASE
)


def _told_recipients(root: Part, text: str) -> tuple[str, ...]:
    """Return the addresses the words of a bounce complain about."""
    if stated := _ADDRESS.findall(root.header.text("x-failed-recipients")):
        return tuple(dict.fromkeys(stated))
    own = set(_ADDRESS.findall(root.header.text("to").lower())) | set(
        _ADDRESS.findall(root.header.text("from").lower())
    )
    pointed = [found[1] for found in _POINTED.finditer(text)] or _ADDRESS.findall(_MESSAGE_ID.sub("", text))
    return tuple(dict.fromkeys(at for at in pointed if at.lower() not in own and not _DAEMON.search(at)))


# An address that stands alone, in angle brackets before a colon (qmail), or in the dialogue with the other server.
_POINTED = re.compile(
    rf"(?:^[ \t>*\"'-]{{0,20}}<?|rcpt to:\s*<?)({_ADDRESS.pattern})(?=>?[ \t]*(?::|\.\.\.|$|>))",
    re.IGNORECASE | re.MULTILINE,
)
_MESSAGE_ID = re.compile(r"message-id[^\n]*|id <[^>\n]*>", re.IGNORECASE)


def _cut_returned(text: str) -> str:
    """Return the report without the mail that came back under it."""
    found = re.search(
        r"^\W*(?:Below this line is a copy|This is a copy of|--- .{0,40}(?:copy|original|returned) |Return-Path:"
        r"|Received: |-{3,} ?(?:Original|The original|Returned|Unsent) )",
        text, re.MULTILINE | re.IGNORECASE,
    )  # fmt: skip
    return text[: found.start()] if found and found.start() > 40 else text
