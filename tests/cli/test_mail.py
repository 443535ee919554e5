"""`sevenbot mail` as an operator uses it."""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from sevenbot.cli.mail import command
from sevenbot.config import SPECS
from sevenbot.spool.disk import DiskStore
from sevenbot.state.ledger import Due, Item, Status, Verdict
from sevenbot.state.sqlite import SqliteState
from tests.fakes import RETENTION
from tests.items import NOON, new_item

LEASE = timedelta(minutes=5)
RAW = b"From: Bob <bob@example.net>\r\nSubject: A very private matter\r\n\r\nHello\r\n\xff\x00"


class Place:
    """A data folder with a state in it, and the command run over it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def state(self, work: Callable[[SqliteState, DiskStore], Awaitable[Any]]) -> Any:
        async def opened() -> Any:
            async with (
                SqliteState.open(self.folder / "sevenbot.db", retention=RETENTION, exclusive=False) as state,
                DiskStore(self.folder / "spool") as store,
            ):
                return await work(state, store)

        return asyncio.run(opened())

    def fill(self, *items: Item) -> None:
        self.state(lambda state, _: state.ledger.accept(items))

    def item(self, number: int) -> Item:
        found: Item | None = self.state(lambda state, _: state.ledger.get(f"{number:040x}"))
        assert found is not None
        return found

    def run(self, *arguments: str, **options: Any) -> Result:
        return CliRunner().invoke(command, [*arguments, "--data-dir", str(self.folder)], **options)


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Place:
    for spec in SPECS.values():
        monkeypatch.delenv(spec.name, raising=False)
    monkeypatch.chdir(tmp_path)
    return Place(tmp_path / "data")


def dead(number: int, **facts: Any) -> Item:
    known: dict[str, Any] = {"status": Status.DEAD, "error": "refused", "attempts": 3, "sender_domain": "example.net"}
    return new_item(number, **known | facts)


def with_raw(place: Place) -> None:
    async def keep(state: SqliteState, store: DiskStore) -> None:
        raw_key = await store.put(RAW, datetime.now(UTC))
        private = {"sender": "bob@example.net", "subaddress": "shop", "summary": '{"text":"secret"}', "helo": "bobs-pc"}
        await state.ledger.accept([dead(1, raw_key=raw_key, **private)])

    place.state(keep)


# list


def test_list_shows_the_newest_first_in_aligned_columns(place: Place) -> None:
    place.fill(new_item(1, chat_id=-1001234567890), dead(2, possible_repeat=True))

    result = place.run("list")

    assert result.exit_code == 0
    head, first, second = result.output.splitlines()
    assert head.split() == ["ID", "RECEIVED", "STATUS", "CHAT", "SIZE", "TRIES", "FROM", "REASON"]
    assert " ".join(first.split()) == "000000000000 2026-11-02 12:00:00Z dead ↻ 42 20 KiB 3 example.net refused"
    assert " ".join(second.split()) == "000000000000 2026-11-02 12:00:00Z received -1001234567890 20 KiB 0 -"
    assert head.index("CHAT") == first.index("42") == second.index("-1001234567890")


def test_list_can_be_narrowed(place: Place) -> None:
    place.fill(new_item(1), dead(2), new_item(3, status=Status.DELIVERED), dead(4, chat_id=-5))

    def numbers(*arguments: str) -> list[int]:
        return [int(item["message_id"], 16) for item in json.loads(place.run("list", "--json", *arguments).stdout)]

    assert numbers() == [4, 3, 2, 1]
    assert numbers("--dead") == [4, 2]
    assert numbers("--status", "dead", "--status", "received") == [4, 2, 1]
    assert numbers("--dead", "--status", "received") == [4, 2, 1]
    assert numbers("--chat", "-5") == [4]
    assert numbers("--limit", "2") == [4, 3]


def test_list_tells_when_there_are_more(place: Place) -> None:
    place.fill(*(new_item(number) for number in range(3)))

    assert "more than 2" in place.run("list", "--limit", "2").stderr
    assert place.run("list", "--limit", "3").stderr == ""
    assert place.run("list", "--limit", "0").stderr == ""


def test_list_of_nothing_says_so(place: Place) -> None:
    place.fill(new_item(1))

    assert place.run("list", "--dead").output == "No mails.\n"
    assert json.loads(place.run("list", "--dead", "--json").output) == []


def test_list_reveals_nothing_private(place: Place) -> None:
    with_raw(place)

    for output in (place.run("list").output, place.run("list", "--json").output, place.run("show", "0").output):
        for secret in ("bob@", "maple-otter", "shop", "secret", "bobs-pc", "private matter"):
            assert secret not in output


def test_what_a_peer_sent_cannot_act_on_the_terminal(place: Place) -> None:
    place.fill(dead(1, sender_domain="\x1b[31mred\u202e.example"))

    assert "\x1b" not in place.run("list").output
    assert r"\u001b[31mred\u202e.example" in place.run("list").output


# show


def test_show_tells_what_happened(place: Place) -> None:
    with_raw(place)

    fields = dict(line.split(maxsplit=1) for line in place.run("show", "00000").output.splitlines())

    assert fields["message_id"] == f"{1:040x}"
    assert (fields["status"], fields["error"], fields["attempts"]) == ("dead", "refused", "3")
    assert fields["lease_until"] == "-"
    assert "subject" not in fields


def test_show_private_adds_subject_sender_address_and_summary(place: Place) -> None:
    with_raw(place)

    shown = json.loads(place.run("show", "0", "--private", "--json").output)

    assert shown["subject"] == "A very private matter"
    assert (shown["sender"], shown["subaddress"], shown["summary"]) == ("bob@example.net", "shop", '{"text":"secret"}')
    assert shown["email_address"] == new_item().email_address
    assert "lease_token" not in shown


def test_show_raw_writes_the_bytes_as_they_came(place: Place) -> None:
    with_raw(place)

    assert place.run("show", "0", "--raw").stdout_bytes == RAW


def test_show_of_a_mail_whose_bytes_are_gone(place: Place) -> None:
    place.fill(dead(1))

    assert json.loads(place.run("show", "0", "--private", "--json").output)["subject"] is None
    raw = place.run("show", "0", "--raw")
    assert (raw.exit_code, raw.stdout_bytes) == (1, b"")
    assert "no longer kept" in raw.stderr


def test_raw_goes_alone(place: Place) -> None:
    assert place.run("show", "0", "--raw", "--json").exit_code == 2


@pytest.mark.parametrize("name", ["show", "retry", "discard"])
def test_an_unknown_id_is_named(place: Place, name: str) -> None:
    place.fill(new_item(1))

    for unknown in ("f00", "", "%", "' OR 1=1 --"):
        result = place.run(name, "--", unknown) if name == "show" else place.run(name, unknown)
        assert result.exit_code in (1, 2), unknown
    assert "no mail has an id that begins with 'f00'" in place.run(name, "f00").stderr


def test_a_beginning_that_fits_several_ids_is_not_guessed(place: Place) -> None:
    place.fill(new_item(0xA1), new_item(0xA2), new_item(0xB1))

    result = place.run("show", "0" * 38 + "a")

    assert result.exit_code == 1
    assert "several mails" in result.stderr
    assert f"{0xA1:040x}" in result.stderr
    assert place.run("show", "0" * 38 + "B").exit_code == 0


# retry


def test_retry_makes_a_dead_letter_due_now(place: Place) -> None:
    place.fill(dead(1))

    result = place.run("retry", f"{1:040x}")

    assert (result.exit_code, result.output) == (0, "000000000000  due now\n")
    item = place.item(1)
    assert item.status is Status.RETRY
    assert datetime.now(UTC) - item.due_at < timedelta(minutes=1)
    assert item.opened_at == item.due_at


def test_retry_leaves_what_is_not_dead_and_says_so(place: Place) -> None:
    place.fill(new_item(1, status=Status.DELIVERED), dead(0xF0))

    result = place.run("retry", f"{1:040x}", f"{0xF0:040x}")

    assert result.exit_code == 1
    assert "left as it is: delivered" in result.stderr
    assert place.item(0xF0).status is Status.RETRY


def test_retry_all_dead_takes_every_dead_letter_and_no_discarded_one(place: Place) -> None:
    place.fill(*(dead(number) for number in range(700)), new_item(700, status=Status.DISCARDED))

    told = json.loads(place.run("retry", "--all-dead", "--json").output)

    assert len(told) == 700
    assert all(entry["done"] for entry in told)
    assert place.item(700).status is Status.DISCARDED
    assert place.run("retry", "--all-dead").output == "No mails.\n"


def test_retry_wants_ids_or_all_dead_but_not_both(place: Place) -> None:
    place.fill(dead(1))

    assert place.run("retry").exit_code == 2
    assert place.run("retry", "0", "--all-dead").exit_code == 2


def test_a_running_worker_finds_what_was_retried(place: Place) -> None:
    async def beside() -> list[Due]:
        path = place.folder / "sevenbot.db"
        async with SqliteState.open(path, retention=RETENTION, exclusive=True) as worker:
            await worker.ledger.accept([new_item()])
            leased = await worker.ledger.lease(new_item().message_id, NOON, LEASE)
            await worker.ledger.settle(leased, Verdict(Status.DEAD, error="why"), NOON)
            assert (await asyncio.to_thread(place.run, "retry", new_item().message_id)).exit_code == 0
            return [due async for due in worker.ledger.due()]

    assert [due.message_id for due in asyncio.run(beside())] == [new_item().message_id]


# discard


def test_discard_asks_first(place: Place) -> None:
    place.fill(dead(1))

    no = place.run("discard", "0", input="n\n")
    assert (no.exit_code, place.item(1).status) == (1, Status.DEAD)
    assert "nothing was discarded" in no.stderr

    yes = place.run("discard", "0", input="y\n")
    assert (yes.exit_code, place.item(1).status) == (0, Status.DISCARDED)


def test_discard_without_an_answer_changes_nothing(place: Place) -> None:
    place.fill(dead(1))

    assert place.run("discard", "0", input="").exit_code != 0
    assert place.item(1).status is Status.DEAD


def test_discard_of_delivered_and_held_mails_is_refused(place: Place) -> None:
    place.fill(
        new_item(0xA, status=Status.DELIVERED),
        replace(new_item(0xB, status=Status.LEASED), lease_until=datetime.now(UTC) + LEASE, lease_token="x"),
        new_item(0xC),
    )

    result = place.run("discard", "--yes", *(f"{number:040x}" for number in (0xA, 0xB, 0xC)))

    assert result.exit_code == 1
    assert "left as it is: delivered" in result.stderr
    assert "left as it is: leased" in result.stderr
    assert place.item(0xC).status is Status.DISCARDED


# the place


def test_a_folder_without_a_database_is_told_and_stays_as_it_was(place: Place) -> None:
    result = place.run("list")

    assert result.exit_code == 1
    assert "there is no database at" in result.stderr
    assert not place.folder.exists()


def test_the_real_command_in_a_real_process(place: Place) -> None:
    place.fill(dead(1))

    def sevenbot(*arguments: str) -> subprocess.CompletedProcess[str]:
        code = "from sevenbot.cli import main; main()"
        return subprocess.run(
            [sys.executable, "-c", code, *arguments, "--data-dir", str(place.folder)],
            capture_output=True,
            text=True,
            check=False,
        )

    listed = sevenbot("mail", "list", "--dead", "--json")
    retried = sevenbot("mail", "retry", "0")
    unknown = sevenbot("mail", "show", "f00")
    wrong = sevenbot("mail", "list", "--status", "nonsense")

    assert [item["status"] for item in json.loads(listed.stdout)] == ["dead"]
    assert (retried.returncode, retried.stdout) == (0, "000000000000  due now\n")
    assert (unknown.returncode, unknown.stdout) == (1, "")
    assert wrong.returncode == 2
    assert "Traceback" not in unknown.stderr + wrong.stderr
