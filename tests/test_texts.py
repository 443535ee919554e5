from __future__ import annotations

import string
from dataclasses import fields
from datetime import UTC, datetime, timedelta

import pytest

from sevenbot.deliver.rich import units
from sevenbot.texts import CATALOGUES, Texts, texts
from sevenbot.texts.figures import ago, day_of, period, size

ENGLISH = CATALOGUES["en"]
OTHERS = [pytest.param(words, id=code) for code, words in CATALOGUES.items() if code != "en"]
EVERY = [pytest.param(words, id=code) for code, words in CATALOGUES.items()]

TOASTS = (
    "not_found",
    "mail_gone",
    "no_text",
    "no_attachments",
    "in_progress",
    "coming",
    "dead_letters_coming",
    "no_dead_letters",
    "try_again_later",
    "went_wrong",
    "only_administrators",
)


def sentences(words: Texts) -> dict[str, str]:
    return {f.name: value for f in fields(words) if isinstance(value := getattr(words, f.name), str)}


def placeholders(sentence: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(sentence) if name is not None}


def test_the_languages_that_were_promised_are_spoken():
    assert {"en", "de", "fr", "es", "ru"} <= set(CATALOGUES)


@pytest.mark.parametrize("words", EVERY)
def test_no_sentence_is_empty_or_padded(words):
    assert [name for name, text in sentences(words).items() if not text or text != text.strip()] == []


@pytest.mark.parametrize("words", OTHERS)
def test_every_language_has_the_placeholders_of_the_english_sentence(words):
    expected = {name: placeholders(text) for name, text in sentences(ENGLISH).items()}

    assert {name: placeholders(text) for name, text in sentences(words).items()} == expected


@pytest.mark.parametrize("words", OTHERS)
def test_nothing_was_left_in_english(words):
    same = {name for name, text in sentences(words).items() if text == sentences(ENGLISH)[name]}

    assert same <= {"button_raw", "hours_ago", "minutes_ago", "date", "decimal_point", "more"}


@pytest.mark.parametrize("words", EVERY)
def test_commands_named_in_a_sentence_are_the_same_in_every_language(words):
    def commands(text: str) -> set[str]:
        return {word.strip(".,;:") for word in text.split() if word.startswith("/")}

    assert {n: commands(t) for n, t in sentences(words).items()} == {
        n: commands(t) for n, t in sentences(ENGLISH).items()
    }


@pytest.mark.parametrize("words", EVERY)
def test_command_descriptions_fit_the_menu(words):
    lengths = {n: units(t) for n, t in sentences(words).items() if n.startswith("command_")}

    assert [name for name, length in lengths.items() if not 1 <= length <= 256] == []


@pytest.mark.parametrize("words", EVERY)
def test_answers_to_buttons_fit_200_characters(words):
    assert [name for name in TOASTS if units(sentences(words)[name].format(count=10**9)) > 200] == []


@pytest.mark.parametrize("words", EVERY)
def test_button_labels_are_short_enough_for_two_in_a_row(words):
    labels = {n: t for n, t in sentences(words).items() if n.startswith("button_")}

    assert [label for label in labels.values() if units(label) > 24] == []


@pytest.mark.parametrize("words", EVERY)
def test_a_week_has_seven_days_and_a_year_twelve_months(words):
    assert (len(set(words.weekdays)), len(set(words.months))) == (7, 12)


@pytest.mark.parametrize("words", EVERY)
def test_no_sentence_begins_like_a_possible_repeat(words):
    assert not [text for text in sentences(words).values() if text.startswith("↻")]


@pytest.mark.parametrize(
    ("tag", "language"),
    [("de", "de"), ("pt-br", "pt"), ("PT_BR", "pt"), ("zh-hans", "en"), ("", "en"), (None, "en"), ("-", "en")],
)
def test_regional_tags_fold_and_unknown_ones_are_english(tag, language):
    assert texts(tag).language == language


@pytest.mark.parametrize(
    ("size_bytes", "shown"),
    [
        (0, "0 B"),
        (999, "999 B"),
        (1000, "1 kB"),
        (340_400, "340 kB"),
        (999_499, "999 kB"),
        (999_500, "1 MB"),
        (1_234_567, "1.2 MB"),
        (26_214_400, "26 MB"),
    ],
)
def test_sizes_are_shown_in_powers_of_a_thousand(size_bytes, shown):
    assert size(size_bytes, ENGLISH) == shown


def test_sizes_have_the_decimal_sign_of_the_language():
    assert size(1_234_567, texts("de")) == "1,2 MB"


NOW = datetime(2026, 11, 2, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("before", "shown"),
    [
        (timedelta(seconds=-5), "just now"),
        (timedelta(seconds=59), "just now"),
        (timedelta(minutes=59), "59 min ago"),
        (timedelta(hours=47), "47 h ago"),
        (timedelta(days=3), "3 d ago"),
    ],
)
def test_moments_are_told_as_time_ago(before, shown):
    assert ago(NOW - before, NOW, ENGLISH) == shown


@pytest.mark.parametrize(
    ("start", "end", "shown"),
    [
        ("2026-11-06T10:00:00+01:00", "2026-11-06T11:30:00+01:00", "Fri 6 Nov 2026, 10:00–11:30 UTC+1"),
        ("2026-11-06T10:00:00Z", "2026-11-06T11:30:00+00:00", "Fri 6 Nov 2026, 10:00–11:30 UTC"),
        ("2026-11-06T10:00:00-03:30", None, "Fri 6 Nov 2026, 10:00 UTC−3:30"),
        ("2026-11-06T22:00:00", "2026-11-07T02:00:00", "Fri 6 Nov 2026, 22:00 – Sat 7 Nov 2026, 02:00"),
        ("2026-11-06T10:00:00", "2026-11-06T11:00:00Z", "Fri 6 Nov 2026, 10:00"),
        ("2026-11-06T10:00:00", "2026-11-06T09:00:00", "Fri 6 Nov 2026, 10:00"),
        ("2026-11-06", "2026-11-07", "Fri 6 Nov 2026"),
        ("2026-11-06", "2026-11-09", "Fri 6 Nov 2026 – Sun 8 Nov 2026"),
        ("2026-11-06", None, "Fri 6 Nov 2026"),
        ("9999-12-31T23:59:59-23:00", None, "9999-12-31T23:59:59-23:00"),
        ("soon", None, "soon"),
    ],
)
def test_periods_are_told_in_the_organisers_zone(start, end, shown):
    assert period(start, end, ENGLISH) == shown


def test_a_day_is_written_as_the_language_writes_it():
    assert (day_of("2026-03-06", texts("de")), day_of("nonsense", texts("de"))) == ("Fr. 6. März 2026", None)
