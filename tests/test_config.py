from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sevenbot.config import SPECS, Listen, Secret, Settings, environment, for_libraries, load, unknown
from sevenbot.errors import ConfigError
from sevenbot.summarise.openai import DEFAULT_BASE_URL, DEFAULT_MODEL

TOKEN = "123456:TEST-token_x"


def problems(**environ: str) -> list[str]:
    with pytest.raises(ConfigError) as caught:
        load(environ)
    return caught.value.problems


def test_nothing_set_gives_the_defaults() -> None:
    settings = load({})

    assert settings == Settings()
    assert settings.smtp_listen == Listen("127.0.0.1", 2525)
    assert settings.http_listen == Listen("127.0.0.1", 8080)
    assert settings.retention == timedelta(days=30)
    assert settings.max_mail_bytes == 25 * 1024 * 1024
    assert not settings.uses_model


def test_flags_go_before_the_environment() -> None:
    settings = load({"SEVENBOT_DOMAIN": "a.example"}, {"SEVENBOT_DOMAIN": "b.example"})

    assert settings.domain == "b.example"


def test_the_environment_goes_before_the_file(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("SEVENBOT_DOMAIN=file.example\nSEVENBOT_MODEL=small\n")

    environ = environment({"SEVENBOT_DOMAIN": "env.example"}, tmp_path)

    assert environ == {"SEVENBOT_DOMAIN": "env.example", "SEVENBOT_MODEL": "small"}


def test_no_file_is_no_problem(tmp_path: Path) -> None:
    assert environment({"A": "b"}, tmp_path) == {"A": "b"}


def test_values_of_the_file_are_taken_as_written(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("# mine\nexport A='pa$$ ${HOME}'\n\nB=\nC = \"x y\" # why\n")

    assert environment({}, tmp_path) == {"A": "pa$$ ${HOME}", "B": "", "C": "x y"}


@pytest.mark.parametrize("line", ["TELEGRAM_BOT_TOKEN", "a b c", "=x"])
def test_a_line_of_the_file_that_says_nothing_is_told(tmp_path: Path, line: str) -> None:
    (tmp_path / ".env").write_text(f"A=b\n{line}\n")

    with pytest.raises(ConfigError, match=r"\.env, line 2: expected NAME=VALUE"):
        environment({}, tmp_path)


def test_a_file_that_is_no_text_is_told(tmp_path: Path) -> None:
    (tmp_path / ".env").write_bytes(b"A=\xff\xfe")

    with pytest.raises(ConfigError, match=r"cannot be read: it is not UTF-8 text$"):
        environment({}, tmp_path)


def test_a_folder_in_the_files_place_is_told(tmp_path: Path) -> None:
    (tmp_path / ".env").mkdir()

    with pytest.raises(ConfigError, match=r"cannot be read: Is a directory$"):
        environment({}, tmp_path)


def test_missing_settings_are_told_all_at_once_with_what_they_are() -> None:
    with pytest.raises(ConfigError) as caught:
        load({"SEVENBOT_DOMAIN": "  "}, needs=("TELEGRAM_BOT_TOKEN", "SEVENBOT_DOMAIN"))

    assert [line.partition(": ")[0] for line in caught.value.problems] == ["TELEGRAM_BOT_TOKEN", "SEVENBOT_DOMAIN"]
    assert "@BotFather" in caught.value.problems[0]


def test_wrong_and_missing_settings_are_told_together() -> None:
    with pytest.raises(ConfigError) as caught:
        load({"SEVENBOT_RETENTION_DAYS": "0", "SEVENBOT_SMTP_LISTEN": "25"}, needs=("SEVENBOT_DOMAIN",))

    assert len(caught.value.problems) == 3


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("SEVENBOT_DOMAIN", "a..b", "a domain name"),
        ("SEVENBOT_DOMAIN", "ann@example.org", "a domain name"),
        ("SEVENBOT_DOMAIN", "https://example.org", "a domain name"),
        ("SEVENBOT_DOMAIN", "a" * 64 + ".org", "a domain name"),
        ("SEVENBOT_SMTP_LISTEN", "2525", "HOST:PORT"),
        ("SEVENBOT_SMTP_LISTEN", "127.0.0.1:", "HOST:PORT"),
        ("SEVENBOT_SMTP_LISTEN", "127.0.0.1:65536", "HOST:PORT"),
        ("SEVENBOT_SMTP_LISTEN", "::1:25", "HOST:PORT"),
        ("SEVENBOT_SMTP_LISTEN", "127.0.0.1:٢٥", "HOST:PORT"),
        ("SEVENBOT_HTTP_LISTEN", "http://127.0.0.1:80", "HOST:PORT"),
        ("SEVENBOT_HTTP_LISTEN", "a b:80", "HOST:PORT"),
        ("SEVENBOT_RETENTION_DAYS", "-1", "days from 1 to 36500"),
        ("SEVENBOT_RETENTION_DAYS", "9" * 5000, "days from 1 to 36500"),
        ("SEVENBOT_MAX_MAIL_BYTES", "25 MiB", "a whole number above 0"),
        ("SEVENBOT_MAX_MAIL_BYTES", "9" * 5000, "a whole number above 0"),
        ("SEVENBOT_PUBLIC_URL", "http://bot.example.org", "https"),
        ("SEVENBOT_PUBLIC_URL", "bot.example.org", "http:// or https://"),
        ("OPENAI_BASE_URL", "http://[::1", "http:// or https://"),
        ("OPENAI_BASE_URL", "http://host:99999/v1", "http:// or https://"),
        ("OPENAI_BASE_URL", "https://host/v1?key=1", "http:// or https://"),
        ("OPENAI_BASE_URL", "https://host/v 1", "http:// or https://"),
        ("SEVENBOT_STATE", "sqlite:///", "sqlite:///FILE"),
        ("SEVENBOT_STATE", "/var/x.db", "sqlite:///FILE"),
        ("SEVENBOT_STATE", "postgres://x", "sqlite:///FILE"),
        ("SEVENBOT_STATE", "sqlite:///~no-such-user/x.db", "no user here"),
        ("SEVENBOT_STATE", "dynamodb://eu-west-1", "dynamodb:// (tables and region have settings of their own)"),
        ("SEVENBOT_USERS_TABLE", "ab", "3 to 255 characters"),
        ("SEVENBOT_USERS_TABLE", "my users", "3 to 255 characters"),
        ("SEVENBOT_LEDGER_TABLE", "tåble", "3 to 255 characters"),
        ("SEVENBOT_LEDGER_TABLE", "telegram-users", "the table of the users already"),
        ("SEVENBOT_SPOOL", "s3://", "s3://BUCKET/PREFIX"),
        ("SEVENBOT_SPOOL", "s3://Mail", "s3://BUCKET/PREFIX"),
        ("SEVENBOT_SPOOL", "s3://a..b", "s3://BUCKET/PREFIX"),
        ("SEVENBOT_SPOOL", "s3://192.168.0.1/x", "s3://BUCKET/PREFIX"),
        ("SEVENBOT_SPOOL", "s3://mail/a//b", "s3://BUCKET/PREFIX"),
        ("SEVENBOT_SPOOL", "s3://mail/../b", "s3://BUCKET/PREFIX"),
        ("SEVENBOT_SPOOL", "s3://mail/ä", "s3://BUCKET/PREFIX"),
        ("SEVENBOT_QUEUE", "https://sqs.example.org/q", "sqs://NAME"),
        ("SEVENBOT_QUEUE", "sqs://", "sqs://NAME"),
        ("SEVENBOT_QUEUE", "sqs://a.fifo", "sqs://NAME"),
        ("SEVENBOT_SSM_PATH", "sevenbot", "a path like /sevenbot/my-stack/"),
        ("SEVENBOT_SSM_PATH", "/seven bot/", "a path like /sevenbot/my-stack/"),
        ("SEVENBOT_SPOOL", "file://relative", "file:///FOLDER"),
        ("SEVENBOT_SPOOL", "file:///", "file:///FOLDER"),
        ("SEVENBOT_DATA_DIR", "a\0b", "a folder's path"),
        ("SEVENBOT_MODEL", "two\nlines", "one line"),
    ],
)
def test_a_wrong_value_is_told_with_its_name_what_it_is_and_what_it_takes(name: str, value: str, expected: str) -> None:
    (line,) = problems(**{name: value})

    assert line.startswith(f"{name}: got ")
    assert expected in line
    assert len(line) < 300


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("TELEGRAM_BOT_TOKEN", "my-secret-token"),
        ("TELEGRAM_BOT_TOKEN", "123456:with space"),
        ("SEVENBOT_WEBHOOK_SECRET", "my-secret-ü"),
        ("OPENAI_API_KEY", "my-secret\r\nHost: x"),
    ],
)
def test_a_wrong_secret_is_told_without_showing_it(name: str, value: str) -> None:
    (line,) = problems(**{name: value})

    assert line.startswith(f"{name}: got a value (hidden), expected ")
    assert value not in line


