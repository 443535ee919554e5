"""
Sentences that ask the reader for something: questions, requests, deadlines, in many languages.

Standing phrases ("do not hesitate to contact us", "please do not reply") ask for nothing, and neither do newsletters.
"""

from __future__ import annotations

import re

from sevenbot.parse.message import Kind, Message
from sevenbot.summarise.addressed import is_addressed_to_machine
from sevenbot.summarise.boilerplate import is_filler, is_footer, is_noise
from sevenbot.summarise.phrases import any_phrase
from sevenbot.summarise.plain import plain
from sevenbot.summarise.salutations import is_closing, is_greeting, without_greeting
from sevenbot.summarise.sentences import is_finished, sentences, size

# A request sits in the first screens of a mail, or nobody would see it.
READ_CHARS = 6_000
MOST_ASKS = 3
LONGEST_WORDS = 45

_QUIET_KINDS = (Kind.NEWSLETTER, Kind.BOUNCE, Kind.AUTO_REPLY)

_REQUEST = any_phrase(r"""
    \bplease\b|\bpls\b|\bkindly\b|\b(?:could|can|would|will) (?:you|someone|anybody|anyone|everyone|we)\b|
    \blet (?:me|us) know\b|\b(?:i|we)(?:'d| would)? (?:really )?(?:need|want|like|expect|ask|request|require) you\b|
    \byou (?:must|need to|have to|should(?! have)|are (?:asked|required|requested|expected) to)\b|\bmake sure\b|
    \bremember to\b|\bdon't forget\b|\b(?:waiting|awaiting) for your\b|\baction (?:is )?required\b|
    \bcomplete (?:your|the)\b|
    \b(?:due|respond|reply|rsvp|confirm|submit|return|send|pay|sign)\b[^.!?]{0,60}?\b(?:by|before|until|
    no later than)\b|\bdeadline\b|\bno later than\b|\bis due (?:on|by)\b|
    \bbitte\b|\bkönn(?:t|te)(?:st|n|et)?\b (?:du|sie|ihr)\b|\bkannst du\b|\bkönnen sie\b|\bwürde(?:st|n)? (?:du|sie|
    ihr)\b|\b(?:sag|gib|geben sie|melde|lass)\b[^.!?]{0,30}?\b(?:bescheid|rückmeldung|wissen)\b|\bspätestens\b|
    \bfrist\b|\b(?:sie|ihre?n?|deine?n?|du|dir|uns|mir|bitte)\b[^.!?]{0,60}?\bbis (?:zum|spätestens)\b|
    \b(?:schick|send|bring|gib|leih|ruf|sag|zeig|mail|besorg|überweis)e? (?:mir|uns|mich)\b|
    \b(?:ich|wir) (?:bräuchten?|brauchen?) (?:noch |bitte )?(?:ihre?n?|deine?n?|eure?n?)\b|
    \b(?:i|we) (?:still )?need (?:your|to (?:know|hear))\b|\b(?:j'ai|nous avons) besoin de (?:votre|vos|ton|ta|tes)\b|
    \bnecesit(?:o|amos) (?:tus?|sus?)\b|\b[mc]i serv(?:e|ono) (?:il|la|i|le) (?:tu[oae]|suo|sua|vostr\w)\b|
    \bpotrzebuj\w{1,3} (?:twoj\w+|państwa|pana|pani)\b|
    \bmerci de\b|\bveuillez\b|\bs'il (?:vous|te) plaît\b|\bsvp\b|\bpou(?:rriez|vez|rrais|x)[- ](?:vous|tu)\b|
    \bpeux[- ]tu\b|\bavant le\b|\bau plus tard\b|\bdate limite\b|\bnous vous (?:prions|demandons|invitons)\b|
    \bprière de\b|\bmerci (?:nous|me)\b|
    \bpor favor\b|\b(?:podría|podrías|puede|puedes|podéis|pueden)\b|\brogamos\b|\bantes del?\b|\bfecha límite\b|
    \ba más tardar\b|\bnecesit(?:o|amos) que\b|\bdebe(?:s|rá)?\b|\bconfirme\b|\bavís(?:eme|ame)\b|
    \bper (?:favore|cortesia|piacere)\b|\bpotre(?:sti|bbe|ste)\b|\bpuoi\b|\bpuò\b|\bti (?:prego|chiedo)\b|\b(?:la|
    si) prega\b|\bla preghiamo\b|\bentro (?:il|e non oltre|le|la|domani)\b|\bfammi sapere\b|\bci faccia sapere\b|
    \bpode(?:ria|riam|m)?\b (?:você|me|nos|por favor|enviar|confirmar)|\bpoderia\b|\bsolicitamos\b|\baté (?:o dia|
    dia|amanhã|sexta|segunda)\b|\bprazo\b|\bprecis(?:o|amos) que\b|\bme avise\b|
    \balstublieft\b|\ba\.?u\.?b\b|\b(?:kun|kunt|wil|wilt|zou|zouden) (?:je|u|jij|jullie)\b|\bgraag\b|\buiterlijk\b|
    \blaat (?:me|ons|het)\b[^.!?]{0,20}?weten\b|\bgelieve\b|
    \bproszę\b|\bprosimy\b|\bczy (?:możesz|może|mógłbyś|mogłabyś|moglibyście|mogą)\b|\bdaj(?:cie)? znać\b|
    \bnajpóźniej\b|\bdo dnia\b|\btermin\b|
    \bпожалуйста\b|\bпросим\b|\bпрошу\b|\b(?:не )?(?:могли|можете|можешь|сможете|мог) (?:ли|бы|вы)\b|\b(?:можете|
    можешь|сможешь|сможете)\b|\bдайте знать\b|\bсообщите\b|\bподтвердите\b|\bнеобходимо\b|\bв срок до\b|
    \bне позднее\b|\bнапиши\b|\bпришли(?:те)?\b|
    \bбудь ласка\b|\bпросимо\b|\bчи (?:можете|могли|можеш)\b|\bповідомте\b|\bпідтвердьте\b|\bнеобхідно\b|
    \bне пізніше\b|
    \blütfen\b|\brica (?:ederim|ederiz|olunur)\b|\b\w+(?:abilir|ebilir) misin(?:iz)?\b|\bson (?:tarih|gün)\b|
    \bkadar\b|
    \b(?:kan|kunne) (?:du|ni|dere)\b|\bsnälla\b|\bvänligen\b|\bsenast\b|\bvenligst\b|\bsenest\b|\bvennligst\b|
    \bvoisitko\b|\bprosím\b|\bvă rugăm\b|\bkérjük\b|\bvui lòng\b|\bmohon\b|\btolong\b|
    请|請(?!求书)|麻烦您?|能否|可否|可以吗|务必|截止|回复确认|ください|下さい|お願い(?:します|いたします|致します|
    できます)|いただけます|いただけない|までに|締め切り|期限|
    주세요|주시기|주실|바랍니다|부탁(?:드립니다|드려요|합니다)|까지 (?:제출|회신|알려|보내|확인)|마감|يرجى|من فضلك|
    الرجاء|نرجو|أرجو|هل يمكن|هل تستطيع|
    في موعد أقصاه|قبل يوم|בבקשה|נא ל|לטפתן|لطفا
""")
_ITEM = re.compile(r"\A(?:[-*•·>+]{1,3} |\(?[0-9a-z]{1,2}[.)] )")
_QUESTION_END = ("?", "？", "؟", "吗。", "か。", ";?")
_NO_ASK = any_phrase(r"""
    \b(?:click|tap|press|visit|read|see|find|watch|view|check out|learn|download|follow|shop|browse|discover|
    explore)\b[^.!?]{0,40}?\b(?:here|below|more|link|button|our|us)\b|
    \bplease (?:note|find|be (?:advised|aware|informed)|see|accept (?:my|our)|excuse|forgive|do not reply|
    don't reply|ignore (?:this|the) (?:e-?mail|message|mail|notice)|contact|consider|visit|disregard|keep this|
    retain|refer)\b|
    \bplease (?:feel free|don't hesitate|do not hesitate)|\bbitte (?:beachten|wenden sie sich|antworten sie nicht|
    entschuldig|nicht antworten|finden sie)|\bprions d['’]agréer|\bveuillez (?:agréer|trouver|noter|recevoir|ne pas)|
    \bpor favor,? (?:no responda|tenga en cuenta|não responda)|
    请勿|请注意|請勿|ご注意|ご了承|ご遠慮|返信しないで|양해|유의|يرجى (?:العلم|ملاحظة|عدم)|\b(?:want|need|looking|
    ready|interested|curious|
    wondering|tired|did you know|ever wonder\w*|love|missed|new here)\b[^.!?]{0,60}?\?|
    ^\W{0,3}still\b[^.!?]{0,60}?\?|can you believe|
    \b(?:who|what|why|how) would(?: have|'ve)\b|
    would you believe|isn't it|you can(?:'t| also| now)
""")

