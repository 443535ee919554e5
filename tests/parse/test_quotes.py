import pytest
from hypothesis import given
from hypothesis import strategies as st

from sevenbot.parse import quotes
from tests.parse.attribution_lines import BLOCKS, LINES

ATTRIBUTIONS = [line for lines in LINES.values() for line in lines]
WRAPPED = [
    form
    for line in ATTRIBUTIONS
    if len(line) > 60 and "\n" not in line
    for form in (line.replace("<", "<\n", 1), "\n".join(line.rsplit(" ", 1)), line[:60].replace(" ", " ") + line[60:].replace(" ", "\n", 1))
]  # fmt: skip


@pytest.mark.parametrize("attribution", ATTRIBUTIONS + WRAPPED)
@pytest.mark.parametrize("quoted", ["\n> When?\n> Sam", "When?\nSam"])
def test_answer_above_what_it_answers_is_what_is_new(attribution: str, quoted: str) -> None:
    assert quotes.latest(f"Yes, at noon.\n\n{attribution}\n{quoted}") == "Yes, at noon."


@pytest.mark.parametrize("header", BLOCKS.values(), ids=BLOCKS)
@pytest.mark.parametrize("above", ["", "________________________________\n", "-----Original Message-----\n"])
def test_answer_above_a_quoted_header_is_what_is_new(header: str, above: str) -> None:
    assert quotes.latest(f"Yes, at noon.\n\n{above}{header}\n\nWhen?\nSam") == "Yes, at noon."


@pytest.mark.parametrize(
    "header",
    [
        "*From:* Sam Lee <sam@example.com>\n*Sent:* Monday\n*To:* Ann\n*Subject:* Lunch",
        "From: Sam Lee\n\nSent: Monday\n\nTo: Ann\n\nSubject: Lunch",
        "Date: Mon, 2 Nov 2026\nSubject: Lunch\nFrom: sam@example.com\nTo: ann@example.com",
        "От: Sam Lee\nОтправлено: понедельник\nКому: Ann",
        "-----Original Message-----\nFrom: Sam Lee\nSent: Monday",
    ],
)
def test_answer_above_an_odd_header_is_what_is_new(header: str) -> None:
    assert quotes.latest(f"Yes, at noon.\n\n{header}\n\nWhen?\nSam") == "Yes, at noon."


def test_attribution_with_its_address_on_lines_of_their_own_is_one() -> None:
    text = "Yes, at noon.\n\nOn Mon, 2 Nov 2026 at 10:00 Sam Lee\n\n<\nmailto:sam@example.com\n> wrote:\n\n\nWhen?\nSam"

    assert quotes.latest(text) == "Yes, at noon."


def test_last_line_above_an_attribution_is_no_part_of_it() -> None:
    assert quotes.latest("See you at 10\nSam Lee <sam@example.com> wrote:\n> When?") == "See you at 10"


