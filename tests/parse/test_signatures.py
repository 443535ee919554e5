import pytest

from sevenbot.parse import quotes, signatures


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


@pytest.mark.parametrize(
    "line",
    [
        *[
            "Sent from my TI-85",
            "Sent via mobile",
            "Sent with Airmail",
            "Sent from Mailbox for iPad",
            "From My Iphone 6",
        ],
        *["<<sent by galaxy>>", "(sent from a phone)", "Sent from Proton Mail for iOS", "Ann from mobile"],
        *["Get [Outlook for Android](https://aka.example/x)", "Sent from Yahoo Mail on Android"],
        *["Envoyé à partir d’Outlook pour iOS", "Envoyé de mon mobile", "Enviado do meu iPhone", "Wysłane z iPhone'a"],
        *["Gesendet mit der GMX Mail App", "Von meinem Samsung Galaxy Smartphone gesendet.", "iPhone’umdan gönderildi"],
        *[
            "Надіслано з iPhone",
            "Отправлено из Почты Mail",
            "從我的 iPhone 傳送",
            "내 iPhone에서 보냄",
            "أُرسلت من الـ iPhone",
        ],
        *[
            "Get BlueMail for Android",
            "Get Spark for iOS",
            "BlueMail für Android herunterladen",
            "Téléchargez BlueMail pour Android",
        ],
        *[
            "Obtén BlueMail para Android",
            "Scarica BlueMail per Android",
            "Pobierz BlueMail dla systemu Android",
            "Отправлено из мобильной Почты Mail.ru",
        ],
        *[
            "Baixe o BlueMail para Android",
            "Download BlueMail voor Android",
            "Скачать BlueMail для Android",
            "获取 BlueMail Android 版",
            "Android用BlueMailを入手",
        ],
        *[
            "Sent from eM Client",
            "Please excuse typos, sent from a train",
            "Von unterwegs gesendet",
            "Hämta Outlook för Android",
        ],
        *[
            "Diese E-Mail wurde von meinem Telefon mit WEB.DE Mail gesendet.",
            "Відправлено з iPhone",
            "Poslano s mog iPhonea",
        ],
        *[
            "Galaxy에서 보냄",
            "Android용 Outlook 다운로드",
            "Gửi từ iPhone của tôi",
            "मेरे iPhone से भेजा गया",
            "寄自我的 iPhone",
        ],
        *["Trimis din Outlook pentru Android", "Elküldve iPhone-omról", "Android için Outlook'u edinin"],
        *["Verzonden met BlackBerry Work", "Inviato dal mio telefono", "Skickat från min iPhone", "Sendt fra min iPad"],
    ],
)
def test_line_of_a_device_is_known(line: str) -> None:
    assert signatures.is_sent_from(line)


@pytest.mark.parametrize(
    "line",
    [
        "Sent from the warehouse this morning: three boxes.",
        "Sent by courier yesterday, it should be there by noon.",
        "He works from mobile homes.",
        "Von mir aus gesendet wie besprochen.",
        "Excuse me, sent it twice?",
        "Get the outlook for next week from Sam.",
        "Envoyé hier.",
        "Get the parts for Android phones by Friday",
        "Get two tickets for Mobile World",
        "",
    ],
)
def test_line_of_a_writer_is_not_a_devices(line: str) -> None:
    assert not signatures.is_sent_from(line)


def test_all_devices_below_one_another_go() -> None:
    assert quotes.latest("Yes.\n\nSent from my iPhone\n\nVon meinem iPad gesendet\nSent via mobile") == "Yes."


def test_signature_goes_and_the_postscript_below_it_stays() -> None:
    assert quotes.latest("Yes.\n\n-- \nAnn\n+44 1234\n\nP.S. Bring wine.") == "Yes.\n\nP.S. Bring wine."


def test_text_between_two_rules_stays() -> None:
    text = "One:\n--\nThe roof.\n--\nThe cellar."

    assert quotes.latest(text) == text


def test_rules_below_the_text_say_nothing() -> None:
    assert quotes.latest("Yes, at noon.\n\n***\n  ------- \n") == "Yes, at noon."


def test_dates_between_two_rules_are_no_signature() -> None:
    assert "2026-11-02 roof" in quotes.latest("Dates:\n-----\n2026-11-02 roof\n2026-11-03 cellar, ab 10 Uhr\n-----")


def test_rule_below_a_heading_stays() -> None:
    assert quotes.latest("Roof\n====") == "Roof\n===="


@pytest.mark.parametrize(
    "text",
    [
        "了解しました。\n\n-----\n株式会社さくら商事\n営業部 山本\n〒100-0001 東京都千代田区\nTEL: 03-1234-5678\n-----",
        "了解しました。\n\n━━━━━━━━━━━━\n株式会社さくら商事\n営業部 山本\nTEL: 03-1234-5678\n━━━━━━━━━━━━",
        "了解しました。\n==============\n山本 太郎\nE-mail: yamamoto@example.co.jp\n==============\n",
        "了解しました。\n\n**********\nHarrow Ltd\nPaula Finch\nwww.harrow.example\n**********",
        "了解しました。\n\n_______________\nHarrow GmbH\nPaula Fink\nTel. +49 30 901820\n_______________\n\nSent from my iPhone",
        "了解しました。\n\n--------------------\n山本 太郎\nTEL: 03-1234-5678\n--------------------\n\nOn 2 Nov 2026 at 10:00 Sam Lee wrote:\n> When?",
    ],
)
def test_signature_between_two_rules_is_not_new(text: str) -> None:
    assert quotes.latest(text) == "了解しました。"


@pytest.mark.parametrize(
    "text",
    [
        "See the table:\n=====\nRoof 12\nCellar 14\nend\n=====\nand tell me.",
        "Dates:\n~~~~~\n2026-11-02 roof\n2026-11-03 cellar, ab 10 Uhr\nend\n~~~~~\nand tell me.",
        "Call:\n-----\nSam: 020 7946 0123\n-----\nand tell me.",
    ],
)
def test_text_between_two_rules_that_signs_nothing_stays(text: str) -> None:
    assert quotes.latest(text) == text


def test_signature_below_a_rule_goes_although_its_lower_rule_went_with_the_quote():
    lines = ["We agree.", "", "----------", "Sakura Ltd", "Tel: 03-5555-0100"]

    assert signatures.without(lines) == ["We agree."]


def test_list_below_a_rule_stays():
    lines = ["Two offers:", "----------", "- www.a.example", "- www.b.example"]

    assert signatures.without(lines) == lines


def test_program_with_its_link_goes():
    assert signatures.without(["Size 44.", "Sent via Superhuman ( https://s.example/?v=1 )"]) == ["Size 44."]
