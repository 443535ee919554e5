from __future__ import annotations

import asyncio
from email.message import EmailMessage
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sevenbot.bot import buttons
from sevenbot.bot.files import attachment_name, clean_name
from sevenbot.deliver.botapi import CallbackQuery, Update
from sevenbot.deliver.rich import units
from sevenbot.deliver.telegram import MAX_FILE_BYTES
from sevenbot.errors import CallRefused, ChatGone, CourierUnavailable, StateUnavailable, StoreUnavailable
from sevenbot.state.ledger import Due, Status
from sevenbot.state.users import UserStatus
from sevenbot.texts import CATALOGUES, texts
from tests.bot.world import ANN, BOB, GROUP, NOW, World

EN = texts("en")


@pytest.fixture
def world() -> World:
    return World()


def a_mail(text: str = "Hello Ann,\n\nsee you on Friday.\n", subject: str = "Friday", **files: bytes) -> bytes:
    mail = EmailMessage()
    mail["From"], mail["Subject"] = "Bob <bob@example.com>", subject
    mail.set_content(text)
    for name, content in files.items():
        filename = name.replace("_", ".")
        mail.add_attachment(content, maintype="application", subtype="octet-stream", filename=filename)
    return bytes(mail)


# the whole text


async def test_the_whole_text_comes_as_a_reply_to_its_summary(world):
    id_ = await world.keeps(a_mail())

    answers = await world.press(f"t:{id_}")

    assert world.said == "📄 Friday\n\nHello Ann,\n\nsee you on Friday."
    assert world.telegram.last.replies_to == 77
    assert answers == [None]


async def test_a_long_text_comes_in_as_many_messages_as_it_needs(world):
    text = "\n\n".join(f"Paragraph {n}. " + "words " * 150 for n in range(12))
    id_ = await world.keeps(a_mail(text))

    await world.press(f"t:{id_}")

    said = world.telegram.texts(ANN.id)
    assert 2 < len(said) <= buttons.MAX_TEXT_MESSAGES
    assert [part.splitlines()[0] for part in said] == [f"📄 Friday ({n}/{len(said)})" for n in range(1, len(said) + 1)]
    assert " ".join(part.split("\n\n", 1)[1] for part in said).split() == text.split()


async def test_a_very_long_text_comes_as_a_file(world):
    text = "Zażółć gęślą jaźń. " * 3000
    id_ = await world.keeps(a_mail(text, subject="A/B: very long"))

    await world.press(f"t:{id_}")

    [file] = world.telegram.files(ANN.id)
    assert file.filename == "B_ very long.txt"
    assert file.content.decode().split() == text.split()


async def test_no_part_of_a_text_begins_like_a_possible_repeat(world):
    id_ = await world.keeps(a_mail("↻ " + "↻ word\n\n" * 2000, subject="↻"))

    await world.press(f"t:{id_}")

    assert len(world.telegram.texts(ANN.id)) > 1
    assert [text for text in world.telegram.texts(ANN.id) if text.startswith("↻")] == []


async def test_markup_in_a_text_is_shown_as_it_is(world):
    id_ = await world.keeps(a_mail("<b>1 < 2 & 3</b>\n"))

    await world.press(f"t:{id_}")

    assert "<b>1 < 2 & 3</b>" in world.said


async def test_a_mail_without_text_says_so(world):
    id_ = await world.keeps(a_mail("\n"))

    assert await world.press(f"t:{id_}") == [EN.no_text]
    assert world.telegram.sent == []


# attachments


async def test_each_attachment_comes_as_a_file_with_its_bytes(world):
    id_ = await world.keeps(a_mail(a_pdf=b"%PDF-1.7 \x00\xff", b_txt=b"two"))

    answers = await world.press(f"a:{id_}")

    assert [(file.filename, file.content) for file in world.telegram.files(ANN.id)] == [
        ("a.pdf", b"%PDF-1.7 \x00\xff"),
        ("b.txt", b"two"),
    ]
    assert answers == [EN.coming]


async def test_a_mail_without_attachments_says_so(world):
    id_ = await world.keeps(a_mail())

    assert await world.press(f"a:{id_}") == [EN.no_attachments]


