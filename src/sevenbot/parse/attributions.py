"""
The lines mail programs put between an answer and what it answers: "On ... wrote:", dividers, quoted headers.

    attribution(joined, quote_follows)  "Am 2.11.2026 um 10:00 schrieb Ann:", one to five lines joined by spaces
    divider(line)                       "-----Original Message-----", "Begin forwarded message:"
    label(line)                         "From: ...", one line of a quoted header

The words are tables by what they mean, over the languages of Gmail, Outlook, Apple Mail, Thunderbird, Yahoo and their
mobile kin; what an attribution must hold beside them (an address, a time of day, a date) is the same everywhere, so one
with an address and a moment is known in languages that no table has. Prose that only mentions who wrote what, and when,
is told by its clause ("wrote that ..."), by the writer himself ("I wrote"), or by more than one sentence.
"""

from __future__ import annotations

import re
from itertools import takewhile
from typing import Literal

from sevenbot.unseen import UNSEEN

_WROTE = re.compile(
    r"\b(?:wrote|writes?|said|says|responded|schrieb|schrieben|geschrieben|a écrit|escribi[óo]|ha scritto|escreveu"
    r"|schreef|geschreven|napisał(?:\(a\)|a)?|pisze|napisana przez|пишет|(?:на)?писала?(?:\(а\))?|пише"
    r"|написа(?:в|ла)(?:\(-ла\))?|yazdı|skrev|kirjoitti|napsala?(?:\(a\))?|napísala?(?:\(a\))?|írta|a scris"
    r"|έγραψε|viết|menulis|написа|напиша|(?:je )?napisa(?:o(?:/la)?|la)|rašė|rakstīja|kirjutas|va escriure|escribiu"
    r"|skrifaði|shkroi|نوشت|quoting|citando|zitat von|citat från|excerpts from)(?!\w)"
    r"|写道|寫道|のメール|のメッセージ|書きました|님이 작성|작성|쓴 글|كتب|كتابة|כתב|מאת|เขียนว่า|ने लिखा",
    re.IGNORECASE,
)
# What makes a clause of the words behind "wrote", and who is spoken of in prose.
_CLAUSE = re.compile(
    r"\b(?:that|dass|daß|que|qu['’]\w+|che|dat|że|что|що|hogy|jak|как|як|how|why|wie|warum)\b", re.IGNORECASE
)
_PRONOUN = (
    r"(?:I|we|ich|wir|je(?!\s+napisa)|j['’]|nous|yo|nosotros|io|noi|eu|nós|ik|wij|ja|my|я|мы|ми|ben|biz|jag|vi|he|she|they|er"
    r"|sie|il|elle|él|ella|lui|lei|он|она|він|вона)"
)
_IN_PROSE = re.compile(
    rf"\b{_PRONOUN}\s+(?:\w+\s)?(?:{_WROTE.pattern})|(?:{_WROTE.pattern})\s(?!je\b){_PRONOUN}\b", re.IGNORECASE
)
# The end of a sentence inside: an attribution is part of one. "28. Apr." and "Nov. 2026" are none.
_TWO_SENTENCES = re.compile(r"[^\W\d_]{4,}[.!?][\"')]?\s+[\"'(]?(?:[A-ZÀ-ÖØ-ÞА-ЯЁІЇЄ][a-zà-öø-ÿа-яёіїє]|I\b)|[。！？]")

_ADDRESS = re.compile(r"[^\s<>@]@[^\s<>@]+\.[^\s<>@]|\bvia\s")
_IN_BRACKETS = re.compile(r"[<(]\s?[^\s<>()]+@[^\s<>()]+")
_CLOCK = re.compile(r"\b\d{1,2}[:.h]\d\d(?!\.?\d{3})|\d{1,2}\s?[ap]\.?m\b|\d{1,2}[时時시]", re.IGNORECASE)
_DATE = re.compile(r"(?:19|20|٢٠)\d\d|\b\d{1,2}[-./]\s?\d{1,2}[-./]")

