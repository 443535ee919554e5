"""
What every mail says and nobody needs in a summary: greetings, closings, fillers, footers, separators.

Words in the languages of most mail; data with a few rules. A line or sentence is judged alone, by its own words.
"""

from __future__ import annotations

import re

from sevenbot.summarise.phrases import any_phrase, joined

# Longer lines are content, whatever words they hold; the patterns then need not look at them in full.
READ_CHARS = 400

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
    안녕하세요|안녕하십니까|[^.!?\n]{0,30}?(?:님|고객님)|[^.!?\n]{0,20}?안녕하(?:세요|십니까)|
    (?:السلام عليكم[^.!?\n،]{0,30}|مرحب[اًا]+[^.!?\n،]{0,24}|أهلاً?[^.!?\n،]{0,24}|(?:عزيزي|عزيزتي|الأستاذ|السيد|
    السيدة)[^.!?\n،]{0,30}|تحية طيبة[^.!?\n،]{0,24}|صباح الخير|مساء الخير)|
    שלום[^.!?\n]{0,24}|היי[^.!?\n]{0,24}|لام|سلام[^.!?\n،]{0,24})[\s，,。.！!：:、،~〜]{0,4}\Z
""")
)

_CLOSING = any_phrase(r"""
    [\W_]{0,3}(?:(?:kind|best|warm|warmest|many|with (?:kind|best|warm)|all the) ?(?:regards|wishes|best)?|regards|
    cheers|sincerely(?: yours)?|yours (?:sincerely|faithfully|truly)|
    respectfully|thanks(?: (?:a lot|so much|again|in advance|very much|and (?:kind |best )?regards))?|many thanks|
    thank you(?: (?:very much|so much|again|in advance|for your (?:time|attention|understanding|cooperation|help)))?|
    thx|ttyl|
    love|xoxo|take care|talk soon|see you(?: (?:soon|there|then))?|best|warmly|cordially|have a (?:great|nice|good|
    lovely|wonderful) (?:day|weekend|week|one|evening)|
    mit (?:freundlichen|besten|lieben|herzlichen) grü(?:ß|ss)en|(?:freundliche|viele|liebe|beste|herzliche|
    schöne) grü(?:ß|ss)e|viele grü(?:ß|ss)e[^.!?\n]{0,20}|gru(?:ß|ss)|lg|vg|mfg|vielen dank(?: im voraus)?|
    danke(?: (?:schön|dir|euch|ihnen|im voraus))?|herzlichst?|hochachtungsvoll|bis (?:bald|dann|morgen)|
    (?:bien )?cordialement|salutations(?: distinguées)?|bien à vous|merci(?: (?:beaucoup|d'avance|par avance|
    à tous))?|bonne (?:journée|soirée|semaine)|à bientôt|amicalement|bisous|sincères salutations|
    (?:un )?(?:cordial )?saludos?(?: cordiales)?|atentamente|(?:muchas )?gracias(?: de antemano| por todo)?|
    un abrazo|abrazos?|hasta (?:pronto|luego)|
    (?:cordiali|distinti|tanti|cari) saluti|saluti|grazie(?: (?:mille|ancora|a tutti|in anticipo))?|a presto|
    buona (?:giornata|serata)|un saluto|
    atenciosamente|(?:com os )?melhores cumprimentos|cumprimentos|abraços?|(?:muito )?obrigad[oa]|até (?:logo|breve)|
    met (?:vriendelijke|hartelijke) groet(?:en)?|(?:vriendelijke |hartelijke )?groet(?:en|jes)?|mvg|bedankt|
    alvast bedankt|dank je wel|dank u wel|
    pozdrawiam|z poważaniem|serdecznie pozdrawiam|dziękuję|dziękujemy|z góry dziękuję|
    с уважением|с наилучшими(?: пожеланиями)?|всего (?:доброго|хорошего)|хорошего дня|
    спасибо(?: за внимание| большое)?|заранее спасибо|з повагою|дякую|дякуємо|гарного дня|з найкращими побажаннями|
    saygılarımla|saygılarımızla|teşekkürler|teşekkür ederim|sevgiler|iyi çalışmalar|kolay gelsin|
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
    شكر[اًا]+[^.!?\n]{0,16}|والسلام[^.!?\n]{0,24}|בברכה|תודה(?: רבה)?)[\s，,。.！!、،]{0,4}\Z
