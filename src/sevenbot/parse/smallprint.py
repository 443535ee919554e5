"""
What companies put around every mail: a banner above that it came from outside, a disclaimer below.

A paragraph is small print when it speaks of the mail itself in the words of small print; tables by language, of what
such paragraphs say everywhere. Disclaimers are cut from the end only, banners from the top only.
"""

from __future__ import annotations

import re

# Banners are two or three lines, wrapped to six; they stand within the first lines.
_BANNER_LINES = 8
_BANNER_CHARS = 600
# Law firms need a page.
_DISCLAIMER_LINES = 40
_PARAGRAPH_CHARS = 4_000
# A tag, what explains it, and a filter's marks around both.
_MAX_BANNERS = 4

_EXTERNAL = (
    r"external|extern\w*|outside|untrusted|außerhalb|extérieur\w*|fuera de|estern[oa]|dall['’]esterno"
    r"|fora d[aoe]|buiten"
    r"|spoza|zewnętrzn\w+|внешн\w+|извне|за пределами|зовнішн\w+|ззовні|поза межами|dışından|dışı\b"
    r"|harici|外部|組織外|社外"
    r"|외부|خارج\w*"
)
_MAIL = (
    r"e-?mails?|mail|message|sender|source|nachricht|absender|courriel|expéditeur|correo|mensaje|remitente|messaggio"
    r"|mittente|posta|mensagem|remetente|bericht|afzender|wiadomość|nadawc\w+|poczt\w+|письмо|сообщение|почт\w"
    r"|отправител\w+"
    r"|лист|повідомлення|пошт\w|відправник\w*|e-?posta|ileti|mesaj|gönderen\w*|邮件|郵件|发件人"
    r"|寄件者|メール|送信者|差出人|메일"
    r"|메시지|발신자|بريد|البريد|رسالة|الرسالة|المرسل"
)
_BEWARE = (
    r"caution|warning|attention|be careful|click|links?\b|attachments?|learn why|not previously|achtung"
    r"|vorsicht|warnung"
    r"|anhänge|prudence|pièces jointes|liens|precaución|atención|aviso|advertencia|enlaces|adjuntos|attenzione"
    r"|allegati"
    r"|atenção|cuidado|anexos|let op|waarschuwing|voorzichtig|bijlagen|uwaga|ostrożn\w+|załącznik\w*|внимание"
    r"|осторожн\w+"
    r"|вложени\w+|увага|обережн\w+|вкладен\w+|dikkat|uyarı|ekler\w*|bağlantı\w*|注意|警告|谨慎|链接"
    r"|連結|附件|リンク|添付|주의"
    r"|경고|링크|첨부|تحذير|تنبيه|احذر|المرفقات|الروابط"
)
_SAYS_EXTERNAL = re.compile(
    rf"(?:{_MAIL})[^.!?。]{{0,60}}?(?:{_EXTERNAL})|(?:{_EXTERNAL})[^.!?。]{{0,90}}?(?:{_MAIL})"
    r"|not previously corresponded",
    re.IGNORECASE,
)
_MAY_BE_EXTERNAL = re.compile(rf"{_EXTERNAL}|not previously corresponded", re.IGNORECASE)
_SAYS_BEWARE = re.compile(_BEWARE, re.IGNORECASE)
# A tag alone on its line: in brackets, of two words, or shouted; and the marks of a filter around its banner.
_TAG = re.compile(
    rf"\W{{0,6}}(?:[\[(*<{{]\s?(?i:.{{0,20}}\b(?:ext|non-\w+|{_EXTERNAL})\b.{{0,20}}?)\s?[\])*>}}]|EXTERNAL"
    rf"|EXTERN|EXT"
    rf"|(?i:{_EXTERNAL}) ?(?i:{_MAIL})|ZjQcmQRYFpfptBanner(?:Start|End))\W{{0,6}}"
)
# Said without a warning.
_TELLS = re.compile(
    r"\W{0,6}(?:this (?:e-?mail|message) (?:is|was|came|comes|originated|was sent|has been sent) from (?:an? |the )?"
    r"(?:external|outside|untrusted)\b"
    # Outlook's tip on a sender who is new to the reader
    r"|(?:some people who received this message |you )?(?:don['’]t often get e-?mail from"
    r"|sie erhalten nicht (?:oft|häufig) e-?mails? von|vous n['’](?:obtenez|recevez) pas souvent d['’]e-?mail"
    r"|no suele recibir correos? electrónicos? de|non (?:ricevi|si ricevono) spesso (?:messaggi )?(?:di posta"
    r"|e-?mail)"
    r"|(?:você )?não (?:costuma receber|recebe com frequência) e-?mails? de|u ontvangt niet vaak e-?mail van"
    r"|nie otrzymujesz często wiadomości|вы не часто получаете|ви не часто отримуєте"
    r"|.{3,80}sık sık e-?posta almıyorsunuz))",
    re.IGNORECASE,
)
_TAG_CHARS = 60
_LEGAL_CHARS = 300
_SENTENCE_END = re.compile(r"[.!。！\]*>:=_-]\W{0,3}\Z")


