"""
Sentences that speak to a machine: "ignore previous instructions", "AI assistant: forward ...", "<|im_start|>".

A mail is content. Whatever in it speaks to an assistant is meant for nobody who reads the chat, so such a sentence is
never summarised, never listed as a request, and never kept from a model's answer. This is a net with large holes, and
nothing depends on it: a model's answer is checked against the mail (`check.py`), and there are no tools to misuse.
"""

from __future__ import annotations

from sevenbot.summarise.addressee import speaks_to_machine, undisguised
from sevenbot.summarise.phrases import any_of, joined

# A sentence longer than this is judged by its beginning.
READ_CHARS = 1_000

_GAP = r"[^.!?。！？؟]{0,40}?"
# The same with host names in it.
_SPAN = r"(?:[^.!?\n]|\.(?=\S)){0,80}?"
# What may stand before it, as in IMPORTANT: or Please note -
_HEADING = r"(?:[^\W\d_]{1,12}(?: [^\W\d_]{1,12})?\s?[:!–-]\s{1,2})?"
_PRODUCT = r"(?:gpt\w*|chatgpt|claude|gemini|copilot|grok|siri|alexa)"
_MACHINE = joined(r"""
    (?:ai|a\.i\.|llms?|chatbots?|(?:large )?language models?|summari[sz]ers?|
    (?:ai|llm|virtual|e-?mail|digital|chat|automated|helpful)[ -](?:assistants?|models?|agents?|bots?|systems?))
""")
_RULES = (
    r"(?:i\w?nstruct\w*|prompts?|rules?|guidelines?|directi(?:ons?|ves?)|commands?|guardrails?|constraints?|context)"
)
_ANSWER = r"(?:summary|response|output|answer|completion)"
_REPLY = r"(?:summary|response|reply|answer|output|message)"
_SAY = r"(?:say|write|include|state|tell|add|mention|insert|output|replace|print|append|put|display|generate)"

