"""The words by which machines, shops and lists give themselves away; `kind.py` says how they are used."""

from __future__ import annotations

import re

# Mailboxes that no person writes from.
_MACHINES = (
    r"(?:[\w-]+-)?no[-_.]?reply|do[-_.]?not[-_.]?reply|donotreply|noreply|nicht[-_.]?antworten|ne[-_.]?pas[-_.]?repondre"
    r"|notif\w*|alerts?|bildirim|benachrichtigung\w*|sicherheit|rappel|seguridad|sicurezza|avisos|beveiliging"
    r"|news(?:letter)?s?|mailer|automated|auto|system|robot|bot|nobody|verif\w*|cron|root|ci|builds?|reminders?|renewals?"
    r"|recordatorios?|erinnerung\w*|digests?|mailings?|voice-?mail|monitor\w*|status|uptime|watch|tracking|jira|git(?:hub|lab)?"
    r"|grafana|prometheus|nagios|zabbix|icinga|wordpress|nextcloud|jenkins|bugzilla\w*|gerrit|redmine"
)
MACHINE = re.compile(rf"^(?:{_MACHINES})\b", re.IGNORECASE)
# Those, and mailboxes that are an office's: a person may answer from them.
NO_REPLY = re.compile(
    rf"^(?:{_MACHINES}"
    r"|info|support|service|billing|invoices?|rechnung|orders?|shop|bestellung|receipts?|account(?:s|-security)?"
    r"|security|payments?|welcome|hello|team|updates?|mail|appointments?|bookings?|reservations?|tickets?"
    r"|statements?|subscriptions?|termine|buchung(?:en)?|reservas?|reservierung\w*|prenotazioni|rezerwacje"
    r"|zamowienia|commandes?|pedidos?|ordini|encomendas?|bestellungen|bestelling\w*|factur\w+|fatture|faktury"
    r"|envios?|versand|lieferung|shipments?|shipping|deliver\w+|donations?|spenden?|policy|polic(?:ies|en)"
    r"|calendar|cloud|(?:\w+-)?portal|check-?in|feedback|circulation|(?:it-?)?(?:service|help)-?desk"
    r"|kunden(?:service|dienst)|serviceclient|klantenservice|assistenza|atencion\w*|soporte|track|bills?|stay"
    r"|dispatch|guard|auth|store|checkout|returns?|refunds?|claims?|payroll|pay|billet\w*|bilhetes?|bilety?"
    r"|biglietti|biljett\w*|ordre|lasku\w*|tilaus\w*|siparis|fatura\w*|rezervasyon|objednavky|jegy|szamla"
    r"|comenzi|zakaz\w*|poruchk\w*|narudzbe|racuni|smetka|rekening|confirm\w*|member\w*|customer\w*|offers?"
    r"|deals?|promo\w*|marketing|admin|contact|kontakt|contatti|contacto|contato|office|biuro|buero|poststelle"
    r"|post|bureau|kanzlei|praxis|segreteria|secretaria|secretariat|sekretariat|hr|it|client\w*|klient\w*|hilfe"
    r"|help|ayuda|aide|ajuda|pomoc|yardim|destek|konto|conta|cuenta|compte|hesap|ucet|login|signin|entrar"
    r"|inlog\w*|giris|token|tan|pin|id|app|web|portal|citas?|agendamentos?|termin\w*|afspra\w+|wizyty|randevu"
    r"|yoyaku|yuyue|seikyu|haitatsu|trips?|rides?|sales|verkauf|ventas|ventes|vendas|vendite|sprzedaz|satis"
    r"|boletin|novedades|nyhetsbrev|nieuwsbrief|bollette|recibos?|pagos?|pagamentos?|paiements?|betalingen"
    r"|platnosci|odeme|library|bibliothe\w+|biblioteca\w*|parking|insurance|versicherung|energie|energia"
    r"|kundtjanst|asiakaspalvelu|kundeservice|zakaznik\w*|ugyfel\w*|logistik|livraison|consegn\w+|entregas?"
    r"|bezorg\w+|dostawa|kargo|leverans"
    r")\b",
    re.IGNORECASE,
)
# What a firm's, a shop's or an office's name has in it, and no person's.
ORGANISATION = re.compile(
    r"\b(?:gmbh|a\.?g|e\.?v|k\.?g|ltd|limited|inc|llc|plc|corp|s\.?a|s\.?r\.?l|s\.?l|s\.?p\.?a|b\.?v|n\.?v"
    r"|s\.?r\.?o|d\.?o\.?o|a\.?s|sp\. z o|oy|ab|aps|kft|bank\w*|banco|banque|banca|credit|crédit|savings|insurance"
    r"|versicherung\w*|assurances?|seguros|assicurazioni|verzekering\w*|ubezpieczenia|sigorta|energy|energie\w*"
    r"|energ[ií]a|stadtwerke|\w+verband|water|telecom|mobile|telekom|airlines?|airways|air|rail(?:ways?)?|trains?"
    r"|trenes|treni|ferrovie|bahn|travel|viajes|voyages|viaggi|viagens|reisen|reizen|express|hotel|hostel|hôtel"
    r"|clinic|clínica|clinica|clinique|klinik\w*|kliniek|hospital|krankenhaus|pharmacy|apotheke|farm[aá]cia\w*"
    r"|shop|store|market|tienda|boutique|negozio|loja|winkel|sklep|mağaza|kauppa|butik|library|bibliot\w+"
    r"|médiathèque|university|universidad|università|université|universität|uczelnia|council|gemeinde|gemeente"
    r"|comune|mairie|ayuntamiento|alcaldía|câmara|urząd|belediye\w*|kommun\w*|amt|finanzamt|ministry|ministerio"
    r"|impôts|agency|agentur|agence|online|services?|support|billing|accounts?|team|portal|cloud|hosting|club"
    r"|forum|games|cinema|kino|theater|théâtre|teatro|museum|parcels?|colis|paket\w*|correos|poste|poczta|delivery"
    r"|kundenservice|customer|newsletter)(?!\w)|банк|бібліотек|библиотек|магазин|почта|служба|сервис|поликлиника"
    r"|клиника|больница|билет\w*|доставка|форум|аптека|страхов|такси|пошта|крамниця|τράπεζα|ταξίδια|κατάστημα"
    r"|δήμος|νοσοκομείο|بنك|متجر|مستشفى|شركة|בנק|חברת|חנות|מרפאה|עיריית|बैंक|दुकान|अस्पताल|रेल|टिकट|銀行|银行|会社"
    r"|公司|商城|商店|商事|医院|病院|電力|电力|航空|鉄道|铁路|保险|保険|大学|市役所|郵便|快递|物流|電信|电信|旅行"
    r"|図書館|图书馆|薬局|药店|书店|書店|网|ショップ|ストア|サービス|사무국|은행|항공|택배|도서관|병원|상점|쇼핑"
    r"|카드|보험|고객센터|ธนาคาร|ร้าน|การไฟฟ้า|การประปา|ngân hàng|điện lực|cửa hàng|bệnh viện",
    re.IGNORECASE,
)
# How firms speak to whom they serve.
FORMAL = re.compile(
    r"\b(?:[Yy]our|Ihre?[mnrs]?|[Vv]otre|[Vv]os|[Ss]u|[Ss]us|[Tt]u|[Uu]w|[Vv]ostr[oaie]|[Dd]eine?[mnrs]?|[Tt]wo(?:je|ja|jego)|[Pp]aństwa"
    r"|[Вв]аш\w*|[Σσ]ας|[Ss]eu|[Ss]ua|[Dd]in|[Dd]itt|[Ee]r|[Vv]áš|[Vv]aš\w*|[Cc]ustomers?|[Kk]und(?:e|en|in)|[Cc]lient[es]?|[Kk]lant|[Kk]lient\w*"
    r"|[Mm]üşteri\w*)\b"
    r"|[ıiuü]n[ıiuü]z\b|您|お客|ご(?:注文|予約|請求|利用|案内)|お(?:支払|届|荷物|知らせ)|고객|귀하|आपक|عميل|طلبك|حسابك|הזמנתך|שלך",
)
# Where anybody may have a mailbox.
FREE_MAIL = frozenset(
    re.findall(
        r"\S+",
        "gmail.com googlemail.com outlook.com hotmail.com live.com yahoo.com icloud.com me.com aol.com gmx.de "
        "gmx.net gmx.at gmx.ch web.de t-online.de freenet.de posteo.de mailbox.org mail.ru yandex.ru ya.ru "
        "bk.ru ukr.net proton.me protonmail.com fastmail.com orange.fr free.fr laposte.net sfr.fr wanadoo.fr "
        "libero.it virgilio.it tiscali.it wp.pl o2.pl onet.pl interia.pl seznam.cz centrum.cz ziggo.nl "
        "kpnmail.nl uol.com.br bol.com.br terra.com.br sapo.pt naver.com daum.net hanmail.net qq.com 163.com "
        "126.com sina.com yahoo.co.jp docomo.ne.jp ezweb.ne.jp rediffmail.com bluewin.ch btinternet.com "
        "comcast.net ",
    )
)
# Those that are at home in many countries: yahoo.fr, outlook.com.br.
MAIL_PROVIDER = re.compile(
    r"(?:^|\.)(?:gmail|googlemail|yahoo|ymail|outlook|hotmail|msn|gmx|icloud|yandex|proton(?:mail)?|docomo|softbank|ezweb)"
    r"\.[a-z.]{2,12}$"
)
# What is bought, booked, billed or sent.
TRANSACTION = re.compile(
    r"\b(?:receipts?|invoices?|your order|order (?:#|no|number|confirm)|payments?|purchase|paid|refund"
    r"|you(?:'ve)? (?:sent|paid|received)(?= [€$£¥][0-9])|subscription (?:will )?(?:renew|confirm)\w*"
    r"|booking|reservation|itinerary|your (?:donation|gift|tickets?|stay|policy)"
    r"|\A(?:ordered|shipped|delivered|arriving|out for delivery)"
    r"|e-?tickets?|e-?bilet\w*|e-?bigliett\w*|e-?billets?|shipp(?:ed|ing)|delivery (?:confirm|update)|dispatched"
    r"|your (?:[\w-]+ ){0,3}(?:bill|statement|trip|ride|delivery|package|parcel)|tracking (?:number"
    r"|code)|boarding pass|confirmation of)\b"
    r"|rechnung|bestell(?:ung|bestätigung)|auftragsbestätigung|zahlung|lieferung|versand(?:t|bestätigung)"
    r"|buchung|quittung|beleg\b|kontoauszug"
    r"|(?:deine?|ihre?|vos|votre|tus|i tuoi|je|twoje|ваши) (?:tickets?|karten|billets?|entradas|biglietti|kaartjes"
    r"|bilety|билеты)\b"
    r"|confirmation de (?:votre|ton) (?:voyage|séjour|achat)|ihre spende|votre don\b"
    r"|facture|commande|reçu|paiement|réservation|expédi(?:é|ée|tion)|factura|pedido|recibo|pago\b|reserva|envío"
    r"|fattura|ordine|ricevuta|pagamento|prenotazione|spedizione"
    r"|fatura|encomenda|recibo|compra|factuur|bestelling|betaling|boeking|faktura|zamówieni|płatnoś|paragon|rezerwacj"
    r"|заказ|сч[её]т|чек\b|оплат|бронирован|доставк|квитанц|платеж|замовлення|рахунок|sipariş|fatura|ödeme"
    r"|zwróciliśmy|zwrot (?:środków|pieniędzy)|erstatte|gutschrift|rembours"
    r"|reembols|rimbors|terugbetal|возврат (?:средств|денег)"
    r"|billet électronique|bilhete eletr\w+|billete electrónico|электронн\w+ билет|електронн\w+ квит\w+"
    r"|电子客票|eチケット"
    r"|退款|返金|환불|ihr paket|deine? sendung|ihre sendung|votre colis|tu paquete|il tuo pacco|je pakket|twoja paczka"
    r"|przesyłk|ваша посылка|ваша посилка|您的快递"
    r"|rezervasyon|kargo(?:ya|nuz)|regning\b|vyúčtován|λογαριασμός|tagihan|支付(?:通知|成功)"
    r"|terminbestätigung|tilausvahvistus|tilauksesi|ordrebekræftelse"
    r"|orderbekräftelse|kvitto|kvittering"
    r"|objednáv|faktúr|számla|megrendel|comanda|factur[aă]|παραγγελ|τιμολόγ|pesanan|pembayaran|đơn hàng|hóa đơn"
    r"|طلب(?:ك|ية)\b|فاتورة|הזמנה|חשבונית|คำสั่งซื้อ|ใบเสร็จ"
    r"|订单|訂單|发票|發票|收据|付款|发货|預訂|注文|領収|請求書|お支払|予約|発送|주문|영수증|결제|예약|배송|청구서",
    re.IGNORECASE,
)
# Something happened that concerns the reader.
NOTICE = re.compile(
    r"\b(?:alert|notification|new (?:login|sign-?in|comments?|messages?|followers?|device|connection)|unread|commented"
    r"|mentioned you|assigned|follow(?:ed|ing) you|liked your|reacted to|replied to|requested your|invited you"
    r"|shared .{1,60} with you|reminder|build (?:failed|passed|succeeded)|firing|resolved|incident|outage|maintenance"
    r"|deploy(?:ed|ment)|merged|pull request|expires?|expired|password (?:was )?(?:reset|changed)|reset your password"
    r"|confirm your (?:e-?mail|address|account)|verify your|action required|voicemail"
    r"|is (?:now )?(?:down|offline|(?:back )?online)"
    r"|almost full|ready (?:for|to) (?:pick|collect)\w*|threshold|check-in is open|has been updated)\b"
    r"|\A\W{0,3}(?:firing|resolved|down|up|alert|warn(?:ing)?|critical|error|problem|recovery)\b[^\]]{0,20}\]"
    r"|benachrichtigung|neue nachricht|anmeldung|passwort|erinnerung|kommentiert|geteilt|eingeladen|läuft ab"
    r"|nouveau message|a commenté|a partagé|vous a invité|rappel|mot de passe|nouvelle connexion"
    r"|nuevo mensaje|ha comentado|comentó|compartió|te ha invitado|recordatorio|contraseña|inicio de sesión|aviso"
    r"|nuovo messaggio|ha commentato|condiviso|promemoria|nuovo accesso|avviso|nova mensagem|comentou"
    r"|partilhou|lembrete"
    r"|nieuw bericht|reageerde|herinnering|wachtwoord|nowa wiadomość|skomentował|udostępnił|przypomnienie|hasło"
    r"|уведомлени|новое сообщение|новые сообщения|комментари|напоминани|парол|нове повідомлення|нагадуванн"
    r"|yorum yaptı|yeni mesaj|paylaştı|hatırlatma|şifre|yeni giriş|påminnelse|nytt meddelande|kommenterade"
    r"|通知|提醒|新消息|评论了|密码|登录|コメント|リマインダー|パスワード|ログイン|알림|새 메시지|댓글|비밀번호|로그인"
    r"|رسالة جديدة|تعليق|تذكير|كلمة المرور",
    re.IGNORECASE,
)
# Mailings that only sound like a purchase: "Book now and save 20 %".
BARGAIN = re.compile(
    r"[0-9] ?% |% ?[0-9]|[0-9]%|\b(?:off|discounts?|sale|save|savings|deals?|free shipping)\b|rabatt"
    r"|sparen|angebot|soldes"
    r"|réduction|descuento|oferta|rebajas|desconto|promoç|sconto|offert[ae]|korting|zniżk|promocj|скидк|знижк|indirim"
    r"|优惠|折扣|割引|セール|할인|خصم",
    re.IGNORECASE,
)
# An amount of money.
MONEY = re.compile(
    r"[€$£¥₽₴₺₩₹₪฿] ?[0-9]|[0-9] ?[€£₽₴₺₩₹₪฿]|"
    r"\b(?:eur|usd|gbp|chf|pln|czk|huf|sek|nok|dkk|rsd|ron|bgn|inr|aed|sar) [0-9]|"
    r"[0-9] ?(?:eur|usd|gbp|chf|pln|zł|kč|ft|lei|лв|kr|rsd|din|ден|руб|грн|tl|元|円|원|ريال|درهم|đ|บาท)(?!\w)",
    re.IGNORECASE,
)
# The number of an order, a booking, a customer; no year.
REFERENCE = re.compile(
    r"(?<![\w.,])(?:(?!(?:19|20)[0-9]{2}(?![0-9]))[0-9]{4,}|(?=[A-Z]{0,7}[0-9])[A-Z0-9]{6,8})(?![\w.,][0-9])"
)
# An amount, a date, a time or the number of an order.
FIGURE = re.compile(r"[€$£¥₽₴₺₩] ?[0-9]|[0-9] ?[€$£¥₽₴₺₩]|[0-9][.,:/-][0-9]|[0-9]{4}")


