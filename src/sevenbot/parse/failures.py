"""
What failure mails of any maker say in words: that a mail failed or waits, which addresses, what the other side said.

Nothing here knows a maker: addresses are looked for where all of them put them (behind a line that announces them, at
the beginning of a line, in the dialogue with the other server), and the sender's own are left out.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable

STATUS = re.compile(r"(?<![\d.])([245]\.\d{1,3}\.\d{1,3})(?![\d.]*\d)")
ADDRESS = re.compile(r"[\w.!#$%&'*+/=?^`{|}~-]{1,64}@[A-Za-z0-9.-]{1,200}[A-Za-z0-9]")
_REPLY = re.compile(r"(?<![\d.#/-])([45]\d\d)[\s-](?!\d)")

DAEMON = re.compile(
    r"mailer[-_. ]?daemon|mail delivery (?:sub)?system|post[-_]?master|mail administrator|mdaemon|mail-daemon"
    r"|bounce daemon|mail ?system|mail ?delivery",
    re.IGNORECASE,
)
_FAILED = re.compile(
    r"undeliver|delivery (?:has )?(?:status notification|failed|failure|report|problem|delayed|incomplete|error)"
    r"|non.?deliver|delivery status"
    r"|returned (?:mail|to sender)|mail delivery (?:failed|failure|error|status)|failure notice"
    r"|could not (?:be (?:delivered|sent)|send)|(?:was|were|wasn't|been) (?:not delivered|(?:rejected|blocked) by)"
    r"|not (?:yet )?been delivered"
    r"|mail fail|failure delivery|(?:not|n't|unable to) (?:be )?deliver|n(?:o|')t able to (?:be )?deliver"
    r"|mail not delivered|failed mail|recipients did not receive|did not reach the following|bounce notification"
    r"|automatically rejected|non-delivery|error (?:during delivery|sending|delivering)"
    r"|message (?:delayed|undeliverable)|warning: (?:message|could not send)|delivery notification"
    r"|rejected: |mail system error|user unknown|unknown user|no such user|invalid user|mailbox (?:full|unavailable)"
    r"|unzustellbar|nicht zugestellt|konnte nicht (?:zugestellt|gesendet|übermittelt)|zustellung fehlgeschlagen"
    r"|non remis|échec de (?:la )?(?:remise|distribution|livraison)|n'a pas (?:pu être|été) (?:remis|livré|distribué)"
    r"|no se (?:ha )?(?:pudo|podido) entregar|no (?:fue |se ha )?entregad|error (?:de|en la) entrega"
    r"|mancat[ao] (?:recapito|consegna)|impossibile (?:recapitare|consegnare)|non (?:è stato )?(?:recapitat|consegnat)"
    r"|não (?:foi|pôde ser) entregue|falha na entrega|não entregue"
    r"|niet (?:worden )?(?:bezorgd|afgeleverd)|onbestelbaar|nie (?:została? |można )?dostarcz|niedostarcz"
    r"|недоставл|не (?:было )?доставлен|не может быть (?:доставлен|отправлен)|не удалось доставить|невозможно доставить"
    r"|не вдалося доставити|не доставлено|teslim edileme|iletilemedi|gönderilemedi"
    r"|无法(?:送达|投递|发送)|無法(?:送達|投遞|傳送|傳遞)|未送达|系统退信|退信"
    r"|配信できません|送信できません|送信に失敗|メールエラー|配信不能|お届けできません|전송되지|배달되지|반송|전달되지",
    re.IGNORECASE,
)
_WAITS = re.compile(
    r"\bdelayed\b|delivery status notification \(delay\)|still (?:being )?(?:retried|trying)"
    r"|will (?:be retried|retry|keep trying|try again|continue)|(?:not|n't) yet been delivered"
    r"|warning: (?:message|could not)|this is a warning(?: message)? only|do not need to resend"
    r"|verzögert|wird weiter versucht|retardé|sera retent|retrasad|se sigue intentando|in ritardo|atrasad|vertraagd"
    r"|opóźnion|задерж|затрим|gecik|延迟|延遲|遅延|遅れて|지연",
    re.IGNORECASE,
)
_GAVE_UP = re.compile(
    r"gave up|giv(?:en|ing) up|not going to try again|will not (?:be )?(?:try|retr|tried|attempt)"
    r"|too long in the queue|in the queue too long|queue too long|no further (?:delivery )?attempts"
    r"|(?:could|can) ?not be delivered (?:for|within|after)|delivery (?:time ?out|expired)|expired",
    re.IGNORECASE,
)
_PERMANENT = re.compile(
    r"permanent(?:ly)? (?:error|failure|fatal|failed)|failed permanently"
    r"|user unknown|no such (?:user|address|recipient|mailbox)"
    r"|does(?: not|n't) exist|unknown (?:user|recipient|address|host)|address rejected"
    r"|recipient (?:unknown|rejected|name is not recogni)|mailbox (?:not found|unavailable|does not exist)"
    r"|account (?:has been )?(?:disabled|closed)"
    r"|unrouteable|host (?:unknown|not found)|not found|invalid (?:user|recipient|mailbox|address)",
    re.IGNORECASE,
)

# Lines behind which the failing addresses stand.
_ANNOUNCED = re.compile(
    r"(?:following|these|failed|undeliverable|permanent fatal|delivery (?:problem|error)s|affected)\b"
    r"(?! (?:reason|error))[^\n]{0,40}"
    r"|\b(?:reach|deliver(?:ed)?|relayed|sent|failed|undeliverable|unknown)\b[^\n]{0,30}\bto\b[^\n]{0,30}:"
    r"|\b(?:recipients?|address(?:es)?|user|mailbox)(?:\(s\))?[^\n]{0,30}:"
    r"|folgende[nr]?\b[^\n]{0,60}|(?:destinataires?|adresses?) suivant|siguientes? (?:destinat|direcc)"
    r"|seguent[ei] (?:destinat|indirizz)|seguintes? (?:destinat|ender)|volgende (?:ontvang|adres|geadress)"
    r"|następując|следующ|получател|адресат|наступн|отримувач|aşağıdaki"
    r"|以下|次の|あて先|宛先|收件人|下列|다음|받는 사람",
    re.IGNORECASE,
)
# An address at the beginning of a line with nothing but a verdict behind it, or in the dialogue with the other server.
_POINTED = re.compile(
    rf"(?:^[ \t>*\"'|•-]{{0,20}}(?:[\w -]{{0,30}}<mailto:|<)?|rcpt to:\s{{0,3}}<?|\b[45]\d\d[ -][^\n<>@]{{0,60}}<?)"
    rf"(?<![\w.+=-])({ADDRESS.pattern})(?=>?[ \t]*(?::|\.\.\.|\(|$|[>,;]| on |<mailto))"
    rf"|\b(?:message|mail|delivery|delivered|undeliverable) (?:to|an|à|para|a|do|для):? <?(?P<to>{ADDRESS.pattern})",
    re.IGNORECASE | re.MULTILINE,
)
_NO_RECIPIENT = re.compile(
    r"^[^\n@]{0,40}(?:message[- ]?id|mail from|from|sender|von|de|contact)\b[^\n]{0,30}:[^\n]*|id <[^>\n]{0,200}>"
    r"|(?:contact|write to|send mail to|administrator|e-?mail us at)[^\n@]{0,30}<?[^\s@]{1,64}@[^\s>]*",
    re.IGNORECASE | re.MULTILINE,
)
_COPY = re.compile(
    r"^[^\w\n]{0,40}(?:Below (?:this|the next) line is a copy|(?:This|Below) is a copy of"
    r"|(?:original |returned )?message (?:headers? )?(?:follows|text follows|attached)"
    r"|--- .{0,40}(?:copy|original|returned) |-{3,} ?(?:Original|The original|Returned|Unsent|Undelivered) "
    r"|(?:undelivered |the )?bounced e-?mail\b|Return-Path: ?<|Received: (?:from|by|\())",
    re.MULTILINE | re.IGNORECASE,
)
# A reason of a line or less, behind the code.
_SAID = re.compile(
    r"(?<![\w.-])[45][0-5][0-9][ -]#?(?:[45]\.[0-9]{1,3}\.[0-9]{1,3}\b:?)?[ ]?[^\W\d_<][^\n<>]{6,160}"
    r"|(?:^[ \t]*(?:reject )?reason:[ \t]*)([^\n]{3,160})",
    re.IGNORECASE | re.MULTILINE,
)


def says_it_failed(text: str) -> bool:
    """Say whether a text tells that a mail did not arrive, or not yet."""
    return bool(_FAILED.search(text))


def says_it_waits(subject: str, text: str) -> bool:
    """Say whether the server will try again."""
    told = f"{subject}\n{text}"
    return bool(_WAITS.search(told)) and not (_PERMANENT.search(text) or _GAVE_UP.search(text))


def is_permanent(text: str) -> bool:
    """Return what the first reply code says (RFC 5321 §4.2.1); a failure without one is final."""
    reply = _REPLY.search(text)
    return reply is None or reply[1].startswith("5")


def status(text: str) -> str | None:
    """Return the first enhanced code of a failure in a text (RFC 3463), or None."""
    return next((code for code in STATUS.findall(text) if not code.startswith("2")), None)


def reason(text: str) -> str:
    """Return what the other server said, in its own words, or ""."""
    found = _SAID.search(text)
    return " ".join((found[1] or found[0]).split()) if found else ""


def without_copy(text: str) -> tuple[str, str]:
    """Return the report and, apart, the mail that came back under it."""
    found = next((copy for copy in _COPY.finditer(text) if copy.start() > 20), None)
    return (text[: found.start()], text[found.start() :].partition("\n\n")[2]) if found else (text, "")


def recipients(text: str, own: Collection[str], addressed: Collection[str]) -> list[str]:
    """
    Return the addresses the words of a bounce complain about.

    Args:
        text: The report without the mail that came back.
        own: Lower-case addresses of whoever sent that mail and of the server that reports.
        addressed: Lower-case addresses to which that mail went, where its header came back.
    """
    text = _NO_RECIPIENT.sub("", text)
    announced = _ANNOUNCED.search(text)
    for where in (text[announced.start() :] if announced else "", text):
        if pointed := _others((found[1] or found[2] for found in _POINTED.finditer(where)), own):
            return pointed
        named = _others(ADDRESS.findall(where), own)
        if known := [at for at in named if at.lower() in addressed] or (named if len({*named}) == 1 else []):
            return known
    return list(addressed) or [found[1] for found in _POINTED.finditer(text) if found[1]]


def _others(found: Iterable[str], own: Collection[str]) -> list[str]:
    named = [at.strip("'.") for at in found]
    others = [at for at in named if at.lower() not in own]
    return [at for at in others if not DAEMON.match(at)] or others
