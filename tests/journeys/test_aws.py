"""
The real template with the real package on an emulated account that enforces permissions: from `deploy` to `destroy`.

One stack lives through all tests, in their order; each uses chats of its own. The emulator runs the functions, polls the
queue and evaluates each role's policy; SES is played by an object and a notice in the documented form.
"""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import json
import re
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.message import EmailMessage
from email.utils import make_msgid
from pathlib import Path
from typing import Any

import pytest

from sevenbot.aws.client import open_aws
from sevenbot.aws.package import build
from sevenbot.aws.policy import FUNCTIONS, Resources, function_policy
from sevenbot.envelope import Envelope, Recipient
from sevenbot.spool.s3 import S3Store
from tests.aws import ministack
from tests.journeys.machine import DOMAIN, TOKEN, TelegramProcess, own_environment, telegram, wait_until
from tests.receive.dovecot import Account as Mailbox
from tests.receive.dovecot import dovecot, is_installed

pytestmark = pytest.mark.slow

STACK = "journey"
SPOOL = f"s3://{STACK}-mail-{ministack.ACCOUNT}-{ministack.REGION}/raw"
UPDATES = itertools.count(1)
CHATS = itertools.count(7000)


@dataclass
class Account:
    """An emulated account, a simulated Telegram, and an operator's command line."""

    url: str
    telegram: TelegramProcess
    package: Path
    folder: Path
    settings: dict[str, str] = field(default_factory=dict)
    said_first: str = ""

    def client(self, service: str) -> Any:
        return ministack.client(self.url, service)

    # the operator

    def run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        environ = {name: value for name, value in own_environment().items() if not name.startswith("AWS_")}
        environ |= {"SEVENBOT_STATE": "dynamodb://", "SEVENBOT_QUEUE": f"sqs://{STACK}-mail", "SEVENBOT_SPOOL": SPOOL}
        return subprocess.run(
            [sys.executable, "-m", "sevenbot", *arguments],
            env=environ | ministack.settings(self.url) | self.settings,
            cwd=self.folder,
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
        )

    def deploy(self, *flags: str) -> str:
        """Deploy, and return what was said."""
        where = ("--stack", STACK, "--package", str(self.package))
        done = self.run("aws", "deploy", *where, "--yes", *flags)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    @property
    def outputs(self) -> dict[str, str]:
        (stack,) = self.client("cloudformation").describe_stacks(StackName=STACK)["Stacks"]
        return {output["OutputKey"]: output["OutputValue"] for output in stack["Outputs"]}

    def resource(self, logical: str) -> str:
        answer = self.client("cloudformation").describe_stack_resource(StackName=STACK, LogicalResourceId=logical)
        found: str = answer["StackResourceDetail"]["PhysicalResourceId"]
        return found

    @contextlib.contextmanager
    def denied(self, function: str, *actions: str) -> Iterator[None]:
        """Forbid a function some actions while inside."""
        role = self.resource(f"{function}Role")
        statement = {"Effect": "Deny", "Action": list(actions), "Resource": "*"}
        document = json.dumps({"Version": "2012-10-17", "Statement": [statement]})
        self.client("iam").put_role_policy(RoleName=role, PolicyName="denied", PolicyDocument=document)
        yield
        self.client("iam").delete_role_policy(RoleName=role, PolicyName="denied")

    def logged(self, function: str) -> str:
        """Return all that a function has written."""
        pages = self.client("logs").get_paginator("filter_log_events")
        group = f"/aws/lambda/{STACK}-{function}"
        return "\n".join(event["message"] for page in pages.paginate(logGroupName=group) for event in page["events"])

    # Telegram

    def post(self, chat_id: int, text: str, secret: str | None, number: int | None = None) -> int:
        """Send an update to the API as Telegram does, and return the answer's status."""
        api_id = self.outputs["ApiUrl"].removeprefix("https://").partition(".")[0]
        chat, who = {"id": chat_id, "type": "private"}, {"id": chat_id, "is_bot": False, "first_name": "Ann"}
        message = {"message_id": 1, "date": 1, "text": text, "chat": chat, "from": who}
        request = urllib.request.Request(
            f"{self.url}/_aws/execute-api/{api_id}/$default/telegram/webhook",
            data=json.dumps({"update_id": number or next(UPDATES), "message": message}).encode(),
            headers={"Content-Type": "application/json"},
        )
        if secret is not None:
            request.add_header("X-Telegram-Bot-Api-Secret-Token", secret)
        try:
            with urllib.request.urlopen(request, timeout=60) as answer:
                status: int = answer.status
        except urllib.error.HTTPError as exc:
            return exc.code
        return status

    @property
    def secret(self) -> str:
        name = f"/sevenbot/{STACK}/SEVENBOT_WEBHOOK_SECRET"
        found = self.client("ssm").get_parameter(Name=name, WithDecryption=True)["Parameter"]["Value"]
        assert isinstance(found, str)
        return found

    def new_chat(self) -> int:
        """Return a chat that has written to the bot (others cannot be written to)."""
        chat_id = next(CHATS)
        self.telegram.say("hello", {"id": chat_id, "is_bot": False, "first_name": "Ann"})
        return chat_id

    def register(self) -> tuple[int, str]:
        """Register a new chat, and return it with its address."""
        chat_id = self.new_chat()
        assert self.post(chat_id, "/register", self.secret) == 200
        (text,) = [message["text"] for message in self.telegram.messages() if message["chat_id"] == chat_id]
        found = re.search(rf"[a-z0-9-]+@{re.escape(DOMAIN)}", text)
        assert found is not None, text
        return chat_id, found[0]

    def said(self, chat_id: int, text: str) -> list[str]:
        """Return the messages in a chat that contain *text*."""
        return [
            message["text"]
            for message in self.telegram.messages()
            if message["chat_id"] == chat_id and text in message["text"]
        ]

    def wait_for(self, chat_id: int, text: str, seconds: float = 20.0) -> None:
        wait_until(lambda: self.said(chat_id, text), seconds, f"{text!r} in the chat")

    # mail

    def receive_by_ses(self, raw: bytes, *recipients: str) -> str:
        """Do what SES does with a mail, and return the notice."""
        key = f"inbound/{make_msgid()[1:20]}"
        self.client("s3").put_object(Bucket=self.outputs["MailBucket"], Key=key, Body=raw)
        notice = self.notice(key, *recipients)
        self.client("sns").publish(TopicArn=self.outputs["MailTopicArn"], Message=notice)
        return notice

    def notice(self, key: str, *recipients: str) -> str:
        now = f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%S.000Z}"
        verdicts = {f"{name}Verdict": {"status": "PASS"} for name in ("spam", "virus", "spf", "dkim", "dmarc")}
        action = {
            "type": "S3",
            "bucketName": self.outputs["MailBucket"],
            "objectKeyPrefix": "inbound/",
            "objectKey": key,
        }
        return json.dumps(
            {
                "notificationType": "Received",
                "receipt": {"timestamp": now, "recipients": list(recipients), **verdicts, "action": action},
                "mail": {
                    "timestamp": now,
                    "source": "bob@example.net",
                    "messageId": key,
                    "destination": list(recipients),
                },
            }
        )

    def store_as_the_fetcher_does(self, raw: bytes, recipient: Recipient) -> None:
        async def put() -> None:
            async with open_aws() as aws:
                envelope = Envelope("bob@example.net", (recipient,), datetime.now(UTC), "imap")
                await S3Store(aws, self.outputs["MailBucket"], "raw").put_all([(raw, envelope)])

        with ministack.environment(self.url):
            asyncio.run(put())

    def depth(self, output: str) -> int:
        names = [f"ApproximateNumberOfMessages{kind}" for kind in ("", "NotVisible", "Delayed")]
        found = self.client("sqs").get_queue_attributes(QueueUrl=self.outputs[output], AttributeNames=names)
        return sum(int(found["Attributes"][name]) for name in names)