VACATION = re.compile(
    r"^\W*(?:auto(?:matic|mated|matische|-)?[ -]?(?:reply|response|antwort)|out of (?:the )?office|vacation reply"
    r"|automatische antwort|abwesenheit|réponse automatique|absen(?:ce|t) du bureau"
    r"|respuesta automática|fuera de (?:la )?oficina|risposta automatica|fuori (?:sede|ufficio)|resposta automática"
    r"|automatisch antwoord|autoodpowiedź|automatyczna odpowiedź|автоответ|автоматический ответ"
    r"|автоматична відповідь|otomatik yanıt|autosvar|automatisk svar|automaattinen vastaus|automatická odpověď"
    r"|automatikus válasz|răspuns automat|αυτόματη απάντηση|رد تلقائي|الرد التلقائي|תשובה אוטומטית|trả lời tự động"
    r"|balasan otomatis|ตอบกลับอัตโนมัติ|(?:休假|外出)?(?:自动|自動)(?:回复|回覆|答复|返信|応答)|不在(?:通知|のお知らせ)"
    r"|자동 ?(?:회신|응답)|부재중|away from)",
    re.IGNORECASE,
)
# Short forms, which a parent too may write to a school; a machine puts them before the subject it answers.
ABSENT = re.compile(
    r"^\W*(?:i(?:['’]| a)m away|away|on (?:vacation|leave|holiday)|auto|abwesend|im urlaub|absent|absence|en congés?"
    r"|ausente|de vacaciones|assente|in ferie|ausência|de férias|afwezig|nieobecn\w+|na urlopie|нет на месте|в отпуске"
    r"|у відпустці|izin\w*|frånvarande|fraværende|poissa|nepřítom\w+|távol\w*|不在|休暇中|休假|외출|غائب)"
    r"\b[^:：]{0,40}?(?:[:：]|re\b)",
    re.IGNORECASE,
)
# A person speaks, where a shop would say "we".
ONE_PERSON = re.compile(
    r"(?<![\"'«„“»])\b(?:I|[Ii]ch|[Mm]ir|[Mm]ich|[Jj]['’](?=[aeiouhéê])|[Yy]o|[Ii]o|[Ii]k|[Ee]u|я|мне|мені|[Bb]en|[Jj]ag|[Jj]eg|minä|εγώ"
    r"|[Jj]e (?:suis|serai|vous|te (?!\w+en\b)|t['’]|ne|n['’]|me|m['’]|le|la|les|l['’]|peux|pense|crois|vais"
    r"|viens|veux|voudrais|dois|fais|passe|reste|compte|joins|propose|souhaite|sais))(?!\w)"  # "je pakket" is Dutch
    r"|我(?![们們司行店方])|私(?!達|たち)|저는|제가|أنا|אני"
)


WAY_OFF = re.compile(
    r"unsubscri|opt[- ]?out|(?:be|get) removed from|stop receiving|manage (?:your )?(?:e-?mail )?preferences"
    r"|abmelde|abbestell"
    r"|désabonn|désinscri|darse de baja|cancelar (?:la )?suscripción|disiscriv|cancella (?:la tua )?iscrizione"
    r"|cancelar (?:a )?(?:inscrição|assinatura)|afmelden|uitschrijven|wypisz|rezygn|отписа|відписа|abonelikten"
    r"|退订|退訂|取消订阅"
    r"|配信停止|配信を停止|수신 ?거부",
    re.IGNORECASE,
)