def test_a_wrong_address_is_told_without_its_password() -> None:
    (line,) = problems(OPENAI_BASE_URL="ftp://user:hunter2@host")

    assert "hunter2" not in line


@pytest.mark.parametrize(
    ("value", "listen"),
    [
        ("127.0.0.1:25", Listen("127.0.0.1", 25)),
        (" 0.0.0.0:0 ", Listen("0.0.0.0", 0)),
        (":2525", Listen("127.0.0.1", 2525)),
        ("[::1]:25", Listen("::1", 25)),
        ("[::]:25", Listen("::", 25)),
        ("mail-1.example.org:25", Listen("mail-1.example.org", 25)),
        ("", None),
        ("  ", None),
    ],
)
def test_a_listening_address_is_read(value: str, listen: Listen | None) -> None:
    assert load({"SEVENBOT_SMTP_LISTEN": value}).smtp_listen == listen


def test_a_listening_address_shows_as_it_is_written() -> None:
    assert str(Listen("::1", 25)) == "[::1]:25"
    assert str(Listen("127.0.0.1", 25)) == "127.0.0.1:25"


@pytest.mark.parametrize(
    ("value", "domain"),
    [
        ("Mail.Example.ORG.", "mail.example.org"),
        ("localhost", "localhost"),
        ("münchen.example", "xn--mnchen-3ya.example"),
        ("почта.рф", "xn--80a1acny.xn--p1ai"),
    ],
)
def test_a_domain_is_kept_in_its_ascii_form(value: str, domain: str) -> None:
    assert load({"SEVENBOT_DOMAIN": value}).domain == domain