async def test_an_attachment_that_the_server_finds_too_large_is_named_too(world):
    id_ = await world.keeps(a_mail(big_bin=b"x" * 1500))
    world.telegram.fail("send_document", CallRefused("413", code=413))

    await world.press(f"a:{id_}")

    assert "big.bin (2 kB)" in world.said


async def test_an_empty_attachment_is_named_since_telegram_takes_none(world):
    id_ = await world.keeps(a_mail(empty_txt=b""))

    await world.press(f"a:{id_}")

    assert world.said == "📎 empty.txt (0 B)"


async def test_no_more_attachments_than_a_chat_can_bear(world):
    files: dict[str, Any] = {f"f{n}_txt": b"x" for n in range(buttons.MAX_ATTACHMENTS + 2)}
    id_ = await world.keeps(a_mail(**files))

    await world.press(f"a:{id_}")

    assert len(world.telegram.files(ANN.id)) == buttons.MAX_ATTACHMENTS
    assert world.said == "📎 +2 more"
    assert world.telegram.last.callback_data == [f"r:{id_}"]


@pytest.mark.parametrize(
    ("filename", "content_type", "shown"),
    [
        ("menu.pdf", "application/pdf", "menu.pdf"),
        ("../../etc/passwd", "text/plain", "passwd"),
        ("C:\\Users\\ann\\a.doc", "text/plain", "a.doc"),
        ("in\r\nvoice\u202efdp.exe", "text/plain", "in voicefdp.exe"),
        ('a<b>:"|?*.txt', "text/plain", "a_b______.txt"),
        ("..", "application/pdf", "attachment-3.pdf"),
        (" . ", "image/jpeg", "attachment-3.jpg"),
        (None, "message/rfc822", "attachment-3.eml"),
        ("", "application/x-nobody-knows", "attachment-3.bin"),
        (None, "", "attachment-3.bin"),
        ("long " * 50 + ".pdf", "application/pdf", "long long long long long lon….pdf"),
        ("x" * 200, "text/plain", "x" * 28 + "…"),
        ("Отчёт 2026.xlsx", "text/plain", "Отчёт 2026.xlsx"),
    ],
)
def test_file_names_are_the_senders_without_what_misleads(filename, content_type, shown):
    assert attachment_name(filename, content_type, 3) == shown


@given(st.text(st.sampled_from("a./\\:\u202e\u200b\ud800😀\n…") | st.characters(), max_size=300))
def test_property_any_file_name_is_short_and_plain(filename):
    name = clean_name(filename)

    assert units(name) <= 160
    assert not set(name) & set('/\\<>:"|?*\n\u202e\ud800')
    assert name == name.strip(" .")


@pytest.mark.parametrize("filename", ["CON", "nul.txt", "Lpt1.pdf", "aux .pdf"])
def test_a_file_is_not_called_like_a_device(filename):
    assert clean_name(filename) == f"_{filename}"


# the original


async def test_the_original_is_byte_for_byte_what_came(world):
    raw = b"From: a\r\n\r\n.\r\n\xff\x00bare\nlf\r\n"
    id_ = await world.keeps(raw)

    answers = await world.press(f"r:{id_}")

    [file] = world.telegram.files(ANN.id)
    assert (file.filename, file.content) == ("mail-5f5f5f5f.eml", raw)
    assert answers == [EN.coming]


async def test_what_is_beyond_telegrams_limit_is_named_with_its_size(world):
    id_ = await world.keeps(b"x" * (MAX_FILE_BYTES + 1))

    await world.press(f"r:{id_}")

    assert world.telegram.calls == ["answer_callback_query", "send_message"]
    assert world.said == "📎 " + EN.too_large.format(name="mail-5f5f5f5f.eml", size="50 MB", limit="50 MB")


# what is gone, and what is not one's own


@pytest.mark.parametrize("letter", ["t", "a", "r"])
async def test_after_retention_the_mail_is_said_to_be_gone(world, letter):
    id_ = await world.keeps(a_mail())
    world.store.raws.clear()

    assert await world.press(f"{letter}:{id_}") == [EN.mail_gone]


