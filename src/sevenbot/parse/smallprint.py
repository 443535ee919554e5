"""
What companies put around every mail: a banner above that it came from outside, a disclaimer below.

A paragraph is small print when it speaks of the mail itself in the words of small print; tables by language, of what
such paragraphs say everywhere. Disclaimers are cut from the end only, banners from the top only.
"""

from __future__ import annotations

import re

# Banners are two or three lines, wrapped to six; they stand within the first lines.
_BANNER_LINES = 8
_PARAGRAPH_CHARS = 4_000
_MAX_PARAGRAPHS = 4

# A tag alone on its line: in brackets, or of two words, or shouted.
_EXTERNAL = r"external|extern(?:e|er)?|externo|externe|esterno|zewnętrzn\w+|внешн\w+|зовнішн\w+|外部|社外|외부"
_MAIL_WORD = r"e-?mail|mail|message|sender|nachricht|absender|письмо|отправитель|лист|відправник|邮件|郵件|メール|메일"
_TAG = re.compile(
    rf"\W{{0,6}}(?:[\[(*<{{]\s?(?i:ext|{_EXTERNAL})\s?[\])*>}}]|(?i:{_EXTERNAL}) ?(?i:{_MAIL_WORD})|EXTERNAL"
    rf"|EXTERN)\W{{0,6}}"
)
# Outlook's tip on a sender who is new to the reader.
_NEW_SENDER = re.compile(
    r"\W{0,3}(?:some people who received this message |you )?(?:don['’]t often get e-?mail from"
    r"|sie erhalten nicht (?:oft|häufig) e-?mails? von|vous n['’](?:obtenez|recevez) pas souvent d['’]e-?mail"
    r"|no suele recibir correos? electrónicos? de|non (?:ricevi|si ricevono) spesso (?:messaggi )?(?:di posta"
    r"|e-?mail)"
    r"|(?:você )?não (?:costuma receber|recebe com frequência) e-?mails? de|u ontvangt niet vaak e-?mail van"
    r"|nie otrzymujesz często wiadomości|вы не часто получаете|ви не часто отримуєте"
    r"|.{3,80}sık sık e-?posta almıyorsunuz)",
    re.IGNORECASE,
)
_MAIL = (
    rf"(?:this|the) (?:e-?mail|mail|message|sender)|sender|(?:{_EXTERNAL}) (?:{_MAIL_WORD})|diese[rs]? (?:e-?mail"
    rf"|mail|nachricht)|absender|(?:ce|cet|cette)"
    r" (?:e-?mail|courriel|message|courrier)|expéditeur|est[ea] (?:correo|e-?mail|mensaje|mensagem)|remitente"
    r"|remetente"
    r"|quest[ao] (?:e-?mail|messaggio)|mittente|dez?e? (?:e-?mail|mail)|dit bericht|afzender|ta wiadomość|nadawc\w+"
    r"|эт[оа] (?:письмо|сообщение)|отправител\w+|це[йя]? (?:лист|повідомлення)|відправник\w*|bu (?:e-?posta|ileti"
    r"|mesaj)"
    r"|gönderen\w*|此(?:封)?(?:邮件|郵件|电子邮件|電子郵件)|(?:该|本)邮件|发件人|寄件者|このメール|送信者|差出人"
    r"|이 (?:이메일|메일|메시지)"
    r"|발신자|보낸 사람|هذه الرسالة|هذا البريد|المرسل"
)
_OUTSIDE = (
    r"\bexternal\b|outside (?:of )?(?:the|your|our|this|\w+)\b|extern\w*|außerhalb|extérieur\w*|fuera de|externo"
    r"|esterno|dall['’]esterno|fora d\w|buiten|spoza|zewnętrzn\w+|внешн\w+|извне|за пределами|зовнішн\w+|ззовні"
    r"|поза межами"
    r"|dışından|dış kaynak\w*|harici|外部|組織外|社外|외부|خارج\w*"
)
_BEWARE = (
    r"caution|warning|attention|be careful|do not click|don['’]t click|links?\b|attachments?|learn why|achtung"
    r"|vorsicht"
    r"|warnung|anhänge|prudence|attention|pièces jointes|liens|precaución|atención|aviso|advertencia|enlaces|adjuntos"
    r"|attenzione|allegati|atenção|cuidado|anexos|let op|waarschuwing|bijlagen|uwaga|załącznik\w*|внимание|осторожно"
    r"|вложени\w+|увага|обережно|вкладен\w+|dikkat|uyarı|ekleri|bağlantı\w*|注意|警告|链接|連結|附件|リンク|添付"
    r"|주의|경고|링크"
    r"|첨부|تحذير|تنبيه|المرفقات|الروابط"
)
_SAYS_MAIL, _SAYS_OUTSIDE, _SAYS_BEWARE = (re.compile(text, re.IGNORECASE) for text in (_MAIL, _OUTSIDE, _BEWARE))
_SENTENCE_END = re.compile(r"[.!。！\]*>:=_-]\W{0,3}\Z")