#: Words that look like what mail programs write, and are the writer's own.
OWN_WORDS = [
    "On Monday Bob wrote that the house is sold, and gave these reasons:\n- price\n- roof",
    "On 2 November 2026 at 10:00 Bob wrote that the house is sold, and he gave these reasons:\nfirst, the roof.",
    "Am 3. Mai um 10:00 Uhr schrieb Bob, dass das Haus verkauft sei, aus folgenden Gründen:\ndas Dach.",
    "Le 3 mai à 10:00, Bob a écrit que la maison est vendue pour ces raisons :\nle toit.",
    "Вчера в 10:00 Иван написал, что дом продан, по таким причинам:\nкрыша.",
    "On 2 Nov 2026 at 10:00 I wrote:\nplease fix the roof. Nobody answered.",
    "Am 2.11.2026 um 10:00 schrieb ich:\nbitte das Dach richten. Niemand hat geantwortet.",
    "Hi,\nFrom: Berlin\nTo: Paris\nDate: 3 May 2026, 10:00\nSeat: 12\nSee you there.",
    "Please run this:\n$ cd /srv\n> not a quote? no: a prompt of node\nThen tell me.",
    "Run:\n> npm install\n> npm test\nand send me the output.",
    "Please run this:\n> npm install",
    "Options:\n--\n1. Roof\n--\n2. Boiler\nWhich one?",
    "Two things\n--\nThe first is about the roof, which leaks again since Monday.\nThe second is the boiler. It needs a new valve this week.",
    "Heading\n-------\nText below the heading.\n\nAnother\n=======\nMore text.",
    "Please call Sam at 10:00, he wants to know about:\nthe roof",
    "Meeting times:\n10:00 roof\n11:00 boiler\n12:30 lunch with Sam Lee <sam@example.com>:\nbring wine",
    "The original message was lost. Could you send it again?\nBest,\nAnn",
    "--- original plan ---\nRoof first.\n--- new plan ---\nBoiler first.",
    "Sent from the warehouse this morning: three boxes, two of them damaged. Please check them.",
    "I will be away.\n\nP.S. Sent from my iPhone is what it says below every mail, sorry.",
    "This message is for Tom: the recipient of the parcel must sign. If you received it in error, return it.",
    "Warning: the external contractor comes at 9. Don't click the links in the old mail from the sender.",
    "1. Roof\n2. Boiler\n3. Cellar",
    "Dear all,\n\nWe discussed the e-mail confidentiality rules; the addressee of the disclaimer was unclear.\n\nAnn",
    "Subject: roof\nTo: do today\nFrom: scratch",
    "Von: Montag\nBis: Freitag\nBetreff Urlaub: ich bin weg.",
    'He said:\n\n"We sell."\n\nWhat do you think?',
    "Sam wrote: we sell.\nI think we should not.",
    "Your message:\nfine.",
    "2026-11-02 10:00 backup started\n2026-11-02 10:05 backup failed:\nno space left",
    "Agenda for 2 Nov 2026, 10:00, sam@example.com invited:\n- roof",
    "My address changed to ann@example.org.\n—\nIt works since yesterday, and the old one stops on Friday, so please write to the new one from now on.",
    "Thanks! -- Ann",
    "| a | b |\n|---|---|\n| 1 | 2 |",
]


def test_words_between_quotes_are_all_new() -> None:
    text = "On 2 Nov 2026 Sam wrote:\n> When?\nAt noon.\n\n> Where?\nAt Mill Lane."

    assert quotes.latest(text) == "At noon.\n\nAt Mill Lane."


def test_answer_of_a_signature_alone_shows_what_it_answers() -> None:
    text = "Kind regards,\nAnn Ray\nSales\n\nOn 2 Nov 2026 at 10:00 Sam Lee wrote:\n> When?\n> Sam"

    assert quotes.latest(text) == "> When?\n> Sam"


def test_thanks_alone_are_an_answer() -> None:
    assert quotes.latest("Thanks,\nAnn\n\nOn 2 Nov 2026 at 10:00 Sam Lee wrote:\n> When?") == "Thanks,\nAnn"


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


OUTLOOK = "Can you do this?\n\nFrom: A <a@example.org>\nSent: Monday\nTo: D\nSubject: C\n\nInner words."


@pytest.mark.parametrize(
    ("text", "is_forward", "inner"),
    [
        (
            "See.\n\n---------- Forwarded message ---------\nFrom: A\nDate: B\nSubject: C\n\nInner words.",
            False,
            "Inner words.",
        ),
        (OUTLOOK, True, "Inner words."),
        (OUTLOOK, False, ""),
        ("---------- Forwarded message ---------\nFrom: A\nDate: B\nSubject: C\n\nInner words.", True, ""),
        ("Just words.", True, ""),
    ],
    ids=["divider", "outlook", "outlook-answer", "nothing-above", "nothing-below"],
)
def test_mail_below_its_forwarders_words_is_known(text: str, is_forward: bool, inner: str) -> None:  # noqa: FBT001
    assert quotes.passed_on(text, is_forward=is_forward) == inner


def test_short_passage_at_the_top_that_nobody_introduces_is_a_citation() -> None:
    text = "> The roof leaks.\n\nSince Monday. Who repairs it?"

    assert quotes.latest(text) == text