@pytest.mark.parametrize("letter", ["t", "a", "r"])
async def test_an_item_that_is_gone_is_a_mail_that_is_gone(world, letter):
    assert await world.press(f"{letter}:{'ab' * 20}") == [EN.mail_gone]


@pytest.mark.parametrize("letter", ["t", "a", "r"])
@pytest.mark.parametrize("chat", [None, GROUP], ids=["private", "group"])
async def test_nobody_reads_another_chats_mail(world, letter, chat):
    id_ = await world.keeps(a_mail(a_pdf=b"secret"), chat_id=ANN.id)

    answers = await world.press(f"{letter}:{id_}", BOB, chat)

    assert answers == [texts("de").not_found]
    assert world.telegram.sent == []


@pytest.mark.parametrize(
    "data",
    [None, "", "t", "t:", ":", "x:1", "t:../../etc/passwd", "t:'; drop", "t:a b", "t:é", "T:ab", "t:" + "a" * 61],
)
async def test_forged_data_finds_nothing(world, data):
    assert await world.press(data) == [EN.not_found]
    assert world.telegram.sent == []


@given(st.text(max_size=64) | st.from_regex(r"[tard]:[0-9a-f]{0,40}(:\d*)?", fullmatch=True))
async def test_property_forged_data_is_harmless_and_answered_once(data):
    world = World()
    await world.keeps(a_mail(), chat_id=BOB.id)

    answers = await world.press(data)

    assert len(answers) == 1
    assert world.telegram.sent == []


async def test_a_press_without_a_message_finds_nothing(world):
    await world.bot.handle(Update(1, callback_query=CallbackQuery("q", ANN, None, "t:1")))

    assert world.telegram.answers == {"q": [EN.not_found]}


# pressing twice, failing


async def test_a_second_press_while_the_first_is_at_work_sends_nothing_twice(world):
    id_ = await world.keeps(a_mail(a_pdf=b"x"))
    world.telegram.hold_sends = asyncio.Event()

    first = asyncio.create_task(world.press(f"a:{id_}"))
    while not world.telegram.answers:
        await asyncio.sleep(0.001)
    second = await world.press(f"a:{id_}")
    world.telegram.hold_sends.set()

    assert (await first, second) == ([EN.coming], [EN.in_progress])
    assert len(world.telegram.files(ANN.id)) == 1


async def test_presses_beyond_what_a_person_does_are_answered_and_bring_nothing(world):
    world.telegram.hold_sends = asyncio.Event()
    ids = [await world.keeps(a_mail(), message_id=f"{n:040x}") for n in range(10)]

    presses = [asyncio.create_task(world.press(f"r:{id_}")) for id_ in ids]
    while len(world.telegram.answers) < 10:
        await asyncio.sleep(0.001)
    world.telegram.hold_sends.set()

    assert await asyncio.gather(*presses) == [[EN.coming]] * 8 + [[EN.in_progress]] * 2
    assert len(world.telegram.files(ANN.id)) == 8


async def test_a_press_after_the_first_is_done_sends_again(world):
    id_ = await world.keeps(a_mail())

    await world.press(f"r:{id_}")
    await world.press(f"r:{id_}")

    assert len(world.telegram.files(ANN.id)) == 2


async def test_big_mails_come_a_few_at_a_time_and_every_press_is_answered_at_once(world):
    world.telegram.hold_sends = asyncio.Event()
    many = buttons.BIG_MAILS_AT_ONCE + 2
    ids = [await world.keeps(a_mail(), message_id=f"{n:040x}", size_bytes=buttons.BIG_MAIL_BYTES) for n in range(many)]
    world.store.raws.pop(world.ledger.items[ids[-1]].raw_key)

    presses = [asyncio.create_task(world.press(f"r:{id_}")) for id_ in ids]
    while len(world.telegram.answers) < many:
        await asyncio.sleep(0.001)
    world.telegram.hold_sends.set()

    assert await asyncio.gather(*presses) == [[EN.coming]] * many
    assert len(world.telegram.files(ANN.id)) == many - 1
    assert world.telegram.texts(ANN.id) == [EN.mail_gone]


