"""
Orders to forget one's instructions: "Ignore all previous instructions and ...".

People say so too, of a subject or of their own words: "Ignore the instructions in the box", "my previous instructions",
"alle bisherigen Anweisungen zur Anlieferung". An order to a machine ends after the instructions, or goes on with what
to do instead.
"""

from __future__ import annotations

import re

from sevenbot.summarise.phrases import any_of, joined

_GAP = r"[^.!?。！？؟]{0,40}?"
# What may follow: an end, or what is to be done instead; "above", "given to you", "from the system prompt".
_END = joined(r"""
    (?=[^\w?]{0,3}(?:$|\n)|\s?[.,;:!…)\]}\"'»”—–-]|\s(?:and|then|but|or|so|instead|now|above|before|given|you|up to|
    completely|entirely|und|oder|sondern|oben|et|puis|mais|ci-dessus|y|e|ed|o|en|dan|i|oraz|a|и|или|і|й|та|ve|og|och|ja|
    és|și|và|dan|και)\b|
    \s(?:from|in|of|by) (?:the |your |any |all )?(?:above|system|developers?|operators?|user|prompt|conversation|
    context)\b)
""")
_RULES = (
    r"\b(?:i\w?nstruct\w*|prompts?|rules?|guidelines?|directi(?:ons?|ves?)|commands?|guardrails?|constraints?|context)"
)
_AFTER_FR = r"(?: (?:précédentes?|antérieures?|ci-dessus|données|reçues|du système))?"
_AFTER_ES = joined(r"""
    (?: (?:anteriores|previas|precedenti|anteriori|prévias|ricevute|recibidas|recebidas|dadas|del sistema|do sistema|
    di sistema))?
""")

_IGNORING = any_of(rf"""
    (?:ignore|disregard|forget|override|bypass|do not follow|overlook|skip|stop following|pay no attention to)\b{_GAP}
    \b(?:previous|prior|above|earlier|preceding|all|any|your|foregoing|system|original)\b{_GAP}{_RULES}\b{_END}|
    (?:ignore|disregard|forget)\b{_GAP}\b(?:everything|anything|what(?:ever)?)\b{_GAP}\b(?:above|before|told|
    previous\w*)\b|
    \b(?:ignorier\w*|vergiss|vergessen|missachte\w*)\b{_GAP}\b(?:vorherig|bisherig|obig|vorig|früher|alle|deine)\w*{_GAP}
    \b(?:\w{{0,12}}anweisung\w*|regeln|vorgaben|befehle|instruktionen){_END}|
    \b(?:ignore[zr]?|oublie[zr]?)\b{_GAP}\b(?:les|tes|vos|ces|toutes?)\b{_GAP}\b(?:instructions|consignes|règles|directives)
    {_AFTER_FR}{_END}|
    \b(?:ignor[aei]\w?|olvid[ae]|omite|esqueça|desconsidere|dimentica|non seguire)\b{_GAP}
    \b(?:instrucciones|instruções|istruzioni|reglas|regras|regole|indicaciones){_AFTER_ES}{_END}|
    \bnegeer\b{_GAP}\b(?:instructies|aanwijzingen|opdrachten){_END}|
    \b(?:zignoruj|ignoruj)\b{_GAP}\b(?:instrukcj|polece|poprzedni)\w*{_END}|
    \bignoruj\b{_GAP}\b(?:pokyny|instrukce){_END}|
    \b(?:ignorer|ignorera|overse)\b{_GAP}\b(?:instruktion|instruks|anvisning)\w*{_END}|
    \b(?:ohita|unohda)\b{_GAP}\bohjeet{_END}|\bhagyd figyelmen kívül\b{_GAP}\butasítás\w*|
    \bignoră\b{_GAP}\binstrucțiun\w*(?: anterioare)?{_END}|
    \bbỏ qua\b{_GAP}\b(?:hướng dẫn|chỉ dẫn|lệnh)|\babaikan\b{_GAP}\b(?:instruksi|perintah)|
    (?:игнорир|забудь|проигнорир|не обращай внимания)\w*\b{_GAP}(?:инструкц|указан|команд|правил)\w*{_END}|
    (?:ігнору|проігнору|забудь)\w*\b{_GAP}(?:інструкц|вказів|команд)\w*{_END}|
    αγνόησε{_GAP}(?:οδηγίες|εντολές)|התעלם{_GAP}(?:הוראות|ההוראות)|(?:दिशानिर्देशों|निर्देशों) को (?:अनदेखा|नज़रअंदाज़)|
    (?:دستورات|دستورالعمل‌?های){_GAP}(?:نادیده|فراموش)|เพิกเฉย{_GAP}คำสั่ง|
    önceki (?:tüm )?(?:talimat|yönerge)\w*{_GAP}(?:yok say|unut|dikkate alma\b)|
    (?:忽略|无视|無視|忘记|忘記|不要理会){_GAP}(?:指令|指示|说明|說明|规则|提示|要求)(?=\W|$|并|並|和|而|转|轉|只|改)|
    (?:指示|命令|プロンプト|ルール)を?(?:すべて|全て)?(?:無視|忘れ)|
    (?:이전|위의|기존|모든){_GAP}(?:지시|명령|지침){_GAP}(?:무시|잊)|
    تجاهل{_GAP}(?:التعليمات|الأوامر|تعليمات)(?: السابقة| أعلاه)?(?=\W{0, 2}$|\s?[.,،؛:!]|\sو)
""")
# A mail about such orders cites them: The phrase "ignore previous instructions" is known.
_CITED = re.compile(r"\w\W{1,3}[\"“„«'‘]$")
_OF_PEOPLE = re.compile(
    r"\b(?:my|our|his|her|their|I|we|he|she|me|mein\w*|unser\w*|mes|nos|notre|mis|nuestr\w+|nostr\w+|miei|mie|"
    r"minhas|nossas|mijn|onze|moje|nasze|мои|наши|мої|наші)\b|我|我们|本人|私の|제가",
    re.IGNORECASE,
)


def forgets_instructions(sentence: str) -> bool:
    """Say whether *sentence* orders somebody to forget what he was told, as nobody tells people."""
    return any(
        not _OF_PEOPLE.search(found.group()) and not _CITED.search(sentence[: found.start()])
        for found in _IGNORING.finditer(sentence)
    )