_AROUND = re.compile(rf"[\s>*_{UNSEEN}]+|&nbsp;")
_ENDS = re.compile(r"[:：]\s?[*_]{0,2}\Z|\S\s?-{3,}\Z")
# Without a colon: Gmail on telephones (with and without an address), and old Gmail.
_BARE = re.compile(
    r"\d{4}-\d\d-\d\d \d{1,2}:\d\d GMT[+-]\d\d:\d\d .{1,60}|\d{4}/\d{1,2}/\d{1,2} [^<>]{0,80}<[^<>\s]+@[^<>\s]+>"
    r"|Posted by .{1,60} on \d\d/\d\d/\d{4}|Quoting .{1,80} \(\d{4}-\d\d-\d\d \d\d:\d\d(?::\d\d)?\)"
)
# Gmail in some languages says no more than when and who.
_BEGINS_WITH_DATE = re.compile(r"(?:[^\W\d_]{1,12}[.,]{0,2}\s)?\(?\d")
_MAY_BEGIN = re.compile(r"[\d<@]|\bvia\s")
MAX_CHARS = 300


def plain(line: str) -> str:
    """Return a line without marks of quoting, emphasis and direction, single-spaced."""
    return " ".join(_AROUND.sub(" ", line).split())


def may_begin(line: str) -> bool:
    """Say whether an attribution may begin with *line*: it names a moment, a person's address or the writing."""
    return bool(_MAY_BEGIN.search(line) or _WROTE.search(line))


def names_moment(line: str) -> bool:
    """Say whether *line* has a date or a time of day."""
    return bool(_DATE.search(line) or _CLOCK.search(line))


def ends(line: str) -> bool:
    """Say whether an attribution may end with *line*, as `plain` returns it."""
    return bool(_ENDS.search(line) or _BARE.fullmatch(line))


def attribution(line: str, *, quote_follows: bool) -> bool:
    """
    Say whether *line*, as `plain` returns it, tells who wrote what follows.

    Args:
        line: May be several lines of the mail joined by spaces.
        quote_follows: Marked lines come next; then less is needed to believe it.
    """
    if len(line) > MAX_CHARS or not ends(line) or _TWO_SENTENCES.search(line):
        return False
    if _BARE.fullmatch(line):
        return True
    wrote, clock = _WROTE.search(line), _CLOCK.search(line)
    if wrote is None:
        names_writer = _IN_BRACKETS.search(line) or (quote_follows and _BEGINS_WITH_DATE.match(line))
        return bool(names_writer and _DATE.search(line) and clock)
    if _IN_PROSE.search(line) or _CLAUSE.search(line, wrote.end()):
        return False
    return bool(_ADDRESS.search(line) or clock or quote_follows)


# --- dividers ---