def mail(subject: str, to: str) -> bytes:
    message = EmailMessage()
    message["From"] = "Bob <bob@example.net>"
    message["To"] = to
    message["Subject"] = subject
    message["Message-ID"] = make_msgid()
    message.set_content("Please bring the signed papers on Tuesday at ten.\n")
    return bytes(message)


@pytest.fixture(scope="module")
def mailbox() -> Iterator[Mailbox | None]:
    """Yield a mailbox of a real server, or None where it is not installed."""
    if not is_installed():
        yield None
        return
    with dovecot() as server:
        yield server.new_account()


@pytest.fixture(scope="module")
def account(tmp_path_factory: pytest.TempPathFactory, mailbox: Mailbox | None) -> Iterator[Account]:
    folder = tmp_path_factory.mktemp("operator")
    package = folder / "functions.zip"
    package.write_bytes(build("x86_64"))
    trusted = {"SSL_CERT_FILE": str(mailbox.server.certificate)} if mailbox else {}  # by functions, which inherit it
    with telegram() as simulator, ministack.ministack(AUTH="true", **trusted) as url:
        settings = {
            "TELEGRAM_BOT_TOKEN": TOKEN,
            "SEVENBOT_DOMAIN": DOMAIN,
            "SEVENBOT_TELEGRAM_API_URL": simulator.url,
            "SEVENBOT_LAMBDA_ARCH": "x86_64",
            "SEVENBOT_IMAP_URL": mailbox.url() if mailbox else "imap://nobody:secret@127.0.0.1:1/INBOX",
        }
        one = Account(url, simulator, package, folder, settings)
        one.said_first = one.deploy()
        yield one


