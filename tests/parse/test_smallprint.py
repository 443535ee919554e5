import pytest
from hypothesis import given
from hypothesis import strategies as st
from quality.decorated import decorate
from quality.trimmings import TRIMMINGS, Trimmings

from sevenbot.parse import quotes


@pytest.mark.parametrize("trimmings", TRIMMINGS, ids=lambda each: each.language)
def test_banner_signature_and_disclaimer_are_not_new(trimmings: Trimmings) -> None:
    newest = quotes.latest(decorate(trimmings.body, trimmings))

    name = 2 if trimmings.language == "zh" else 1  # 此致 and 敬礼 are two lines
    kept = "\n".join(trimmings.signature.split("\n")[: name + 1])
    assert newest == f"{trimmings.body}\n\n{kept}"


@pytest.mark.parametrize(
    "banner",
    [
        "[EXTERNAL]",
        "EXTERNAL EMAIL",
        "[External Sender]\n",
        "EXTERNAL: Do not click links or open attachments if you do not recognize the sender.",
        "You don't often get email from sam@example.com. Learn why this is important<https://aka.example/x>",
        "CAUTION: This email originated from outside your organization. Exercise caution when\nopening attachments or clicking links, especially from unknown senders.\n",
        "[EXT]\nThis message came from outside the company.\nDo not click links or open attachments.",
        "*** This is an EXTERNAL email. Exercise caution. DO NOT open attachments or click links. ***",
        "-------- EXTERNAL EMAIL - Be careful with links and attachments from this sender --------",
        "Externe E-Mail: Bitte keine Links oder Anhänge öffnen, wenn der Absender unbekannt ist.",
        "Vous n'obtenez pas souvent d'e-mail à partir de sam@example.com. Découvrez pourquoi cela est important",
        "Sie erhalten nicht häufig E-Mails von sam@example.com. Erfahren Sie, warum dies wichtig ist",
        "⚠ External sender. Do not open attachments or click links unless you trust the source.",
        "[CAUTION: Non-UBC Email]",
        "WARNING: This message originated outside of Example Corp. DO NOT CLICK links or attachments unless you recognize the sender and know the content is safe.",
        "This message was sent from outside the company. Please do not click links or open attachments unless you recognise the source of this email and know the content is safe.",
        "EXTERNAL EMAIL: Use caution when opening links or attachments.",
        "Think before you click: this email came from an external sender.",
        "ZjQcmQRYFpfptBannerStart\nThis Message Is From an External Sender\nThis message came from outside your organization.\nZjQcmQRYFpfptBannerEnd",
        "This Message Is From an Untrusted Sender\nYou have not previously corresponded with this sender.",
        "*** EXTERNAL ***",
        "[External Email]",
        "EXT:",
        "Vorsicht: Externe E-Mail! Öffnen Sie Anhänge und Links nur, wenn Sie dem Absender vertrauen.",
        "Diese Nachricht kommt von außerhalb der Organisation. Bitte klicken Sie nicht auf Links.",
        "Courriel externe : faites preuve de prudence avant d'ouvrir les pièces jointes ou de cliquer sur les liens.",
        "AVISO: Este mensaje se envió desde fuera de la empresa. No abra enlaces ni adjuntos de remitentes desconocidos.",
        "Mail esterna: prestare attenzione a link e allegati.",
        "E-mail externo: cuidado com links e anexos de remetentes desconhecidos.",
        "Externe e-mail: wees voorzichtig met links en bijlagen.",
        "Wiadomość zewnętrzna. Zachowaj ostrożność przy otwieraniu załączników i linków.",
        "Внешняя почта: будьте осторожны с вложениями и ссылками от неизвестных отправителей.",
        "Зовнішня пошта: будьте обережні з вкладеннями та посиланнями.",
        "Kurum dışı e-posta: bağlantılara ve eklere dikkat edin.",
        "【外部邮件】请谨慎点击链接和附件。",
        "【社外メール】リンクや添付ファイルにご注意ください。",
        "[외부 메일] 링크나 첨부 파일을 열 때 주의하세요.",
        "تنبيه: بريد خارجي. احذر من الروابط والمرفقات.",
        "No suele recibir correos electrónicos de sam@example.com. Descubra por qué esto es importante",
    ],
)
def test_banner_above_is_not_new(banner: str) -> None:
    assert quotes.latest(f"{banner}\nYes, at noon.\nSam") == "Yes, at noon.\nSam"
    assert quotes.latest(f"{banner}\n\nYes, at noon.\nSam") == "Yes, at noon.\nSam"


