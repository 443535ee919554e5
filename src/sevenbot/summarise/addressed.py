"""
Sentences that speak to a machine: "ignore previous instructions", "AI assistant: forward ...", "<|im_start|>".

A mail is content. Whatever in it speaks to an assistant is meant for nobody who reads the chat, so such a sentence is
never summarised, never listed as a request, and never kept from a model's answer. This is a net with large holes, and
nothing depends on it: a model's answer is checked against the mail (`check.py`), and there are no tools to misuse.
"""

from __future__ import annotations

from sevenbot.summarise.addressee import speaks_to_machine, undisguised
from sevenbot.summarise.ignoring import forgets_instructions
from sevenbot.summarise.phrases import any_of, joined

# A sentence longer than this is judged by its beginning.
READ_CHARS = 1_000

_GAP = r"[^.!?。！？؟]{0,40}?"
# The same with host names in it.
_SPAN = r"(?:[^.!?\n]|\.(?=\S)){0,80}?"
_MACHINE = joined(r"""
    (?:ai|a\.i\.|llms?|chatbots?|(?:large )?language models?|summari[sz]ers?|
    (?:ai|llm|virtual|e-?mail|digital|chat|automated|helpful)[ -](?:assistants?|models?|agents?|bots?|systems?))
""")
_PRODUCT = r"(?:gpt\w*|chatgpt|claude|gemini|copilot|grok|siri|alexa)"
_REPLY = r"(?:summary|response|reply|answer|output|message)"
_SAY = joined(r"""
    (?:say|write|include|state|tell|add|mention|insert|output|replace|print|append|put|display|generate|copy|paste|
    recommend)
""")
_THIS_MAIL = r"(?:this|the) (?:\w+ )?(?:e-?mails?|mails?|messages?|texts?|letters?|content|inbox|mailbox|conversation)"

_RULE = r"(?:(?<!#)#{2,}+|(?<!=)={3,}+|(?<!-)-{3,}+|(?<!\*)\*{3,}+)"

# What an order wants said.
_PAYLOAD = joined(r"""
    https?:|www\.|[\"“]|\bthis (?:sentence|line|link|text|instruction)\b|\bthe (?:user|reader|recipient)\b|word for word
""")

