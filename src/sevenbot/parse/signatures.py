"""
What stands below the words of a mail without being part of them: signatures, "sent from my telephone", list footers.

`signoffs` tells signatures that have no mark from what the writer says.
"""

from __future__ import annotations

import re

from sevenbot.parse import signoffs, smallprint

# A signature without its standard mark is believed when it is short.
_SIGNATURE_LINES = 25
_SIGNATURE_CHARS = 90
_FOOTER_LINES = 12
_LINE_CHARS = 300

_MARK = re.compile(r"\s*(?:--|—|––)\s*")
_RULE = re.compile(r"\s*[_=*#~+ᐧ-]{2,}\s*|\s*[ᐧ—]\s*")
_UNDERLINE = re.compile(r"\s*[=~#]{2,}\s*")
_SENTENCE = re.compile(r"[^\W\d_]{2,}(?: \S+){4,}[.!?]$")
_LIST_ITEM = re.compile(r"\s*(?:[-*•]\s|\d{1,2}[.)]\s)")


def without(lines: list[str], writer: frozenset[str] = frozenset()) -> list[str]:
    """
    Return the lines without signature, footers and disclaimers below them; a postscript is kept.

    Args:
        writer: The writer's names, as `signoffs.writer_words` returns them.
    """
    lines = _without_marked(_without_tail(lines))
    begin, end = signoffs.find(lines, writer)
    return _without_tail([*lines[:begin], "", *lines[end:]]) if begin < end else lines


def _without_marked(lines: list[str]) -> list[str]:
    rules = sum(bool(_MARK.fullmatch(line)) for line in lines)
    for position, line in enumerate(lines):
        if line == "-- " or (rules == 1 and _MARK.fullmatch(line) and _is_signature(lines, position)):  # RFC 3676 §4.3
            return _without_tail(lines[:position] + _postscript(lines[position + 1 :]))
        rest = len(lines) - position
        if rest > _FOOTER_LINES or len(line) > _LINE_CHARS:
            continue
        if is_sent_from(line) or LIST_FOOTER.match(line.strip()):
            return _without_tail(lines[:position] + _postscript(lines[position + 1 :]))
    return lines


# A signature below a rule or between two, as Japanese mail has it, says how to reach its writer or where he works.
_FENCE = re.compile(r"\s*[-_=*~#+━─＿ー＝—–・]{3,}\s*")
_FENCED_LINES = 10


def _fenced(lines: list[str], end: int) -> int:
    """Return where the signature below a rule begins that ends before *end*; 0 when there is none."""
    is_closed = bool(_FENCE.fullmatch(lines[end - 1]))  # the lower rule may have gone with a quote below it
    above = range(end - 2, max(end - 3 - _FENCED_LINES, 0), -1)
    begin = next((at for at in above if _FENCE.fullmatch(lines[at])), 0)
    inner = lines[begin + 1 : end - is_closed]
    if not begin or any(len(line) > _SIGNATURE_CHARS for line in inner):  # before any search: a line may be endless
        return 0
    if not is_closed and any(_SENTENCE.search(line) or _LIST_ITEM.match(line) for line in inner):
        return 0
    return begin if any(signoffs.CONTACT.search(line) for line in inner) else 0


_REGARDS_LINES = 8


def is_all(lines: list[str]) -> bool:
    """Say whether *lines* are a signature and nothing else."""
    words = [line for line in lines if line.strip()]
    return 0 < len(words) <= _REGARDS_LINES and signoffs.is_regards(words[0])


def _without_tail(lines: list[str]) -> list[str]:
    """Cut off, from below, what is no text: empty lines, rules, devices, disclaimers."""
    end = len(lines)
    while end:
        line = lines[end - 1]
        if begin := _fenced(lines, end):
            end = begin
        elif not line.strip() or _RULE.fullmatch(line) or is_sent_from(line):
            end -= 1
        elif begin := smallprint.disclaimer_start(lines, end):
            end = begin
        else:
            break
    return lines[: end + 1] if not end or _underlines(lines[:end], lines[end:]) else lines[:end]


