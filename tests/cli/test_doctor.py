import json
from pathlib import Path
from typing import Any

import pytest

from sevenbot import cli
from sevenbot.config import SPECS

TOKEN = "123456:TEST-token_x"


@pytest.fixture(autouse=True)
def _a_bot_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for spec in SPECS.values():
        monkeypatch.delenv(spec.name, raising=False)
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".env").write_text(
        f"TELEGRAM_BOT_TOKEN={TOKEN}\nSEVENBOT_DOMAIN=sevenbot.example\nSEVENBOT_DATA_DIR=data\n"
        "SEVENBOT_SMTP_LISTEN=127.0.0.1:0\nSEVENBOT_HTTP_LISTEN=\nSEVENBOT_TELEGRAM_API_URL=http://127.0.0.1:9\n"
    )
    (tmp_path / ".env").chmod(0o600)


def asked(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, dict[str, Any]]:
    code = cli.invoke(["doctor", "--json", *arguments])
    out, _ = capsys.readouterr()
    assert TOKEN not in out
    return code, json.loads(out)


def results(told: dict[str, Any]) -> dict[str, str]:
    return {check["check"]: check["result"] for check in told["checks"]}


def test_each_system_has_its_line_and_a_failure_its_advice(capsys: pytest.CaptureFixture[str]) -> None:
    code = cli.invoke(["doctor"])

    out = capsys.readouterr().out
    assert code == 1
    for name in ("settings", "python", "folder", "database", "spool", "smtp port", "http port", "mx", "model"):
        assert f"✓ {name}:" in out
    assert "✗ telegram:     getMe: no connection" in out
    assert "→ is there a way to the internet" in out
    assert out.endswith("1 of 10 checks failed.\n")
    assert "TEST-token" not in out


def test_json_holds_the_same(capsys: pytest.CaptureFixture[str]) -> None:
    code, told = asked(capsys)

    assert code == 1
    assert told["ok"] is False
    assert results(told)["telegram"] == "failed"
    assert set(told["checks"][0]) == {"check", "result", "detail", "advice"}


def test_missing_settings_exit_2_and_the_rest_is_checked_all_the_same(capsys: pytest.CaptureFixture[str]) -> None:
    Path(".env").write_text("SEVENBOT_DATA_DIR=data\nSEVENBOT_HTTP_LISTEN=\nSEVENBOT_SMTP_LISTEN=\n")

    code, told = asked(capsys)

    assert code == 2
    assert [check["check"] for check in told["checks"][:2]] == ["settings", "settings"]
    assert results(told)["database"] == "ok"
    assert "telegram" not in results(told)


def test_wrong_settings_exit_2_all_of_them_told(capsys: pytest.CaptureFixture[str]) -> None:
    code, told = asked(capsys, "--smtp-listen", "x", "--retention-days", "0")

    assert code == 2
    assert len(told["checks"]) == 2


def test_a_broken_settings_file_exits_2(capsys: pytest.CaptureFixture[str]) -> None:
    Path(".env").write_text("TELEGRAM_BOT_TOKEN\n")

    code, told = asked(capsys)

    assert code == 2
    assert "line 1: expected NAME=VALUE" in told["checks"][0]["detail"]


def test_a_misspelt_setting_is_advice(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SEVENBOT_DOMIAN", "x")

    _, told = asked(capsys)

    assert told["checks"][0]["result"] == "advice"
    assert "did you mean SEVENBOT_DOMAIN?" in told["checks"][0]["detail"]


def test_a_secret_on_the_command_line_is_advised_to_go_into_the_file(capsys: pytest.CaptureFixture[str]) -> None:
    cli.invoke(["doctor", "--openai-api-key", "k"])

    out = capsys.readouterr().out
    assert "--openai-api-key: every user of this machine can read command lines\n" in out
    assert "→ set OPENAI_API_KEY in .env" in out
