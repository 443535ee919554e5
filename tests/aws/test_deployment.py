from sevenbot.aws import deployment
from sevenbot.aws.deployment import Standing, template_parameters, wanted_settings
from sevenbot.aws.kept_settings import Kept
from sevenbot.config import load

GIVEN = {
    "TELEGRAM_BOT_TOKEN": "1:a",
    "SEVENBOT_DOMAIN": "example.org",
    "SEVENBOT_MODEL": "gpt",
    "SEVENBOT_SPOOL": "file:///var/spool",
    "SEVENBOT_RETENTION_DAYS": "10",
}


def test_every_setting_that_is_set_reaches_the_functions_secrets_as_such() -> None:
    wanted = wanted_settings(GIVEN, {})

    assert wanted["TELEGRAM_BOT_TOKEN"] == Kept("1:a", is_secret=True)
    assert wanted["SEVENBOT_MODEL"] == Kept("gpt", is_secret=False)


def test_what_the_template_decides_is_not_handed_on() -> None:
    assert not wanted_settings(GIVEN, {}).keys() & deployment.PLACED


def test_the_webhooks_secret_is_made_once_and_kept() -> None:
    first = wanted_settings(GIVEN, {})
    second = wanted_settings(GIVEN, first)

    assert len(first["SEVENBOT_WEBHOOK_SECRET"].value) >= 32
    assert first["SEVENBOT_WEBHOOK_SECRET"].is_secret
    assert second == first


def test_a_secret_that_is_set_is_taken() -> None:
    found = {"SEVENBOT_WEBHOOK_SECRET": Kept("old", is_secret=True)}

    wanted = wanted_settings({**GIVEN, "SEVENBOT_WEBHOOK_SECRET": "mine"}, found)

    assert wanted["SEVENBOT_WEBHOOK_SECRET"].value == "mine"


def test_a_setting_that_is_no_longer_set_goes() -> None:
    assert "SEVENBOT_MODEL" not in wanted_settings({}, wanted_settings(GIVEN, {}))


def test_parameters_follow_from_settings_and_account() -> None:
    standing = Standing(users_table=True, has_ses=True, rule_set="theirs")

    settings = load({**GIVEN, "SEVENBOT_IMAP_URL": "imaps://u:p@h/INBOX"})

    parameters = template_parameters(settings, standing, {"Size": "large"})

    assert parameters == {
        "Domain": "example.org",
        "UsersTableName": "telegram-users",
        "LedgerTableName": "email-processing-state",
        "RetentionDays": "10",
        "FetchByImap": "yes",
        "ReceiveBySes": "yes",
        "RuleSet": "theirs",
        "UsersTableStands": "yes",
        "LedgerTableStands": "no",
        "MailBucketStands": "no",
        "TlsOnly": "yes",
        "Size": "large",
    }