@pytest.fixture(scope="module")
def waiting(account: Account) -> tuple[int, str]:
    """Return a chat and the subject of its mail, which the processor was not allowed to read at first."""
    chat_id, address = account.register()
    with account.denied("EmailProcessor", "s3:GetObject"):
        account.receive_by_ses(mail("Denied at first", address), address)
        wait_until(lambda: "StoreUnavailable" in account.logged("email-processor"), what="the refusal in the log")
    return chat_id, "Denied at first"


def test_a_second_deployment_changes_nothing(account: Account) -> None:
    before = account.client("cloudformation").describe_stacks(StackName=STACK)["Stacks"]

    assert "nothing to change" in account.deploy()

    assert account.client("cloudformation").describe_stacks(StackName=STACK)["Stacks"] == before


def test_all_is_well(account: Account) -> None:
    done = account.run("aws", "status", "--stack", STACK, "--json")

    assert done.returncode == 0, done.stdout + done.stderr
    assert json.loads(done.stdout)["ok"]


def test_no_secret_is_shown_or_in_the_template(account: Account) -> None:
    template = account.client("cloudformation").get_template(StackName=STACK)["TemplateBody"]
    functions = account.client("lambda").list_functions()["Functions"]

    for secret in (TOKEN, account.secret):
        assert secret not in account.said_first + str(template) + json.dumps(functions, default=str)


@pytest.mark.parametrize("name", FUNCTIONS)
def test_a_role_allows_what_the_policy_says_and_nothing_else(account: Account, name: str) -> None:
    role = account.resource("".join(word.title() for word in name.split("-")) + "Role")
    policies = account.client("iam").list_role_policies(RoleName=role)["PolicyNames"]
    documents = [
        account.client("iam").get_role_policy(RoleName=role, PolicyName=policy)["PolicyDocument"] for policy in policies
    ]
    resources = Resources(
        ministack.ACCOUNT,
        ministack.REGION,
        account.outputs["UsersTable"],
        account.outputs["LedgerTable"],
        (account.outputs["MailBucket"], "raw"),
        queue=f"{STACK}-mail",
        settings_path=f"/sevenbot/{STACK}/",
    )

    assert policies == [name]
    assert allowed(documents[0]) == allowed(function_policy(resources, name))


def allowed(document: dict[str, Any]) -> set[tuple[str, str]]:
    """Return each action with each resource."""
    found = set()
    for statement in document["Statement"]:
        assert statement["Effect"] == "Allow"
        resources = statement["Resource"] if isinstance(statement["Resource"], list) else [statement["Resource"]]
        found |= {(action, resource) for action in statement["Action"] for resource in resources}
    return found


@pytest.mark.parametrize(("secret", "status"), [(None, 401), ("wrong", 401)])
def test_nobody_but_telegram_is_heard(account: Account, secret: str | None, status: int) -> None:
    chat_id = account.new_chat()

    assert account.post(chat_id, "/register", secret) == status

    assert account.said(chat_id, "@") == []


def test_an_update_with_the_secret_is_answered_in_the_chat(account: Account) -> None:
    assert account.register()[1].endswith(f"@{DOMAIN}")


def test_a_mail_by_ses_comes_once_however_often_its_notice_does(account: Account, waiting: tuple[int, str]) -> None:
    chat_id, address = account.register()

    notice = account.receive_by_ses(mail("The papers", address), address)
    account.wait_for(chat_id, "The papers")
    for _ in range(2):
        account.client("sns").publish(TopicArn=account.outputs["MailTopicArn"], Message=notice)
    marker, marker_address = account.register()
    account.receive_by_ses(mail("Marker", marker_address), marker_address)
    account.wait_for(marker, "Marker")
    wait_until(lambda: account.depth("MailQueueUrl") <= 1, what="nothing but the mail that waits is in the queue")

    assert len(account.said(chat_id, "The papers")) == 1


def test_a_mail_that_the_fetcher_stored_comes_once(account: Account, waiting: tuple[int, str]) -> None:
    chat_id, address = account.register()

    account.store_as_the_fetcher_does(mail("By IMAP", address), Recipient(chat_id, address))
    account.wait_for(chat_id, "By IMAP")

    assert len(account.said(chat_id, "By IMAP")) == 1


