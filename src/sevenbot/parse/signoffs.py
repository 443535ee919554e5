"""
Signatures without a mark: below "Kind regards", or below nothing but the writer's own name.

    Kind regards,        stays: a person wrote it
    Ann Reed             stays
    Head of Sales        goes, with all below: a program put it there
    +44 20 7946 0123

The sign-off, and the name below it, are the writer's words. What stands lower is a signature when every line of it is
short and none says anything; a line that reaches its writer (telephone, address, page, firm) is needed where an empty
line or a mere "Thanks" leaves doubt. Without a sign-off the writer's name, as the From field has it, must begin it.
"""

from __future__ import annotations

import re

from sevenbot.parse.message import Mailbox

_LINES = 24  # with a firm's address, three telephones and its register
_LINE_CHARS = 100
_CONTACT_LINE_CHARS = 240  # "Firm | Street | Town | Tel. | www" in one
_NAME_CHARS = 60
_NAME_WORDS = 5

CONTACT = re.compile(
    r"(?:\+|\b0|\()\d[\d ()/.-]{6,}\d|〒|https?://|www\.|[^\s@]@[^\s@]+\.\w|\b(?i:tele?fon\w*|t[eé]l[eé]?(?:phone|fono)?|tlf|tfno|fon|phone|fax|mob(?:il\w*)?|m[oó]vil|cel(?:l|ular)?|handy|gsm|тел|моб)\b"
    r"|\b(?:Ltd|GmbH|Inc|LLC|S\.?r\.?l|S\.A\.?S?|B\.?V|Oy|AB|Kft|Sp\. z o\.o)\b|株式会社|有限公司|有限会社|公司|㈱"
    r"|주식회사|ООО|ТОВ|電話|电话|전화"
)
# "Kind regards" and its kin: nothing but a name and a signature follows.
_REGARDS = (
    r"(?:with )?(?:my |our )?(?:kind|best|warm|many)\w*,? (?:regards|wishes)|(?:kind|best|warm)(?:est|ly)?|regards"
    r"|(?:b\.?)?rgds|[bk]r|(?:yours )?(?:sincerely|faithfully|truly|respectfully)|sincerely yours|cordially|cheers"
    r"|all the best|take care"
    r"|(?:mit )?(?:\w+ ){0,2}gr(?:ü|ue)(?:ß|ss)e?n?(?: (?:aus|vom|von) .{2,30})?|gru(?:ß|ss)|hochachtungsvoll|mfg|[lv]g"
    r"|(?:bien )?(?:très )?cordialement|bien à (?:vous|toi)|(?:sincères |meilleures |cordiales )?salutations(?: \w+)?"
    r"|amicalement|bises"
    r"|(?:un |muchos )?(?:cordial(?:es)? |afectuoso )?(?:saludos?|abrazo)(?: cordial(?:es)?)?|atentamente"
    r"|(?:cordiali |distinti |cari )?saluti|cordialmente|un abbraccio|a presto"
    r"|(?:com os )?(?:melhores )?cumprimentos|atenciosamente|att|(?:um )?abraços?|ab[sç]s?"
    r"|(?:met )?(?:vriendelijke|hartelijke) groet\w*|groet(?:jes|en)?|mvg"
    r"|z (?:poważaniem|wyrazami szacunku)|pozdrawiam(?: serdecznie)?|pozdrowienia|s (?:\w+ )?pozdrav[eo]m"
    r"|(?:с )?(?:уважением|наилучшими пожеланиями)|всего доброго|з (?:повагою|найкращими побажаннями)"
    r"|saygılar\w*|(?:iyi|kolay) (?:çalışmalar|günler)|sevgiler\w*|selamlar"
    r"|med (?:\w+ )?(?:hälsning\w*|hilsen)|(?:vänliga |bästa )?hälsningar|(?:venn?lig |beste |bedste )?hilsen|mvh"
    r"|(?:ystävällisin |parhain )?terveisin|(?:szívélyes )?üdvözlettel|üdv"
    r"|cu (?:stimă|respect|drag)|με (?:εκτίμηση|φιλικούς χαιρετισμούς)"
    r"|trân trọng|hormat kami|salam|ขอแสดงความนับถือ|בברכה|(?:مع )?(?:أطيب |خالص )?(?:ال)?تحيات\w*|مع (?:خالص )?التحية"
    r"|此致|敬礼|敬禮|[顺順谨謹]?祝\S{1,4}|[顺順][颂頌]\S{1,4}|敬上|敬具|よろしく\S*|宜しく\S*|드림"
)
# An answer may end so, and mean it: more is asked of what stands below.
_THANKS = (
    r"(?:many |best )?thanks(?: (?:again|so much|a lot|in advance))?"
    r"|thank you(?: (?:very much|so much|again|in advance))?"
    r"|vielen dank|danke|merci(?: d['’]avance)?|bonne journée|(?:muchas )?gracias|grazie(?: mille)?|obrigad[oa]"
    r"|(?:alvast )?bedankt|dank je|dziękuję|спасибо|дякую|teşekkür\w*|tack|takk?|kiitos|děkuji|ďakujem|köszönöm"
    r"|mulțumesc|ευχαριστώ|terima kasih|cảm ơn|شكرا|תודה|谢谢|謝謝|ありがとうございま\S*|감사합니다"
)
_CLOSING = re.compile(rf"\W{{0,3}}(?:(?P<regards>{_REGARDS})|{_THANKS})(?!\w)(?P<more>.*)", re.IGNORECASE)
_POSTSCRIPT = re.compile(r"\s*(?:P\.?\s?P?\.?\s?S\b|N\.?\s?B\b|З\.?Ы\b|附言|追伸|추신)\s?[.:)：-]", re.IGNORECASE)
_FIRM = re.compile(r"株式会社|有限会社|㈱|주식회사")  # stands above the name
_ABBREVIATED = re.compile(r"(?:[\s.][^\W\d_]{1,3}|Corp|Kft|Zrt)\.$")  # "Port Sp. z o.o.", "Harbour Ltd."
_BETWEEN = re.compile(r"\s[|–—·•-]\s|,\s")  # a name and a title
_RULE = re.compile(r"[-_=*~#]{2,80}")
_AROUND = " ,.!;:*_-–，。！：،"
_LIST_ITEM = re.compile(r"\s*(?:[-*•]\s|\d{1,2}[.)]\s)")
# Words with capitals, "van" and "de la" between them, titles; or letters without capitals.
_NAME_WORD = re.compile(
    r"\(?[^\W\d_a-z][\w.'’&/-]*[,)]?|van|von|de[rnl]?|d[aio]s?|la|le|el|al|bin|ten|zu|[yei&/|,-]|i\."
)