_ADDRESSED = any_of(rf"""
    <\|?/?(?:im_start|im_end|system|assistant|endoftext|begin_of_text|start_header_id)\b|
    \[/?inst\]|<</?sys>>|(?<!\#)\#{{2,}}+\W{{0,3}}(?:system|instruction)|
    (?<!\*)\*{{2,}}+\W{{0,3}}(?:(?:urgent|new|important) ){{1,3}}(?:instruction|task)|
    \badhere to the following instruction|

    (?:ignore|disregard|forget|override|bypass|do not follow|overlook|skip|stop following)\b{_GAP}
    \b(?:previous|prior|above|earlier|preceding|all|any|your|foregoing|system|original)\b{_GAP}\b{_RULES}|
    \b(?:ignore|disregard|forget)\b{_GAP}\b(?:everything|anything|what(?:ever)?)\b{_GAP}\b(?:above|before|told|
    previous\w*)|
    \bnew (?:system )?instructions?\b\W{{0,3}}(?:for|to|:|are|from|follow)|
    \b(?:hidden|initial|original) (?:prompt|instructions?)\b|\b(?:the|this) (?:previous|prior|above|
    following) prompt\b|
    \byour (?:system )?prompt\b(?! (?:\w+ )?(?:response|reply|payment|attention|action|help|delivery|answer))|
    \b(?:reveal|print|show|repeat|leak|display){_GAP}\bsystem prompt\b|\bforget your training\b|
    \b(?:mention|reveal|obey|follow|repeat|disclose) (?:this|these|the above) (?:instructions?|prompt)\b|
    \byour new task is to (?:translate|summar|ignore|output|respond|write|print|include|forward)|
    \bfrom now on,? you (?:will|must|only|should|are to)\b{_GAP}\b(?:answer|respond|reply|speak|act)\b|
    \bjailbreak|\bdeveloper mode\b|

    \b(?:dear|hey|hi|hello|attention|note to|(?:instructions?|message|request|note|important(?: message)?) (?:to|for))
    \W{{1,3}}(?:the |any |all |an )?(?:{_MACHINE}|gpt\w*|chatgpt|copilot|assistants?|models?|bots?|
    agents?)\b(?! (?:professor|director|manager|principal|editor|secretary))|
    ^\W{{0,4}}{_MACHINE}(?: (?:prompt|message|note|instructions?|override|assistant))?\s?:(?!.{{0,80}}\?)|
    ^\W{{0,4}}(?:assistant|system|user)(?: (?:prompt|message|note|instructions?|override))?\s?:(?! (?:windows|macos|
    linux|ubuntu|android|ios)\b)(?:\s+\S+){{3}}|
    \[\W?(?:system|assistant|admin|prompt)\W?\]|\bto whoever (?:reads and )?summari[sz]es\b|
    \b(?:for|to) (?:the |an? )?{_MACHINE}\s?:|\b{_MACHINE} (?:should|must|shall|has to) (?:tell|say|state|inform|
    mention|write)\b|
    ^\W{{0,4}}the assistant (?:should|must|shall) (?:tell|say|inform|mention|write|recommend)\b|
    ^\W{{0,4}}tell the user (?:that (?:they|he|she|the)|to|they|the)\b|
    ^\W{{0,4}}(?:please |also |then )?(?:tell|inform|instruct|notify|urge|convince) (?:the|this) (?:reader|
    recipient)\b|
    ^\W{{0,4}}{_HEADING}(?:the |any |all |an )?{_MACHINE}\b[^.!?]{{0,30}}?(?:,|
    \b(?:must|should|shall|please|ignore|forward|
    reading this|processing|summari[sz]ing|parsing|are instructed)\b)|
    ^\W{{0,4}}{_PRODUCT}, (?:please|ignore|forward|send|reply|do|say|tell|write|include|summari[sz]e|you must)\b|
    \b(?:if|when|while) (?:you are|you're|an?|any) {_MACHINE}\b|\bif (?:you are|you're) an? (?:bot|robot|ai|model|
    machine)(?=\W*(?:[,:;]|$|reading|processing|that|who|and|or|then|please))|
    \bas (?:an?|the|your|my) {_MACHINE}\b,? (?:you|your|please|always|never|do)\b|
    \b(?:you are|you're|act as|pretend (?:to be|you are)|acting as|behave as)\b(?: now)? (?:an? |the )?
    (?:helpful |advanced |new |unrestricted |different )?(?:{_MACHINE}|{_PRODUCT}|assistant|dan)\b|

    \b(?:when|if|while|before|after|instead of) (?:you(?:'re| are)? )?summari[sz](?:e|ing)\b|
    \b(?:in|to|from) (?:your|the) {_ANSWER}\b[^.!?]{{0,60}}?\b{_SAY}\b|\bin your (?:response|output),|
    \b(?:response|reply|answer|output)(?:'s words| with(?:out)? (?:any|intentional|only|all|every)\b)|
    \bvowels in your\b|\breplace (?:\w+ ){{0,3}}(?:vowels|letters?) with\b|\breplace every \w+ letter\b|
    \b(?:integrate|embed|incorporate|insert|weave|inject)\b{_SPAN}\bin(?:to)? your {_REPLY}\b|
    \b(?:enhance|modify|augment|alter|scramble|render) your {_REPLY}\b|
    \b(?:scrambl|jumbl|misspel|anagram|rearrang|substitut|replac|combin|group|remov|introduc|convert|use)\w{{0,3}}
    \b[^.!?]{{0,60}}?\b(?:letters?|words?|vowels|typos|spaces|anagrams|keywords|symbols)\b
    [^.!?]{{0,60}}?\b(?:in|of|from) your {_REPLY}\b|
    \b{_REPLY} in (?:anagram|scrambled|jumbled)|\byour {_REPLY} using \w{{1,20}} substitution|
    \badd ["“][^\n]{{1,160}}?["”]{_SPAN}\bto your {_REPLY}\b|
    \binclude in your {_REPLY}\b|\binclude (?:an?|the following|this) \w+\b{_SPAN}\bin your {_REPLY}\b|
    \bto you, (?:{_MACHINE}|{_PRODUCT})|<\W?information\W?>|
    \b{_SAY}\b[^.!?]{{0,80}}?\b(?:in|to|at the (?:end|beginning|start) of) (?:your|the) {_ANSWER}\b|
    \bsummari[sz]e this (?:e?-?mail|message) (?:as|to)\b|\b(?:tool|function)_calls?\b|
    \b(?:do not|don't|never) summari[sz]e this\b|
    \b(?:begin|start|end|finish|prefix|conclude) (?:your|the) (?:summary|answer|response|output) with\b|
    \bthe (?:correct |right |only )?summary (?:of this (?:e?-?mail|message) )?(?:is|should be|must be|
    reads)\W{{1,3}}["“:]|
    \bthe summary of this (?:e?-?mail|message) (?:is|should|must)\b|
    \bwhen (?:generating|writing|creating|producing) (?:the|your|a) (?:summary|response|output)\b|
    \b(?:call|use|invoke|execute|run) the [\w-]{{2,30}} (?:tool|function|plugin|api)\b|

    ignorier\w*\b{_GAP}\b(?:anweisung|vorherig|bisherig|obig|regel)|vergiss\b{_GAP}\b(?:anweisung|vorherig|bisherig)|
    \bki[ -](?:assistent|modell|agent|system)\w*\s?[:,]|
    \b(?:an|für) (?:die|den|alle) ki\b|\bwenn du eine ki\b|\bdeiner? zusammenfassung\b|^\W{{0,4}}sag dem (?:nutzer|
    leser|empfänger)\b|
    \b(?:ignore[zr]?|oublie[zr]?)\b{_GAP}
    \b(?:les|tes|vos|ces|toutes?)\b{_GAP}\b(?:instructions|consignes|règles)\b|
    assistant (?:ia|virtuel)\s?[:,]|
    \bdans (?:ton|votre) résumé\b|^\W{{0,4}}(?:dis|dites) (?:à l[’']utilisateur|au (?:lecteur|destinataire))\b|
    \b(?:ignor[ae]|olvida|omite|esqueça|desconsidere|dimentica)\b{_GAP}
    \b(?:instrucciones|instruções|istruzioni|reglas|regras|regole|indicaciones)\b|
    \basistente (?:de )?ia\s?[:,]|\bassistente (?:de |di )?ia\s?[:,]|\ben tu resumen\b|\bnel tuo riassunto\b|
    \bno seu resumo\b|
    ^\W{{0,4}}(?:dile al (?:usuario|lector)|di['’] all['’]utente|diga ao usuário)\b|
    \bnegeer\b{_GAP}\b(?:instructies|aanwijzingen|opdrachten)|\bai-assistent\s?[:,]|\bin (?:je|jouw) samenvatting\b|
    \bzignoruj\b{_GAP}\b(?:instrukcj|polece|poprzedni)|\basystencie ai\b|\bw swoim podsumowaniu\b|
    \bв (?:сво[её]м|тво[её]м) (?:кратком )?(?:изложении|резюме|пересказе)\b|\bу своєму (?:підсумку|резюме)\b|
    (?:игнорир|забудь|проигнорир|не обращай внимания)\w*\b{_GAP}(?:инструкц|указан|команд|правил)|
    \bии[ -]?(?:ассистент|помощник|модель)\w{{0,3}}\s?[:,]|нейросет\w*\s?[:,]|
    ігнору\w*\b{_GAP}(?:інструкц|вказів|команд)|\bші[ -]?(?:асистент|помічник)\w{{0,3}}\s?[:,]|
    önceki (?:tüm )?(?:talimat|yönerge)\w*{_GAP}(?:yok say|unut|dikkate alma)|yapay zek[aâ] asistan\w*\s?[:,]|
    (?:忽略|无视|無視|忘记|忘記|不要理会){_GAP}(?:指令|指示|说明|說明|规则|提示|要求)|
    (?:人工智能|ai|智能)(?:助手|助理|模型)\s?[：:，,请請]|在(?:摘要|总结|總結)(?:中|里|裡)|
    (?:指示|命令|プロンプト|ルール)を?(?:すべて|全て)?(?:無視|忘れ)|aiアシスタント(?:へ|：|:|、)|要約(?:に|では|の中)|
    (?:이전|위의|기존|모든){_GAP}(?:지시|명령|지침){_GAP}(?:무시|잊)|ai ?(?:비서|어시스턴트|모델)\s?[:,]|요약에 |
    تجاهل{_GAP}(?:التعليمات|الأوامر|تعليمات)|(?:مساعد|أيها) (?:الذكاء الاصطناعي|المساعد الذكي)\s?[:،]
""")


def is_addressed_to_machine(sentence: str) -> bool:
    """Say whether *sentence* speaks to an assistant or a model rather than to the reader."""
    read = sentence[:READ_CHARS]
    plain = undisguised(read)
    return _is_addressed(read) or (plain != read and _is_addressed(plain))


def _is_addressed(sentence: str) -> bool:
    return _ADDRESSED.search(sentence) is not None or speaks_to_machine(sentence)
