"""Mails as damaged programs and relays leave them, read as they were meant."""

import base64

import pytest

from sevenbot.parse.mail import parse
from sevenbot.parse.message import Message

HEADER = "From: Ann <ann@example.org>\nTo: you@bot.example\nSubject: Boat\nMIME-Version: 1.0\n"
PLAIN = "Content-Type: text/plain; charset=utf-8\n"
WORDS = "The boat is at the pier, grüße."
QUOTED = "The boat is at the pier, gr=C3=BC=C3=9Fe."
BASE64 = base64.encodebytes(WORDS.encode()).decode()
PART = f"--XyZ\n{PLAIN}\n{WORDS}\n--XyZ--\n"


def read(raw: str | bytes) -> Message:
    return parse(raw.encode() if isinstance(raw, str) else raw)


@pytest.mark.parametrize(
    "raw",
    [
        f"{HEADER}{PLAIN}\n{BASE64}",
        f"{HEADER}{PLAIN}Content-Transfer-Encoding: quoted-printable\n\n{BASE64}",
        f"{HEADER}{PLAIN}Content-Transfer-Encoding: base64\n\n{QUOTED}",
        f"{HEADER}{PLAIN}Content-Transfer-Encoding: 7bit\n\n{QUOTED}",
        f"{HEADER}{PLAIN}\n{WORDS.encode().decode('latin-1')}",
        f"{HEADER}{PLAIN}\n<p>The boat is at the pier,<br>gr&uuml;&szlig;e.</p>\n",
    ],
    ids=[
        "base64",
        "base64 as qp",
        "qp as base64",
        "qp as 7bit",
        "UTF-8 twice",
        "HTML",
    ],
)
def test_text_is_decoded_as_it_was_encoded(raw: str) -> None:
    message = read(raw)

    assert " ".join(message.text.split()) == WORDS
    assert message.notes


@pytest.mark.parametrize(("encoding", "text"), [("quoted/printable", QUOTED), ("base-64", BASE64)])
def test_encoding_is_known_however_it_is_spelt(encoding: str, text: str) -> None:
    assert read(f"{HEADER}{PLAIN}Content-Transfer-Encoding: {encoding}\n\n{text}").text == WORDS


def test_base64_of_an_address_is_decoded() -> None:
    text = "Is it? Öre??>>>~~~ or not"
    encoded = base64.urlsafe_b64encode(text.encode()).decode()
    assert {"-", "_"} & set(encoded)

    assert read(f"{HEADER}{PLAIN}Content-Transfer-Encoding: base64\n\n{encoded}").text == text


@pytest.mark.parametrize(
    "text",
    [
        "dGhpc2lzYWtleXRoYXRub2JvZHlzaG91bGRyZWFk",
        "Zm9vYmFy",
        "sk4Tq9fB2mXw7RzL1vNcY8pKdH3jGs6A",
        "a=b; c=d; x=20",
        "Ã is a letter of Portuguese: MAÇÃ.",
        "<3 you all>",
        "--XyZ\nis how a part begins.\n--XyZ--",
    ],
)
def test_text_that_only_looks_encoded_stays(text: str) -> None:
    message = read(f"{HEADER}{PLAIN}\n{text}")

    assert (message.text, message.notes) == (text, ())


@pytest.mark.parametrize(
    "header",
    [
        'Content-Type: multipart/mixed; boundary="XyZ1"\n',
        'Content-Type: multipart/mixed; boundary="Xy"\n',
        "Content-Type: multipart/mixed\n",
        "",
        'Content-Type: text/plain; boundary="XyZ"\n',
    ],
    ids=["wrong", "shorter", "none", "no type", "plain"],
)
def test_parts_are_found_without_their_boundary(header: str) -> None:
    message = read(f"{HEADER}{header}\n{PART}")

    assert message.text == WORDS
    assert message.notes


def test_parts_below_the_line_for_old_programs_are_found_without_a_type() -> None:
    assert read(f"{HEADER}\nThis is a multi-part message in MIME format.\n\n{PART}").text == WORDS


@pytest.mark.parametrize(
    "raw",
    [
        f"\n\n{HEADER}{PLAIN}\n{WORDS}",
        f" {HEADER}{PLAIN}\n{WORDS}",
        f"Received: by a.example\n\n{HEADER}{PLAIN}\n{WORDS}",
        HEADER.replace("MIME-Version", "\nMIME-Version") + f"{PLAIN}Content-Transfer-Encoding: base64\n\n{BASE64}",
        f"{HEADER}{PLAIN}\n{WORDS}".encode("utf-16"),
    ],
    ids=["empty lines above", "a blank above", "an empty line below Received", "an empty line inside", "UTF-16"],
)
def test_header_is_found(raw: str | bytes) -> None:
    message = read(raw)

    assert (message.subject, message.text) == ("Boat", WORDS)
    assert message.sender is not None


def test_words_of_a_writer_that_look_like_fields_stay_text() -> None:
    text = "Subject: to wind\nFrom: here to the pier\n\nwe sail."

    assert read(f"{HEADER}\n{text}").text == text
    assert read(f"\n{text}").text == text


def test_two_plain_texts_that_differ_are_both_shown() -> None:
    parts = "".join(f"--q\n{PLAIN}\n{text}\n" for text in ("At the pier.", "At the  pier.", "Bring rope."))

    message = read(f"{HEADER}Content-Type: multipart/alternative; boundary=q\n\n{parts}--q--\n")

    assert message.text == "At the pier.\n\nBring rope."


@pytest.mark.parametrize(
    ("sender", "name"),
    [
        ("Lee, Sam <s@x.example>", "Lee, Sam"),
        ("'Sam Lee' <s@x.example>", "Sam Lee"),
        ("Sam Lee <s@x.example", "Sam Lee"),
        ('"Sam Lee <s@x.example>', "Sam Lee"),
        ("Sam <<s@x.example>>", "Sam"),
    ],
)
def test_name_is_read_without_its_damage(sender: str, name: str) -> None:
    found = read(f"From: {sender}\n\n{WORDS}").sender

    assert found is not None
    assert (found.name, found.address) == (name, "s@x.example")


def test_names_of_two_mailboxes_stay_two() -> None:
    message = read(f"To: s@x.example, Ann <a@x.example>; Bo Lee <b@x.example>\n\n{WORDS}")

    assert [box.address for box in message.to] == ["s@x.example", "a@x.example", "b@x.example"]


def test_subject_that_was_cut_inside_a_word_is_decoded() -> None:
    assert read(f"Subject: Boat =?utf-8?Q?gr=C3=BC=C3=9Fe\n\n{WORDS}").subject == "Boat grüße"


@pytest.mark.parametrize("disposition", ['filename="a.pdf"', "attachment; filename='a.pdf'"])
def test_file_name_is_found(disposition: str) -> None:
    part = (
        f"--q\n{PLAIN}\n{WORDS}\n--q\nContent-Type: application/pdf\nContent-Disposition: {disposition}\n\nx\n--q--\n"
    )

    message = read(f"{HEADER}Content-Type: multipart/mixed; boundary=q\n\n{part}")

    assert [file.filename for file in message.attachments] == ["a.pdf"]