@pytest.mark.parametrize(
    "disclaimer",
    [
        "CONFIDENTIALITY NOTICE: The information in this email is privileged and for the addressee only.",
        "This email and its attachments may be confidential and are intended solely for the use of the individual to whom it is addressed. If you have received it in error, please contact the sender.",
        "The information contained in this communication is confidential. If you are not the intended recipient, any disclosure is prohibited.",
        "Please consider the environment before printing this email.",
        "Harrow Ltd. Registered office: 12 Harrow Road, London. Registered in England No. 1234567",
        "Harrow GmbH, Sitz: Berlin, Amtsgericht Charlottenburg HRB 12345, Geschäftsführer: Paul Fink",
        "This email has been scanned for viruses by Example.",
        "Der Inhalt dieser E-Mail ist vertraulich und ausschließlich für den bezeichneten Adressaten bestimmt.",
        "Le contenu de cet e-mail est confidentiel. Si vous n'en êtes pas le destinataire, détruisez-le.",
        "La información contenida en este correo es confidencial y para uso exclusivo del destinatario.",
        "Le informazioni contenute in questo messaggio sono riservate ai soli destinatari.",
        "The content of this message is confidential. If you have received it by mistake, please inform us by an email reply and then delete the message. It is forbidden to copy, forward, or in any way reveal the contents of this message to anyone.",
        "This e-mail (including attachments) is intended only for the use of the individual or entity named above and may contain privileged information.",
        "NOTICE: This communication may contain privileged or other confidential information. If you have received it in error, please advise the sender by reply email and immediately delete the message and any attachments without copying or disclosing the contents.",
        "Harrow LLP is a limited liability partnership registered in England and Wales with registered number OC123456.",
        "Click here to report this email as spam.",
        "Diese E-Mail kann vertrauliche und/oder rechtlich geschützte Informationen enthalten. Falls Sie nicht der angegebene Empfänger sind, ist jede Veröffentlichung untersagt.",
        "Diese Nachricht ist nur für den Adressaten bestimmt. Sollten Sie sie irrtümlich erhalten haben, löschen Sie sie bitte.",
        "Ce courriel peut contenir des renseignements confidentiels. Si vous n'êtes pas le destinataire visé, veuillez le supprimer.",
        "Aviso legal: este correo electrónico contiene información confidencial destinada únicamente a su destinatario.",
        "Ai sensi del Regolamento UE 2016/679 le informazioni contenute in questo messaggio sono riservate e ad uso esclusivo del destinatario.",
        "Esta mensagem pode conter informação confidencial ou privilegiada. Se não é o destinatário, elimine-a.",
        "De informatie in dit e-mailbericht is vertrouwelijk en uitsluitend bestemd voor de geadresseerde.",
        "Treść tej wiadomości zawiera informacje poufne przeznaczone tylko dla adresata. W przypadku omyłkowego otrzymania prosimy o powiadomienie nadawcy.",
        "Данное сообщение содержит конфиденциальную информацию, предназначенную только для адресата.",
        "Цей лист містить конфіденційну інформацію, призначену лише для адресата. Якщо ви отримали його помилково, видаліть його.",
        "Bu e-posta mesajı kişiye özel olup gizli bilgiler içerebilir. Eğer bu mesajın alıcısı değilseniz lütfen siliniz.",
        "本邮件及附件含有保密信息，仅限于收件人使用。禁止任何其他人以任何形式使用。",
        "このメールは機密情報を含んでいる場合があります。誤って受信された場合は破棄してください。",
        "본 메일은 지정된 수신인만을 위한 것이며 기밀 정보를 포함하고 있을 수 있습니다. 잘못 수신된 경우 삭제해 주십시오.",
        "هذه الرسالة سرية ومخصصة للمرسل إليه فقط. إذا وصلتك بالخطأ فيرجى حذفها.",
        "Before printing, think about the environment.",
        "This message has been scanned for viruses and dangerous content by MailScanner, and is believed to be clean.",
        "Virus-free. www.avast.com",
        "Diese E-Mail wurde von Avast-Antivirussoftware auf Viren geprüft.",
    ],
)
def test_disclaimer_below_is_not_new(disclaimer: str) -> None:
    assert quotes.latest(f"Yes, at noon.\nSam\n\n{disclaimer}") == "Yes, at noon.\nSam"
    assert quotes.latest(f"Yes, at noon.\nSam\n\n-----\n{disclaimer}\n\n{disclaimer}") == "Yes, at noon.\nSam"


@pytest.mark.parametrize(
    "text",
    [
        "This email is confidential, so please keep what you, the recipient, read in it to yourself: we sell.",
        "Warning: the external contractor comes at nine.\nKeep the door closed.",
        "Hello,\n\nthe sender of the parcel is external to us.\n\nAnn",
        "Hello,\n\nplease delete the confidential list, I sent it in error.\n\nAnn",
        "External\nmemory is full.",
        "Attention: the external audit starts on Monday. Please send the mail list and the attachments.\n\nAnn",
        "Hello,\n\nI sent you this message in error, please delete the confidential list in it.",
        "Hello,\n\nplease note that our offices are closed on Sundays.",
        "The outside wall is wet.\n\nPlease bring the ladder.",
    ],
)
def test_own_words_about_mail_stay(text: str) -> None:
    assert quotes.latest(text) == text


@given(
    st.lists(st.sampled_from(["this email", "external", "caution links", "confidential", "recipient", "", "-", "yes."]))
)
def test_something_is_always_left_property(lines: list[str]) -> None:
    text = "\n".join(lines)

    assert bool(quotes.latest(text).strip()) == bool(text.strip())