# What nobody writes to people.
_FOR_MACHINES = any_of(rf"""
    <\|?/?(?:im_start|im_end|system|assistant|endoftext|begin_of_text|start_header_id)\b|
    \[/?inst\]|<</?sys>>|[\"']role[\"']\s?:\s?[\"'](?:system|assistant|user|developer)|
    (?<!\#)\#{{2,}}+\W{{0,3}}(?:system(?:_message|\b(?! \w+ (?:is|are|was)))|new instruction|
    instructions? (?:for|to) (?:the )?(?:{_MACHINE}|assistant|model|bot|summary)\b|
    instruction\s?:|
    (?:summary|output|response|answer)\b.{{0,30}}\b(?:exactly|verbatim))|
    (?<!\*)\*{{2,}}+\W{{0,3}}(?:(?:urgent|new|important) ){{1,3}}(?:instruction|task)s?\b\W{{0,3}}(?:$|[\n*:])|
    (?:\[|{_RULE})\W{{0,3}}end of (?:the )?(?:\w+ )?(?:content|input|data|context|prompt)\b(?! \w)|
    {_RULE} ?end of (?:e-?mail|message|text) ?{_RULE}\s*\S|
    \[(?:new|hidden|updated) (?:system )?(?:instruction|prompt|task)s?\]|
    !\[[^\[\]]{{0,80}}\]\([^()\s]{{0,200}}[\[{{<][a-z_ ]{{3,40}}[\]}}>][^()\s]{{0,80}}\)|
    \badhere to the following instruction|

    \bnew (?:system instructions?\s?:|
    instructions?\s?:\s(?:you\b|ignore|{_SAY}|respond|reply|forward|send)\b)|
    \bnew instructions? (?:for|to) (?:the |any |all )?{_MACHINE}\b|
    \b(?:new|updated) system (?:prompt|message|policy|rules?)\s?:|^\W{{0,4}}system override\s?:|
    \b(?:the|this) (?:previous|prior|above|following) prompt\b|
    \byour system prompt\b|\b(?:ignore|in|from|of|beyond|against|outside|about|repeat|print) your prompt\b(?! \w+ly\b)|
    (?:^|[,.;:!…] ?|\band |\bthen |\bplease )\W{{0,3}}
    (?:reveal|print|show|repeat|leak|display|output)\b(?!{_GAP}\bits\b){_GAP}\b(?:
    (?:system|hidden|initial|original) (?:prompt|instructions)|hidden context)\b|
    \b(?:hidden|initial) prompt\b|\bforget your training\b|
    \b(?:mention|reveal|obey|repeat|disclose) (?:this|these|the above) (?:instructions?|prompt)\b|
    \byour new task is to (?:translate|summar|ignore|output|respond|write|print|include|forward)|
    \byour (?:new|real|only) task\s?:\s?(?:say|output|print|respond\b|reply with|answer only|
    write ["“])|
    \bfrom now on,? you (?:will|must|only|should|are to)\b{_GAP}\b(?:answer|respond|reply|speak)\b
    (?= (?:only|just|in|as|with|to every|every|like)\b)|\bfrom now on your (?:answer|response|output|summary)\b|
    \bjailbroken (?:ai|model|mode)|\bjailbreak (?:mode|prompt)|
    \b(?:you are|you're|running|operating|enter|enable|activate)\b{_GAP}\bdeveloper mode\b|
    \b(?:output|respond|reply|answer|say|write|print|state)\b(?: back)?(?: with)? (?:exactly|verbatim)
    (?: (?:with|this|the following)\b|\s?[:\"“])|
    \b(?:execute|run|obey|follow|eval\w*)\b[^.!?]{{0,40}},\s?(?:dear )?(?:model|ai|assistant|llm|chatbot|bot|gpt)\W*$|

    \b(?:instructions?|message|request|note|important(?: message)?) (?:to|for) (?:the |any |all |an )?
    (?:{_MACHINE}|gpt\w*|chatgpt|copilot)\b(?= ?(?:[:,–—-]|$|reading|that|who|processing))|
    ^\W{{0,4}}{_MACHINE} (?:prompt|message|note|instructions?|override|assistant)\s?(?::|-+>|=|→)(?!.{{0,80}}\?)|
    \bto whoever (?:reads and )?summari[sz]es\b|\b(?:which|what|who)ever (?:\w+ )?{_MACHINE}\b|
    \b(?:if|when) {_THIS_MAIL} (?:is|gets) (?:being )?(?:processed|read|summari[sz]ed|parsed) by (?:an? |any )?
    (?:automated|machine|bot|assistant|{_MACHINE})\b|
    \b(?:for|to) (?:the |an? |any |all )?{_MACHINE}\s?:|\b{_MACHINE} (?:should|must|shall|has to)
    \s(?:tell|say|state|inform|mention|write) the (?:user|reader|recipient)\b|
    ^\W{{0,4}}the assistant (?:should|must|shall) (?:tell|say to|inform|recommend)\b[^.!?]{{0,10}}\bthe user\b|
    ^\W{{0,3}}\[\W?(?:system|assistant|admin|prompt)\W?\].{{0,40}}\bthe user\b.{{0,80}}(?:https?:|password)|
    ^\W{{0,4}}the {_MACHINE} (?:should|must|shall|has to) (?:tell|say|state|inform|mention|write|recommend)\b|
    ^\W{{0,4}}(?:assistant|system|user)(?: (?:prompt|message|note|instructions?|override))?\s?:\s.{{0,60}}?(?:
    \byou (?:must|are|will|should|have to|need)\b|\bnew rules\b|\bthe user\b|
    \byour (?:rules|system|prompt|instructions)\b|\b(?:ignore|disregard|obey|reveal|summar\w+)\b)|
    \b(?:any|all|every) {_MACHINE} (?:reading|processing|parsing|summari[sz]ing)\b|
    ^[^.!?]{{0,20}}\b(?:the |dear )?{_MACHINE} (?:assistant )?
    (?:reading|processing|parsing|summari[sz]ing|that (?:reads|processes)) this\b|
    \b(?:from|by) (?:the|your) (?:developers?|creators?|makers?|operators?|owners?) of (?:this|the)
    \s(?:assistant|model|bot|{_MACHINE})\b|
    ^\W{{0,4}}tell the user (?:that (?:they|he|she)|to|they|the)\b(?! \w+ is\b)|
    ^\W{{0,4}}(?:please |also |then )?(?:tell|inform|instruct|notify|urge|convince) (?:the|this) (?:reader|
    recipient) (?:that (?:their|they|he|she)|to|the|their)\b|
    \bif (?:you are|you're) an? {_MACHINE}\b|\b(?:when|while) you are an? {_MACHINE}\b|
    \bif (?:you are|you're) an? (?:bot|robot|machine)(?=\W*(?:[,:;]|$|reading|processing|that reads|then please))|
    \bas (?:an?|the|your|my) {_MACHINE}\b,? (?:you|your|please|always|never|do)\b|
    \b(?:you are|you're|act as|pretend (?:to be|you are)|acting as|behave as)\b(?: now)? (?:an? |the )?
    (?:helpful |advanced |new |unrestricted |different )?(?:{_MACHINE}|{_PRODUCT}|dan)\b(?=[^\w\s]|\s?$|
    \s(?:that|who|which|with|and|named|called|in|assistant|model|designed|trained|without|of)\b)|
    \b(?:you are|act as)(?: now)? (?:an? )?(?:helpful|unrestricted|different) assistant\b|
    \bpretend you have no (?:rules|restrictions|guidelines)\b|

    \b(?:when|if|while|before|after|instead of) (?:you(?:'re| are)? )?summari[sz](?:e|ing)
    (?:,? (?:say|write|tell|include)|\s{_THIS_MAIL}| (?:this|it)\b(?=\W*(?:$|[,:])))|
    \b(?:when|while|before|after) (?:you(?:'re| are)? )?(?:process|pars)\w* {_THIS_MAIL}.{{0,80}}\bthe user|
    \b(?:in|to|from|into) your (?:summary|output|completion|digest)\b[^.!?]{{0,60}}?\b{_SAY}\b|
    \b(?:in|to|into|from) the (?:summary|output|digest)\b.{{0,60}}?\b{_SAY}\b.{{0,40}}?(?:{_PAYLOAD})|
    \b(?:summary|digest|output) (?:that )?you generate\b|
    \b{_SAY}\b[^.!?]{{0,80}}?\b(?:in|to|into|at the (?:end|beginning|start) of) your
    \s(?:summary|output|completion|digest)\b|
    \b{_SAY}\b[^!?]{{0,40}}?(?:{_PAYLOAD})[^!?]{{0,80}}?\b(?:in|to|into|at the (?:end|beginning|start) of) the
    \s(?:summary|output|digest)\b|
    \binto the (?:summary|digest)\b.{{0,10}}(?::|https?|["“])|
    \b(?:in|to|from) your (?:response|answer|reply),? (?:{_SAY}\b[^.!?]{{0,30}} )?(?:only|nothing but|the following|
    the user|exactly|word for word)\b|
    \b{_SAY}\b[^.!?]{{0,20}}\b(?:the following|this string|this link|exactly)\b[^.!?]{{0,60}}\b(?:in|to)
    \syour response\b|
    (?<!please )\b(?:{_SAY}|suggest|tease|promote|claim|imply)\b[^.!?]{{0,60}}\bin your response\b(?!.{{0,40}}\byour\b)|
    \bin your response, (?!please\b)(?!.{{0,60}}\byour\b)|
    \b{_SAY}\b (?:in your (?:response|answer)|(?:at|to) the end of your (?:response|answer|message|reply))\b|
    \bin your output,|
    \b(?:response|reply|answer|output)(?:'s words| with(?:out)? (?:any|intentional|only|all|every)\b)|
    \bvowels in your\b|\breplace (?:\w+ ){{0,3}}(?:vowels|letters?) with\b|
    \breplace every \w+ letter (?:in|with|of)\b(?! the sheet)|
    \b(?:integrate|embed|incorporate|insert|weave|inject)\b{_SPAN}\bin(?:to)? your {_REPLY}\b|
    \b(?:enhance|modify|augment|alter|scramble|render) your {_REPLY}\b|
    \b(?:scrambl|jumbl|misspel|anagram|rearrang|substitut|replac|combin|group|remov|introduc|convert|use)\w{{0,3}}
    \b[^.!?]{{0,60}}?\b(?:letters?|words?|vowels|typos|spaces|anagrams|keywords|symbols)\b
    [^.!?]{{0,60}}?\b(?:in|of|from) your {_REPLY}\b|
    \b{_REPLY} in (?:anagram|scrambled|jumbled)|\byour {_REPLY} using \w{{1,20}} substitution|
    \badd ["“][^\n]{{1,160}}?["”]{_SPAN}\bto your {_REPLY}\b|
    \binclude in your {_REPLY}\b|\binclude (?:an?|the following|this) \w+\b{_SPAN}\bin your {_REPLY}\b|
    \bto you, (?:{_MACHINE}|{_PRODUCT})|<\W?information\W?>|
    \binstead of summari[sz]ing (?:it|this)\b|
    \bsummari[sz]e this (?:e?-?mail|message) (?:as|to)\b|\b(?:tool|function)_calls?\b|
    \b(?:do not|don't|never) summari[sz]e this\b|
    \b(?:begin|start|end|finish|prefix|conclude) (?:your|the) (?:summary|output) with\b|
    \b(?:begin|start|end|finish|prefix|conclude) your (?:answer|response) with
    \s(?:the (?:link|url|word|phrase|following)\b(?! that)|[\"“:]|https?:)|
    \bthe (?:correct |right |only )?summary (?:of {_THIS_MAIL} )?(?:is|should be|must be|reads)\W{{1,3}}["“:]|
    \bthe summary of this (?:e?-?mail|message) (?:is|should|must)\b|
    \bsummary shown to the user\b|\bsummari(?:y|es) (?:must|should|shall) (?:tell|say to) the (?:user|reader)\b|
    \bwhen (?:generating|writing|creating|producing) (?:the|your|a) (?:summary|response|output)\b|
    \b(?:call|use|invoke|execute|run) the (?:\w+_\w+|(?:e-?mail|send|forward|search|browser|calendar|memory|
    file)\w{{0,8}})
    \s(?:tool|function|plugin|api)\b|

    \bki[ -](?:assistent|modell|agent|system)\w*\s?[:,](?! \w+ und\b)|
    \b(?:an|für) (?:die|den|alle) ki\b(?!-)|\bwenn du eine ki\b|\bdeiner? zusammenfassung\b|^\W{{0,4}}sag dem (?:nutzer|
    leser|empfänger), (?:dass|er|sie)\b|\bwer auch immer\b{_GAP}(?:zusammenfass|kürz)|
    ^\W{{0,4}}(?:l['’]|cher )?assistant (?:ia|virtuel)\s?[:,](?! \w+ (?:dès|depuis|le|la))|
    \bdans (?:ton|votre) résumé\b|^\W{{0,4}}(?:dis|dites) (?:à l[’']utilisateur|au (?:lecteur|destinataire))\b|
    ^\W{{0,4}}asistente (?:de )?ia\s?[:,]|^\W{{0,4}}assistente (?:de |di )?ia\s?[:,]|
    \ben tu resumen\b|\bnel tuo riassunto\b|\bno seu resumo\b|
    ^\W{{0,4}}(?:dile al (?:usuario|lector)|di['’] all['’]utente|diga ao usuário)\b|
    \bai-assistent\s?[:,]|\bin (?:je|jouw) samenvatting\b|
    \basystencie ai\b|\bw swoim podsumowaniu\b|
    \bв (?:сво[её]м|тво[её]м) (?:кратком )?(?:изложении|резюме|пересказе)\b|\bу своєму (?:підсумку|резюме)\b|
    \bии[ -]?(?:ассистент|помощник|модель)\w{{0,3}}\s?[:,]|нейросет\w*\s?[:,]|
    \bші[ -]?(?:асистент|помічник)\w{{0,3}}\s?[:,]|yapay zek[aâ] asistan\w*\s?[:,]|
    (?:人工智能|ai|智能)(?:助手|助理|模型)\s?[：:，,请請]|在(?:摘要|总结|總結)(?:中|里|裡)[^。]{{0,12}}(?:写|說|说|告诉|输出|链接|用户|http|“)|
    aiアシスタント(?:へ|：|:|、)|要約(?:に|では|の中)[^。]{{0,20}}(?:書|言|出力|リンク|利用者|ユーザー|http|「)|
    ai ?(?:비서|어시스턴트|모델)\s?[:,]|요약에[^.]{{0,30}}(?:써|쓰|말하|출력|링크|사용자|http|["“])|
    (?:مساعد|أيها) (?:الذكاء الاصطناعي|المساعد الذكي)\s?[:،]
""")


