"""
The words mail programs put between an answer and what it answers, by language. Tables only; `quotes` reads them.

Gathered from Gmail, Outlook, Apple Mail, Thunderbird, Yahoo, GMX and their mobile programs.
"""

from __future__ import annotations

import re

# "On <date>, <name> wrote:". Each is matched against up to four lines joined by spaces.
_WROTE = (
    r"On\b.+\b(?:wrote|writes|said|responded)",  # en
    r"(?:.+\b)?(?:wrote|writes)\s*(?:on\b.+|:?)",  # en, name first
    r"(?:Am|Den)\b.+\bschrieb\b.*",  # de
    r".+\bschrieb(?:\s+am\b.+)?",
    r"Le\b.+\ba\s+écrit\b.*",  # fr
    r"(?:El|En)\b.+\bescribi[óo]\b.*",  # es
    r"Il\b.+\bha\s+scritto\b.*",  # it
    r"(?:Em|No dia|A)\b.+\bescreveu\b.*",  # pt
    r"Op\b.+\bschreef\b.*",  # nl
    r"(?:W dniu|Dnia|Dn\.)\b.+\bnapisał(?:\(a\)|a)?\b.*|.+\b(?:napisał\(a\)|pisze)",  # pl
    r".+\b(?:пишет|написал(?:\(а\)|а)?|писал(?:\(а\)|а)?|пише|написав|написала|пишe)\b.*",  # ru, uk
    r".+\bşunu yazdı|.+\byazdı\b.*",  # tr
    r"(?:Den|På)\b.+\bskrev\b.*|.+\bskrev\b.*",  # sv, da, no
    r".+\b(?:kirjoitti)\b.*",  # fi
    r"(?:Dne)\b.+\bnapsal(?:\(a\)|a)?\b.*",  # cs
    r".+\b(?:írta)\b.*",  # hu
    r"(?:În|Pe)\b.+\ba scris\b.*",  # ro
    r".+写道|.+寫道|在.+写道|於.+寫道",  # zh
    r".+(?:のメール|さんは書きました|が書きました|書きました|のメッセージ)",  # ja
    r".+(?:님이 작성|님이 씀|작성)",  # ko
    r"(?:في|بتاريخ)\b.+\bكتب\b.*",  # ar
    r"(?:בתאריך|ב-|ביום).+(?:כתב|כתבה|מאת).*",  # he
    r"(?:Vào|Ngày)\b.+\b(?:đã viết|viết)\b.*",  # vi
    r"\d{4}年\d{1,2}月\d{1,2}日.+<[^<>]+>",  # ja, zh: date and address alone
    r"\d{4}[-/.]\d{1,2}[-/.]\d{1,2}.*<[^<>\s]+@[^<>\s]+>",  # Gmail: 2026-11-02 10:00 GMT+01:00 Name <a@b>
    r".{0,20}\d{1,2}[./ ].{3,20}\d{1,2}:\d\d.*<[^<>\s]+@[^<>\s]+>",  # Yandex: 26.06.2014, 14:41, "Name" <a@b>
)
ATTRIBUTION = re.compile(rf"(?:{'|'.join(_WROTE)})\s*[:：]\s*\*?$", re.IGNORECASE)

# A line that such an attribution may begin with; others are not joined with their neighbours.
BEGINS = re.compile(
    r"[>\s*]*(?:(?:On|Am|Den|Le|El|En|Il|Em|No dia|A|Op|W dniu|Dnia|Dn\.|Dne|På|În|Pe|在|於|في|بتاريخ|בתאריך|ב-"
    r"|ביום|Vào|Ngày)\b"
    r"|[\w\"'<].{0,80}[\d@]|\d)",
    re.IGNORECASE,
)
# Gmail on telephones, without address or colon.
BARE = re.compile(r"\d{4}-\d\d-\d\d \d{1,2}:\d\d GMT[+-]\d\d:\d\d .{1,60}")
# An attribution names a moment or an address; without either it is a sentence.
NAMES_MOMENT = re.compile(r"\d|@")

# "-----Original Message-----" and its kin, on a line of their own.
SEPARATOR = re.compile(
    r"[*\s]*+(?:_\s++)?[-_=—–]{2,}+\s*+(?:Original Message|Original Appointment|Original e-?mail|Reply message"
    r"|Forwarded message"
    r"|Forwarded by .{1,80}|Forwarded mail|Ursprüngliche Nachricht|Originalnachricht|Original-Nachricht"
    r"|Weitergeleitete Nachricht"
    r"|Message d'origine|Message original|Message transféré|Message initial|Mensaje original|Mensaje reenviado"
    r"|Messaggio originale"
    r"|Messaggio inoltrato|Mensagem original|Mensagem encaminhada|Oorspronkelijk bericht|Doorgestuurd bericht"
    r"|Origineel bericht"
    r"|Oryginalna wiadomość|Wiadomość oryginalna|Treść przekazanej wiadomości|Исходное сообщение"
    r"|Пересылаемое сообщение"
    r"|Пересланное сообщение|Перенаправленное сообщение|Переслане повідомлення|Вихідне повідомлення|Orijinal Mesaj"
    r"|Özgün İleti|İletilen ileti|Yönlendirilmiş mesaj|原始邮件|原始郵件|转发邮件信息|转发的邮件|轉寄郵件"
    r"|元のメッセージ"
    r"|元のメール|転送メッセージ|Forwarded Message|Original Message|원본 메일|원본 메시지|전달된 메시지|전달된 메일"
    r"|Ursprungligt meddelande|Vidarebefordrat meddelande|Oprindelig meddelelse|Původní zpráva|Přeposlaná zpráva"
    r"|Eredeti üzenet|Alkuperäinen viesti|Välitetty viesti|رسالة أصلية|رسالة معاد توجيهها"
    r"|הודעה מקורית)\s*+[-_=—–]{2,}+\s*+",
    re.IGNORECASE,
)
# Apple Mail and Yandex announce a forward in a sentence.
FORWARD_LINE = re.compile(
    r"[>\s]*+(?:Begin forwarded message|Anfang der weitergeleiteten (?:Nachricht|E-Mail)"
    r"|Début du message (?:réexpédié|transféré)"
    r"|Inicio del mensaje reenviado|Inizio messaggio inoltrato|Início da mensagem (?:reencaminhada|encaminhada)"
    r"|Begin doorgestuurd bericht|Początek przekazywanej wiadomości|Начало переадресованного (?:сообщения|письма)"
    r"|Початок пересланого повідомлення|İletilen (?:ileti|e-posta) başlangıcı|下面是被转发的邮件"
    r"|以下是轉寄的郵件|転送されたメール"
    r"|전달된 메시지 시작)\s*[:：]\s*",
    re.IGNORECASE,
)
IS_FORWARD = re.compile(
    r"forward|weitergeleitet|transféré|réexpédié|reenviado|inoltrat|encaminhad|doorgestuurd|przekaz|пересыл|переслан"
    r"|перенаправлен|переадресован|переслан|iletilen|yönlendiril|转发|轉寄|転送|전달|vidarebefordrat|přeposlan"
    r"|välitetty",
    re.IGNORECASE,
)