def test_slashes_at_the_end_of_an_address_go() -> None:
    assert load({"OPENAI_BASE_URL": "http://127.0.0.1:8000/v1/"}).openai_base_url == "http://127.0.0.1:8000/v1"


def test_a_public_address_on_this_machine_needs_no_https() -> None:
    assert load({"SEVENBOT_PUBLIC_URL": "http://127.0.0.1:8080"}).public_url == "http://127.0.0.1:8080"


def test_the_data_folder_holds_database_and_spool_unless_they_are_set(tmp_path: Path) -> None:
    settings = load({"SEVENBOT_DATA_DIR": str(tmp_path)})

    assert settings.database_path == tmp_path / "sevenbot.db"
    assert settings.spool_path == tmp_path / "spool"


def test_database_and_spool_can_be_elsewhere() -> None:
    settings = load({"SEVENBOT_STATE": "sqlite:////srv/a.db", "SEVENBOT_SPOOL": "file:///srv/spool"})

    assert settings.database_path == Path("/srv/a.db")
    assert settings.spool_path == Path("/srv/spool")


def test_relative_paths_are_taken_from_the_working_directory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)

    settings = load({"SEVENBOT_DATA_DIR": "here", "SEVENBOT_STATE": "sqlite:///a.db"})

    assert settings.data_dir == tmp_path / "here"
    assert settings.database_path == tmp_path / "a.db"


def test_a_tilde_is_the_home_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))

    assert load({"SEVENBOT_DATA_DIR": "~/bot"}).data_dir == tmp_path / "bot"


@pytest.mark.parametrize("name", ["OPENAI_API_KEY", "OPENAI_BASE_URL", "SEVENBOT_MODEL"])
def test_each_of_the_model_settings_means_a_model(name: str) -> None:
    assert load({name: "http://127.0.0.1:1"}).uses_model


def test_the_defaults_that_are_told_of_the_model_are_the_ones_it_takes() -> None:
    told = {spec.name: spec.shown_default for spec in SPECS.values()}

    assert told["SEVENBOT_MODEL"] == f"`{DEFAULT_MODEL}`"
    assert told["OPENAI_BASE_URL"] == f"`{DEFAULT_BASE_URL}`"


def test_two_doors_on_one_port_are_a_problem() -> None:
    (line,) = problems(SEVENBOT_SMTP_LISTEN="127.0.0.1:8080")

    assert line.startswith("SEVENBOT_HTTP_LISTEN: ")


def test_two_doors_on_any_free_port_are_none() -> None:
    load({"SEVENBOT_SMTP_LISTEN": "127.0.0.1:0", "SEVENBOT_HTTP_LISTEN": "127.0.0.1:0"})


def test_a_webhook_without_the_web_part_is_a_problem() -> None:
    (line,) = problems(SEVENBOT_PUBLIC_URL="https://bot.example.org", SEVENBOT_HTTP_LISTEN="")

    assert "no webhook call could come in" in line


def test_secrets_do_not_show_in_text_or_in_the_list_of_settings() -> None:
    settings = load(
        {"TELEGRAM_BOT_TOKEN": TOKEN, "OPENAI_API_KEY": "sk-abc", "OPENAI_BASE_URL": "http://me:hunter2@host"}
    )

    for text in (repr(settings), str(settings.shown()), f"{settings.telegram_bot_token}"):
        assert "TEST-token_x" not in text
        assert "sk-abc" not in text
    assert "hunter2" not in str(settings.shown())
    assert settings.telegram_bot_token is not None
    assert settings.telegram_bot_token.reveal() == TOKEN


