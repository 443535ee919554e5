"""
What mail programs and companies put around a mail, by language, written for this purpose; and a small mail for each.

    banner        a warning above the text that the mail comes from outside
    body          what the writer wrote
    signature     below it, without the standard mark "-- "
    disclaimer    below that
    attribution   the line between the mail and what it answers
    quoted        what it answers
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Trimmings:
    """The texts of one language; all but `body` are not the writer's words."""

    language: str
    banner: str
    body: str
    signature: str
    disclaimer: str
    attribution: str
    quoted: str


TRIMMINGS = (
    Trimmings(
        "en",
        "CAUTION: This email originated from outside of the organization. Do not click links or open attachments "
        "unless you recognize the sender and know the content is safe.",
        "The boiler was repaired this morning and holds its pressure. Please leave it on low until Thursday, when the "
        "fitter comes back for the second valve. He needs the key to the cellar.",
        "Kind regards,\nPaula Finch\nFacility Manager | Harrow Estates Ltd\nT: +44 20 7946 0123\nwww.harrow.example",
        "This e-mail and any attachments are confidential and intended solely for the addressee. If you are not the "
        "intended recipient, please notify the sender and delete this message.",
        "On Mon, 2 Nov 2026 at 09:14, Tom Reed <tom.reed@example.org> wrote:",
        "Is there any news about the heating? The tenants on the second floor have been asking since Friday.",
    ),
    Trimmings(
        "de",
        "ACHTUNG: Diese E-Mail stammt von einem externen Absender. Klicken Sie nicht auf Links und öffnen Sie keine "
        "Anhänge, wenn Sie den Absender nicht kennen.",
        "Der Kessel wurde heute Morgen repariert und hält den Druck. Bitte lassen Sie ihn bis Donnerstag auf niedriger "
        "Stufe laufen, dann kommt der Monteur wegen des zweiten Ventils. Er braucht den Kellerschlüssel.",
        "Mit freundlichen Grüßen\nPaula Fink\nHausverwaltung Harrow GmbH\nTel.: +49 30 901820\nwww.harrow.example",
        "Diese E-Mail enthält vertrauliche Informationen und ist nur für den Empfänger bestimmt. Wenn Sie nicht der "
        "richtige Adressat sind, informieren Sie bitte den Absender und vernichten Sie diese E-Mail.",
        "Am Mo., 2. Nov. 2026 um 09:14 Uhr schrieb Tom Reed <tom.reed@example.org>:",
        "Gibt es Neuigkeiten zur Heizung? Die Mieter im zweiten Stock fragen seit Freitag.",
    ),
    Trimmings(
        "fr",
        "ATTENTION : Cet e-mail provient de l'extérieur de l'organisation. Ne cliquez pas sur les liens et n'ouvrez "
        "pas les pièces jointes si vous ne connaissez pas l'expéditeur.",
        "La chaudière a été réparée ce matin et garde sa pression. Laissez-la au minimum jusqu'à jeudi, le technicien "
        "revient pour la deuxième vanne. Il lui faut la clé de la cave.",
        "Cordialement,\nPaule Finet\nGestionnaire d'immeubles\nTél. : +33 1 99 00 12 34\nwww.harrow.example",
        "Ce message et toutes les pièces jointes sont confidentiels et établis à l'intention exclusive de leurs "
        "destinataires. Si vous recevez ce message par erreur, merci de le détruire et d'en avertir l'expéditeur.",
        "Le lun. 2 nov. 2026 à 09:14, Tom Reed <tom.reed@example.org> a écrit :",
        "Avez-vous des nouvelles du chauffage ? Les locataires du deuxième étage le demandent depuis vendredi.",
    ),
    Trimmings(
        "es",
        "PRECAUCIÓN: Este correo electrónico procede de fuera de la organización. No haga clic en enlaces ni abra "
        "archivos adjuntos si no reconoce al remitente.",
        "La caldera se reparó esta mañana y mantiene la presión. Déjela al mínimo hasta el jueves, cuando vuelve el "
        "técnico para cambiar la segunda válvula. Necesita la llave del sótano.",
        "Un saludo,\nPaula Finca\nAdministradora de fincas\nTel.: +34 910 123 456\nwww.harrow.example",
        "Este mensaje y sus archivos adjuntos son confidenciales y se dirigen exclusivamente a su destinatario. Si lo "
        "ha recibido por error, le rogamos que lo comunique al remitente y lo elimine.",
        "El lun, 2 nov 2026 a las 9:14, Tom Reed (<tom.reed@example.org>) escribió:",
        "¿Hay novedades de la calefacción? Los inquilinos del segundo piso preguntan desde el viernes.",
    ),
    Trimmings(
        "it",
        "ATTENZIONE: Questa e-mail proviene dall'esterno dell'organizzazione. Non cliccare su link e non aprire "
        "allegati se non si conosce il mittente.",
        "La caldaia è stata riparata stamattina e tiene la pressione. Lasciatela al minimo fino a giovedì, quando il "
        "tecnico torna per la seconda valvola. Gli serve la chiave della cantina.",
        "Cordiali saluti\nPaola Fini\nAmministratrice di condominio\nTel. +39 06 9012 3456\nwww.harrow.example",
        "Questo messaggio e i suoi allegati sono riservati e destinati esclusivamente al destinatario. Se avete "
        "ricevuto questo messaggio per errore, vi preghiamo di avvisare il mittente e di cancellarlo.",
        "Il giorno lun 2 nov 2026 alle ore 09:14 Tom Reed <tom.reed@example.org> ha scritto:",
        "Ci sono novità sul riscaldamento? Gli inquilini del secondo piano lo chiedono da venerdì.",
    ),
    Trimmings(
        "pt",
        "ATENÇÃO: Este e-mail teve origem fora da organização. Não clique em links nem abra anexos, a menos que "
        "reconheça o remetente.",
        "A caldeira foi reparada esta manhã e mantém a pressão. Deixe-a no mínimo até quinta-feira, quando o técnico "
        "volta para a segunda válvula. Ele precisa da chave da cave.",
        "Atenciosamente,\nPaula Finco\nGestora de imóveis\nTel.: +351 21 000 1234\nwww.harrow.example",
        "Esta mensagem e os seus anexos são confidenciais e destinam-se exclusivamente ao destinatário. Se recebeu "
        "esta mensagem por engano, por favor avise o remetente e elimine-a.",
        "Em seg., 2 de nov. de 2026 às 09:14, Tom Reed <tom.reed@example.org> escreveu:",
        "Há novidades sobre o aquecimento? Os inquilinos do segundo andar perguntam desde sexta-feira.",
    ),
    Trimmings(
        "nl",
        "LET OP: Deze e-mail is afkomstig van buiten de organisatie. Klik niet op links en open geen bijlagen tenzij "
        "u de afzender kent.",
        "De ketel is vanmorgen gerepareerd en houdt de druk vast. Laat hem tot donderdag op laag staan, dan komt de "
        "monteur terug voor het tweede ventiel. Hij heeft de keldersleutel nodig.",
        "Met vriendelijke groet,\nPaula Vink\nBeheerder\nT +31 20 555 0123\nwww.harrow.example",
        "Dit bericht en eventuele bijlagen zijn vertrouwelijk en uitsluitend bestemd voor de geadresseerde. Als u dit "
        "bericht per abuis heeft ontvangen, verzoeken wij u de afzender te informeren en het bericht te verwijderen.",
        "Op ma 2 nov 2026 om 09:14 schreef Tom Reed <tom.reed@example.org>:",
        "Is er nieuws over de verwarming? De huurders op de tweede verdieping vragen er al sinds vrijdag naar.",
    ),
    Trimmings(
        "pl",
        "UWAGA: Ta wiadomość pochodzi spoza organizacji. Nie klikaj linków i nie otwieraj załączników, jeśli nie "
        "znasz nadawcy.",
        "Kocioł został dziś rano naprawiony i trzyma ciśnienie. Proszę zostawić go na niskim biegu do czwartku, kiedy "
        "monter wróci wymienić drugi zawór. Potrzebuje klucza do piwnicy.",
        "Z poważaniem\nPaulina Zięba\nZarządca nieruchomości\ntel. +48 22 123 45 67\nwww.harrow.example",
        "Ta wiadomość i jej załączniki są poufne i przeznaczone wyłącznie dla adresata. Jeżeli nie są Państwo "
        "adresatem, prosimy o powiadomienie nadawcy i usunięcie wiadomości.",
        "pon., 2 lis 2026 o 09:14 Tom Reed <tom.reed@example.org> napisał(a):",
        "Czy są jakieś wieści o ogrzewaniu? Lokatorzy z drugiego piętra pytają od piątku.",
    ),
    Trimmings(
        "ru",
        "ВНИМАНИЕ: Это письмо получено от внешнего отправителя. Не переходите по ссылкам и не открывайте вложения, "
        "если вы не знаете отправителя.",
        "Котёл починили сегодня утром, давление держится. Оставьте его на минимуме до четверга, тогда мастер приедет "
        "менять второй клапан. Ему нужен ключ от подвала.",
        "С уважением,\nПолина Финкина\nУправляющая домом\nТел.: +7 495 123-45-67\nwww.harrow.example",
        "Это сообщение и вложения к нему являются конфиденциальными и предназначены только адресату. Если вы получили "
        "это сообщение по ошибке, уведомите отправителя и удалите его.",
        "пн, 2 нояб. 2026 г. в 09:14, Tom Reed <tom.reed@example.org>:",
        "Есть новости об отоплении? Жильцы второго этажа спрашивают с пятницы.",
    ),
    Trimmings(
        "uk",
        "УВАГА: Цей лист надійшов від зовнішнього відправника. Не переходьте за посиланнями і не відкривайте "
        "вкладення, якщо ви не знаєте відправника.",
        "Котел полагодили сьогодні вранці, тиск тримається. Залиште його на мінімумі до четверга, тоді майстер приїде "
        "міняти другий клапан. Йому потрібен ключ від підвалу.",
        "З повагою,\nПоліна Фінкіна\nУправителька будинку\nТел.: +380 44 123 45 67\nwww.harrow.example",
        "Це повідомлення та вкладення до нього є конфіденційними і призначені лише адресату. Якщо ви отримали це "
        "повідомлення помилково, повідомте відправника та видаліть його.",
        "пн, 2 лист. 2026 р. о 09:14 Tom Reed <tom.reed@example.org> пише:",
        "Чи є новини про опалення? Мешканці другого поверху питають з п'ятниці.",
    ),
    Trimmings(
        "tr",
        "DİKKAT: Bu e-posta kurum dışından gönderilmiştir. Göndereni tanımıyorsanız bağlantılara tıklamayın ve ekleri "
        "açmayın.",
        "Kazan bu sabah onarıldı ve basıncını koruyor. Perşembeye kadar düşükte bırakın, usta ikinci vana için tekrar "
        "gelecek. Bodrumun anahtarına ihtiyacı var.",
        "Saygılarımla,\nPelin Finci\nBina Yöneticisi\nTel: +90 212 123 45 67\nwww.harrow.example",
        "Bu e-posta ve ekleri gizlidir ve yalnızca alıcısına yöneliktir. Bu mesajı yanlışlıkla aldıysanız lütfen "
        "göndereni bilgilendirin ve mesajı silin.",
        "Tom Reed <tom.reed@example.org>, 2 Kas 2026 Pzt, 09:14 tarihinde şunu yazdı:",
        "Isıtma hakkında haber var mı? İkinci kattaki kiracılar cumadan beri soruyor.",
    ),
    Trimmings(
        "zh",
        "注意：此邮件来自外部发件人。除非您认识发件人，否则请勿点击链接或打开附件。",
        "锅炉今天上午已经修好，压力保持正常。请在星期四之前一直开在低档，届时师傅会再来更换第二个阀门。他需要地下室的钥匙。",
        "此致\n敬礼\n方宝莉\n物业经理\n电话：+86 10 1234 5678\nwww.harrow.example",
        "本邮件及其附件含有保密信息，仅供收件人使用。如果您误收了本邮件，请立即通知发件人并删除本邮件。",
        "Tom Reed <tom.reed@example.org> 于2026年11月2日周一 09:14写道：",
        "暖气有消息吗？二楼的租户从星期五起就一直在问。",
    ),
    Trimmings(
        "ja",
        "注意：このメールは組織外から送信されました。送信者に心当たりがない場合は、リンクをクリックしたり添付ファイルを開いたりしないでください。",
        "ボイラーは今朝修理が終わり、圧力も安定しています。木曜日に業者が二つ目のバルブの交換に来るまで、弱のままにしてください。地下室の鍵が必要だそうです。",
        "よろしくお願いいたします。\n藤井 波留\n管理部\nTEL: 03-1234-5678\nwww.harrow.example",
        "このメールおよび添付ファイルには機密情報が含まれており、宛先の方のみを対象としています。誤って受信された場合は、送信者に通知のうえ削除してください。",
        "2026年11月2日(月) 9:14 Tom Reed <tom.reed@example.org>:",
        "暖房について何か連絡はありましたか。二階の入居者が金曜日から問い合わせています。",
    ),
    Trimmings(
        "ko",
        "주의: 이 이메일은 조직 외부에서 발송되었습니다. "
        "발신자를 알지 못하는 경우 링크를 클릭하거나 첨부 파일을 열지 마십시오.",
        "보일러는 오늘 아침에 수리되었고 압력도 유지되고 있습니다. "
        "목요일에 기사가 두 번째 밸브를 교체하러 올 때까지 약하게 틀어 두세요. "
        "기사에게 지하실 열쇠가 필요합니다.",
        "감사합니다.\n방보라 드림\n시설 관리자\n전화: 02-1234-5678\nwww.harrow.example",
        "이 메일과 첨부 파일은 기밀 정보를 포함하고 있으며 지정된 수신인만을 위한 것입니다. "
        "잘못 수신하신 경우 발신자에게 알리고 삭제해 주시기 바랍니다.",
        "2026년 11월 2일 (월) 오전 9:14, Tom Reed <tom.reed@example.org>님이 작성:",
        "난방에 대한 소식이 있나요? 2층 세입자들이 금요일부터 묻고 있습니다.",
    ),
    Trimmings(
        "ar",
        "تحذير: وردت هذه الرسالة من خارج المؤسسة. لا تنقر على الروابط ولا تفتح المرفقات إلا إذا كنت تعرف المرسل.",
        "تم إصلاح الغلاية هذا الصباح وضغطها ثابت. يرجى تركها على الدرجة المنخفضة حتى يوم الخميس، حين يعود الفني لتبديل "
        "الصمام الثاني. وهو يحتاج إلى مفتاح القبو.",
        "مع أطيب التحيات،\nبولا فنش\nمديرة المرافق\nهاتف: +20 2 1234 5678\nwww.harrow.example",
        "هذه الرسالة ومرفقاتها سرية وموجهة إلى المرسل إليه فقط. إذا استلمت هذه الرسالة عن طريق الخطأ، يرجى إبلاغ "
        "المرسل وحذفها.",
        "في الاثنين، 2 نوفمبر 2026 في 9:14 ص تمت كتابة ما يلي بواسطة Tom Reed <tom.reed@example.org>:",
        "هل من أخبار عن التدفئة؟ يسأل مستأجرو الطابق الثاني منذ يوم الجمعة.",
    ),
)