# The labels of a quoted header block: who, when, to whom, about what.
_FROM = (
    "From|Von|De|Da|Van|Od|От|Від|Кого|Gönderen|Kimden|发件人|寄件者|寄件人|差出人|送信者|보낸 사람|보낸사람"
    "|Från|Fra|Feladó|Lähettäjä|מאת|من|Expéditeur"
)
_WHEN = (
    "Sent|Date|Gesendet|Datum|Envoyé|Enviado(?: el)?|Fecha|Inviato|Data|Enviada(?: em)?|Verzonden|Wysłano"
    "|Wysłane|Отправлено"
    "|Дата|Надіслано|Gönderilen|Gönderme Tarihi|Tarih|发送时间|日期|寄件日期|傳送時間|送信日時|日付|보낸 날짜"
    "|날짜|Skickat|Sendt|Dato"
    "|Odesláno|Elküldve|Dátum|Lähetetty|Päivämäärä|תאריך|נשלח|تاريخ|تم الإرسال"
)
_TO = (
    "To|An|À|A|Para|Aan|Do|Кому|Kime|Alıcı|收件人|收件者|宛先|받는 사람|받는사람|Till|Til|Komu|Címzett"
    "|Vastaanottaja|אל|إلى|Cc|Kopie"
    "|Copie à|CC|Bcc|Копия|Reply-To|Antwort an"
)
_SUBJECT = (
    "Subject|Betreff|Objet|Asunto|Oggetto|Assunto|Onderwerp|Temat|Тема|Konu|主题|主旨|件名|제목|Ämne|Emne"
    "|Předmět|Tárgy|Aihe"
    "|נושא|الموضوع"
)
LABEL = re.compile(
    rf"[>\s]*+[*_]*+\s*+(?:(?P<who>{_FROM})|(?P<when>{_WHEN})|(?P<to>{_TO})"
    rf"|(?P<about>{_SUBJECT}))\s*+[*_]*+\s?[:：][*_]*\s?(?P<value>.*)",
    re.IGNORECASE,
)

# "Sent from my iPhone": a line, and all behind it when that is short.
SENT_FROM = re.compile(
    r"\W*(?:Sent from (?:my|Mail for|Outlook|Yahoo|Proton|the|a|iPhone|Samsung|Windows|AOL)\b.*|Sent via .{1,60}"
    r"|Get Outlook for .*"
    r"|Sent with .{1,60}|Von meinem .{1,60} gesendet\.?|Gesendet (?:von|mit) .{1,60}"
    r"|Diese Nachricht wurde von meinem .{1,80} gesendet.*"
    r"|Envoyé (?:de|depuis|à partir de) .{1,60}|Enviado (?:desde|do|a partir do|dende) .{1,60}"
    r"|Inviato da(?:l mio)? .{1,60}"
    r"|Verzonden (?:vanaf|met|via|met de) .{1,60}|Verstuurd vanaf .{1,60}|Wysłan[eoy] z .{1,60}|Отправлено (?:с"
    r"|из) .{1,60}"
    r"|Надіслано (?:з|із) .{1,60}|.{1,40}(?:’|')?(?:dan|den|tan|ten|mdan|umdan|ımdan|imdan) gönderildi"
    r"|Skickat från .{1,60}"
    r"|Sendt fra .{1,60}|Odesláno z .{1,60}|从我的.{1,30}发送|发自我的.{1,30}|發自我的.{1,30}|從我的.{1,30}傳送"
    r"|.{1,30}から送信|나의 .{1,30}에서 보냄|내 .{1,30}에서 보냄"
    r"|Lähetetty .{1,60}|Скачать Outlook .{1,40}|Outlook für .{1,20} beziehen|Télécharger Outlook .{1,40})",
    re.IGNORECASE,
)

# What lists put under every mail.
LIST_FOOTER = re.compile(
    r"(?:You received this message because you are subscribed to|You are receiving this (?:e-?mail"
    r"|message) because you (?:are|were)"
    r"|To unsubscribe from this (?:group|list)|.{0,60}mailing list$|Sie erhalten diese Nachricht, weil Sie"
    r"|Вы получили это сообщение, поскольку подписаны"
    r"|Vous recevez ce message, car vous êtes abonné|Has recibido este mensaje porque estás suscrito)",
    re.IGNORECASE,
)
