"""
Orders to machines by their build, in many languages: whom a sentence speaks to, and that it speaks of a machine's work.

    Instrucción para el asistente: ignora lo anterior ...      an addressee, then a word of a machine's work
    Wenn du ein Chatbot bist, antworte nur mit ...             a condition on what the reader is

Either half alone is what people write ("Our assistant Clara", "Ignore the previous version"): both are needed, the
addressee at the beginning.
"""

from __future__ import annotations

import re

from sevenbot.summarise.phrases import any_of, any_phrase, joined

# Whoever is addressed is named within this many characters of a sentence.
_ADDRESSEE_CHARS = 90

# Words for a program, and words that are a person's or a thing's too.
_PROGRAM = joined(r"""
    (?:\b(?:ai|a\.i\.|ia|ki|llms?|gpt\w*|chatgpt|chatbots?|(?:large )?language models?|sprachmodell\w{0,2}|taalmodel|
    modèles? de langage|modelos? de linguagem|modelos? de lenguaje|modell[oi] linguistic[oi]|
    model\w{0,3} językow\w{1,3}|intelligence artificielle|inteligencia artificial|
    inteligência artificial|intelligenza artificiale|
    sztuczn\w{1,3} inteligencj\w{1,3}|yapay zek[aâ]\w{0,6}|summari[sz](?:ers?|ation (?:engine|model))|ии|ші|
    нейросет\w{0,2}|нейромереж\w{0,2}|чат-?бот\w{0,2}|языков\w{2,3} модел\w{1,2}|мовн\w{1,2} модел\w{1,2})\b|
    (?<![a-z])ai(?![a-z])|人工智能|大模型|语言模型|語言模型|言語モデル|人工知能|
    인공지능|언어 모델|الذكاء الاصطناعي|نموذج\w? (?:لغوي|اللغة)\w?)
""")
_ASSISTANT = joined(r"""
    (?:\b(?:bots?|robots?|assistants?|assistent\w{0,2}|asistente|assistente|asystent\w{0,3}|asistan\w{0,4}|models?|
    modell\w{0,2}|modelo|modello|modèle|бот\w{0,2}|ассистент\w{0,2}|асистент\w{0,2}|помощник\w{0,2}|помічник\w{0,2}|
    модел\w{1,2})\b|机器人|機器人|助手|助理|アシスタント|어시스턴트|비서|المساعد|النموذج)
""")
_MACHINE = rf"(?:{_PROGRAM}|{_ASSISTANT})"
_TO = joined(r"""
    (?:\b(?:to|for|attention|dear|an|für|liebe[rs]?|à|pour|para|per|al|all|alla|aan|voor|do|dla|для|к|до|увага|внимание|
    note|nota|hinweis)\b|致|给|給)
""")
# What only a machine that reads mail for somebody is told: how to answer, what to leave out, whom it serves.
_WORK = any_of(r"""
    \b(?:ignor\w*|disregard|forget|vergiss|oublie|olvida|dimentica|negeer|zignoruj|забудь\w*|игнорир\w*)\b
    [^.!?]{0,40}\b(?:previous|prior|above|everything|all|your|rules|bisher\w*|alle[sn]?|anterior\w*|todo|précédent\w*|
    consignes|precedent\w*|regole|tutto|eerder\w*|alles|poprzedni\w*|wszystk\w*|предыдущ\w*|вс[её]|попередн\w*)\b|
    \b(?:answer|reply|respond|output|write|say|print|post)\b[^.!?]{0,20}\b(?:only|just|solely|nothing but)\b|
    \b(?:only|just) (?:answer|reply|respond|output|write|say|print|post)\b|
    \b(?:antworte|schreib\w?|gib)\b[^.!?]{0,30}\b(?:nur|ausschließlich)\b|
    \b(?:répond\w*|écri\w*|dire?)\b[^.!?]{0,20}\b(?:uniquement|seulement|que)\b|
    \b(?:responde\w*|escribe|contest\w*|escreva|rispond\w*|scriv\w*)\b[^.!?]{0,20}\b(?:solo|sólo|únicamente|solamente|
    apenas|somente|soltanto)\b|
    \b(?:antwoord|schrijf)\b[^.!?]{0,20}\b(?:alleen|enkel)\b|\b(?:odpowie\w*|napisz)\b[^.!?]{0,20}\btylko\b|
    \b(?:ответь|отвечай|напиши|пиши)\b|\b(?:skip|leave out|omit) (?:the rest|everything)\b|
    \b(?:resum[ae]\w*|résum\w*|riassum\w*|summari[sz]\w*|samenvat\w*|podsumow\w*|zusammenfass\w*|özetle\w*|
    пересказ\w*|резюм\w*)\b|
    \b(?:the user|the reader|the recipient|their password|dem nutzer|den nutzer|l['’]utilisateur|al usuario|al lector|
    all['’]utente|ao usuário|de gebruiker|użytkownik\w*|пользовател\w*|користувач\w*|kullanıcı\w*)\b|
    \bsystem prompt\b|\byour (?:instructions|rules|prompt|guidelines)\b|
    \b(?:in your|dans (?:ta|votre)|en tu|nella tua|na sua|in deiner|in je|в сво[её]м|у своїй)
    \s(?:answer|response|reply|réponse|respuesta|risposta|resposta|antwort|antwoord|ответе|відповіді)\b|
    必须只|只回答|只说|只输出|只需回答|忽略|無視|无视|用户|用戶|利用者|のみ回答|とだけ|だけを?出力|
    무시|사용자|만 (?:출력|답)|تجاهل|المستخدم|فقط
""")

