"""The measures of `make quality` hold what was reached: a change that reads mail worse fails here."""

import importlib
import json
from pathlib import Path

import pytest
from quality.__main__ import MEASURES, attribution, line, main
from quality.corpus import CORPUS
from quality.row import Labelled, Row, share_row
from training.bc3 import marked_mails
from training.fit import cleaned_lead, ranked_by, share

from quality import decorated, injection
from sevenbot.summarise.ranker import SHIPPED

#: What was reached, by the measure's words before its number of cases; limits of time are the table's, not the tests'.
FLOORS = {
    "mails read without failing": 1.0,
    "malformed mails read with a note": 0.84,
    "subjects, as another parser": 1.0,
    "addresses, as another parser": 1.0,
    "attachments, as another parser": 1.0,
    "dates, as another parser": 1.0,
    "texts, as another parser": 0.58,
    "address fields, as another parser": 0.86,
    "date fields, as another parser": 0.85,
    "text fields, as another parser": 0.93,
    "subjects without Re: and Fwd:": 1.0,
    "words of pages, F1 against their plain twins": 0.99,
    "bounce recipients, first half": 0.99,
    "bounce recipients, second half": 0.97,
    "bounces permanent or temporary, first half": 0.98,
    "bounces permanent or temporary, second half": 0.96,
    "bounces and automatic answers told from other mail": 0.98,
    "files in winmail.dat, as another program": 1.0,
    "invitations, as the icalendar library": 1.0,
    "kinds of mail, first half": 0.96,
    "kinds of mail, second half": 0.94,
    "codes, precision, first half": 0.98,
    "codes, recall, first half": 0.98,
    "codes, precision, second half": 0.98,
    "codes, recall, second half": 0.98,
    "codes, precision, late": 0.97,
    "codes, recall, late": 0.96,
    "expected replies, exact but for white space": 0.95,
}


#: Those with a test of their own below, or, for time, none.
APART = {"bc3", "cpu", "injection"}


@pytest.mark.parametrize("name", [name for name in MEASURES if name not in APART])
def test_measure_holds_its_floor(name: str) -> None:
    module = importlib.import_module(f"quality.{name}")
    if module.SETS and not CORPUS.is_dir():
        pytest.skip(f"no mail corpus at {CORPUS}")

    below = {row.measure: row.ours for row in module.rows(CORPUS) if number(row.ours) < floor(row)}

    assert below == {}


def floor(row: Row) -> float:
    return FLOORS.get(row.measure.rpartition(" (")[0], -1.0)


@pytest.mark.skipif(not CORPUS.is_dir(), reason=f"no mail corpus at {CORPUS}")
def test_shipped_ranker_chooses_what_readers_chose() -> None:
    mails = marked_mails(CORPUS)

    assert share(mails, ranked_by(SHIPPED)) >= 0.87
    assert share(mails, cleaned_lead) >= 0.75


@pytest.mark.skipif(not CORPUS.is_dir(), reason=f"no mail corpus at {CORPUS}")
def test_nothing_of_a_hostile_model_reaches_the_chat() -> None:
    missed = [(row.measure, row.ours, row.misses) for row in injection.rows(CORPUS, one_in=20) if not row.is_reached]

    assert missed == []


def test_summary_loses_nothing_to_what_stands_around_a_mail() -> None:
    (row,) = decorated.rows(CORPUS)

    assert row.is_reached, row.misses


def number(shown: str) -> float:
    value = float(shown.split(maxsplit=1)[0])
    return value / 100 if shown.endswith("%") else value


def test_row_of_a_share_names_what_failed() -> None:
    row = share_row("answers", [Labelled("a", 1, 1), Labelled("b", 2, 3)], 0.9)

    assert line(row) == "| answers (2) | 50.0 % | – | 90.0 % | missed |"
    assert row.misses == ("b\n    wanted 2\n    found  3",)


def test_nearly_all_is_not_shown_as_all() -> None:
    cases = [Labelled(str(number), number, max(number, 1)) for number in range(5000)]

    assert share_row("answers", cases, None).ours == "99.9 %"


def test_missing_corpus_is_said_with_its_place(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert main(["replies", "-C", str(tmp_path / "none")]) == 2
    assert str(tmp_path / "none") in capsys.readouterr().err


def test_own_labelled_mail_needs_no_corpus(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert main(["decorated", "-C", str(tmp_path / "none")]) == 0
    assert "words of the summary lost" in capsys.readouterr().out


def test_unknown_measure_is_wrong_usage() -> None:
    with pytest.raises(SystemExit) as stopped:
        main(["nothing"])

    assert stopped.value.code == 2


def test_attribution_names_the_source_and_its_licences(tmp_path: Path) -> None:
    (tmp_path / "x").mkdir()
    (tmp_path / "x" / "SOURCE.txt").write_text(
        "set: x\nrepository: a/x (a copy)\ncommit/version: 0123456789abcdef\nlicence: MIT (attribution: Ann Ray)\n"
    )
    case: dict[str, object] = {
        "path": "x/a",
        "set": "x",
        "kind": "mime",
        "files": [],
        "expected": None,
        "licence": "MIT",
    }
    (tmp_path / "index.jsonl").write_text(json.dumps(case))

    assert attribution(tmp_path, "x") == "- x: a/x, 0123456789ab; MIT; Ann Ray"
