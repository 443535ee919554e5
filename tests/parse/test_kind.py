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
        ("From: ann@a.example\r\nSubject: Build failed\r\nAuto-Submitted: auto-generated", "x", "notification"),
        ("From: ann@a.example\r\nSubject: Slugs\r\nList-Id: <x>\r\nList-Post: <mailto:x@y>" + OFF, "What helps?", "personal"),
        ("From: ann@a.example\r\nSubject: x\r\nAuto-Submitted: auto-replied", "Away.", "auto-reply"),
        ("From: ann@a.example\r\nSubject: x\r\nX-Autoreply: yes", "Away.", "auto-reply"),
        ("From: ann@a.example\r\nSubject: Out of office", "Away.", "auto-reply"),
        ("From: ann@a.example\r\nSubject: Abwesenheitsnotiz", "Bin weg.", "auto-reply"),
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