def test_secrets_compare_by_value() -> None:
    assert Secret("a") == Secret("a")
    assert Secret("a") != Secret("b")
    assert Secret("a") != "a"
    assert len({Secret("a"), Secret("a")}) == 1


def test_the_list_of_settings_has_each_by_its_name_as_it_could_be_set_again() -> None:
    shown = load({"SEVENBOT_RETENTION_DAYS": "7"}).shown()

    assert list(shown) == [spec.name for spec in SPECS.values()]
    assert shown["SEVENBOT_RETENTION_DAYS"] == "7"
    assert shown["SEVENBOT_SMTP_LISTEN"] == "127.0.0.1:2525"
    assert shown["SEVENBOT_PUBLIC_URL"] == ""


def test_a_misspelt_name_is_told_with_its_nearest() -> None:
    lines = unknown(["SEVENBOT_SMTP_LISTN", "SEVENBOT_DOMAIN", "PATH", "SEVENBOT_ZZZ"])

    assert lines == [
        "SEVENBOT_SMTP_LISTN: no such setting, did you mean SEVENBOT_SMTP_LISTEN?",
        "SEVENBOT_ZZZ: no such setting",
    ]


@given(st.dictionaries(st.sampled_from([spec.name for spec in SPECS.values()]), st.text(max_size=60)))
def test_any_text_gives_settings_that_read_back_the_same_or_one_config_error_property(environ: dict[str, str]) -> None:
    try:
        settings = load(environ)
    except ConfigError:
        return
    shown = {name: value for name, value in settings.shown().items() if value != "****" and "****@" not in value}

    assert shown.items() <= load(shown).shown().items()


@pytest.mark.parametrize(
    ("spool", "bucket", "prefix"),
    [("s3://mail", "mail", ""), ("s3://mail/", "mail", ""), ("s3://my.mail-1/raw/eu/", "my.mail-1", "raw/eu")],
)
def test_a_bucket_may_have_a_prefix(spool: str, bucket: str, prefix: str) -> None:
    settings = load({"SEVENBOT_SPOOL": spool})

    assert settings.bucket == (bucket, prefix)
    assert settings.uses_aws
    assert not settings.uses_dynamodb
    assert settings.spool_path == settings.data_dir / "spool"


def test_dynamodb_has_the_tables_of_the_guide_unless_told_otherwise() -> None:
    settings = load({"SEVENBOT_STATE": "dynamodb://", "SEVENBOT_LEDGER_TABLE": "mails.v2"})

    assert settings.uses_dynamodb
    assert settings.uses_aws
    assert (settings.users_table, settings.ledger_table) == ("telegram-users", "mails.v2")
    assert settings.database_path == settings.data_dir / "sevenbot.db"


def test_a_machine_of_its_own_uses_nothing_of_aws() -> None:
    assert load({}).bucket is None
    assert not load({"SEVENBOT_STATE": "sqlite:////a.db", "SEVENBOT_SPOOL": "file:///b"}).uses_aws


def test_what_is_meant_for_the_sdk_is_handed_on_and_the_region_under_both_names() -> None:
    environ = {
        "AWS_REGION": "eu-west-1",
        "AWS_DEFAULT_REGION": "x",
        "AWS_PROFILE": "bot",
        "AWS_CA_BUNDLE": "",
        "A": "b",
    }

    assert for_libraries(environ) == {
        "AWS_REGION": "eu-west-1",
        "AWS_DEFAULT_REGION": "eu-west-1",
        "AWS_PROFILE": "bot",
    }


def test_the_certificates_to_trust_are_handed_to_openssl() -> None:
    assert for_libraries({"SSL_CERT_FILE": "/etc/ours.pem", "B": "c"}) == {"SSL_CERT_FILE": "/etc/ours.pem"}


def test_a_queue_wants_tables_and_bucket_with_it() -> None:
    (problem,) = problems(SEVENBOT_QUEUE="sqs://mail", SEVENBOT_STATE="dynamodb://")

    assert problem.startswith("SEVENBOT_QUEUE: got 'sqs://mail'")
    assert "SEVENBOT_SPOOL=s3://" in problem


def test_a_queue_and_the_path_of_the_secrets_are_read_in_one_form() -> None:
    on_aws = {"SEVENBOT_STATE": "dynamodb://", "SEVENBOT_SPOOL": "s3://mail/raw"}

    settings = load({**on_aws, "SEVENBOT_QUEUE": "sqs://sevenbot-mail", "SEVENBOT_SSM_PATH": "/sevenbot/stack"})

    assert settings.queue_name == "sevenbot-mail"
    assert settings.ssm_path == "/sevenbot/stack/"
    assert load({}).queue_name is None
