"""
What every mail says and nobody needs in a summary: fillers, footers, separators.

Words in the languages of most mail; data with a few rules. A line or sentence is judged alone, by its own words.
"""

from __future__ import annotations

import re

from sevenbot.summarise.phrases import any_phrase
from sevenbot.summarise.sentences import is_finished, size

# Longer lines are content, whatever words they hold; the patterns then need not look at them in full.
READ_CHARS = 400

_FILLER = any_phrase(r"""
    (?:i )?(?:really |do )?(?:hope|trust)(?: that)? (?:this|you|all|everyone|your|my|the|it)\b[^.!?]{0,40}?\b(?:well|
    fine|good|great|finds|weekend|week|safe|day|health)\b|
    (?:(?:hi|hello|hey)\b[^,!.?]{0,24}[,!.] )?how are you|how(?:'s| is) (?:it|everything|life) going|
    hope you(?:'re| are| had| have)|
    long time no (?:see|talk)|(?:it (?:was|is) )?(?:so |very )?(?:good|great|nice|lovely|wonderful) (?:to (?:see|meet|
    hear from|talk to)|seeing|meeting|hearing from|talking to) (?:you|everyone|everybody|all of you|so many)\b|
    how(?:'s| is| are) (?:\w{1,12} ){1,4}(?:doing|feeling|getting on|keeping)\b|
    (?:good|great|exciting|fantastic|wonderful) news\W{0,3}\Z|here(?:'s| is) (?:what|everything) you need to know|
    learn why (?:we|you)|th(?:is|e) (?:event|meeting|invitation) (?:has been|was) (?:changed|updated|moved|
    cancell?ed)|we(?:'re| are) (?:very |all |so |really )?(?:looking forward|excited) to (?:see|meet|hear|
    welcom|host)|if you(?:'ve| have) already (?:paid|made|sent|settled|done)|
    (?:fyi|for your (?:information|reference)|(?:fyi\W{1,3})?(?:please )?see (?:the )?(?:mail |message |
    thread )?below|
    forwarding (?:this|for)|passing this on|zur (?:info\w*|kenntnis\w*)|z\. ?k\.|siehe unten|s\. ?u\.|
    pour (?:info\w*|ton info\w*|votre info\w*)|voir ci-dessous|para (?:tu|su|vuestra|que lo) (?:información|sepas)|
    ver (?:más )?abajo|per (?:tua |vostra |sua )?(?:conoscenza|info\w*)|vedi sotto|para (?:seu )?conhecimento|
    ter (?:info\w*|kennisgeving)|zie (?:onder|hier)\w*|do wiadomości|(?:patrz|zob\.) niżej|к сведению|см\. ниже|
    для (?:інформації|информации)|див\. нижче|bilgin(?:e|ize)|bilgi için|aşağıya bakınız|仅?供参考|供參考|
    见下文|请看下面|
    ご参考まで(?:に)?|参考まで(?:に)?|下記参照|참고(?:하세요|바랍니다|용)?|아래 참고|للعلم|לידיעתך)[\s,.;:!–—-]{0,4}\Z|
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
    you(?:'re| are)? (?:have )?(?:been )?(?:receiv(?:e|ed|ing)|get(?:ting)?|got) this|you (?:are|were) (?:receiving|
    sent)|this (?:e-?mail|
    message) (?:was|is being|has been) (?:sent|intended|delivered)|why (?:did|am) i (?:get|receiv)|
    (?:was )?sent (?:to|by) you|(?:many )?thank(?:s| you)(?: so much| very much)? for (?:taking (?:the|your) time|
    (?:your|the) (?:lovely |nice |kind |long |last )?(?:letter|card|note|postcard)s?\b)|
    to (?:make sure|ensure) (?:our|you|that|delivery)|add (?:us|this address|[^ ]{1,40}) to your (?:address|contact|
    safe)|(?:if|is) (?:you|this)(?: e?-?mail| message)?(?: are|'re|is)? (?:can(?:'t|not)|having|unable|
    not (?:display|able|see))\b[^.!?]{0,40}?(?:view|see|display|read|images|properly)|
    (?:if )?(?:the )?(?:button|link)s? (?:above |below )?(?:doesn't|does not|isn't|don't|not|is not) work|
    if you(?:'re| are) having trouble|(?:or )?copy (?:and|&) paste|paste (?:this|the|it|into)|
    (?:please |you can |you may )?(?:safely )?(?:ignore|disregard) this|never share|(?:please )?(?:do not|
    don't) (?:share|
    forward|disclose) (?:this|the|your|it)\b|(?:can't|cannot) make it\?|
    (?:we )?will never ask|for security reasons|
    ich hoffe,? (?:es geht|sie|dir|ihnen|euch|diese)|wie geht(?:'s| es)|bei (?:rück)?fragen|für (?:rück)?fragen|
    haben sie (?:noch )?fragen|(?:bitte )?zögern sie nicht|(?:bitte )?antworten sie nicht|diese (?:e-?mail|
    nachricht) wurde|dies ist eine automat|sie erhalten diese|ich freue mich (?:auf|von)|wir freuen uns (?:auf|von)|
    (?:vielen|herzlichen) dank für (?:ihr|dein|eu|die nachricht)|
    sollten? (?:sich|sie) [^.!?]{0,60}\b(?:überschnitten|bereits (?:bezahlt|überwiesen|beglichen))|
    sollten sie (?:fragen|diese)|
    j'espère que (?:vous|tu|ce)|comment (?:allez|vas)|n'hésitez pas|si vous avez (?:des|la moindre|une) questions?|
    (?:merci de )?ne (?:pas )?répond(?:re|ez) pas|ceci est un (?:message|e-?mail) automat|cet? (?:e-?mail|message|
    courriel) (?:vous )?(?:a été|est)|si vous avez déjà (?:payé|réglé|effectué)|vous recevez (?:cet?|ce)|
    dans l'attente|merci (?:pour|de|
    d') (?:votre|l'intérêt|l'attention|ta|avoir)|
    espero que (?:este|est[eé]s?|se encuentre|todo|esteja|você|tudo|estejas)|cómo (?:est[aá]|va)|qué tal\b|
    como (?:vai|está)|
    no dude en|si tiene (?:alguna|preguntas|cualquier)|(?:por favor,? )?no responda|este (?:es un )?(?:mensaje|
    correo|e-?mail|mensagem)\b[^.!?]{0,30}?(?:automátic|ha sido|foi|fue)|ha recibido este|quedo a la espera|
    gracias por (?:su|tu|confiar|elegir|viajar|comprar)|
    si ya (?:ha|has) (?:pagado|realizado|efectuado)|
    spero che (?:tu|lei|questa|stiate|vada|tutto)|come (?:stai|sta|va)|non esitare|non esiti|se hai (?:domande|
    bisogno)|per (?:qualsiasi|ulteriori)|(?:si prega di )?non rispondere|questa (?:è una )?(?:e-?mail|mail|
    messaggio)\b|ricevi questa|in attesa di|grazie per (?:la|il|aver|averci)|
    (?:não )?hesite|se tiver (?:alguma|dúvidas|qualquer)|não responda|você (?:está )?receb|se você já (?:pagou|
    efetuou|realizou)|
    obrigado por|
    ik hoop dat|hoe gaat het|aarzel niet|heeft? u (?:nog )?vragen|(?:gelieve )?niet (?:te )?(?:be)?antwoorden|
    deze (?:e-?mail|mail) is|u ontvangt deze|bedankt voor|
    mam nadzieję|jak się masz|w razie (?:pytań|jakichkolwiek)|prosimy nie odpowiadać|(?:ta )?wiadomość (?:została|
    jest)|otrzymujesz|dziękujemy za|
    надеюсь,? (?:у (?:вас|тебя)|что|вы)|(?:ну,? )?как (?:у (?:тебя|вас|вас там) )?(?:дела|жизнь|поживаешь|поживаете|
    ты|вы)\b|
    если вы уже (?:внес|оплат|произвел)|если у вас (?:возникн|есть|появ)|
    (?:пожалуйста,? )?не отвечайте|это (?:письмо|сообщение) (?:отправлено|создано|сформировано|было)|вы получили это|
    никому не сообщайте|спасибо(?:,)? (?:за|что)|благодарим (?:вас )?за|будем рады|
    сподіваюся|як (?:у (?:тебе|вас) )?справи|якщо ви вже (?:внес|оплат|сплат)|якщо у вас (?:виник|є)|
    не відповідайте|ви отримали|
    дякуємо за|
    umarım|nasılsın|sorularınız|lütfen (?:bu e-?postayı )?yanıtlamayın|bu (?:e-?posta|ileti|mesaj)\b|
    希望(?:您|你)一切|最近(?:怎么样|好吗)|如(?:有|果您有|您有)(?:任何)?(?:疑问|问题|問題)|请勿(?:直接)?(?:回复|
    回覆)|(?:此|本)(?:邮件|郵件|信)(?:由|为|是|為)|如(?:非|
    果不是|果您没有|果這不)|请不要(?:将|向|把|告诉)|请勿(?:将|向|泄露|转发|告诉)|感谢您(?:的|选择|使用)|期待(?:您的|
    您)|
    (?:この度|このたび)は[^。]{0,60}ありがとうございま|(?:株式会社|有限会社)[^。、]{1,20}の[^。、]{1,8}です|
    (?:[^。！？\n]{0,16}[、，])?(?:お元気|元気)(?:です|でし|にして|だっ|？)|ご不明な?点|ご質問|お気軽に|(?:この|本|当)メール(?:は|に)|返信(?:しないで|できません)|心当たり|
    ご利用(?:いただき)?(?:ありがとう|いただき)|ありがとうございま|よろしくお願い|
    잘 지내|궁금한|문의(?:사항|하)|회신(?:하지|이)|(?:본|이) (?:메일|이메일)은|본인이 (?:아니|요청)|이용해 ?주셔서|
    감사(?:합니다|드립니다)|타인에게|
    أتمنى أن|آمل أن|كيف حالك|لا تتردد|إذا كان لديك (?:أي )?|يرجى عدم الرد|هذه (?:رسالة|الرسالة)|هذا البريد|
    لا تشارك|شكر[اًا]+ (?:ل|على)|اشتقت|מה (?:שלומך|שלומכם|נשמע|קורה)
""")

