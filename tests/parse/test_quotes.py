import pytest
from hypothesis import given
from hypothesis import strategies as st

from sevenbot.parse import quotes

ATTRIBUTIONS = [
    "On Mon, Nov 2, 2026 at 10:00 AM Sam Lee <sam@example.com> wrote:",
    "On 2 Nov 2026, at 10:00, Sam Lee wrote:",
    "Sam Lee <sam@example.com> wrote:",
    "Am 02.11.2026 um 10:00 schrieb Sam Lee:",
    "Am Mo., 2. Nov. 2026 um 10:00 Uhr schrieb Sam Lee <sam@example.com>:",
    "Le lun. 2 nov. 2026 à 10:00, Sam Lee <sam@example.com> a écrit :",
    "El lun, 2 nov 2026 a las 10:00, Sam Lee (<sam@example.com>) escribió:",
    "Il giorno lun 2 nov 2026 alle ore 10:00 Sam Lee <sam@example.com> ha scritto:",
    "Em seg., 2 de nov. de 2026 às 10:00, Sam Lee <sam@example.com> escreveu:",
    "Op ma 2 nov 2026 om 10:00 schreef Sam Lee <sam@example.com>:",
    "W dniu 2.11.2026 o 10:00, Sam Lee pisze:",
    "pon., 2 lis 2026 o 10:00 Sam Lee <sam@example.com> napisał(a):",
    "2 ноября 2026 г., 10:00, Сэм Ли <sam@example.com> пишет:",
    "пн, 2 нояб. 2026 г. в 10:00, Sam Lee <sam@example.com>:",
    "пн, 2 лист. 2026 р. о 10:00 Sam Lee <sam@example.com> пише:",
    "Sam Lee <sam@example.com>, 2 Kas 2026 Pzt, 10:00 tarihinde şunu yazdı:",
    "Sam Lee <sam@example.com> 于2026年11月2日周一 10:00写道：",
    "在 2026年11月2日，10:00，Sam Lee <sam@example.com> 写道：",
    "2026年11月2日(月) 10:00 Sam Lee <sam@example.com>:",
    "2026年11月2日 10:00、Sam Lee <sam@example.com>のメール:",
    "2026년 11월 2일 (월) 오전 10:00, Sam Lee <sam@example.com>님이 작성:",
    "Den mån 2 nov. 2026 kl 10:00 skrev Sam Lee <sam@example.com>:",
    "Dne po 2. 11. 2026 10:00 uživatel Sam Lee <sam@example.com> napsal:",
    '26.06.2026, 14:41, "Sam Lee" <sam@example.com>:',
    "On Mon, Nov 2, 2026 at 10:00 AM Sam Lee With a Long Name\n<sam.lee.with.a.long.address@example.com> wrote:",
]  # fmt: skip


@pytest.mark.parametrize("attribution", ATTRIBUTIONS)
def test_answer_above_a_quote_is_what_is_new(attribution: str) -> None:
    assert quotes.latest(f"Yes, at noon.\n\n{attribution}\n\n> When?\n> Sam") == "Yes, at noon."


@pytest.mark.parametrize("attribution", ATTRIBUTIONS)
def test_answer_above_an_unmarked_quote_is_what_is_new(attribution: str) -> None:
    assert quotes.latest(f"Yes, at noon.\n\n{attribution}\nWhen?\nSam") == "Yes, at noon."


@pytest.mark.parametrize(
    "header",
    [
        "From: Sam Lee <sam@example.com>\nSent: Monday, November 2, 2026 10:00 AM\nTo: Ann\nSubject: Lunch",
        "*From:* Sam Lee <sam@example.com>\n*Sent:* Monday\n*To:* Ann\n*Subject:* Lunch",
        "Von: Sam Lee\nGesendet: Montag, 2. November 2026 10:00\nAn: Ann\nBetreff: Mittag",
        "De : Sam Lee\nEnvoyé : lundi 2 novembre 2026 10:00\nÀ : Ann\nObjet : Midi",
        "De: Sam Lee\nEnviado el: lunes\nPara: Ann\nAsunto: Comida",
        "Da: Sam Lee\nInviato: lunedì\nA: Ann\nOggetto: Pranzo",
        "Van: Sam Lee\nVerzonden: maandag\nAan: Ann\nOnderwerp: Lunch",
        "От: Sam Lee\nОтправлено: понедельник\nКому: Ann\nТема: Обед",
        "发件人: Sam Lee\n发送时间: 2026年11月2日\n收件人: Ann\n主题: 午餐",
        "差出人: Sam Lee\n送信日時: 2026年11月2日\n宛先: Ann\n件名: 昼食",
        "보낸 사람: Sam Lee\n보낸 날짜: 2026년\n받는 사람: Ann\n제목: 점심",
        "Date: Mon, 2 Nov 2026\nSubject: Lunch\nFrom: sam@example.com\nTo: ann@example.com",
        "________________________________\nFrom: Sam Lee\nSent: Monday\nTo: Ann\nSubject: Lunch",
        "-----Original Message-----\nFrom: Sam Lee\nSent: Monday",
        "-----Ursprüngliche Nachricht-----\nVon: Sam Lee",
    ],
)
def test_answer_above_an_outlook_header_is_what_is_new(header: str) -> None:
    assert quotes.latest(f"Yes, at noon.\n\n{header}\n\nWhen?\nSam") == "Yes, at noon."