def writer_words(sender: Mailbox | None) -> frozenset[str]:
    """Return the words by which a signature may name its writer."""
    named = f"{sender.name} {sender.address.partition('@')[0]}" if sender else ""
    return frozenset(word for word in re.findall(r"[^\W\d_]+", named.casefold()) if len(word) > 1 or not word.isascii())


def find(lines: list[str], writer: frozenset[str]) -> tuple[int, int]:
    """
    Return where a signature begins and ends; twice the number of lines when there is none.

    Args:
        writer: As `writer_words` returns them.
    """
    lowest = max(len(lines) - 2 * _LINES, 0)
    for at in range(len(lines) - 1, lowest - 1, -1):
        if closing := _closing(lines[at].strip()):
            begin, end = _below(lines, at, closing, writer)
            if begin < end:
                return begin, end
    top = next((at for at in range(len(lines), lowest, -1) if not _may_sign(lines[at - 1].strip())), lowest)
    return _named(lines, top, writer), len(lines)


def is_postscript(line: str) -> bool:
    """Say whether *line* begins a postscript."""
    return bool(_POSTSCRIPT.match(line[:_LINE_CHARS]))


def is_regards(line: str) -> bool:
    """Say whether *line* is what stands above a signature, "Kind regards"."""
    found = _CLOSING.match(line[:_LINE_CHARS])
    return found is not None and found["regards"] is not None and not found["more"].strip(_AROUND)


def _closing(line: str) -> re.Match[str] | None:
    found = _CLOSING.match(line) if len(line) <= _LINE_CHARS else None
    if found is None:
        return None
    more = found["more"].strip(_AROUND)
    is_another = more.startswith(("/", "|")) and _CLOSING.match(more)  # "Mit freundlichen Grüßen / Best regards"
    return found if not more or is_another or _is_name(more) else None


def _may_be_name(line: str, *, is_next: bool) -> bool:
    """Say whether a line below a sign-off is the name that belongs to it; directly below, "your bird team" is one."""
    return _is_name(line) or (is_next and len(line) <= _NAME_CHARS and not CONTACT.search(line))