# "If you did not ask for this": for whom it was not meant. "If you have not paid yet" is news.
_IF_IT_WAS_NOT_YOU = any_phrase(r"""
    if (?:you|this|it) (?:did not|didn't|have not|haven't|was not|wasn't|weren't|
    were not)\b[^.!?,]{0,40}?\b(?:request|
    sign(?:ed)? (?:up|in)|regist|ma[dk]e (?:this|that|these|the)|initiat|ask|creat|attempt|try|tried|you\b|log|
    perform|
    author|expect|recogni|subscrib|plac|order(?:ed)? this|do (?:this|it|so)\b)|
    (?:wenn|falls|sollten) sie\b[^.!?,]{0,40}?\b(?:nicht|keine?)\b[^.!?,]{0,40}?(?:angeforder|angemeldet|registrier|
    durchgeführt|veranlasst|waren\b|gewesen|erhalten|empfänger|versucht|bestellt|beantragt|selbst)|
    si (?:vous|tu) n['’](?:êtes|avez|es|as)\b[^.!?,]{0,40}?(?:l['’]auteur|demand|effectu|initi|l['’]origine|inscri|
    destinataire|sollicit|reconn)|
    si (?:usted |tú )?no (?:ha|has|lo|la|fue|fuiste|solicit|reconoc|es)\b[^.!?,]{0,40}?(?:solicit|realiz|pedido|
    intent|
    sido|tú\b|usted\b|reconoc|destinatari)|
    se non (?:hai|sei|ha|è|l['’]hai)\b[^.!?,]{0,40}?(?:richiest|effettuat|stat[oa]|tu\b|registrat|riconosc|
    destinatari)|
    se (?:você )?não (?:foi|fez|solicit|reconhec|pediu|realizou|criou|é)|
    als (?:u|je) (?:dit|deze|niet|dat)\b[^.!?,]{0,40}?(?:aangevraagd|gedaan|bent\b|geprobeerd|verzoek|aangemeld)|
    jeśli (?:to )?nie (?:ty\b|prosi|zlec|rejestr|wykon|inicj|jesteś|był)|
    если (?:вы )?(?:это )?не (?:вы\b|запра|регистр|дела|соверш|отправ|подпис|созда|меня|пыта|знаете|оформ|выполн)|
    якщо (?:ви )?(?:це )?не (?:ви\b|запит|реєстр|роби|здійсн|надсил|підпис|створ|змін|намаг|викон)|
    (?:eğer )?(?:bu|siz)\b[^.!?,]{0,40}?(?:yapmad|istemed|değilse|talep etmed|başlatmad)|
    إذا لم (?:تطلب|تكن|تقم|تبدأ)
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
    terms (?:of (?:use|service)|and conditions|& conditions)|t&cs? apply|impressum|handelsregister|
    amtsgericht [^.!?]{2,30}?,? hr[ab]\b|registergericht|ust-?id|sitz der gesellschaft|registered (?:office|
    in (?:england|ireland|
    scotland))|company (?:no|number|registration)|vat (?:no|number|reg)|siret|r\.?c\.?s\.? |partita iva|p\.? ?iva|
    (?:this|the information in this|the contents of this) (?:e-?mail|message|
    communication)[^.!?]{0,60}?(?:confidential|privileged|intended (?:only|solely|for))|confidentiality notice|
    intended (?:recipient|only for|solely for)|virus-?free|antivir|consider the environment|
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
    \b(?:download|get) (?:the|our) app\b|you are (?:currently )?subscribed|
    caution: (?:this|external)|\[external\]|external (?:email|sender)|this (?:e?-?mail|message) (?:originated|
    came) from outside|you don't often get email|
    powered by|mailing address|google groups|to post to this group|listinfo|_{10}|
    begin pgp|end pgp
""")
# Small print when it stands alone, but people write sentences about them too.
_LOOSE_FOOTER = any_phrase(r"""
    amtsgericht|geschäftsführ|\bour address|postfach|p\.?o\.? box|disclaimer|app store|google play|mailing list
""")
_SENTENCE_WORDS = 8
_LABELLED = re.compile(r"\W{0,3}(?:[^\W\d]{1,16} ?){1,2}[:：] ?\S")  # "Where: Mill Street 5"
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