_MESSAGE = (
    r"message|e-?mail|mail|appointment|meeting|nachricht|mensaje|correo|messaggio|mensagem|bericht|wiadomoś\w+"
    r"|сообщени\w"
    r"|письм\w|повідомлення|лист\w?|mesaj|ileti|e-?posta|邮件|郵件|信息|消息|メッセージ|メール|메시지|메일|رسالة"
    r"|הודעה|съобщение|poruk[ae]|sporočilo|missatge|pranešim\w*|ziņojum\w*|kiri|پیام|ข้อความ|thư"
    r"|zpráv[ay]|správa|üzenet|levél|brev|besked|viesti|meddelande|meddelelse|melding|μήνυμα|μηνύματος|pesan"
)
_ORIGINAL = (
    r"original\w*|ursprüngliche|d['’]origine|initial|originale|oorspronkelijk|origineel|oryginalna|исходное"
    r"|оригинальное"
    r"|вихідне|оригінальне|orijinal|özgün|原始|原|元の|원본|الأصلية|أصلية|מקורית|původní|pôvodná|eredeti|alkuperäinen"
    r"|ursprungligt|oprindelig|opprinnelig|αρχικό|asli|reply|antwort"
    r"|оригинално|izvorn[ai]|izvirno|originaal\w*|oriģināl\w*|pradin\w+|اصلی"
)
_FORWARDED = (
    r"forwarded|weitergeleitete\w?|transféré|réexpédié|reenviado|inoltrato|encaminhada|reencaminhada|doorgestuurd"
    r"|przekazan\w+|przekazywanej|пересыл\w+|пересланн\w+|перенаправленн\w+|переадресован\w+|пересланого|переслане"
    r"|iletil(?:en|miş)|yönlendirilmiş|转发|轉寄|転送|전달된|المعاد توجيهها|معاد توجيهها|vidarebefordrat|videresendt"
    r"|přepos[ií]?lan\w+|preposlan\w+|välitetty|továbbított|προωθημέν\w+|diteruskan|terusan|redirecționat"
    r"|שהועברה|chuyển tiếp|ส่งต่อ|препрат\w+|prosl(?:ij)?eđen\w+|reenviat|هدایت"
)
_IS_MESSAGE = re.compile(_MESSAGE, re.IGNORECASE)
_IS_ORIGINAL = re.compile(_ORIGINAL, re.IGNORECASE)
_IS_FORWARDED = re.compile(_FORWARDED, re.IGNORECASE)
_DASHED = re.compile(r"<?[-_=—–]{2,}\s?([^-_=—–](?:.{0,60}[^-_=—–])?)\s?[-_=—–]{2,}")
_BEGINS_FORWARD = re.compile(
    r"(?:begin|anfang|début|inicio|inizio|início|początek|начало|початок|下面是|以下是|başlangıcı|시작|alku|alkaa|start|začátek|začiatok|kezdete|έναρξη|بداية|תחילת|početak)\b"
    r"|(?:başlangıcı|시작|邮件|郵件|メール|メッセージ)\s?[:：]\Z",
    re.IGNORECASE,
)
_FORWARDED_BY = re.compile(r"forwarded by\b", re.IGNORECASE)
_DIVIDER_CHARS = 90
_DIVIDER_WORDS = 2
_MAY_DIVIDE = re.compile(r"[-_=—–]{2}|[:：]\W{0,8}\Z")


def divider(line: str) -> Literal["", "reply", "forward"]:
    """Say what a divider divides off: the mail that is answered, or one that is passed on."""
    if not _MAY_DIVIDE.search(line) or len(line := plain(line)) > _DIVIDER_CHARS:
        return ""
    dashed = _DASHED.fullmatch(line)
    if dashed is None:
        # Apple Mail and Yandex say it in words.
        begins = line.count(" ") < _DIVIDER_WORDS or _BEGINS_FORWARD.search(line)
        return "forward" if line.endswith((":", "：")) and begins and _is(_IS_FORWARDED, line) else ""
    words = dashed[1]
    if _is(_IS_FORWARDED, words) or _FORWARDED_BY.match(words):
        return "forward"
    return "reply" if _is(_IS_ORIGINAL, words) else ""


def asks_for_answer_above(line: str) -> bool:
    """Say whether *line* is what help desks put above their mails: "##- Please type your reply above this line -##"."""
    return len(line) <= _ABOVE_CHARS and bool(_ABOVE.match(line))


_ABOVE_CHARS = 150
_ABOVE = re.compile(
    r"[^\w\s]{2,12}\s?\w.{3,80}(?:above this line|(?:oberhalb|über) dieser (?:zeile|linie)|au-dessus de cette ligne"
    r"|encima de esta línea|sopra (?:a )?questa (?:riga|linea)|acima d?esta linha|boven deze (?:regel|lijn)"
    r"|powyżej tej linii|выше этой (?:строки|линии|черты)|вище цієї лінії|bu satırın üst\w+"
    r"|请在此行以上|この行の上|이 줄 위)",
    re.IGNORECASE,
)


def speaks_of_forwarding(text: str) -> bool:
    """Say whether any line of *text* is a divider above a mail that is passed on."""
    ends = (line for line in text.split("\n") if line.rstrip(" \t*>").endswith(_DIVIDER_ENDS))
    return any(divider(line) == "forward" for line in ends)


_DIVIDER_ENDS = ("-", "_", "=", "—", "–", ":", "：")


def is_dashed(line: str) -> bool:
    """Say whether *line* is words between strokes, "---- Original ----"."""
    return len(line) <= _DIVIDER_CHARS and bool(_DASHED.fullmatch(plain(line)))


