from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from sevenbot.cli.options import NEEDED_BY_RUN, STORAGE, flag_name, load_settings, settings_options
from sevenbot.config import SPECS, Listen
from sevenbot.errors import ConfigError

TOKEN = "123456:TEST-token_x"


@pytest.fixture(autouse=True)
def _nothing_set(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for spec in SPECS.values():
        monkeypatch.delenv(spec.name, raising=False)
    monkeypatch.chdir(tmp_path)


@click.command()
@settings_options()
@click.argument("name")
def everything(name: str, flags: dict[str, str]) -> None:
    click.echo(f"{name} {sorted(flags.items())}")


def test_every_setting_is_a_flag() -> None:
    text = CliRunner().invoke(everything, ["--help"]).output

    for spec in SPECS.values():
        assert f"{flag_name(spec.name)} VALUE" in text


@pytest.mark.parametrize(
    ("name", "flag"),
    [
        ("SEVENBOT_SMTP_LISTEN", "--smtp-listen"),
        ("TELEGRAM_BOT_TOKEN", "--telegram-bot-token"),
        ("OPENAI_API_KEY", "--openai-api-key"),
        ("SEVENBOT_TELEGRAM_API_URL", "--telegram-api-url"),
    ],
)
def test_a_flag_is_the_settings_name(name: str, flag: str) -> None:
    assert flag_name(name) == flag


def test_only_the_flags_that_were_used_arrive_by_their_settings_names() -> None:
    result = CliRunner().invoke(everything, ["--smtp-listen", "", "--domain", "x.example", "ann"])

    assert result.output == "ann [('SEVENBOT_DOMAIN', 'x.example'), ('SEVENBOT_SMTP_LISTEN', '')]\n"


def test_a_command_can_take_some_settings_only() -> None:
    @click.command()
    @settings_options(*STORAGE)
    def some(flags: dict[str, str]) -> None:
        click.echo(str(flags))

    assert CliRunner().invoke(some, ["--data-dir", "x"]).output == "{'SEVENBOT_DATA_DIR': 'x'}\n"
    assert CliRunner().invoke(some, ["--domain", "x"]).exit_code == 2


def test_settings_come_from_the_file_the_environment_and_flags(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / ".env").write_text(f"TELEGRAM_BOT_TOKEN={TOKEN}\nSEVENBOT_DOMAIN=file.example\nSEVENBOT_MODEL=file\n")
    monkeypatch.setenv("SEVENBOT_DOMAIN", "env.example")
    monkeypatch.setenv("SEVENBOT_MODEL", "env")

    settings = load_settings({"SEVENBOT_MODEL": "flag", "SEVENBOT_SMTP_LISTEN": "[::1]:25"}, needs=NEEDED_BY_RUN)

    assert settings.telegram_bot_token is not None
    assert settings.telegram_bot_token.reveal() == TOKEN
    assert (settings.domain, settings.model) == ("env.example", "flag")
    assert settings.smtp_listen == Listen("::1", 25)


def test_what_run_needs_is_asked_for() -> None:
    with pytest.raises(ConfigError) as caught:
        load_settings({}, needs=NEEDED_BY_RUN)

    assert len(caught.value.problems) == 2


def test_a_misspelt_setting_is_warned_of(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("SEVENBOT_DOMIAN", "x")

    load_settings({})

    warning = "warning: SEVENBOT_DOMIAN: no such setting, did you mean SEVENBOT_DOMAIN?\n"
    assert capsys.readouterr() == ("", warning)


def test_a_secret_as_a_flag_is_warned_of_without_showing_it(capsys: pytest.CaptureFixture[str]) -> None:
    load_settings({"TELEGRAM_BOT_TOKEN": TOKEN})

    err = capsys.readouterr().err
    assert err.startswith("warning: --telegram-bot-token: every user of this machine can read command lines")
    assert "TEST-token" not in err