def is_filler(sentence: str) -> bool:
    """Say whether *sentence* is a courtesy or a standing phrase with no news in it."""
    head = sentence[:READ_CHARS].lstrip("-*•·> \"'“(").replace("’", "'")
    return _FILLER.match(head) is not None or _IF_IT_WAS_NOT_YOU.match(head) is not None


def is_footer(line: str) -> bool:
    """Say whether *line* belongs to the small print: unsubscribing, legal notes, the sender's address, apps."""
    if _URL_ONLY.match(line) or _PHONE_LINE.match(line) or _CONTACT_LINE.match(line):
        return True
    head = line[:READ_CHARS].replace("’", "'")
    if _FOOTER.search(head) is not None:
        return True
    if is_finished(line) and size(line) >= _SENTENCE_WORDS:  # "The parcel waits for you in Mill Street 5."
        return False
    is_address = len(line) < 120 and _ADDRESS.search(head) is not None and not _LABELLED.match(head)
    return is_address or _LOOSE_FOOTER.search(head) is not None


def is_noise(line: str) -> bool:
    """Say whether *line* has no words to read: separators, rows of numbers, header fields, who wrote what is quoted."""
    letters = sum(map(str.isalpha, line))
    if letters < 2 or letters * 3 < len(line.replace(" ", "")):
        return True
    return len(line) < 200 and (_HEADER_LINE.match(line) is not None or _FRAME.match(line) is not None)
