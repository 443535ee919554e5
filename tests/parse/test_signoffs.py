import pytest
from hypothesis import given
from hypothesis import strategies as st

from sevenbot.parse import quotes, signoffs
from sevenbot.parse.mail import parse
from sevenbot.parse.message import Mailbox

WRITER = signoffs.writer_words(Mailbox("Ann Finch-Reed", "a.finch@harbour.example"))


@pytest.mark.parametrize(
    "signed",
    [
        "Kind regards,\nAnn\nHarbour master\n+44 20 7946 0123",
        "Best,\nAnn\n\nAnn Finch-Reed\nHead of Moorings | Harbour Ltd\nwww.harbour.example",
        "Cheers, Ann\n\nAnn Finch-Reed | Harbour Ltd | +44 20 7946 0123 | 1 Quay Road, Wells | https://harbour.example/team",
        "Mit freundlichen Grüßen\n\nAnn Fink\nHafenmeisterin\nHafen GmbH\nTel.: 030 9018 2000",
        "Viele Grüße aus Husum\nAnn\nHafenamt\nAm Kai 1",
        "Cordialement,\nAnn Pinson\nCapitainerie\nTél. : +33 1 99 00 12 34",
        "Un saludo,\nAnn\nPuerto S.A.\nann@puerto.example",
        "Cordiali saluti\nAnn Fringuelli\nCapitaneria",
        "Atenciosamente,\nAnn\n(11) 5555-0133",
        "Met vriendelijke groet,\nAnn de Vink\nHavenmeester",
        "Pozdrawiam\nAnn Zięba\nKapitanat portu",
        "С уважением,\nАнна\nКапитан порта\n+7 495 000-00-00",
        "З повагою,\nАнна\nКапітан порту",
        "Saygılarımla,\nAnn\nLiman Başkanı",
        "Med vänlig hälsning\nAnn Fink\nHamnkapten",
        "Ystävällisin terveisin\nAnn\nSatamakapteeni",
        "此致\n安娜\n港务部\n电话：+86 21 5555 0101",
        "Thanks,\nAnn\nHarbour Ltd\n+44 20 7946 0123",
        "Pozdrawiam serdecznie,\nAnn Zięba\n\nPort Sp. z o.o.\ntel. 58 555 01 01",
        "Com os melhores cumprimentos / Best regards,\n\nAnn Pinto\nPorto, Lda.\n+351 22 555 0101",
        "Üdvözlettel:\nFinch Anna\nKikötő Kft.\n+36 1 555 0101",
        "祝商祺！\n\n安芬\n港口有限公司\n电话：021-55501010",
    ],
)
def test_signature_goes_and_the_sign_off_with_the_name_stays(signed: str) -> None:
    newest = quotes.latest(f"The berth is yours.\n\n{signed}\n")

    kept = [line for line in newest.split("\n") if line]
    assert kept[:2] == ["The berth is yours.", signed.split("\n", maxsplit=1)[0]]
    assert "\n".join(kept[1:]) == "\n".join([line for line in signed.split("\n") if line][: len(kept) - 1])
    assert len(kept) == (2 if "Cheers" in signed else 3)


@pytest.mark.parametrize(
    "signature",
    [
        "Ann Finch-Reed\nHarbour master\n+44 20 7946 0123",
        "Ann Finch-Reed | Harbour master\nann@harbour.example",
        "---\nAnn Finch-Reed\nHarbour master",
        "Ann Finch, PhD\nProfessor of Tides\nUniversity of Wells",
    ],
)
def test_signature_without_a_sign_off_begins_with_its_writers_name(signature: str) -> None:
    assert quotes.latest(f"The berth is yours.\n\n{signature}", WRITER) == "The berth is yours."


def test_a_sign_off_of_any_language_ends_with_a_comma_and_its_writers_name() -> None:
    text = "The berth is free.\n\nTot in den draai,\nAnn"

    assert quotes.latest(f"{text}\nHaven BV\n020 794 60 12", WRITER) == text


@pytest.mark.parametrize(
    "text",
    [
        "Thanks,\nAnn",
        "Best regards,\n\n//Ann",
        "Here is whom to call:\n\nAnn Finch-Reed\n+44 20 7946 0123",
        "Call the pilot.\n\nOle Holm\n+45 99 00 12 34",
        "Thanks\n\nBerth 4\nBerth 7",
        "Ann Finch\nbrings the rope",
        "Thanks for the keys.\nBerth 4\n+44 20 7946 0123 is the pilot",
        "Kind regards,\nAnn\n\nBring wine",
        "Kind regards,\nAnn\n\nCan you bring the keys, and wine?",
        "Regards to Tom and his brother\n+44 20 7946 0123",
    ],
)
def test_what_a_person_wrote_below_a_sign_off_or_of_others_stays(text: str) -> None:
    assert quotes.latest(f"The berth is yours.\n\n{text}", WRITER) == f"The berth is yours.\n\n{text}"


def test_what_is_said_below_a_signature_stays() -> None:
    text = "Done.\n\nBest,\nAnn\nHarbour master\n+44 20 7946 0123\n\nP.S. Bring the long rope."

    assert quotes.latest(text) == "Done.\n\nBest,\nAnn\n\nP.S. Bring the long rope."
    assert quotes.latest(text.replace("P.S.", "And please")) == "Done.\n\nBest,\nAnn\n\nAnd please Bring the long rope."


def test_firm_above_the_name_goes_with_the_signature() -> None:
    assert quotes.latest("了解です。\n\nよろしくお願いします。\n\n株式会社みなと\n安 芬\nTEL 03-5550-1010").endswith(
        "します。"
    )


def test_name_that_stands_again_below_a_sign_off_begins_the_signature() -> None:
    text = "The berth is yours.\n\nBest,\nAnn"

    assert quotes.latest(f"{text}\n\nAnn Finch\nHarbour master\nQuay 3, Malmö", WRITER) == text


def test_signature_is_known_by_the_sender_of_the_mail() -> None:
    mail = b"From: Ann Finch <ann@harbour.example>\n\nThe berth is yours.\n\nAnn Finch\nHarbour Ltd\n+44 20 7946 0123\n"

    assert parse(mail).latest == "The berth is yours."


@given(st.text(alphabet="Best,\nAn +44.?-:", max_size=200))
def test_a_signature_is_found_within_any_text_property(text: str) -> None:
    lines = text.split("\n")

    begin, end = signoffs.find(lines, WRITER)

    assert 0 <= begin <= end <= len(lines)