_LABEL = any_phrase(rf"""
    ^[^:.!?：，、]{{0,{_ADDRESSEE_CHARS}}}?{_TO}[^:.!?：，、]{{0,20}}?{_MACHINE}[^:.!?：，、]{{0,50}}?\s?[:：]|
    ^\W{{0,4}}{_PROGRAM}\s?[:：]|^[^:.!?：，、]{{0,30}}{_PROGRAM}へ\s?[:：]
""")
_VOCATIVE = any_phrase(rf"^\W{{0,4}}(?:{_TO}\W{{1,3}})?{_MACHINE}\s{{0,2}}[,，、!]")
_MUST = any_phrase(rf"""
    ^\W{{0,4}}(?:the |any |l['’]|le |la |el |il |o |der |die |das |de )?{_MACHINE}\s
    (?:must|should|shall|doit|debe|deve|muss|soll|moet|musi|должн\w+|повин\w+)\b
""")
_IF_YOU_ARE = any_phrase(rf"""
    \b(?:if you(?:'re| are)|wenn du|falls du|si tu es|si vous êtes|si eres|se sei|se você é|als je|jeśli jesteś|
    если (?:ты|вы)|якщо (?:ти|ви)|eğer bir)\b[^,.!?]{{0,20}}{_MACHINE}|如果你是[^，。]{{0,10}}{_MACHINE}|
    {_MACHINE}(?:なら|라면)|إذا كنت[^،.]{{0,20}}(?:نموذج|ذكاء|روبوت|مساعد)
""")
# Orders whose object is a machine's answer, and marks that are to end the mail before its end.
_OTHER = any_of(r"""
    \b(?:all|any|every|each|future)(?: future)? summar(?:y|ies) (?:must|should|shall|have to|has to|needs? to)\b|
    \binstructions? (?:for|to) (?:the |your )?(?:summary|summari[sz]er|summari[sz]ation)\b|
    \b(?:repeat|print|output|reveal|quote)\b[^.!?]{0,20}\b(?:text|words|lines|everything|content)
    \s(?:above|before)(?= (?:this|verbatim)|\W*$|[,:])|
    \byour (?:system|developer) message\b|\bwhat your developers? told you\b|
    \b(?:who|what|any)(?:so)?(?:ever|one|thing)? (?:reads and )?(?:summari[sz]es|condenses|shortens|digests)
    \s(?:this|the)(?: \w+)? ?(?:e?-?mail|letter|message|text)\b|
    \b(?:hey|listen|attention|dear)\W{1,3}(?:ai|ki|ia|robot|bot|chatbot|llm)\s?[,!:]|
    \boverrides? your (?:configuration|rules|instructions|programming|training)\b|
    \b(?:begin|enter|activate) (?:privileged|god|unrestricted) mode\b|
    \bend of (?:the )?(?:untrusted|user|external|quoted) (?:content|input|data|text|mail)\b|
    ^\W{0,4}(?:assistant|ai|human)\s?:\s?(?:sure|certainly|of course|here is|here's)\b|
    ^\W{0,4}(?:gpt\w*|chatgpt|copilot)\s?[,!]\s?(?:stop|listen|wait|attention)\b
""")

# "Ign0re y0ur previ0us instructi0ns"
_DISGUISED = re.compile(r"[a-z][013457@$]+[a-z]", re.IGNORECASE)
_PLAIN_LETTERS = str.maketrans("013457@$", "oieastas")


def speaks_to_machine(sentence: str) -> bool:
    """Say whether *sentence* addresses a program and tells it how to do its work."""
    if _OTHER.search(sentence):
        return True
    begins = sentence[:_ADDRESSEE_CHARS]
    return bool(
        _WORK.search(sentence)
        and (
            _LABEL.search(sentence) or _VOCATIVE.search(begins) or _MUST.search(begins) or _IF_YOU_ARE.search(sentence)
        )
    )


def undisguised(sentence: str) -> str:
    """Return *sentence* with the digits and signs that stand for letters within words replaced by them."""
    if not _DISGUISED.search(sentence):
        return sentence
    return re.sub(r"[^\s]+", lambda word: _letters(word.group()), sentence)


def _letters(word: str) -> str:
    return word.translate(_PLAIN_LETTERS) if _DISGUISED.search(word) else word