@pytest.mark.parametrize(
    "text",
    [
        "> The roof leaks.\n> And so on.\n" * 10 + "\nSince Monday.",
        "> On 2 Nov 2026 at 10:00 Sam Lee wrote:\n>> When?\n\nSince Monday.",
        "> From: Sam Lee <sam@example.com>\n> Sent: Monday\n> Subject: Roof\n>\n> It leaks.\n\nSince Monday.",
        "Since Monday.\n\n> The roof leaks.",
    ],
    ids=["long", "with an attribution", "with a header", "at the end"],
)
def test_mail_that_is_answered_is_no_citation(text: str) -> None:
    assert quotes.latest(text) == "Since Monday."


@pytest.mark.parametrize("text", OWN_WORDS)
def test_nothing_the_writer_wrote_himself_is_cut(text: str) -> None:
    assert quotes.latest(text) == text


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


def test_a_writers_own_table_of_labels_is_no_quoted_header() -> None:
    text = "Ask them:\n\nPilot: Ole Holm <ole@pilot.example>\nRadio: channel 12\nHarbour: Husum"

    assert quotes.latest(text) == text


def test_strokes_around_words_above_a_quoted_header_go_with_it() -> None:
    header = "Skeul: Sam Lee <sam@example.com>\nDeiz: 2/11/2026 10:00\nDa: Ann Ray\nDanvez: Merenn"

    assert quotes.latest(f"Yes, at noon.\n\n----- Kemennadenn -----\n{header}\n\nWhen?") == "Yes, at noon."


def test_quote_below_no_more_than_a_date_and_a_name_goes() -> None:
    assert quotes.latest("Yes.\n\nlun, 2 Nov 2026, 10:00 Sam Lee:\n> When?") == "Yes."
    assert "measured" in quotes.latest("Yes.\n\nWhat I measured on 2 Nov 2026 at 10:00:\n> 5 V")


FORWARDED = (
    "From: Bo <bo@example.com>\nDate: Fri, 2 Nov 2026 at 08:00\nSubject: Boiler\nTo: Ann\n\nThe man comes at noon."
)


@pytest.mark.parametrize(
    "divider",
    [
        *["Videresendt melding:", "Vidarebefordrat brev:", "Välitetty viesti alkaa:", "Začátek přeposílané zprávy:"],
        *[
            "Továbbított levél kezdete:",
            "Έναρξη προωθημένου μηνύματος:",
            "תחילת ההודעה שהועברה:",
            "Mesaj redirecționat:",
        ],
        *[
            "Початок переадресованого повідомлення:",
            "<-------- Forwarded message -------->",
            "---- Препратено съобщение ----",
        ],
    ],
)
def test_forward_is_known_in_more_languages(divider: str) -> None:
    quoted = "\n".join(f"> {line}" for line in FORWARDED.split("\n"))

    assert quotes.latest(f"Please see.\n\n{divider}\n{FORWARDED}") == "Please see."
    assert quotes.latest(f"{divider}\n\n{quoted}") == "The man comes at noon."


def test_forward_of_a_forward_without_words_is_the_innermost_text() -> None:
    divider = "---------- Forwarded message ---------"

    assert (
        quotes.latest(f"{divider}\n{FORWARDED.partition(chr(10) * 2)[0]}\n\n{divider}\n{FORWARDED}")
        == "The man comes at noon."
    )


def test_forward_with_no_more_than_a_signature_is_the_forwarded_text() -> None:
    assert quotes.latest(f"Kind regards,\nKen\n\n________\n{FORWARDED}") == "The man comes at noon."


@pytest.mark.parametrize(
    "line", ["##- Please type your reply above this line -##", "-- Bitte antworten Sie oberhalb dieser Linie --"]
)
def test_what_help_desks_ask_for_divides_the_answer_from_the_rest(line: str) -> None:
    assert quotes.latest(f"It is mended.\n\n{line}\n\nYour ticket 55 was taken.") == "It is mended."
    assert quotes.latest(f"{line}\n\nYour ticket 55 was taken.") == "Your ticket 55 was taken."