def test_words_between_quotes_are_all_new() -> None:
    text = "On 2 Nov 2026 Sam wrote:\n> When?\nAt noon.\n\n> Where?\nAt Mill Lane."

    assert quotes.latest(text) == "At noon.\n\nAt Mill Lane."


@pytest.mark.parametrize(
    "signature",
    [
        "-- \nAnn\n+44 1234",
        "--\nAnn",
        "Sent from my iPhone",
        "Get Outlook for iOS<https://aka.ms/o0ukef>",
        "Von meinem iPhone gesendet",
        "Envoyé de mon iPhone",
        "Enviado desde mi iPhone",
        "Inviato da iPhone",
        "Verstuurd vanaf mijn iPhone",
        "Отправлено с iPhone",
        "发自我的iPhone",
        "iPhoneから送信",
        "나의 iPhone에서 보냄",
        "iPhone'umdan gönderildi",
        "_______________________________________________\nbirds mailing list\nbirds@lists.example\nhttps://lists.example",
        'You received this message because you are subscribed to the Google Groups "x" group.\nTo unsubscribe, write to x.',
    ],
)
def test_signatures_and_footers_are_not_new(signature: str) -> None:
    assert quotes.latest(f"Yes, at noon.\n\n{signature}\n") == "Yes, at noon."


def test_forward_is_its_forwarders_words() -> None:
    text = (
        "Please handle.\n\n---------- Forwarded message ---------\nFrom: A\nDate: B\nSubject: C\nTo: D\n\nInner words."
    )

    assert quotes.latest(text) == "Please handle."


@pytest.mark.parametrize(
    "text",
    [
        "---------- Forwarded message ---------\nFrom: A\nDate: B\nSubject: C\nTo: D\n\nInner words.",
        "Begin forwarded message:\n\n> From: A\n> Date: B\n> Subject: C\n>\n> Inner words.",
        "-------- Weitergeleitete Nachricht --------\nBetreff: C\nDatum: B\nVon: A\nAn: D\n\nInner words.",
        "-------- Пересылаемое сообщение --------\nОт: A\nДата: B\nТема: C\n\nInner words.",
        "\n\n-- \nAnn\n\n---------- Forwarded message ---------\nFrom: A\nDate: B\nSubject: C\n\nInner words.",
    ],
)
def test_forward_without_words_is_the_forwarded_text(text: str) -> None:
    assert quotes.latest(text) == "Inner words."


@pytest.mark.parametrize(
    "text",
    [
        "> all of it is quoted\n> really",
        "On Monday I wrote: three lines",
        "From: the heart\nTo: you",
        "Agenda:\n- one\n- two",
        "He said the following on 2 November 2026:\nnothing.",
        "Data: 5\nDo: it",
        "Take /usr/bin with you.\nThanks,\nAnn",
        "a | b | c\n| 1 | 2 |",
        "",
    ],
)
def test_whole_text_stays_when_nothing_is_quoted_or_everything(text: str) -> None:
    assert quotes.latest(text) == text


def test_huge_text_still_loses_its_marked_quotes() -> None:
    assert quotes.latest("a\n" * 15_000 + "> b\n" * 15_000).count("b") == 0


@given(st.text(alphabet="On 12>:wrote\n-_ @<", max_size=300))
def test_nothing_is_invented_property(text: str) -> None:
    newest = quotes.latest(text)

    assert bool(newest.strip()) == bool(text.strip(" \t\n"))
    assert all(line.strip() in text for line in newest.split("\n"))