async def test_a_press_is_answered_before_the_files_are_sent(world):
    id_ = await world.keeps(a_mail(a_pdf=b"x"))

    await world.press(f"a:{id_}")

    assert world.telegram.calls == ["answer_callback_query", "send_document"]


@pytest.mark.parametrize(
    ("error", "sentence"),
    [(StoreUnavailable("io"), EN.try_again_later), (ValueError("secret"), EN.went_wrong)],
)
async def test_a_failure_before_anything_is_sent_answers_the_press(world, error, sentence):
    id_ = await world.keeps(a_mail())
    world.store.error = error

    assert await world.press(f"t:{id_}") == [sentence]
    assert world.telegram.sent == []


async def test_a_ledger_that_is_away_answers_the_press(world):
    world.ledger.error = StateUnavailable("locked")

    assert await world.press("t:" + "5f" * 20) == [EN.try_again_later]


async def test_a_failure_after_the_answer_is_told_in_the_chat(world):
    id_ = await world.keeps(a_mail())
    world.telegram.fail("send_document", CourierUnavailable("502"))

    answers = await world.press(f"r:{id_}")

    assert answers == [EN.coming]
    assert world.said == EN.try_again_later


async def test_after_a_failure_the_button_works_again(world):
    id_ = await world.keeps(a_mail())
    world.telegram.fail("send_document", CourierUnavailable("502"))

    await world.press(f"r:{id_}")
    await world.press(f"r:{id_}")

    assert len(world.telegram.files(ANN.id)) == 1


async def test_a_press_too_old_to_be_answered_still_brings_what_it_asked_for(world):
    id_ = await world.keeps(a_mail())
    world.telegram.fail("answer_callback_query", CallRefused("400 query is too old", code=400))

    await world.press(f"r:{id_}")

    assert len(world.telegram.files(ANN.id)) == 1


async def test_a_chat_that_is_gone_while_files_are_sent_is_blocked(world):
    world.knows()
    id_ = await world.keeps(a_mail())
    world.telegram.fail("send_document", ChatGone("403", blocked=True))

    assert await world.press(f"r:{id_}") == [EN.coming]
    assert world.users.records[ANN.id].status is UserStatus.BLOCKED


@pytest.mark.parametrize("language", sorted(CATALOGUES))
async def test_answers_are_in_the_language_of_who_pressed(world, language):
    answers = await world.press("t:" + "ab" * 20, type(ANN)(ANN.id, language_code=language))

    assert answers == [texts(language).mail_gone]


# dead letters


async def test_dead_letters_of_the_chat_are_made_due_again(world):
    world.knows()
    for message_id, chat_id in [("a1", ANN.id), ("b1", BOB.id), ("a2", ANN.id)]:
        await world.keeps(b"", message_id=message_id, chat_id=chat_id, status=Status.DEAD)
    await world.keeps(b"", message_id="a3", status=Status.DELIVERED)

    answers = await world.press("d:all")

    assert answers == [EN.dead_letters_coming.format(count=2)]
    assert world.due == [Due("a1", ANN.id, NOW), Due("a2", ANN.id, NOW)]
    assert {id_: item.status for id_, item in world.ledger.items.items()} == {
        "a1": Status.RETRY,
        "b1": Status.DEAD,
        "a2": Status.RETRY,
        "a3": Status.DELIVERED,
    }


async def test_without_dead_letters_there_is_nothing_to_send(world):
    assert await world.press("d:all") == [EN.no_dead_letters]


async def test_in_a_group_only_administrators_send_dead_letters_again(world):
    await world.keeps(b"", message_id="a1", chat_id=GROUP.id, status=Status.DEAD)

    refused = await world.press("d:all", ANN, GROUP)
    world.telegram.members[GROUP.id, ANN.id] = "administrator"
    taken = await world.press("d:all", ANN, GROUP)

    assert (refused, taken) == ([EN.only_administrators], [EN.dead_letters_coming.format(count=1)])


@pytest.mark.parametrize("word", ["/deactivate", "@durov"])
def test_a_piece_of_a_long_text_does_not_begin_with_what_could_be_tapped(word):
    pieces = buttons.text_parts("x" * 3976 + word + " y" * 2000)

    assert pieces[1].startswith(f"{word[0]}\u2060{word[1:]} y")
