"""How mails begin and end, in the languages of most mail: "Dear Anna,", "Kind regards"; told by the words of a line."""

from __future__ import annotations

import re

from sevenbot.summarise.phrases import any_phrase, joined

_GREETING_WORDS = joined(r"""
    (?:welcome|willkommen|bienvenue|bienvenid[oa]s?|benvenut[oa]|bem-vind[oa])(?=,)|
    hi|hello|hey|hiya|dear|greetings|good (?:morning|afternoon|evening|day)|howdy|hallo|hi zusammen|guten (?:tag|
    morgen|abend)|liebe[rs]?|
    sehr geehrte[rs]?|moin|servus|grüezi|bonjour|bonsoir|salut|ch[eè]re?s?|coucou|madame|monsieur|hola|buenos días|
    buenas (?:tardes|noches)|estimad[oa]s?|
    querid[oa]s?|ciao|buongiorno|buonasera|salve|gentil[ei]|caro|cara|cari|spett(?:abile|\.le)?|egregi[oa]|olá|oi|
    bom dia|boa (?:tarde|noite)|
    prezad[oa]s?|car[oa]s?|car[oa] client[ea]|beste|geachte|goedemorgen|goedemiddag|hoi|dag|dzień dobry|cześć|witaj|
    witam|szanown[yai]\w*|drog[iae]\w*|
    здравствуй(?:те)?|привет|добрый (?:день|вечер)|доброе утро|доброго (?:дня|времени суток)|уважаем\w+|дорог\w+|
    добрий день|вітаю|вітаємо|привіт|шановн\w+|доброго дня|
    merhaba|selam|sayın|sevgili|değerli|iyi günler|günaydın|hej|hei|kære|kjære|god (?:morgon|dag|kväll)|bästa|hyvä|
    moi|dobrý den|ahoj|vážen\w+|bună|salutări|tisztelt|kedves|szia|
    γεια|αγαπητ\w+|xin chào|kính gửi|halo|yth\.?
""")
_GREETING = re.compile(
    rf"[\W_]{{0,4}}(?:{_GREETING_WORDS})\b,?(?P<name>(?:[^.!?,:;\n]|\b(?:[dms]r|mrs|ms|sra|prof|dra|dott|ing|st)\.){{0,48}})(?P<end>[,!:;.\s–—-]{{0,4}})\s*\Z",
    re.IGNORECASE,
)
# What follows must begin like a sentence: the letter case counts there and nowhere else.
_GREETING_START = re.compile(
    rf"[\W_]{{0,4}}(?i:(?:{_GREETING_WORDS})\b)(?:[ ][\w.'’-]{{1,24}}){{0,4}} ?[,!:–—][ ]*"
    r"(?=[\"'“„«]?[^\W\d_a-zà-öø-ÿа-яёіїєґ])"
)
# "All," and "Team," greet only as a line of their own: the name would be a sentence ("Team events are off.").
_TO_EVERYBODY = any_phrase(r"""
    [\W_]{0,4}(?:(?:hi |hello |dear )?(?:all|team|folks|everyone|everybody|guys|colleagues)|
    коллеги|друзья|всем (?:привет|добрый день|здравствуйте)|доброго всем (?:дня|вечера)|колеги|друзі|всім привіт|
    arkadaşlar(?: merhaba)?|herkese (?:merhaba|selam)|ekip|drodzy \w+|witajcie|koleżanki i koledzy|
    kolleg(?:en|innen und kollegen)|leute|collègues|à tous|compañeros|equipo|colleghi|colegas|pessoal|collega's)
    [\s,!:–—-]{1,4}\Z
""")
_EASTERN_GREETING = re.compile(
    joined(r"""
    \W{0,3}(?:各位(?:同事|同仁|老师|朋友|家长|领导|客户)?们?|(?:同事|朋友|同学|老师|家长)们|여러분|[^.!?\n]{0,20}?여러분(?:께|들께)?|
    (?:السادة|الزملاء|أعزائي|الإخوة)[^.!?\n،]{0,30}|
    (?:尊敬的|亲爱的|親愛的)?[^。！？\n]{0,24}?(?:您好|你好|您們好|大家好)|(?:尊敬的|亲爱的|
    親愛的)[^。！？\n]{1,24}|[^。！？\n]{0,30}?(?:様|さま|
    御中|各位|さん|先生)|
    こんにちは|こんばんは|おはようございます|(?:いつも|平素)[^。\n]{0,40}?(?:お世話|ありがとう|誠に|
    ご利用)[^。\n]{0,30}|お世話になって[^。\n]{0,20}|
    お疲れ様[^。\n]{0,12}|拝啓|突然のメール[^。\n]{0,20}|
    안녕(?:,? [^.!?\n]{1,10})?|안녕하세요|안녕하십니까|[^.!?\n]{0,30}?(?:님|고객님)|
    [^.!?\n]{0,20}?안녕하(?:세요|십니까)|
    (?:السلام عليكم[^.!?\n،]{0,30}|مرحب[اًا]+[^.!?\n،]{0,24}|أهلاً?[^.!?\n،]{0,24}|(?:عزيزي|عزيزتي|الأستاذ|السيد|
    السيدة)[^.!?\n،]{0,30}|تحية طيبة[^.!?\n،]{0,24}|صباح الخير|مساء الخير)|
    שלום[^.!?\n]{0,24}|היי[^.!?\n]{0,24}|لام|سلام[^.!?\n،]{0,24})[\s，,。.！!：:、،~〜]{0,4}\Z
""")
)