def without_banner(lines: list[str]) -> list[str]:
    """Return the lines without a banner at their top."""
    begin = 0
    for _ in range(2):  # a tag, and a banner that explains it
        while begin < len(lines) and not lines[begin].strip(" \t\xa0"):
            begin += 1
        begin += _banner_length(lines[begin : begin + _BANNER_LINES])
    return lines[begin:] if any(line.strip() for line in lines[begin:]) else lines


def _banner_length(lines: list[str]) -> int:
    """Return how many of the first lines are a banner."""
    if lines and ((len(lines[0]) < 60 and _TAG.fullmatch(lines[0])) or _NEW_SENDER.match(lines[0][:200])):
        return 1
    joined = ""
    for count, line in enumerate(lines, 1):
        if not line.strip():
            return 0
        joined = f"{joined} {line}"[:_PARAGRAPH_CHARS]
        ended = count == len(lines) or not lines[count].strip() or _SENTENCE_END.search(line)
        if ended and all(said.search(joined) for said in (_SAYS_MAIL, _SAYS_OUTSIDE, _SAYS_BEWARE)):
            return count + _more_of_it(lines[count:])
    return 0


def _more_of_it(lines: list[str]) -> int:
    """Return how many lines directly below a banner go on warning."""
    count = 0
    while count < len(lines) and lines[count].strip() and len(_SAYS_BEWARE.findall(lines[count])) > 1:
        count += 1
    return count


# --- disclaimers ---

_CONFIDENTIAL = re.compile(
    r"confidential|privileged|vertraulich|confidentiel|confidencia|riservat|confidenziali|vertrouwelijk|poufn"
    r"|конфиденциальн"
    r"|конфіденційн|gizli|保密|机密|機密|秘密|기밀|비밀|سري|lagligt skyddad|fortrolig|luottamuksel|důvěrn"
    r"|intended (?:only|solely)"
    r"|ausschließlich für",
    re.IGNORECASE,
)
_ADDRESSEE = re.compile(
    r"intended (?:recipient|addressee|only|solely|for)|addressee|named recipient|recipient\(s\)|adressat|empfänger"
    r"|destinataire"
    r"|destinatari|geadresseerde|ontvanger|adresat|odbiorc|адресат|получател|одержувач|отримувач|alıcı|muhatab"
    r"|收件人|收件者|受信者|宛先"
    r"|수신인|수신자|المرسل إليه|mottagare|modtager|mottaker|vastaanottaj|příjemc|címzett",
    re.IGNORECASE,
)
_MISTAKE = re.compile(
    r"in error|by mistake|received this|not the (?:intended|named)|irrtümlich|nicht der (?:richtige|beabsichtigte"
    r"|vorgesehene)"
    r"|vernichten|löschen|par erreur|erreur|por error|por engano|por equivoc|per errore|per abuis|abusievelijk"
    r"|ten onrechte"
    r"|vergissing|omyłk|przez pomyłkę|nie są państwo|nie jest pan|по ошибке|ошибочно|помилково|yanlışlıkla|误收"
    r"|误发|錯誤|误|誤っ|誤"
    r"|잘못|عن طريق الخطأ|بالخطأ|av misstag|ved en fejl|ved en feil|omylem|virheellisesti|tévedésb|prohibited"
    r"|unauthori[sz]ed",
    re.IGNORECASE,
)
_LEGAL = re.compile(
    r"(?:registered (?:office|in england|company)|company (?:no|number|registration)|amtsgericht|handelsregister"
    r"|\bHRB \d"
    r"|geschäftsführe?r?(?:in|ung)?:|registergericht|please consider the environment|think before (?:you )?print"
    r"|bitte prüfen sie.{0,40}ausdruck|pensez à l['’]environnement|this e-?mail (?:has been|was) (?:scanned|checked)"
    r"|virus-?free|virenfrei|sans virus|libre de virus|avast|antivirus)",
    re.IGNORECASE,
)


def disclaimer_start(lines: list[str]) -> int:
    """Return where the paragraph of small print that ends *lines* begins; 0 when it ends in other words."""
    begin = len(lines)
    while begin and lines[begin - 1].strip() and len(lines) - begin < 40:
        begin -= 1
    paragraph = " ".join(lines[begin:])[:_PARAGRAPH_CHARS]
    return begin if begin and _is_disclaimer(paragraph) else 0


def _is_disclaimer(paragraph: str) -> bool:
    if len(paragraph) < 300 and _LEGAL.search(paragraph):
        return True
    said = [bool(said.search(paragraph)) for said in (_CONFIDENTIAL, _ADDRESSEE, _MISTAKE)]
    return sum(said) >= 2 and bool(_SPEAKS_OF_ITSELF.search(paragraph))


_SPEAKS_OF_ITSELF = re.compile(
    rf"{_MAIL}|(?:this|the) (?:information|communication|transmission)|disclaimer|this transmission"
    rf"|die information\w*"
    r"|les informations|la información|le informazioni|as informações|de informatie|informacje|информаци|інформаці"
    r"|bu (?:e-?posta|mesaj)|本(?:邮件|郵件|电子邮件|メール)|このメール|이 (?:메일|이메일|메시지)|wiadomość"
    r"|detta meddelande|denne (?:e-?mail|e-?post)"
    r"|tato zpráva|tämä viesti|ez az (?:e-?mail|üzenet)",
    re.IGNORECASE,
)