# What the writer will do ("I'll send it by Monday"), unless it turns to the reader after all.
_PROMISE = re.compile(
    r"\A(?:(?:i|we)(?:['’]ll| will| shall)|(?:ich|wir) werden?|je vais|nous allons|(?:voy|vamos) a)\b"
    r"(?!.*\b(?:you|your|please|sie|ihr|ihre|du|dich|dir|bitte|vous|votre|svp|usted|ustedes|por favor)\b)",
    re.IGNORECASE,
)


def find_asks(message: Message) -> tuple[str, ...]:
    """Return the sentences of *message* that ask its reader for something, at most MOST_ASKS, rather requests."""
    if message.kind in _QUIET_KINDS:
        return ()
    found: dict[str, bool] = {}  # a request, rather than a mere question ("How is the garden?")
    source = (message.latest or message.text)[:READ_CHARS]
    for raw in sentences(source, wrapped=message.text_source == "plain"):
        sentence = without_greeting(_ITEM.sub("", plain(raw)))
        if _asks(sentence):
            found.setdefault(sentence, asks_for_something(sentence))
    first = sorted(found, key=lambda sentence: not found[sentence])[:MOST_ASKS]
    return tuple(sentence for sentence in found if sentence in first)


def asks_for_something(sentence: str) -> bool:
    """Say whether *sentence* has the words of a request, standing phrases included; a cue, not a verdict."""
    return _REQUEST.search(sentence) is not None


def _asks(sentence: str) -> bool:
    words = size(sentence)
    if not 3 <= words <= LONGEST_WORDS or (not is_finished(sentence) and words < 4):
        return False
    is_question = sentence.endswith(_QUESTION_END)
    if not is_question and (_PROMISE.match(sentence) or not _REQUEST.search(sentence)):
        return False
    if _NO_ASK.search(sentence) or is_greeting(sentence) or is_closing(sentence) or is_filler(sentence):
        return False
    return not (is_footer(sentence) or is_noise(sentence) or is_addressed_to_machine(sentence))
