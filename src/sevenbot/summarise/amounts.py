"""
Amounts of money as they stand in the mail: a number beside a currency's sign, code or name.

Numbers as the world writes them: 1,234.50 · 1.234,50 · 1 234,50 · 1'234.50 · 1,00,000 · 49,- · 5k · $1.2 million.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from sevenbot.flat import flat
from sevenbot.summarise.phrases import any_phrase, joined

# A receipt has its total within this; a longer mail is a catalogue.
READ_CHARS = 12_000
MOST_AMOUNTS = 6

# Atomic: a number is taken whole or not at all.
_NUMBER = joined(r"""
    (?>(?:[0-9]{1,3}(?:[.,' ][0-9]{3}){1,4}(?![0-9])|[0-9]{1,3}(?:,[0-9]{2}){1,3},[0-9]{3}(?![0-9])|
    [0-9]{1,12}(?![0-9]))(?:[.,][0-9]{1,2}(?![0-9])|[.,]-{1,2}(?![0-9-]))?)
""")
_TIMES = joined(r"""
    (?:[ ]?(?:k|m|bn|mn|mio|mrd|tsd|million(?:en|s|i)?|milli[oó]n(?:es)?|milh(?:ão|ões)|billion|milliard(?:en|s)?|
    milion(?:y|ów)?|тыс|млн|млрд)\b\.?|[ ]?[万億亿만])?
""")
_SIGN_BEFORE = joined(r"""
    (?:(?<![a-z])(?:us|a|au|c|ca|nz|hk|nt|s|r|mx)\$|[€$£¥₹₽₩₺₴₪₫฿₦₱₿]|(?<![^\W_])(?:rs|rp|kr)\.?)
""")
_SIGN_AFTER = joined(r"""
    (?:[€$£¥₹₽₩₺₴₪₫฿₦₱]|(?:kr|đ|zł|kč|ft|lei|лв|руб(?:лей|ля|ль)?|р|грн|гривень|гривні|euros?|dollars?|pounds?|francs?|
    yen|rupees|tl|złotych|злотых|евро|доларів|долларов|sek|riyals?)\b\.?|
    元|円|원|人民币|人民幣|ريال|درهم|جنيه|دولار|يورو|שח)
""")
_CODES = joined("""
    usd|eur|gbp|chf|jpy|cny|rmb|krw|inr|rub|uah|pln|czk|huf|ron|bgn|sek|nok|dkk|isk|try|ils|aed|sar|egp|zar|ngn|kes|
    brl|mxn|ars|clp|cop|pen|cad|aud|nzd|sgd|hkd|twd|thb|vnd|idr|myr|php|pkr|bdt|gel|kzt|byn|rsd|qar|kwd|mad|tnd|
    btc|eth|usdt
""")
# Letters and digits an amount could be a part of; Chinese, Japanese and Korean ones touch it as a matter of course.
_LETTER = r"^\W_\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3"
_AMOUNT = re.compile(
    joined(rf"""
    (?:(?<![0-9])(?<![0-9][.,'/:-])(?:{_SIGN_BEFORE}|(?<![^\W_])(?:{_CODES})\b)[ ]?-?{_NUMBER}{_TIMES}
    (?:[ ]?(?:{_SIGN_AFTER}|(?:{_CODES})\b))?|
    (?<![{_LETTER}])(?<![0-9][ .,'/:-]){_NUMBER}{_TIMES}[ ]?(?:{_SIGN_AFTER}|(?:{_CODES})\b))
    (?![{_LETTER}]|[.,][0-9])
    """)
)


# What a receipt or a bill is about, at the end of what stands before the amount.
_TOTAL = any_phrase(r"""
    (?:(?<!sub)(?<!sub[ -])(?<!sous[ -])(?<!half )\b(?:grand )?total(?:e|en|t)?|\btotaal|\btoplam|
    \b(?:amount|balance|payment|total) (?:due|paid|charged)|\byou (?:paid|owe)|\bto pay|
    gesamt(?:betrag|summe|preis)?|(?<!zwischen)\bsumme|(?:end|rechnungs|zahl)betrag|zu zahlen(?:der betrag)?|
    à payer|montant dû|\bimporte|a pagar|da pagare|te betalen|att betala|å betale|do zapłaty|razem|
    \bитого|к оплате|\bвсего|разом|до сплати|合計|合计|总计|總計|总额|實付|实付|應付|应付|お支払い|합계|총|
    الإجمالي|المجموع|סה"כ)[^0-9]{0,24}\Z
""")
_BEFORE_CHARS = 64


def find_amounts(text: str) -> tuple[str, ...]:
    """Return the amounts in *text* as they stand there (white space folded), each once: totals, then the others."""
    low = flat(text[:READ_CHARS])
    found: dict[str, str] = {}
    totals: list[str] = []
    for match in _AMOUNT.finditer(low):
        amount = _as_written(text, match)
        key = amount.lower().replace(" ", "")
        found.setdefault(key, amount)
        if _TOTAL.search(low[max(0, match.start() - _BEFORE_CHARS) : match.start()]):
            totals.append(key)
    ordered = dict.fromkeys([*totals, *found])
    return tuple(found[key] for key in ordered)[:MOST_AMOUNTS]


def every_amount(text: str) -> Iterator[str]:
    """Yield all amounts of *text*, however long it is, with repeats."""
    for match in _AMOUNT.finditer(flat(text)):
        yield _as_written(text, match)


def _as_written(text: str, match: re.Match[str]) -> str:
    return " ".join(text[match.start() : match.end()].split()).rstrip(".,")


_CURRENCY_NAMES = {
    "€": "eur", "euro": "eur", "euros": "eur", "евро": "eur", "يورو": "eur",
    "$": "usd", "us$": "usd", "dollar": "usd", "dollars": "usd", "£": "gbp", "pounds": "gbp", "pound": "gbp",
    "¥": "jpy", "円": "jpy", "yen": "jpy", "元": "cny", "人民币": "cny", "人民幣": "cny", "rmb": "cny",
    "₹": "inr", "rs": "inr", "rs.": "inr", "rupees": "inr", "₽": "rub", "руб": "rub", "руб.": "rub", "р": "rub",
    "рублей": "rub", "рубля": "rub", "рубль": "rub", "р.": "rub", "₩": "krw", "원": "krw", "₺": "try", "tl": "try",
    "₴": "uah", "грн": "uah", "грн.": "uah", "zł": "pln", "zł.": "pln", "kč": "czk", "ft": "huf", "r$": "brl",
}  # fmt: skip
_NUMERIC_PART = re.compile(r"[0-9][0-9.,' -]*")


def value(amount: str) -> tuple[str, str]:
    """
    Return (digits, currency) of an amount, for comparing: "€1.234,50" and "1,234.50 EUR" are the same.

    Cents of zero are dropped, so that "$50" equals "50.00 USD". A currency that has no ISO code here stays as written.
    """
    low = flat(amount)
    number = _NUMERIC_PART.search(low)
    if number is None:
        return "", low
    digits = re.sub(r"[.,](?:00|-{1,2})?\s*\Z", "", number.group().strip())
    currency = (low[: number.start()] + low[number.end() :]).strip(" -")
    return re.sub(r"\D", "", digits), _CURRENCY_NAMES.get(currency, currency)
