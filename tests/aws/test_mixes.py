"""State and raw mail in any mix of this machine and AWS."""

from __future__ import annotations

from pathlib import Path

import pytest

from sevenbot import alias
from sevenbot.config import load
from sevenbot.envelope import Envelope
from sevenbot.maillog import MailLog
from sevenbot.spool.accept import Spool
from sevenbot.storage import open_storage
from tests.aws import ministack
from tests.items import NOON

RAW = b"Subject: x\r\n\r\nbody\r\n"


@pytest.mark.parametrize("spool", ["s3", "file"])
@pytest.mark.parametrize("state", ["sqlite", "dynamodb"])
async def test_a_mail_is_kept_and_found_again_in_every_mix(tmp_path: Path, state: str, spool: str) -> None:
    url = ministack.running()
    users, ledger = ministack.make_tables(url)
    settings = load(
        {
            "SEVENBOT_DATA_DIR": str(tmp_path),
            "SEVENBOT_STATE": {"sqlite": "", "dynamodb": "dynamodb://"}[state],
            "SEVENBOT_SPOOL": {"file": "", "s3": f"s3://{ministack.make_bucket(url)}/raw"}[spool],
            "SEVENBOT_USERS_TABLE": users,
            "SEVENBOT_LEDGER_TABLE": ledger,
        }
    )

    with ministack.environment(url):
        async with open_storage(settings, exclusive=True) as kept:
            user, _ = await alias.register(kept.state.users, alias.Newcomer(chat_id=7), "example.org", NOON)
            recipient = await alias.resolve(kept.state.users, "example.org", user.email_address)
            door = Spool(
                kept.state.ledger, kept.store, MailLog(), retention=settings.retention, on_accepted=lambda _: None
            )
            (receipt,) = await door.accept(RAW, Envelope("bob@example.net", (recipient,), NOON, "smtp"))
        async with open_storage(settings, exclusive=True) as kept:
            item = await kept.state.ledger.get(receipt.message_id)
            assert item is not None
            raw = await kept.store.get(item.raw_key)

    assert raw == RAW
    assert item.chat_id == 7
