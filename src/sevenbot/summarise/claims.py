"""
What a sentence claims with a number, held against the mail's sentences that have the number too.

A true number can carry a false claim: "You owe 120 EUR" where the mail says "We refunded 120 EUR". Two looks catch
many:

- its words stand near: half of the words that carry meaning are in the mail's sentences with one of its numbers,
  weekdays or months, or beside them (only in the mail's own language);
- grave claims are the mail's: that something is owed, blocked, to be sent on or called is said only when the mail
  speaks of that too, in any of the languages below.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from sevenbot.summarise.months import MONTHS, WEEKDAYS
from sevenbot.summarise.names import EMPTY, folded, months, weekdays
from sevenbot.summarise.phrases import any_phrase, joined
from sevenbot.summarise.sentences import split

_SHARE = 1 / 2
# So much of a mail is looked at: more than a prompt holds.
_MAIL_CHARS, _MOST_SENTENCES = 40_000, 400
_WORD = re.compile(r"[^\W\d_]{4,}")
_UNSPACED_PAIR = re.compile(r"(?=([\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]{2}))")
_NUMBER = re.compile(r"[0-9]+(?:[.,' \u00a0][0-9]{3}(?![0-9]))*(?:[.,][0-9]{2}(?![0-9]))?")
_PREFIX = 4

# What a reader would act upon: how it is claimed, and what else a mail says that bears it out, in many languages.
_PAY = joined(r"""
    \b(?:pay|pays|payable|payments?|paid|owe[sd]?|owing|due|overdue|transfer|charged?|
    zahl\w*|bezahl\w*|überweis\w*|fällig\w*|schulde\w*|pay[eé]\w*|devez|dû|
    pagar|pague|paga|debe|deben|adeud\w*|dev[ei]|dovut\w*|versare|pagamento|pagado|pagati|vence|
    beta\w{2,6}|schuldig|verschuldigd|overma\w+|zapłac\w*|zapłat\w*|opłac\w*|
    оплат\w*|заплат\w*|долж(?:ен|на|ны)|винен|винні|сплат\w*|ödeme\w*|öde\w*|borç\w*)\b|
    支付|付款|欠|支払|결제|지불|납부|دفع|سداد
""")
_MONEY = joined(r"""
    \b(?:outstanding|costs?|fees?|bills?|invoices?|prices?|buy|treat|total|amount|rent|debit\w*|wire|remit|settle|
    donat\w*|
    subscri\w*|offer|quote|balance|order|salary|purchase|gezahlt|überwiesen|offen\w*|kost\w*|\w*gebühr\w*|
    \w*rechnung\w*|
    mahn\w*|betrag|\w*miete|preis\w*|abgebucht|spende\w*|angebot|beitrag|règl\w*|régl\w*|factur\w*|montant|virement|
    coût\w*|
    devis|loyer|prix|débit\w*|abon\w*|cuota|importe|precio|transfer\w*|costo?|coste|cargo|bonific\w*|fattur\w*|
    importo|
    prezzo|addebit\w*|fatura|valor|preço|taxa|kosten|factuur|bedrag|prijs|rekening|płat\w*|należ\w*|faktur\w*|
    przelew\w*|koszt\w*|
    cena|kwot\w*|плат\w*|долг\w*|счёт\w*|счет\w*|сумм\w*|перевод\w*|переве\w*|стоит|цена|рахунок|ціна|fatura\w*|
    tutar\w*|fiyat\w*)\b|
    付|账单|費用|料金|請求|价格|价|總|요금|금액|فاتورة|مبلغ
""")
_BLOCK = joined(r"""
    \b(?:block(?:ed|s)?|locked|suspended|terminated|deactivated|disabled|deleted|gesperrt|gekündigt|gelöscht|
    bloqué\w*|suspend[ui]\w*|résilié\w*|supprimé\w*|bloquead\w*|suspendid\w*|cancelad\w*|bloccat\w*|sospes\w*|
    geblokkeerd|
    zablokowan\w*|заблокир\w*|заблокован\w*|bloke)\b|冻结|封锁|锁定|凍結|차단|정지|حظر|تعليق