def _is(sort: re.Pattern[str], words: str) -> bool:
    return bool(_IS_MESSAGE.search(words) and sort.search(words))


# --- quoted headers: who, when, to whom, about what ---

_FROM = (
    "From|Von|De la|De|Da|Van|Od|От|Від|Gönderen|Kimden|发件人|發件人|寄件者|寄件人|差出人|送信者|보낸 ?사람|보낸이"
    "|Från|Fra|Feladó|Lähettäjä|מאת|من|Expéditeur|Από|Dari|Từ"
)
_SENT = (
    "Sent|Gesendet|Envoyé|Enviado(?: el| em)?|Inviato|Enviada(?: em)?|Verzonden|Wysłano|Wysłane|Отправлено|Надіслано"
    "|Gönderildi|Gönderilen|Gönderilmiş|Gönderme Tarihi|发送时间|發送時間|寄件日期|傳送時間|送信日時|보낸 ?날짜"
    "|보낸 ?시간|Skickat"
    "|Sendt|Odesláno|Odoslané|Elküldve|Lähetetty|נשלח|تم الإرسال|Trimis|Στάλθηκε|Dikirim"
)
_WHEN = (
    "Date|Datum|Fecha|Data|Дата|Tarih|日期|時間|日時|날짜|Dato|Dátum|Päivämäärä|Päiväys|תאריך|تاريخ|التاريخ"
    "|Ημερομηνία"
    "|Tanggal"
)
_TO = (
    "To|An|À|A|Para|Aan|Do|Кому|Kime|Alıcı|收件人|收件者|宛先|받는 ?사람|Till|Til|Komu|Címzett|Vastaanottaja|אל|إلى"
    "|Cc|Kopie|Copie à|Bcc|Копия|Копія|Reply-To|Antwort an|DW|Bilgi|抄送|副本|참조|نسخة|Către|Προς|Kepada"
)
_SUBJECT = (
    "Subject|Betreff|Objet|Asunto|Oggetto|Assunto|Onderwerp|Temat|Тема|Konu|主题|主題|主旨|件名|제목|Ämne|Emne"
    "|Předmět"
    "|Predmet|Tárgy|Aihe|נושא|الموضوع|Subiect|Θέμα|Subjek|Perihal"
)
_LABEL = re.compile(
    rf"[>\s{UNSEEN}]*+[*_]*+\s*+(?:(?P<who>{_FROM})|(?P<sent>{_SENT})|(?P<when>{_WHEN})|(?P<to>{_TO})"
    rf"|(?P<about>{_SUBJECT}))"
    r"\s*+[*_]*+\s?[:：].*",
    re.IGNORECASE,
)


def label(line: str) -> str:
    """Return what the label that begins *line* is about: "who", "sent", "when", "to", "about", or ""."""
    found = _LABEL.fullmatch(line) if len(line) < _LABEL_CHARS else None
    return next((name for name in _LABELS if found is not None and found[name] is not None), "")


def any_header(lines: list[str]) -> int:
    """
    Return how many lines a quoted header in a language without a table takes at the top of *lines*, or 0.

    Every program writes an address in brackets first, then a date with a time of day, then two lines more.
    """
    if not lines or "@" not in lines[0]:
        return 0
    shaped = [len(line) < _LABEL_CHARS and bool(_ANY_LABEL.match(line)) for line in lines[:3]]
    if shaped != [True] * 3 or not _IN_BRACKETS.search(lines[0]) or len(lines[1]) > MAX_CHARS:
        return 0
    if not (_DATE.search(lines[1]) and _CLOCK.search(lines[1])):
        return 0
    return sum(1 for _ in takewhile(lambda line: _ANY_LABEL.match(line[:80]), lines[:_ANY_HEADER_LINES]))


_ANY_LABEL = re.compile(rf"[>\s{UNSEEN}*_]{{0,8}}[^\W\d_][^\d:：<>@\n]{{0,24}}[:：][*_]{{0,2}}\s?\S")
_ANY_HEADER_LINES = 8
_LABELS = ("who", "sent", "when", "to", "about")
# To and Cc of a mail to many.
_LABEL_CHARS = 2_000