def test_who_cannot_be_registered_is_told_so_and_is_when_telegram_sends_it_again(account: Account) -> None:
    chat_id, number = account.new_chat(), next(UPDATES)

    with account.denied("TelegramWebhook", "dynamodb:UpdateItem"):
        assert account.post(chat_id, "/register", account.secret, number) == 503
    assert not account.said(chat_id, f"@{DOMAIN}")
    assert account.said(chat_id, "as soon as I can")
    assert "the credentials lack a permission" in account.logged("telegram-webhook")

    for _ in range(2):
        assert account.post(chat_id, "/register", account.secret, number) == 200
    assert len(account.said(chat_id, f"@{DOMAIN}")) == 1


def test_what_the_fetcher_may_not_store_stays_in_the_mailbox(account: Account, mailbox: Mailbox | None) -> None:
    if mailbox is None:
        pytest.skip("Dovecot is not installed")
    chat_id, address = account.register()
    mailbox.put(mail("By the fetcher", address))
    fetch = {"FunctionName": f"{STACK}-email-fetcher", "Payload": b"{}"}

    with account.denied("EmailFetcher", "s3:PutObject"):
        refused = account.client("lambda").invoke(**fetch)
    assert refused["FunctionError"]

    fetched = account.client("lambda").invoke(**fetch)
    assert "FunctionError" not in fetched, fetched["Payload"].read()
    account.wait_for(chat_id, "By the fetcher")


def test_what_could_not_be_read_rests_after_its_tries_and_comes_by_retry(
    account: Account, waiting: tuple[int, str]
) -> None:
    sqs, url = account.client("sqs"), account.outputs["MailQueueUrl"]
    attributes = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["RedrivePolicy"])["Attributes"]
    fewer = json.loads(attributes["RedrivePolicy"]) | {"maxReceiveCount": 1}  # eight tries would take an hour
    sqs.set_queue_attributes(QueueUrl=url, Attributes={"RedrivePolicy": json.dumps(fewer)})

    wait_until(lambda: account.depth("DeadLetterQueueUrl") == 1, 60, "the dead letter")
    sqs.set_queue_attributes(QueueUrl=url, Attributes=attributes)
    status = account.run("aws", "status", "--stack", STACK)
    retry = account.run("mail", "retry", "--all-dead")

    assert status.returncode == 1
    assert "1 at rest" in status.stdout
    assert retry.returncode == 0, retry.stdout + retry.stderr
    account.wait_for(*waiting)
    assert len(account.said(*waiting)) == 1
    assert account.depth("DeadLetterQueueUrl") == 0


def test_an_update_replaces_neither_tables_nor_bucket(account: Account) -> None:
    chat_id, address = account.register()
    before = {name: account.resource(name) for name in ("UsersTable", "LedgerTable", "MailBucket", "MailQueue")}
    account.settings["SEVENBOT_RETENTION_DAYS"] = "20"
    account.settings["SEVENBOT_MAX_MAIL_BYTES"] = "1000000"

    said = account.deploy("--set", "Size=medium", "--set", "LogDays=7", "--set", "Notify=ops@example.org")

    assert "settings new: SEVENBOT_MAX_MAIL_BYTES" in said
    assert before == {name: account.resource(name) for name in before}
    assert "nothing to change" in account.deploy()
    account.receive_by_ses(mail("After the update", address), address)
    account.wait_for(chat_id, "After the update")


def test_its_end_keeps_the_data_and_the_next_deployment_goes_on_with_it(account: Account) -> None:
    chat_id, address = account.register()
    account.telegram.fail("500")
    account.receive_by_ses(mail("Under way at the end", address), address)
    waits = ("mail", "list", "--status", "retry")
    wait_until(lambda: "retry" in account.run(*waits).stdout, 60, "a mail that waits")

    for _ in range(2):  # the second finds nothing left to do
        done = account.run("aws", "destroy", "--stack", STACK, "--yes")
        assert done.returncode == 0, done.stdout + done.stderr
        assert "stays: table telegram-users" in done.stdout
    assert account.run("aws", "status", "--stack", STACK).returncode == 1
    assert account.client("ssm").describe_parameters()["Parameters"] == []

    account.telegram.recover()
    assert "✓ mails: 1 that were under way are taken up again" in account.deploy()
    account.wait_for(chat_id, "Under way at the end", 120)  # as late as its pause has grown
    account.receive_by_ses(mail("After the end", address), address)
    account.wait_for(chat_id, "After the end")
    account.store_as_the_fetcher_does(mail("And by IMAP", address), Recipient(chat_id, address))
    account.wait_for(chat_id, "And by IMAP")


def test_with_its_data_everything_is_gone(account: Account) -> None:
    done = account.run("aws", "destroy", "--stack", STACK, "--delete-data", "--yes")

    assert done.returncode == 0, done.stdout + done.stderr
    assert "stays" not in done.stdout
    assert account.client("dynamodb").list_tables()["TableNames"] == []
    assert account.client("s3").list_buckets()["Buckets"] == []