""")
_END = joined(r"""
    \b(?:un(?:block|lock)\w*|block\w*|lock\w*|lock(?:out|ed out)|suspend\w*|suspension|clos\w*|terminat\w*|
    cancel\w*|deactivat\w*|
    disabl\w*|delet\w*|remov\w*|expir\w*|end|ends|ended|stop\w*|restrict\w*|sperr\w*|entsperr\w*|geschlossen|
    schließ\w*|künd\w*|
    kündig\w*|lösch\w*|endet|bloqu\w*|suspend\w*|suspensión|ferm\w*|résili\w*|supprim\w*|annul\w*|cerr\w*|cancel\w*|
    elimin\w*|blocc\w*|
    sospen\w*|chius\w*|chiud\w*|blokk\w*|opgezegd|gesloten|sluit\w*|verwijder\w*|blok\w*|zamkn\w*|usun\w*|блок\w*|
    закр\w*|отмен\w*|
    удал\w*|видал\w*|kapat\w*|iptal|sil\w*)\b|关闭|取消|停止|ロック|停止|閉|解約|削除|잠금|삭제|إغلاق|إلغاء
""")
_PASSWORD = joined(r"""
    \b(?:passwords?|pin|passcode|credentials|passwort\w*|kennwort\w*|mot de passe|contraseña\w*|senha\w*|
    wachtwoord\w*|hasł\w*|парол\w*|
    şifre\w*)\b|密码|密碼|パスワード|비밀번호|كلمة المرور
""")
_SIGN_IN = r"\b(?:log|sign)(?:ging|ging)?[ -]?(?:in|on)\b|\blogin\b|\banmeld\w*|\bconnexion\b|\bиавтор\w*"
_CALL = joined(r"""
    \b(?:call|phone|dial|anrufen|rufen|ruf|appel(?:er|ez|le)|téléphon(?:er|ez)|llam(?:ar|e|a)|telefon(?:ear|are|a)|
    ligar|chiam(?:are|i|a)|
    bellen|zadzwoń|zadzwonić|позвон\w*|дзвон\w*)\b|致电|電話して|전화하|اتصل
""")
_NUMBER_TO_CALL = joined(r"""
    \b(?:calls?|calling|ring|tele?phon\w*|tel|mobile|hotline|reach|numbers?|anruf\w*|erreich\w*|nummer|rufnummer|
    numéro|tél|appel\w*|
    joign\w*|teléfon\w*|llám\w*|número|cellulare|numero|bel|bereik\w*|dzwo\w*|tel|звон\w*|тел|ara\w*)\b|电话|電話|전화|هاتف
""")
_SEND = joined(r"""
    \b(?:forward|send|share|weiterleit\w*|senden|schicken|envoy(?:er|ez)|transmett\w*|reenv\w*|envi(?:ar|e)|
    inoltr\w*|inviare|doorstu\w*|
    stuur|sturen|przesł\w*|prześl\w*|wyśl\w*|отправ\w*|перешл\w*|надішл\w*|gönder\w*)\b|发送|转发|送って|転送|보내|أرسل
""")
_HAND_IN = joined(r"""
    \b(?:sends|sending|sent|shar\w*|mail|e-?mail|upload|submit|hand|return|bring|reply|respond|answer|confirm|
    let (?:me|us) know|tell|rsvp|
    give|attach|provide|forms?|apply|application|post|pass|get back|send\w*|schick\w*|leite\w*|mitteil\w*|
    antwort\w*|melde\w*|rückmeld\w*|
    zurück\w*|bescheid|einreich\w*|abgeb\w*|zuschick\w*|hochlad\w*|envo[iy]\w*|répon\w*|transm\w*|remett\w*|
    retour\w*|enví\w*|
    envi\w*|mand\w*|respond\w*|entreg\w*|invi\w*|rispo\w*|consegn\w*|respost\w*|stur\w*|antwoord\w*|lever\w*|
    przeka\w*|odpow\w*|
    odesł\w*|пере(?:шл|сыл)\w*|пришл\w*|ответ\w*|сообщ\w*|переда\w*|надісл\w*|відпов\w*|ilet\w*|cevap\w*)\b|回复|提交|送|
    返信|提出|전달|회신|제출|إرسال|رد