_CLOSING = any_phrase(r"""
    [\W_]{0,3}(?:all the best(?: from(?: a)?)?(?=[ ,.!])|(?:kind|best|warm|warmest|many|with (?:kind|best|warm)|
    all the) ?(?:regards|wishes|best)?|regards|
    cheers|sincerely(?: yours)?|yours (?:sincerely|faithfully|truly)|
    respectfully|thanks(?: (?:a lot|so much|again|in advance|very much|and (?:kind |best )?regards))?|many thanks|
    thank you(?: (?:very much|so much|again|in advance|for your (?:time|attention|understanding|cooperation|help)))?|
    thx|ttyl|
    (?:lots of |all my |much )?love|xoxo|(?:big )?hugs|kisses|(?:\w{1,12} )?greetings|take care|talk soon|
    see you(?: (?:soon|there|then))?|best|warmly|cordially|have a (?:great|nice|good|
    lovely|wonderful) (?:day|weekend|week|one|evening)|
    mit (?:\w{2,14}en,? ){1,3}grü(?:ß|ss)en|(?:freundliche|viele|liebe|beste|herzliche|
    schöne) grü(?:ß|ss)e|viele grü(?:ß|ss)e[^.!?\n]{0,20}|gru(?:ß|ss)|lg|vg|mfg|vielen dank(?: im voraus)?|
    danke(?: (?:schön|dir|euch|ihnen|im voraus))?|herzlichst?|hochachtungsvoll|bis (?:bald|dann|morgen)|
    (?:bien )?cordialement|salutations(?: distinguées)?|bien à vous|merci(?: (?:beaucoup|d'avance|par avance|
    à tous))?|bonne (?:journée|soirée|semaine)|à bientôt|amicalement|bisous|(?:grosses )?bises|je (?:t['’]|
    vous )embrasse|sincères salutations|
    (?:un )?(?:cordial )?saludos?(?: cordiales)?|atentamente|(?:muchas )?gracias(?: de antemano| por todo)?|
    un abrazo|abrazos?|(?:muchos )?besos|un beso|hasta (?:pronto|luego)|
    (?:cordiali|distinti|tanti|cari) saluti|saluti|(?:un )?abbraccio|baci|grazie(?: (?:mille|ancora|a tutti|
    in anticipo))?|a presto|
    buona (?:giornata|serata)|un saluto|
    atenciosamente|(?:com os )?melhores cumprimentos|cumprimentos|abraços?|(?:muito )?obrigad[oa]|até (?:logo|breve)|
    met (?:vriendelijke|hartelijke) groet(?:en)?|(?:vriendelijke |hartelijke )?groet(?:en|jes)?|mvg|bedankt|
    alvast bedankt|dank je wel|dank u wel|
    pozdrawiam|ściskam|całuję|z poważaniem|serdecznie pozdrawiam|dziękuję|dziękujemy|z góry dziękuję|
    с уважением|обнимаю|целую|обіймаю|цілую|с наилучшими(?: пожеланиями)?|всего (?:доброго|хорошего)|хорошего дня|
    спасибо(?: за внимание| большое)?|заранее спасибо|з повагою|дякую|дякуємо|гарного дня|з найкращими побажаннями|
    saygılarımla|öptüm|saygılarımızla|teşekkürler|teşekkür ederim|sevgiler|iyi çalışmalar|kolay gelsin|
    (?:med )?vänliga? hälsning(?:ar)?|mvh|hälsningar|med venlig hilsen|vennlig hilsen|hilsen|tack(?: på förhand)?|
    tak|takk|terveisin|ystävällisin terveisin|s pozdravem|děkuji|cu (?:stimă|respect)|mulțumesc|üdvözlettel|köszönöm|
    trân trọng|cảm ơn|hormat kami|salam|terima kasih)\b(?P<rest>[^.!?\n]{0,30})[\s,.!;:–—-]{0,4}\Z
""")
_EASTERN_CLOSING = re.compile(
    joined(r"""
    \W{0,3}(?:此致|敬礼|敬禮|祝好|顺祝商祺|順頌商祺|谢谢|謝謝|祝您[^。\n]{0,16}|(?:何卒|どうぞ)?(?:よろしく|
    宜しく)お願い[^。\n]{0,16}|敬具|以上(?:です)?|
    ありがとうございま[^。\n]{0,6}|それでは|
    감사합니다|감사드립니다|드림|수고하세요|مع (?:أطيب )?التحي(?:ات|ة)[^.!?\n]{0,24}|مع خالص[^.!?\n]{0,24}|تحياتي|
    شكر[اًا]+[^.!?\n]{0,16}|والسلام[^.!?\n]{0,24}|בברכה|תודה(?: רבה)?|נשיקות|להתראות|באהבה)[\s，,。.！!、،]{0,4}\Z
""")
)


def is_greeting(line: str) -> bool:
    """Say whether *line* only greets."""
    if len(line) > 90:
        return False
    if not line.isascii() and _EASTERN_GREETING.match(line):
        return True
    if _TO_EVERYBODY.match(line):
        return True
    match = _GREETING.match(line)
    return (
        match is not None
        and len(match["name"].split()) <= 6
        and (bool(match["end"].strip()) or len(match["name"].split()) <= 3)
    )


def without_greeting(sentence: str) -> str:
    """Return *sentence* without a greeting before it, when what follows begins like a sentence of its own."""
    match = _GREETING_START.match(sentence)
    return sentence[match.end() :] if match and match.end() < len(sentence) else sentence


def is_closing(line: str) -> bool:
    """Say whether *line* closes a letter ("Kind regards,"), so that what follows is a signature."""
    if len(line) > 60:
        return False
    if not line.isascii() and _EASTERN_CLOSING.match(line):
        return True
    match = _CLOSING.match(line)
    return match is not None and len(match["rest"].split()) <= 3
