"""Boilerplate: recognised in many languages, and content is not mistaken for it."""

import pytest

from sevenbot.summarise.boilerplate import is_filler, is_footer, is_noise
from sevenbot.summarise.salutations import is_closing, is_greeting, without_greeting

GREETINGS = [
    "Hi,", "Hi Anna,", "Hello Dr. Smith!", "Dear all,", "Dear Sir or Madam:", "Good morning team,", "Hallo zusammen,",
    "Sehr geehrte Damen und Herren,", "Liebe Anna,", "Guten Tag Frau Müller,", "Bonjour Madame Dupont,", "Cher Paul,",
    "Hola Ana:", "Estimado Sr. López:", "Buongiorno Marco,", "Gentile cliente,", "Olá João,", "Prezados senhores,",
    "Beste Jan,", "Geachte heer De Vries,", "Dzień dobry,", "Szanowny Panie,", "Здравствуйте, Анна!", "Уважаемый Иван Петрович!",
    "Добрий день!", "Merhaba Ayşe,", "Sayın Yılmaz,", "Hej Anna,", "您好！", "尊敬的用户：", "田中様", "お世話になっております。",
    "안녕하세요, 김민수님", "السلام عليكم ورحمة الله", "مرحبا أحمد،", "שלום דנה,", "Hi", "Hey there!", "Welcome, Anna!",
]  # fmt: skip
CLOSINGS = [
    "Best,", "Kind regards,", "Best regards", "Thanks!", "Thank you,", "Cheers", "Sincerely yours,", "Thanks in advance,",
    "Mit freundlichen Grüßen", "Viele Grüße aus Berlin", "LG", "Danke!", "Cordialement,", "Bien à vous,", "Merci d'avance,",
    "Un saludo,", "Gracias.", "Cordiali saluti", "Atenciosamente,", "Met vriendelijke groet,", "Pozdrawiam", "С уважением,",
    "З повагою,", "Saygılarımla,", "Vänliga hälsningar", "此致", "谢谢", "よろしくお願いいたします。",
    "감사합니다.", "مع أطيب التحيات", "תודה רבה",
    "Lots of love",
    "All the best from rainy Leeds,",
    "Mit freundlichen kollegialen Grüßen",
    "Je t'embrasse très fort,",
    "Обнимаю,",
    "Un beso",
    "נשיקות",
]  # fmt: skip
FILLERS = [
    "I hope this finds you well.", "I hope you are doing well!", "Hope you had a great weekend.", "Please don't hesitate to contact us.",
    "If you have any questions, reply to this mail.", "Thank you for your patience.", "Please do not reply to this email.",
    "You are receiving this email because you signed up.", "If you did not request this, ignore it.", "Ich hoffe, es geht dir gut.",
    "Bitte antworten Sie nicht auf diese E-Mail.", "J'espère que vous allez bien.", "N'hésitez pas à nous contacter.",
    "Espero que estés bien.", "Spero che tu stia bene.", "Espero que esteja bem.", "Ik hoop dat alles goed gaat.", "Mam nadzieję, że wszystko dobrze.",
    "Надеюсь, у вас всё хорошо.", "Umarım iyisindir.", "希望您一切都好。", "如有疑问，请联系我们。", "ご不明な点がございましたら", "궁금한 점이 있으시면 연락 주세요.",
    "أتمنى أن تكون بخير.",
    "Good news!",
    "FYI",
    "FYI, see below",
    "Zur Info:",
    "Here is what you need to know today.",
    "We are looking forward to seeing you all.",
    "Thank you for taking the time to speak with us last week.",
    "It was lovely to see you all.",
    "Se você já pagou, desconsidere este e-mail.",
    "Если вы уже внесли платёж, не обращайте внимания на это письмо.",
    "You get this because you signed up at shop.example.",
    "この度は当館をご予約いただき、誠にありがとうございます。",
    "מה שלומך?",
    "If this wasn't you, you can ignore this mail.",
    "Wenn Sie diese Anmeldung nicht selbst veranlasst haben, ändern Sie Ihr Passwort.",
    "Si vous n'êtes pas à l'origine de cette demande, ignorez ce message.",
    "Если вы не запрашивали код, ничего делать не нужно.",
]  # fmt: skip
FOOTERS = [
    "Unsubscribe from this list", "© 2026 Example Inc. All rights reserved.", "View this email in your browser", "Read this post on the web at https://a.example/p", "Sent from my iPhone",
    "Von meinem iPhone gesendet", "Envoyé de mon iPhone", "Отправлено с iPhone", "https://example.org/a/b?c=d", "Tel.: +49 30 1234567",
    "1600 Amphitheatre Parkway, Mountain View, CA 94043", "Musterstraße 12", "anna@example.org", "Handelsregister: HRB 12345",
    "This message is confidential and intended only for the addressee.", "退订", "配信停止はこちら", "Se désabonner", "Abmelden",
]  # fmt: skip
NOISE = [
    "-----",
    "=====",
    "* * *",
    "1 | 2 | 3",
    "12.50 99.00 7",
    "From: Anna <a@example.org>",
    "--0000000000abcdef",
    "Von: Hans",
    "👍",
    "On 5 March 2026, Anna wrote:",
]
CONTENT = [
    "Highway 7 is closed until Friday.", "Dearborn is a city in Michigan.", "Best of luck with your exam tomorrow!", "Thanks to you we won the prize.",
    "Hello Kitty tickets are on sale from Monday.", "Confirm within 7 days, otherwise we delete your address.", "The browser crashed when I opened the file.", "Your subscription renews on 5 March.",
    "We moved to a bigger office in Berlin.", "From Monday on the office is closed.", "Die Sitzung ist auf Donnerstag verlegt.",
    "Le contrat est signé depuis hier.", "会议改到星期四。", "会議は木曜日に変更になりました。", "회의가 목요일로 변경되었습니다.", "Встреча перенесена на четверг.",
    "تم نقل الاجتماع إلى يوم الخميس.", "Dear Anna has left the company after ten years of excellent work for all of us here.",
    "Your parcel waits for you at the shop in Mill Street 5, Ashby.",
    "Das Amtsgericht Kiel hat den Termin auf den 14. Januar verlegt.",
    "The mailing list moves to a new server on Friday.",
    "FYI the bus leaves at nine.",
    "Good news travels fast, and so do we this summer.",
    "If you have not paid yet, please do so by Friday.",
    "Wenn Sie nicht kommen können, rufen Sie uns bitte an.",
    "Если не сможете прийти, пришлите доверенность до понедельника.",
    "Si no puede venir, avise a la escuela.",
    "Als je niet kunt komen, bel me dan.",
    "Jeśli nie możesz przyjść, zadzwoń do mnie.",
]  # fmt: skip


