from sevenbot.aws.kept_settings import Difference, Kept, KeptSettings, difference, digest
from tests.aws import ministack

TOKEN = Kept("1:a", is_secret=True)
MODEL = Kept("gpt", is_secret=False)


def store(path: str) -> KeptSettings:
    return KeptSettings(ministack.with_clients("ssm"), path)


def test_what_is_written_is_read_and_secrets_are_encrypted() -> None:
    wanted = {"TELEGRAM_BOT_TOKEN": TOKEN, "SEVENBOT_MODEL": MODEL}
    kept = store("/sevenbot/kept-a/")

    kept.write(wanted, difference(wanted, {}))

    assert kept.read() == wanted
    found = ministack.client(ministack.running(), "ssm").get_parameter(Name="/sevenbot/kept-a/TELEGRAM_BOT_TOKEN")
    assert found["Parameter"]["Type"] == "SecureString"


def test_more_than_a_page_is_written_and_removed() -> None:
    wanted = {f"SETTING_{number:02}": MODEL for number in range(23)}
    kept = store("/sevenbot/kept-b/")

    kept.write(wanted, difference(wanted, {}))
    assert kept.read() == wanted

    kept.write({}, difference({}, wanted))
    assert kept.read() == {}


def test_two_stacks_do_not_meet() -> None:
    store("/sevenbot/kept-c/").write({"A": MODEL}, difference({"A": MODEL}, {}))

    assert store("/sevenbot/kept/").read() == {}


def test_the_difference_is_told_by_name() -> None:
    wanted = {"A": MODEL, "B": Kept("new", is_secret=True)}
    found = {"B": Kept("old", is_secret=True), "C": MODEL}

    assert difference(wanted, found) == Difference(added=("A",), changed=("B",), removed=("C",))
    assert not any(difference(wanted, wanted))


def test_the_digest_changes_with_every_setting_and_shows_none() -> None:
    plain = digest({"A": MODEL}, "key")

    assert plain == digest({"A": MODEL}, "key")
    assert plain != digest({"A": Kept("gpt2", is_secret=False)}, "key")
    assert plain != digest({"A": MODEL}, "another key")
    assert "gpt" not in plain


def test_a_value_never_shows_itself() -> None:
    assert "1:a" not in repr(TOKEN)