def _underlines(kept: list[str], dropped: list[str]) -> bool:
    """Say whether all that was dropped is the rule below a heading."""
    words = [line for line in dropped if line.strip()]
    return len(words) == 1 and dropped[0] == words[0] and bool(kept[-1].strip() and _UNDERLINE.fullmatch(words[0]))


def _is_signature(lines: list[str], mark: int) -> bool:
    """Tell a signature below "--" from text below a rule of two strokes."""
    if len(lines) - mark > 2 * _SIGNATURE_LINES:
        return False
    words = [line for line in lines[mark + 1 :] if line.strip()]
    if len(words) > _SIGNATURE_LINES:
        return False
    prose = sum(len(line) > _SIGNATURE_CHARS or bool(_SENTENCE.search(line)) for line in words)
    return prose <= (len(words) > 3) and not any(_LIST_ITEM.match(line) for line in words)


def _postscript(lines: list[str]) -> list[str]:
    begin = next((at for at, line in enumerate(lines) if signoffs.is_postscript(line)), len(lines))
    return ["", *lines[begin:]] if begin < len(lines) else []


def is_sent_from(line: str) -> bool:
    """Say whether a mail program or a telephone wrote *line*."""
    return len(line) <= _LINE_CHARS and bool(SENT_FROM.fullmatch(_LINK.sub(r"\1", line.strip())))