@pytest.mark.parametrize("line", GREETINGS)
def test_a_greeting_is_recognised(line):
    assert is_greeting(line)


@pytest.mark.parametrize("line", CLOSINGS)
def test_a_closing_is_recognised(line):
    assert is_closing(line)


@pytest.mark.parametrize("sentence", FILLERS)
def test_a_filler_is_recognised(sentence):
    assert is_filler(sentence)


@pytest.mark.parametrize("line", FOOTERS)
def test_small_print_is_recognised(line):
    assert is_footer(line)


@pytest.mark.parametrize("line", NOISE)
def test_noise_is_recognised(line):
    assert is_noise(line)


@pytest.mark.parametrize("line", CONTENT)
def test_content_is_not_mistaken_for_boilerplate(line):
    assert not any(test(line) for test in (is_greeting, is_closing, is_filler, is_footer, is_noise))


@pytest.mark.parametrize(
    ("sentence", "rest"),
    [
        ("Hi Anna, The report is done.", "The report is done."),
        ("Hi Tom, can you call me?", "Hi Tom, can you call me?"),
        ("Hello! We moved.", "We moved."),
        ("The report is done.", "The report is done."),
    ],
)
def test_a_greeting_is_taken_off_a_sentence_that_stands_without_it(sentence, rest):
    assert without_greeting(sentence) == rest


@pytest.mark.parametrize(
    "line",
    [
        *(
            "各位同事：",
            "同事们：",
            "大家好：",
            "팀 여러분께",
            "동료 여러분:",
            "السادة الزملاء،",
            "أعزائي الزملاء:",
            "皆さん、",
        ),
        *("Коллеги,", "Всем привет!", "Уважаемые коллеги!", "Herkese merhaba,", "Arkadaşlar merhaba,", "Witajcie,"),
        *("Drodzy koledzy,", "Koleżanki i Koledzy,", "All,", "Team,", "Folks,", "Колеги,", "Всім привіт!"),
    ],
)
def test_a_greeting_to_several_is_a_greeting(line):
    assert is_greeting(line)


@pytest.mark.parametrize(
    "line", ["All went well.", "Team events are off", "各位的报告已经收到。", "Друзья приехали.", "All"]
)
def test_what_only_begins_like_a_greeting_to_several_is_none(line):
    assert not is_greeting(line)