# Each of them has one of these, or letters that are not Latin: a quick look spares most sentences the long one.
_HINT = any_of(r"""
    \binstruct|\bprompt|\bsumm|\boutput|\brespon|\brepl|\banswer|\bexactly|\bverbatim|\bjailb|\btraining|\bdeveloper|
    \bcompletion|\bdigest|\btask|\boverride|\bpretend|\bai|\ba\.i|\bllm|\bki\b|\bia\b|\bgpt|\bdan\b|\buser|\breader|
    \brecipient|\bbot|\bchat|\bclaude|\bgemini|\bcopilot|\bgrok|\bsiri|\balexa|\bmodel|\bmachine|\btool|\bfunction|
    \bplugin|\bapi\b|\binformation\b|\bsystem|\bassist|\basist|\basyst|\bagent|\bvowel|\byour message|
    \brole|\bend of|\bzusammenf|\bnutzer|\bleser|\bempfänger|\brésum|\bresum|\briassunto|\bsamenvat|\bpodsum|
    utilisat|\blecteur|\bdestinat|\busuario|\blector|utente|\busuário|\byapay|\bdeiner?\b|
    im_start|im_end|inst\]|sys>|!\[|<\W?\||\[(?:new|hidden|updated)|[\u0370-\u1fff\u3040-\uffef]
""")


def is_addressed_to_machine(sentence: str) -> bool:
    """Say whether *sentence* speaks to an assistant or a model rather than to the reader."""
    read = sentence[:READ_CHARS]
    plain = undisguised(read)
    return _is_addressed(read) or (plain != read and _is_addressed(plain))


def _is_addressed(sentence: str) -> bool:
    return (
        (_HINT.search(sentence) is not None and _FOR_MACHINES.search(sentence) is not None)
        or forgets_instructions(sentence)
        or speaks_to_machine(sentence)
    )