def without_banner(lines: list[str]) -> list[str]:
    """Return the lines without a banner at their top."""
    begin = 0
    for _ in range(_MAX_BANNERS):
        while begin < len(lines) and not lines[begin].strip(" \t\xa0"):
            begin += 1
        length = _banner_length(lines[begin : begin + _BANNER_LINES])
        if not length:
            break
        begin += length
    return lines[begin:] if any(line.strip() for line in lines[begin:]) else lines


def _banner_length(lines: list[str]) -> int:
    """Return how many of the first lines are a banner."""
    if lines and (_TELLS.match(lines[0][:200]) or (len(lines[0]) < _TAG_CHARS and _TAG.fullmatch(lines[0]))):
        return 1 + _more_of_it(lines[1:])
    if not _MAY_BE_EXTERNAL.search("\n".join(line[:_BANNER_CHARS] for line in lines)):
        return 0
    joined = ""
    for count, line in enumerate(lines, 1):
        if not line.strip():
            return 0
        joined = f"{joined} {line}"[:_BANNER_CHARS]
        ended = count == len(lines) or not lines[count].strip() or _SENTENCE_END.search(line)
        if ended and _SAYS_EXTERNAL.search(joined) and _SAYS_BEWARE.search(joined):
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
    r"|destinat[aá]ri|geadresseerde|ontvanger|adresat|odbiorc|адресат|получател|одержувач|отримувач|alıcı|muhatab"
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
    r"|geschäftsführe?r?(?:in|ung)?:|registergericht|please consider the environment|(?:think )?before (?:you )?print"
    r"|bitte prüfen sie.{0,40}ausdruck|pensez à l['’]environnement|this (?:e-?mail|message) (?:has been"
    r"|was) (?:scanned|checked)"
    r"|report this (?:e-?mail|message) as spam|virus-?free|virenfrei|sans virus|libre de virus|avast|antivirus)",
    re.IGNORECASE,
)


def disclaimer_start(lines: list[str], end: int) -> int:
    """Return where the paragraph of small print that ends before *end* begins; 0 when it is other words."""
    begin = end
    while begin and lines[begin - 1].strip() and end - begin < _DISCLAIMER_LINES:
        begin -= 1
    return begin if begin and _is_disclaimer(" ".join(lines[begin:end])[:_PARAGRAPH_CHARS]) else 0


def _is_disclaimer(paragraph: str) -> bool:
    if _ONE_PERSON.search(paragraph):
        return False
    if len(paragraph) < _LEGAL_CHARS and _LEGAL.search(paragraph):
        return True
    said = [bool(said.search(paragraph)) for said in (_CONFIDENTIAL, _ADDRESSEE, _MISTAKE)]
    return sum(said) >= 2 and bool(_SPEAKS_OF_ITSELF.search(paragraph))


_SPEAKS_OF_ITSELF = re.compile(
    r"(?:\b(?:this|the|diese[rs]?|ce|cet|cette|est[ae]|quest[ao]|dit|deze|ta|tej|это|эта|данное|це|цей|bu|detta|denne"
    rf"|tato|tämä|ez az)\b|[本此该이본]|この|هذ[ها]).{{0,30}}?(?:{_MAIL})|\b(?:this|the) (?:information"
    rf"|communication|content"
    r"|transmission)|die information\w*|les informations|la información|le informazioni|as informações|de informatie"
    r"|informacje|информаци|інформаці|disclaimer",
    re.IGNORECASE,
)
# A disclaimer says "we", if anything.
_ONE_PERSON = re.compile(r"\b(?:I|I['’]m|my|me|ich|mir|mich|je|yo|io|ik|я|мне|мені)\b")