""")
)

_FILLER = any_phrase(r"""
    (?:i )?(?:really |do )?(?:hope|trust)(?: that)? (?:this|you|all|everyone|your|my|the|it)\b[^.!?]{0,40}?\b(?:well|
    fine|good|great|finds|weekend|week|safe|day|health)\b|
    (?:(?:hi|hello|hey)\b[^,!.?]{0,24}[,!.] )?how are you|how(?:'s| is) (?:it|everything|life) going|
    hope you(?:'re| are| had| have)|
    long time no (?:see|talk)|
    just a (?:quick|friendly) (?:note|reminder|email)\W*\Z|
    (?:please )?(?:click|tap|press) (?:here|on|the|this|below|button|link)|if there(?:'s| is) anything|
    (?:don't|do not|please don't|please do not) hesitate|(?:please )?feel free to (?:contact|reach|ask|reply|call|
    email|get in touch|let)|if you have any (?:\w+ )?(?:questions?|concerns?|feedback|problems?|issues?|queries)|
    (?:any|have) (?:other )?questions\W|questions\?|need (?:some )?(?:help|assistance|support)|having (?:trouble|
    problems?|issues?)|(?:we're|we are) (?:always )?here to help|
    (?:i )?look(?:ing)? forward to (?:hearing|your|seeing|meeting|working|it|welcoming)|
    (?:please )?let (?:me|us) know if you (?:have|need) any|
    thank(?:s| you)(?: so much| very much)? (?:for (?:your (?:time|attention|
    patience|understanding|cooperation|email|e-mail|mail|message|interest|support|business|prompt)|being|choosing|
    using|reaching|shopping|contacting|getting)|again|in advance)|
    (?:please )?(?:do not|don't) reply|this (?:is an )?(?:e-?mail|message|mailbox|notification|
    inbox)\b[^.!?]{0,40}?\b(?:automat|generated|auto-generated|not monitored|unmonitored|no-?reply|cannot receive)|
    this is an auto|replies to this|
    you(?:'re| are)? (?:have )?(?:been )?receiv(?:e|ed|ing) this|you (?:are|were) (?:receiving|sent)|this (?:e-?mail|
    message) (?:was|is being|has been) (?:sent|intended|delivered)|why (?:did|am) i (?:get|receiv)|
    (?:was )?sent (?:to|by) you|
    to (?:make sure|ensure) (?:our|you|that|delivery)|add (?:us|this address|[^ ]{1,40}) to your (?:address|contact|
    safe)|(?:if|is) (?:you|this)(?: e?-?mail| message)?(?: are|'re|is)? (?:can(?:'t|not)|having|unable|
    not (?:display|able|see))\b[^.!?]{0,40}?(?:view|see|display|read|images|properly)|
    (?:if )?(?:the )?(?:button|link)s? (?:above |below )?(?:doesn't|does not|isn't|don't|not|is not) work|
    if you(?:'re| are) having trouble|(?:or )?copy (?:and|&) paste|paste (?:this|the|it|into)|
    if (?:you|this) (?:did not|didn't|have not|haven't|was not|wasn't|weren't)\b[^.!?]{0,80}|
    (?:please |you can |you may )?(?:safely )?(?:ignore|disregard) this|never share|do not (?:share|forward|
    disclose)|don't share|
    (?:we )?will never ask|for security reasons|
    ich hoffe,? (?:es geht|sie|dir|ihnen|euch|diese)|wie geht(?:'s| es)|bei (?:rück)?fragen|für (?:rück)?fragen|
    haben sie (?:noch )?fragen|(?:bitte )?zögern sie nicht|(?:bitte )?antworten sie nicht|diese (?:e-?mail|
    nachricht) wurde|dies ist eine automat|sie erhalten diese|ich freue mich (?:auf|von)|wir freuen uns (?:auf|von)|
    (?:vielen|herzlichen) dank für (?:ihr|dein|eu|die nachricht)|wenn sie (?:diese|keine|sich nicht|nicht)\b|
    falls sie (?:diese|keine|sich nicht|nicht|den|dies)\b|sollten sie (?:fragen|diese)|
    j'espère que (?:vous|tu|ce)|comment (?:allez|vas)|n'hésitez pas|si vous avez (?:des|la moindre|une) questions?|
    (?:merci de )?ne (?:pas )?répond(?:re|ez) pas|ceci est un (?:message|e-?mail) automat|cet? (?:e-?mail|message|
    courriel) (?:a été|est)|vous recevez (?:cet?|ce)|dans l'attente|si vous n'(?:êtes|avez)|merci (?:pour|de|
    d') (?:votre|l'intérêt|l'attention|ta|avoir)|
    espero que (?:este|est[eé]s?|se encuentre|todo|esteja|você|tudo|estejas)|cómo est[aá]|como (?:vai|está)|
    no dude en|si tiene (?:alguna|preguntas|cualquier)|(?:por favor,? )?no responda|este (?:es un )?(?:mensaje|
    correo|e-?mail|mensagem)\b[^.!?]{0,30}?(?:automátic|ha sido|foi|fue)|ha recibido este|quedo a la espera|
    si no (?:ha|has|solicit|reconoce|fuiste)|gracias por (?:su|tu|confiar|elegir)|
    spero che (?:tu|lei|questa|stiate|vada|tutto)|come (?:stai|sta|va)|non esitare|non esiti|se hai (?:domande|
    bisogno)|per (?:qualsiasi|ulteriori)|(?:si prega di )?non rispondere|questa (?:è una )?(?:e-?mail|mail|
    messaggio)\b|ricevi questa|in attesa di|se non (?:hai|sei|ha)|grazie per (?:la|il|aver|averci)|
    (?:não )?hesite|se tiver (?:alguma|dúvidas|qualquer)|não responda|você (?:está )?receb|se você não|obrigado por|
    ik hoop dat|hoe gaat het|aarzel niet|heeft? u (?:nog )?vragen|(?:gelieve )?niet (?:te )?(?:be)?antwoorden|
    deze (?:e-?mail|mail) is|u ontvangt deze|als (?:u|je) (?:dit|deze|niet)|bedankt voor|
    mam nadzieję|jak się masz|w razie (?:pytań|jakichkolwiek)|prosimy nie odpowiadać|(?:ta )?wiadomość (?:została|
    jest)|otrzymujesz|jeśli (?:to )?nie|dziękujemy za|
    надеюсь,? (?:у (?:вас|тебя)|что|вы)|как (?:дела|поживаете)|если у вас (?:возникн|есть|появ)|
    (?:пожалуйста,? )?не отвечайте|это (?:письмо|сообщение) (?:отправлено|создано|сформировано|было)|вы получили это|
    если (?:вы )?(?:это )?не|никому не сообщайте|спасибо(?:,)? (?:за|что)|благодарим (?:вас )?за|будем рады|
    сподіваюся|як справи|якщо у вас (?:виник|є)|не відповідайте|ви отримали|якщо (?:ви )?(?:це )?не|дякуємо за|
    umarım|nasılsın|sorularınız|lütfen (?:bu e-?postayı )?yanıtlamayın|bu (?:e-?posta|ileti|mesaj)\b|eğer (?:bu|siz)|
    希望(?:您|你)一切|最近(?:怎么样|好吗)|如(?:有|果您有|您有)(?:任何)?(?:疑问|问题|問題)|请勿(?:直接)?(?:回复|
    回覆)|(?:此|本)(?:邮件|郵件|信)(?:由|为|是|為)|如(?:非|
    果不是|果您没有|果這不)|请不要(?:将|向|把|告诉)|请勿(?:将|向|泄露|转发|告诉)|感谢您(?:的|选择|使用)|期待(?:您的|
    您)|
    ご不明な?点|ご質問|お気軽に|(?:この|本|当)メール(?:は|に)|返信(?:しないで|できません)|心当たり|
    ご利用(?:いただき)?(?:ありがとう|いただき)|ありがとうございま|よろしくお願い|
    궁금한|문의(?:사항|하)|회신(?:하지|이)|(?:본|이) (?:메일|이메일)은|본인이 (?:아니|요청)|이용해 ?주셔서|
    감사(?:합니다|드립니다)|타인에게|
    أتمنى أن|آمل أن|كيف حالك|لا تتردد|إذا كان لديك (?:أي )?|يرجى عدم الرد|هذه (?:رسالة|الرسالة)|هذا البريد|إذا لم|
    لا تشارك|شكر[اًا]+ (?:ل|على)
""")

_FOOTER = any_phrase(r"""
    unsubscri|opt[ -]?out|abmelden\b|abbestell|désabonn|désinscri|darse de baja|cancelar (?:la |a )?(?:suscripción|
    inscrição)|disiscri|annulla l'iscrizione|
    uitschrijv|afmelden|wypisać|wypisz|отписаться|отпис(?:ка|ать)|відписатися|abonelikten çık|退订|退訂|取消订阅|
    配信(?:停止|解除)|
    수신 ?거부|إلغاء الاشتراك|
    (?:manage|update|change|edit) (?:your )?(?:e-?mail |subscription |notification |communication )?(?:preferences|
    settings|subscriptions?)|
    to view this (?:e-?mail|newsletter|message)|read this (?:e-?mail|newsletter|message) online|
    (?:view|read|open|see) (?:it |this (?:e-?mail|message|newsletter|post|issue|edition|mail)\s)?
    (?:in|on|as)\b[^.!?]{0,20}?(?:browser|web)|view online|
    view in browser|web version|online(?:-version| ansehen| version)|im browser (?:öffnen|ansehen|anzeigen|lesen)|
    browseransicht|
    version en ligne|dans (?:votre|le|un) navigateur|en (?:tu|su|el) navegador|nel (?:tuo )?browser|
    no (?:seu )?navegador|in (?:je|uw|de) browser|w przeglądarce|в браузере|у браузері|tarayıcı(?:nız)?da|在?浏览器中|
    ブラウザで|브라우저에서|
    all rights reserved|alle rechte vorbehalten|tous droits réservés|todos los derechos|todos os direitos|
    tutti i diritti|alle rechten|wszelkie prawa|все права|tüm hakları|版权所有|无断転載|저작권|جميع الحقوق|
    copyright|©|\(c\) ?20|privacy (?:policy|notice|statement)|datenschutz(?:erklärung|hinweis)?|
    politique de confidentialité|política de privacidad[e]?|informativa sulla privacy|polityka prywatności|
    политик\w+ конфиденциальност|
    terms (?:of (?:use|service)|and conditions|& conditions)|t&cs? apply|impressum|handelsregister|amtsgericht|
    geschäftsführ|registergericht|ust-?id|sitz der gesellschaft|registered (?:office|in (?:england|ireland|
    scotland))|company (?:no|number|registration)|vat (?:no|number|reg)|siret|r\.?c\.?s\.? |partita iva|p\.? ?iva|
    (?:this|the information in this|the contents of this) (?:e-?mail|message|
    communication)[^.!?]{0,60}?(?:confidential|privileged|intended (?:only|solely|for))|confidentiality notice|
    intended (?:recipient|only for|solely for)|disclaimer|virus-?free|antivir|consider the environment|
    think before you print|please print only|
    diese (?:e-?mail|nachricht) (?:enthält|ist) (?:vertraulich|nur für|möglicherweise)|ce (?:message|
    courriel)[^.!?]{0,40}?confidentiel|este (?:mensaje|correo)[^.!?]{0,60}?confidencial|
    esta mensagem[^.!?]{0,60}?confidencial|questo messaggio[^.!?]{0,60}?riservat|конфиденциальн\w+ информац|
    sent (?:from|via|with) (?:my |the |mail |outlook|yahoo|gmail|proton|spark|samsung|superhuman|blackberry|
    thunderbird)|get outlook for|von meinem (?:iphone|ipad|handy|smartphone|mobil)|gesendet (?:von|mit)|envoyé (?:de|
    depuis)|enviado (?:desde|do|a partir|via)|inviato da|verzonden (?:vanaf|met|via)|wysłane z|отправлено (?:с|из)|
    надіслано (?:з|із)|gönderildi|发自我的|從我的|iphoneから|나의 iphone에서|
    follow us|find us on|connect with us|folgen sie uns|suivez-nous|síguenos|seguici|siga-nos|volg ons|关注我们|
    フォロー|
    \b(?:download|get) (?:the|our) app\b|app store|google play|mailing list|you are (?:currently )?subscribed|
    caution: (?:this|external)|\[external\]|external (?:email|sender)|this (?:e?-?mail|message) (?:originated|
    came) from outside|you don't often get email|
    powered by|mailing address|\bour address|postfach|p\.?o\.? box|google groups|to post to this group|listinfo|_{10}|
    begin pgp|end pgp
""")
_HEADER_LINE = any_phrase(r"""
    [\s>*]{0,6}(?:from|to|cc|bcc|sent|date|subject|reply-to|message-id|von|an|gesendet|datum|betreff|de|à|envoyé|
    objet|para|enviado|fecha|asunto|da|a|inviato|oggetto|data|assunto|van|aan|verzonden|onderwerp|
    od|do|wysłano|temat|от|кому|отправлено|дата|тема|від|kimden|kime|gönderildi|konu|发件人|收件人|发送时间|主题|
    寄件者|收件者|主旨|日期|
    差出人|宛先|送信日時|件名|보낸 ?사람|받는 ?사람|보낸 ?날짜|제목)\*?\s?[:：]\s?\S
""")
# MIME boundaries, "----- Original Message -----", "On 5 March 2026, Anna wrote:".
_FRAME = re.compile(
    r"-{2,}\S{6,}\Z|[-_=*]{2,}[^-_=*]{2,60}[-_=*]{2,}\Z|"
    r"content-(?:type|transfer-encoding|disposition)\s?:|mime-version\s?:|"
    r".{0,160}?\b(?:wrote|schrieb|écrit|escribió|ha scritto|escreveu|schreef|napisał(?:\(a\))?|"
    r"пишет|написал(?:\(а\))?)\s?:\Z",
    re.IGNORECASE,
)
_ADDRESS = any_phrase(r"""
    \b[A-Z]{2} [0-9]{5}(?:-[0-9]{4})?\b|\b[0-9]{1,5} [A-Z][\w.' ]{2,30} (?:street|st|avenue|ave|road|rd|blvd|
    boulevard|drive|dr|lane|ln|way|suite|floor|court|place|square)\b|
    (?:straße|strasse|str\.|weg|platz|gasse|allee) [0-9]{1,4}[a-z]?\b|\b[0-9]{1,4},? (?:bis |ter )?(?:rue|avenue|
    boulevard|place|impasse|allée|chemin)\b|\b(?:calle|via|rua|ul\.|ул\.|вул\.|улица) [^.!?,]{2,30},? [0-9]{1,4}
""")
_URL_ONLY = re.compile(r"[\W_]{0,4}(?:https?://|www\.)\S+[\W_]{0,4}\Z", re.IGNORECASE)
_PHONE_LINE = any_phrase(r"""
    [\W_]{0,3}(?:(?:tel|phone|mobile?|fax|telefon|téléphone|teléfono|cell|t|m|f|p|тел|e-?mail|web|
    www)\b\.?\s?:?\s?)?[+(]?[0-9][0-9 ()/.+-]{6,24}\Z
""")
_CONTACT_LINE = re.compile(
    r"[\W_]{0,3}(?:(?:e-?mail|mail|web|website)\s?:\s?)?\S{1,64}@\S{1,64}[\W_]{0,3}\Z", re.IGNORECASE
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


def is_filler(sentence: str) -> bool:
    """Say whether *sentence* is a courtesy or a standing phrase with no news in it."""
    head = sentence[:READ_CHARS].lstrip("-*•·> \"'“(").replace("’", "'")
    return _FILLER.match(head) is not None


def is_footer(line: str) -> bool:
    """Say whether *line* belongs to the small print: unsubscribing, legal notes, the sender's address, apps."""
    if _URL_ONLY.match(line) or _PHONE_LINE.match(line) or _CONTACT_LINE.match(line):
        return True
    head = line[:READ_CHARS].replace("’", "'")
    return _FOOTER.search(head) is not None or (len(line) < 120 and _ADDRESS.search(head) is not None)


def is_noise(line: str) -> bool:
    """Say whether *line* has no words to read: separators, rows of numbers, header fields, who wrote what is quoted."""
    letters = sum(map(str.isalpha, line))
    if letters < 2 or letters * 3 < len(line.replace(" ", "")):
        return True
    return len(line) < 200 and (_HEADER_LINE.match(line) is not None or _FRAME.match(line) is not None)