_LINK = re.compile(r"\[([^\[\]]{1,80})\]\([^()\s]{1,200}\)|\s\(\s?https?://[^()\s]{1,200}\s?\)$")
_DEVICE = (
    r"i?phone|ipad|ipod|mobil\w*|cell(?:phone)?|android|galaxy|samsung|blackberry|tablet|handy|smartphone"
    r"|телефон\w*|手机"
    r"|手機|スマートフォン|휴대폰"
)
# "Sent from my iPhone": a line of its own. Names of programs begin with a capital.
_SYSTEM = r"(?:android|ios|iphone|ipad|mobile|windows|mac)"
_PROGRAM = r"(?-i:[A-Z])[\w.]*(?: (?-i:[A-Z])[\w.]*){0,2}"
SENT_FROM = re.compile(
    rf"\W*(?i:(?:get|download|try|télécharge[rz]|obtenez|obt[eé]n|descarg\w+|baixe|obtenha|obter|scarica|ottieni|haal"
    rf"|pobierz|скача\w+|завантаж\w+) (?:l['’]|o |the )?{_PROGRAM}"
    rf" (?:for|pour|para|per|voor|dla(?: systemu)?|для) {_SYSTEM}"
    rf"|{_PROGRAM} (?:für|voor) {_SYSTEM} (?:herunterladen|beziehen|holen|downloaden|ophalen)"
    rf"|(?:获取|下载|下載|取得) ?.{{1,20}}{_SYSTEM}.{{0,4}}"
    rf"|{_SYSTEM} ?(?:用|版)の?.{{1,20}}を?(?:入手|取得|ダウンロード)"
    rf"|sent (?:from|via|with|by|using) (?:my|a|an|the)? ?(?:\S+ ){{0,3}}?(?:{_DEVICE})\b.{{0,80}}"
    r"|sent (?:from|via) my .{1,60}|sent (?:from|with) eM Client.{0,20}"
    r"|(?:please )?(?:excuse|pardon|forgive) .{0,40}\b(?:typos?|brevity)\b.{0,60}"
    r"|sent (?:from|via|with|by|using) (?-i:[A-Z])[\w.'’+-]*(?: (?-i:[A-Z0-9])[\w.'’+-]*| (?:for|on|by|for) \S+"
    r"| \d+){0,5}"
    r"|sent (?:from|with) (?:mail|outlook|yahoo|proton|aol|gmail|windows|mailbox|airmail)\b.{0,60}"
    rf"|(?:[^\W\d_]+ )?from (?:my )?(?:{_DEVICE})\b.{{0,20}}"
    r"|get (?:outlook|gmail|yahoo|aol|proton|airmail)\b.{0,10} (?:for|app) .{1,120}"
    r"|von meinem .{1,60} gesendet\.?|gesendet (?:von|mit) .{1,60}|outlook für .{1,20} (?:beziehen"
    r"|herunterladen).{0,60}"
    r"|diese (?:nachricht|e-?mail|mail) wurde von .{1,80} gesendet\.?|vo[nm] [\w-]{3,30} gesendet\.?"
    r"|envoyé (?:de |depuis |à partir d(?:e |['’])|avec |d['’]).{1,60}|télécharger outlook .{1,80}"
    r"|obtenir outlook .{1,80}"
    r"|enviado (?:desde|do|a partir do|dende|com|con|via|pelo) .{1,60}|obtener outlook .{1,80}"
    r"|obter o outlook .{1,80}"
    r"|inviato con (?-i:[A-Z]).{1,60}|inviato da(?:l|lla)? ?(?:mi[oa])? ?.{1,60}"
    r"|ottieni outlook .{1,80}|scarica outlook .{1,80}"
    r"|(?:verzonden|verstuurd) (?:vanaf|met|via|vanuit) .{1,60}|outlook voor .{1,20} downloaden.{0,60}"
    r"|wysłan[eoy]? (?:z|za pomocą) .{1,60}|pobierz (?:program |aplikację )?outlook .{1,80}"
    r"|отправлено (?:с|из|через) .{1,60}|скачать outlook .{1,80}|(?:надіслано|відправлено) (?:з|із|через) .{1,60}"
    r"|изпратено от .{1,60}|poslano (?:iz|sa?|z) .{1,60}"
    r"|.{1,40}(?:['’]?(?:dan|den|tan|ten|mdan|umdan|ımdan|imdan|ümden|imden)) gönderildi\.?|.{1,20}için outlook.{1,20}"
    r"|(?:hämta|hent|få|hanki) outlook .{1,40}|skickat från .{1,60}|från min .{1,40}|sendt (?:fra|med) .{1,60}"
    r"|lähetetty .{1,60}|odesláno z .{1,60}|odoslané z .{1,60}"
    r"|trimis (?:de pe|din|de la) .{1,60}|elküldve .{1,50}(?:ról|ről|ból|ből)\.?|στάλθηκε από .{1,60}"
    r"|di(?:kirim|hantar) dari .{1,60}"
    r"|(?:从|從) ?.{1,40}(?:发送|傳送|寄出)|(?:发自|發自|傳送自).{1,40}|(?:来自|來自|寄自)我的.{1,30}"
    r"|.{1,30}(?:から送信|より送信)|.{1,30}에서 (?:보냄|보낸 메일|전송함|전송됨|보냈습니다)\.?"
    r"|android용 outlook 다운로드"
    r"|(?:أُ?رسلت?|مرسل|مُرسل|تم الإرسال) من .{1,60}|נשלח מה.{1,60}|(?:đã )?gửi từ .{1,60}"
    r"|ipinadala mula sa .{1,60}|.{1,30} से भेजा गया|ส่งจาก.{1,60})\W*"
)

# What lists put under every mail.
LIST_FOOTER = re.compile(
    r"(?:You received this message because you are subscribed to|You are receiving this (?:e-?mail"
    r"|message) because you (?:are|were)"
    r"|To unsubscribe from this (?:group|list)|.{0,60}mailing list$|Sie erhalten diese Nachricht, weil Sie"
    r"|Вы получили это сообщение, поскольку подписаны|Ви отримали це повідомлення, оскільки"
    r"|Vous recevez ce message, car vous êtes abonné|Has recibido este mensaje porque estás suscrito"
    r"|Hai ricevuto questo messaggio perché sei iscritto|Você recebeu essa mensagem porque está inscrito"
    r"|Je ontvangt dit bericht omdat je|Otrzymujesz tę wiadomość, ponieważ)",
    re.IGNORECASE,
)
