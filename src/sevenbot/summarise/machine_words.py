"""Words for machines, for those they serve and for what they make, in many languages: parts of patterns."""

from __future__ import annotations

from sevenbot.summarise.phrases import joined

#: A program that reads: nobody else is called so.
PROGRAM = joined(r"""
    (?:\b(?:ai|a\.i\.|ia|ki|llms?|gpt\w*|chatgpt|chatbots?|(?:large )?language models?|sprachmodell\w{0,2}|taalmodel|
    modèles? de langage|modelos? de linguagem|modelos? de lenguaje|modell[oi] linguistic[oi]|
    model\w{0,3} językow\w{1,3}|intelligence artificielle|inteligencia artificial|
    inteligência artificial|intelligenza artificiale|künstliche intelligenz|kunstmatige intelligentie|
    sztuczn\w{1,3} inteligencj\w{1,3}|yapay zek[aâ]\w{0,6}|summari[sz](?:ers?|ation (?:engine|model))|ии|ші|
    нейросет\w{0,2}|нейромереж\w{0,2}|чат-?бот\w{0,2}|языков\w{2,3} модел\w{1,2}|мовн\w{1,2} модел\w{1,2}|
    искусственн\w{2,3} интеллект\w{0,2}|штучн\w{2,3} інтелект\w{0,2}|
    kunstig intelligens|artificiell intelligens|spr[oå][gk]modell?\w{0,2}|tekoäly\w{0,3}|kielimalli\w{0,2}|
    uměl\w{1,3} inteligenc\w{1,2}|jazykov\w{1,3} model\w{0,3}|mesterséges intelligencia|nyelvi modell|
    inteligenț\w{1,3} artificial\w{1,3}|trí tuệ nhân tạo|kecerdasan buatan|τεχνητή νοημοσύνη)\b|
    (?<![a-z])ai(?![a-z])|人工智能|大模型|语言模型|語言模型|言語モデル|人工知能|
    인공지능|언어 모델|الذكاء الاصطناعي|نموذج\w? (?:لغوي|اللغة)\w?|هوش مصنوعی|בינה מלאכותית|एआई|ปัญญาประดิษฐ์)
""")
#: Words for a program that are a person's or a thing's too.
ASSISTANT = joined(r"""
    (?:\b(?:bots?|robots?|assistants?|assistent\w{0,2}|asistente|assistente|asystent\w{0,3}|asistan\w{0,4}|models?|
    modell\w{0,2}|modelo|modello|modèle|robot\w{0,2}|
    бот\w{0,2}|ассистент\w{0,2}|асистент\w{0,2}|помощник\w{0,2}|помічник\w{0,2}|
    модел\w{1,2})\b|机器人|機器人|助手|助理|アシスタント|어시스턴트|비서|المساعد|النموذج|مساعد)
""")
#: Words for anything that works.
TOOL = r"\b(?:agents?|tools?|systems?|système|sistema|readers)\b"
#: Whom such a program serves, in the words of those who speak to it.
USER = joined(r"""
    (?:\b(?:the (?:user|reader|recipient)|its owner|their password|(?:dem|den|der) nutzer|dem leser|
    l['’]utilisat\w{4}|au lecteur|(?:al|el) usuario|al lector|(?:al)?l['’]utente|
    (?:ao|o) (?:usuário|utilizador)|de gebruiker|użytkownik\w{0,5}|пользовател\w{1,3}|користувач\w{0,3}|
    kullanıcı\w{0,5}|brugeren|användaren|brukeren|
    käyttäj\w{1,3}|uživatel\w{0,2}|felhasználó\w{0,4}|utilizatorul\w{0,2}|người dùng|
    pengguna)\b|用户|用戶|利用者|ユーザー|사용자|المستخدم|χρήστη|משתמש|کاربر|उपयोगकर्ता|ผู้ใช้)
""")
#: What it makes of a mail.
SUMMARY = joined(r"""
    (?:\b(?:summar(?:y|ies|i[sz]\w{1,5})|short version|kürzt|resum(?:en|o|a|e este|ir|as)|résum(?:é|e|ez|er|es)?|
    riassu(?:nto|mi)\w{0,3}|samenvat\w{0,5}|podsumow\w{2,6}|streszcz\w{2,5}|zusammenfass\w{0,4}|
    kurzfassung|özet\w{0,6}|
    пересказ\w{0,3}|резюм\w{1,4}|сводк\w{1,2}|изложени\w|підсум\w{2,4}|стисл\w{2,5}|resumé(?:et)?|
    sammanfattning\w{0,2}|sammendrag\w{0,3}|tiivistelm\w{1,5}|yhteenve\w{2,6}|shrnut\w{1,3}|összefoglal\w{1,5}|
    rezumat\w{0,3}|
    tóm tắt|ringkas\w{2,4})\b|
    摘要|总结|總結|要約|요약|ملخص|الملخص|περίληψη|סיכום|خلاصه|सारांश|สรุป)
""")