def _is_name(line: str) -> bool:
    words = line.strip(" *_,.-–~/").split()
    return 0 < len(words) <= _NAME_WORDS and len(line) <= _NAME_CHARS and all(map(_NAME_WORD.fullmatch, words))


def _may_sign(line: str) -> bool:
    if len(line) > (_CONTACT_LINE_CHARS if len(line) <= _CONTACT_LINE_CHARS and CONTACT.search(line) else _LINE_CHARS):
        return False
    return not (_says(line) or _LIST_ITEM.match(line))


def _says(line: str) -> bool:
    """Say whether *line* is a sentence of four words or more, a question, or announces something."""
    line = line.rstrip(" \"')”’»*_")
    if _ABBREVIATED.search(line):
        return False
    return line.endswith(("?", "？", "。", "！", ":", "：")) or (line.endswith((".", "!", "…")) and line.count(" ") > 2)


def _name_behind(closing: re.Match[str]) -> str:
    """Return the name that stands on the line of the sign-off; behind a stroke it is another sign-off."""
    more: str = closing["more"].strip(_AROUND)
    return "" if more.startswith(("/", "|")) else more


def _below(lines: list[str], closing: int, found: re.Match[str], writer: frozenset[str]) -> tuple[int, int]:
    """Return where the signature below a sign-off, and the name that belongs to it, begins and ends."""
    end = _end(lines, closing + 1)
    rest = [at for at in range(closing + 1, end) if lines[at].strip()]
    wants_name = bool(rest) and not _name_behind(found) and not (rest[1:] and _FIRM.match(lines[rest[0]]))
    if wants_name and _may_be_name(lines[rest[0]], is_next=rest[0] == closing + 1):
        closing = rest.pop(0)
    if not rest:
        return end, end
    is_last_block = end == len(lines) and rest == list(range(closing + 1, rest[-1] + 1))
    signs = any(CONTACT.search(lines[at]) for at in rest) or (
        found["regards"] is not None and (is_last_block or _names(lines[rest[0]], writer))
    )
    return rest[0] if signs else end, end


def _end(lines: list[str], begin: int) -> int:
    """Return where the paragraph begins that says something; a signature ends there."""
    for at in range(begin, len(lines)):
        if is_postscript(lines[at]) or not _may_sign(lines[at].strip()):
            return next((above + 1 for above in range(at - 1, begin - 1, -1) if not lines[above].strip()), begin)
    return len(lines)


def _named(lines: list[str], top: int, writer: frozenset[str]) -> int:
    """Return where the signature begins that its writer's name heads, or that follows the name he signed with."""
    reaches = False
    for at in range(len(lines) - 1, max(top, 1) - 1, -1):
        name = _BETWEEN.split(lines[at], maxsplit=1)[0]
        if _names(name, writer) and _is_name(name):
            above = lines[at - 1].strip()
            signs = reaches or (not above and _is_entitled(lines[at:], writer))
            if _RULE.fullmatch(above) or (signs and _ends_text(lines, at, writer)):
                return at + above.endswith(",")
        reaches = reaches or bool(CONTACT.search(lines[at]))
    return len(lines)


def _is_entitled(lines: list[str], writer: frozenset[str]) -> bool:
    """Say whether the writer's first and last name stand above one to four lines that begin with capitals."""
    titles = [line for line in lines[1:] if line.strip()]
    named = writer.intersection(re.findall(r"[^\W\d_]+", lines[0].casefold()))
    return len(named) > 1 and 0 < len(titles) <= _TITLES and not any(line[:1].islower() for line in titles)


_TITLES = 4


def _ends_text(lines: list[str], at: int, writer: frozenset[str]) -> bool:
    """Say whether above line *at* the text ends: with an empty line, a sign-off in any language, the name itself."""
    above = lines[at - 1].strip()
    if above:
        return above.count(" ") < _NAME_WORDS and (above.endswith(",") or (_is_name(above) and _names(above, writer)))
    words = next((line.rstrip() for line in reversed(lines[:at]) if line.strip()), ":")
    return not words.endswith((":", "："))


def _names(line: str, writer: frozenset[str]) -> bool:
    return not writer.isdisjoint(re.findall(r"[^\W\d_]+", line.casefold()))
