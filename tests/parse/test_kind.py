import pytest

from sevenbot.parse.mail import parse
from sevenbot.parse.message import Kind


def kind(header: str, text: str = "Some words.") -> str:
    return parse(f"{header}\r\n\r\n{text}".encode()).kind.value


OFF = "\r\nList-Unsubscribe: <https://a.example/u>"


@pytest.mark.parametrize(
    ("header", "text", "wanted"),
    [
        ("From: ann@example.org\r\nSubject: Hi", "How are you?", "personal"),
        ("From: ann@example.org\r\nSubject: Re: your order", "Did you pay the invoice?", "personal"),
        ("From: ann@example.org\r\nSubject: The door", "The code for the door at our place is 4711, see you!", "code"),
        ("Subject: nobody", "words", "other"),
        ("From: news@a.example\r\nSubject: Five owls" + OFF, "Owls!", "newsletter"),
        ("From: bob@a.example\r\nSubject: Owls", "Owls! " * 80 + "Click here to unsubscribe.", "newsletter"),
        ("From: bob@a.example\r\nIn-Reply-To: <x>", "Owls! " * 80 + "Please unsubscribe me.", "personal"),
        ("From: bob@a.example\r\nSubject: Owls\r\nPrecedence: bulk", "Owls!", "newsletter"),
        ("From: no-reply@a.example\r\nSubject: Your code", "Your verification code is 123456.", "code"),
        ("From: no-reply@a.example\r\nSubject: 123-456 is your Code", "Enter it.", "code"),
        ("From: no-reply@a.example\r\nSubject: Anmeldung", "Ihr Bestätigungscode lautet 4711 08.", "code"),
        ("From: no-reply@a.example\r\nSubject: Вход", "Ваш код подтверждения: 482913", "code"),
        ("From: no-reply@a.example\r\nSubject: 验证码", "您的验证码是 482913，请勿泄露。", "code"),
        ("From: no-reply@a.example\r\nSubject: ログイン", "認証コード：482913", "code"),
        ("From: no-reply@a.example\r\nSubject: Terms", "Our code of conduct changed in 2026.", "notification"),
        ("From: shop@a.example\r\nSubject: Receipt for your order", "Total $5", "transactional"),
        ("From: shop@a.example\r\nSubject: Ihre Rechnung" + OFF, "Summe 5 €", "transactional"),
        ("From: billing@a.example\r\nSubject: Thanks", "Your invoice 77 is attached.", "transactional"),
        ("From: notifications@a.example\r\nSubject: New comment on your photo", "Nice!", "notification"),
        ("From: reminders@a.example\r\nSubject: Your visit on Thursday", "At 14:20.", "notification"),
        ("From: renewals@a.example\r\nSubject: a.example ends in 14 days", "Renew it for 14.00 EUR.", "notification"),
        ("From: ci@a.example\r\nSubject: [a] Build #55 failed", "Failed step: check", "notification"),
        ("From: Nest <home@nest.example>\r\nSubject: Your thermostat is offline", "Since 8:10.", "notification"),
        ("From: Nest Rail <ride@nest.example>\r\nSubject: Ostrava", "Vlak 4410, sedadlo 7. Cena 365 Kč.", "transactional"),
        ("From: Nest Rail <ride@nest.example>\r\nSubject: Re: Ostrava", "It is 365 Kč, train 4410.", "personal"),
        ("From: biljett@a.example\r\nSubject: Din resa", "Vagn 4, nr 55182044, 229,00 kr", "transactional"),
        ("From: Nest <home@nest.example>\r\nSubject: Hej", "Owls! " * 80 + "Click here to unsubscribe.", "newsletter"),
        ("From: Ann Nest <me@nest.example>\r\nSubject: rent", "It is 845 €, no. 44102.", "personal"),
        (
            "From: Ann <notifications@a.example>\r\nSubject: Re: [birds] Loop never ends" + OFF,
            "Could you add a test?",
            "notification",
        ),
        ("From: Ann Nest <ann@nest.example>\r\nSubject: Reminder: lunch", "At 8!", "personal"),
        ("From: ops@a.example\r\nX-Gerrit-MessageType: comment\r\nList-Id: <x>", "Use 50 ms.", "notification"),
        ("From: wolke@a.example\r\nSubject: E-biletiniz", "28.11.2026, 1.340,00 TL", "transactional"),
        ("From: Léa Nest <lea@a.example>\r\nSubject: Facture", "Voici, 145,00 €. On partage ?", "personal"),
        ("From: Nest <store@a.example>\r\nSubject: Re: hay", "Forty left.", "personal"),
        ("From: Nest <no-reply@a.example>\r\nSubject: Re: hay", "Forty left.", "notification"),
        ("From: Bill Nest <bill.nest@a.example>\r\nSubject: Hay", "Forty left.", "personal"),
        ("From: Nest Bills <bills@a.example>\r\nSubject: Hay", "Forty left.", "notification"),
        ("From: ann@a.example\r\nSubject: Rechnung", "Ich habe 45,00 EUR bezahlt.", "personal"),
        ("From: ann@a.example\r\nSubject: Build failed\r\nAuto-Submitted: auto-generated", "x", "notification"),
        ("From: ann@a.example\r\nSubject: Slugs\r\nList-Id: <x>\r\nList-Post: <mailto:x@y>" + OFF, "What helps?", "personal"),
        ("From: ann@a.example\r\nSubject: x\r\nAuto-Submitted: auto-replied", "Away.", "auto-reply"),
        ("From: ann@a.example\r\nSubject: x\r\nX-Autoreply: yes", "Away.", "auto-reply"),
        ("From: ann@a.example\r\nSubject: Out of office", "Away.", "auto-reply"),
        ("From: ann@a.example\r\nSubject: Out of the office?", "Are you?", "personal"),
        ("From: ann@a.example\r\nSubject: Automaattinen vastaus: Lounas?", "Poissa.", "auto-reply"),
        ("From: ann@a.example\r\nSubject: Assente: Re: tetto", "Torno lunedì.", "auto-reply"),
        ("From: ann@a.example\r\nSubject: Absence: Lea on Friday", "She is ill.", "personal"),
        ("From: ann@a.example\r\nSubject: 休假自动回复", "下周回来。", "auto-reply"),
        ("From: ann@a.example\r\nSubject: Abwesenheitsnotiz", "Bin weg.", "auto-reply"),
        ("From: ann@a.example\r\nSubject: Re: x\r\nX-Autogenerated: Reply", "Away.", "auto-reply"),
        ("From: ann@a.example\r\nSubject: Re: x\r\nX-Autogenerated: Forward", "See below.", "personal"),
        ("From: rides@a.example\r\nSubject: Your Thursday trip", "Total $14.20", "transactional"),
        ("From: no-reply@a.example\r\nSubject: Ihr Paket 0034 wird am Donnerstag zugestellt", "Bald da.", "transactional"),
        ("From: sklep@a.example\r\nSubject: Zwróciliśmy 149,99 zł na Twoją kartę", "149,99 zł", "transactional"),
        ("From: ann@a.example\r\nSubject: Fwd: Your trip", "Total $14.20?", "personal"),
        ("From: ann@a.example\r\nSubject: Our trip: booking", "Shall we?", "personal"),
        ("From: news@a.example\r\nSubject: Book now: 20% off your order" + OFF, "From $99.", "newsletter"),
        ("From: team@a.example\r\nSubject: Re: lamp\r\nIn-Reply-To: <x>", "It is back.", "personal"),
        ("From: x@a.example\r\nSubject: Tom commented on your photo" + OFF, "Nice!", "notification"),
        ("From: ann@a.example\r\nSubject: Your code\r\nIn-Reply-To: <x>", "The code is 482913.", "personal"),
        ("From: a@b.example\r\nContent-Type: text/calendar", "BEGIN:VEVENT\r\nSUMMARY:x\r\nEND:VEVENT", "invite"),
    ],
)  # fmt: skip
def test_kind_is_what_a_person_would_say(header: str, text: str, wanted: str) -> None:
    assert kind(header, text) == wanted


def test_a_story_about_learning_to_code_is_no_code_mail() -> None:
    raw = (
        b"From: a@example.org\r\nSubject: 10 lessons\r\nList-Unsubscribe: <https://a.example/u>\r\n\r\n"
        b"I learned to code in 2019 and this is what changed.\n\n548 Market St, San Francisco, CA 94104\n"
    )

    assert parse(raw).kind is Kind.NEWSLETTER