""")
_GRAVE = tuple(
    (any_phrase(claim), any_phrase(f"{claim}|{ground}"))
    for claim, ground in (
        (_PAY, _MONEY),
        (_BLOCK, _END),
        (_PASSWORD, _SIGN_IN),
        (_CALL, _NUMBER_TO_CALL),
        (_SEND, _HAND_IN),
    )
)
_LANGUAGES = frozenset(["en", "de", "fr", "es", "it", "pt", "nl", "pl", "ru", "uk", "tr", "zh", "ja", "ko", "ar"])


@dataclass(frozen=True, slots=True)
class Claims:
    """What a mail says with its numbers, ready for looking up."""

    numbers: tuple[frozenset[str], ...]  # of each: digits, and marks of weekdays and months
    words: tuple[frozenset[str], ...]  # of each and those beside it: how they begin
    everywhere: frozenset[str]  # the same of the subject
    speaks_of: frozenset[int]  # which of the grave claims

    @classmethod
    def of(cls, subject: str, text: str, language: str | None) -> Claims:
        """Return the claims of a mail in *language* (ISO 639-1, None: not known)."""
        text = text[:_MAIL_CHARS]
        said = [sentence for line in text.split("\n") for sentence in split(line)][:_MOST_SENTENCES]
        own = [_beginnings(sentence) for sentence in said]
        near = tuple(frozenset[str]().union(*own[max(at - 1, 0) : at + 2]) for at in range(len(own)))
        whole = f"{subject}\n{text}"
        is_covered = language is None or language in _LANGUAGES
        return cls(
            tuple(map(_anchors, said)),
            near,
            _beginnings(subject),
            frozenset(at for at, (_, grounds) in enumerate(_GRAVE) if not is_covered or grounds.search(whole)),
        )

    def allow(self, sentence: str, *, is_translation: bool) -> bool:
        """Say whether the mail may have said *sentence*."""
        if any(at not in self.speaks_of and claim.search(sentence) for at, (claim, _) in enumerate(_GRAVE)):
            return False
        return is_translation or self._stands_near(sentence)

    def _stands_near(self, sentence: str) -> bool:
        anchors, words = _anchors(sentence), _beginnings(sentence)
        places = [at for at, numbers in enumerate(self.numbers) if not numbers.isdisjoint(anchors)]
        if not places or not words:
            return True
        near = self.everywhere.union(*(self.words[at] for at in places))
        return len(words & near) >= len(words) * _SHARE


def _beginnings(text: str) -> frozenset[str]:
    """Return how the words begin that carry meaning; grave ones are alike, whatever their language."""
    low = text.lower()
    grave = {f"grave {at}": set(grounds.findall(low)) for at, (_, grounds) in enumerate(_GRAVE)}
    known = set().union(*grave.values())
    words = (word for word in _WORD.findall(low) if word not in EMPTY and word not in MONTHS and word not in WEEKDAYS)
    found = {folded(word)[:_PREFIX] for word in words if word not in known}
    return frozenset(found | {name for name, said in grave.items() if said}).union(_UNSPACED_PAIR.findall(low))


def _anchors(text: str) -> frozenset[str]:
    numbers = {re.sub(r"\D", "", number) for number in _NUMBER.findall(text)}
    days = {f"day {day}" for day in weekdays(text)} | {f"month {month}" for month in months(text)}
    return frozenset(number for number in numbers if len(number) > 1).union(days)
