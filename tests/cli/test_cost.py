import json

import pytest

from sevenbot import cli


def test_a_month_is_told_row_by_row(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.invoke(["aws", "cost", "--mails", "1000000", "--users", "1000"]) == 0

    out = capsys.readouterr().out
    assert "1,000,000 mails received" in out
    assert "together" in out
    assert "model" not in out.splitlines()[0]


def test_programs_get_json(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.invoke(["aws", "cost", "--mails", "10000", "--users", "500", "--model-price", "0.4:1.6", "--json"]) == 0

    told = json.loads(capsys.readouterr().out)
    assert told["usd"] == pytest.approx(sum(row["usd"] for row in told["rows"]), abs=0.01)
    assert sum(row["share"] for row in told["rows"]) == pytest.approx(1, abs=0.01)
    assert {"service": "SES", "what": "10,000 mails received"}.items() <= told["rows"][0].items()


def test_no_mails_cost_what_stands_still(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.invoke(["aws", "cost", "--mails", "0", "--users", "0"]) == 0

    assert "for 1,000 mails" not in capsys.readouterr().out


def test_a_wrong_price_says_what_it_takes(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.invoke(["aws", "cost", "--model-price", "cheap"]) == 2

    assert "0.40:1.60" in capsys.readouterr().err
