"""`sevenbot users` as an operator uses it."""

from __future__ import annotations

import asyncio
import io
import json
import stat
import zipfile
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from sevenbot.cli.users import command
from sevenbot.config import SPECS
from sevenbot.errors import StoreUnavailable
from sevenbot.spool.disk import DiskStore
from sevenbot.state.ledger import Status
from sevenbot.state.sqlite import SqliteState
from sevenbot.state.users import UserStatus
from tests.cli.test_mail import Place as MailPlace
from tests.items import NOON, new_item, new_user

ANN = new_user(42, username="ann", first_name="Änn", email_count=3, last_summary_time=NOON, settings={"language": "de"})
GROUP = new_user(
    -1001234567890, "cedar-lark-p2m4qx97@example.org", status=UserStatus.PAUSED, created_at=NOON + timedelta(1)
)


class Place(MailPlace):
    def run(self, *arguments: str, **options: Any) -> Result:
        return CliRunner().invoke(command, [*arguments, "--data-dir", str(self.folder)], **options)

    def keys(self) -> set[str]:
        async def listed() -> set[str]:
            async with DiskStore(self.folder / "spool") as store:
                return {raw_key async for raw_key in store.keys(datetime.now(UTC) + timedelta(1))}

        return asyncio.run(listed())


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Place:
    for spec in SPECS.values():
        monkeypatch.delenv(spec.name, raising=False)
    monkeypatch.chdir(tmp_path)
    place = Place(tmp_path / "data")
    place.state(fill)
    return place


async def fill(state: SqliteState, store: DiskStore) -> None:
    """Ann has two mails, one of which the group got too; the group has one more, from before it moved."""
    await state.users.register(ANN)
    await state.users.register(GROUP)
    own, both, moved = [await store.put(raw, NOON) for raw in (b"own", b"both", b"moved")]
    await state.ledger.accept(
        [
            new_item(1, raw_key=own, status=Status.DELIVERED, sender="bob@example.net"),
            new_item(2, raw_key=both),
            new_item(3, raw_key=both, chat_id=GROUP.chat_id, email_address=GROUP.email_address),
            new_item(4, raw_key=moved, chat_id=-5, email_address=GROUP.email_address),
        ]
    )


def test_list_shows_everybody_oldest_first(place: Place) -> None:
    head, ann, group = place.run("list").output.splitlines()

    assert head.split() == ["CHAT", "STATUS", "MAILS", "SINCE", "LAST", "MAIL", "ADDRESS"]
    assert ann.split()[:3] == ["42", "active", "3"]
    assert ann.split()[-1] == ANN.email_address
    assert group.split()[:3] == ["-1001234567890", "paused", "0"]
    assert head.index("ADDRESS") == ann.index("maple") == group.index("cedar")


def test_list_can_be_narrowed_and_read_by_programs(place: Place) -> None:
    listed = json.loads(place.run("list", "--status", "active", "--json").output)

    assert listed == [
        {
            "chat_id": 42,
            "email_address": ANN.email_address,
            "created_at": "2026-11-02T12:00:00.123456Z",
            "last_summary_time": "2026-11-02T12:00:00.123456Z",
            "email_count": 3,
            "username": "ann",
            "first_name": "Änn",
            "status": "active",
            "settings": {"language": "de"},
        }
    ]
    assert place.run("list", "--status", "blocked").output == "No chats.\n"


@pytest.mark.parametrize("chat", ["42", ANN.email_address, ANN.email_address.upper()])
def test_show_takes_an_id_or_an_address(place: Place, chat: str) -> None:
    result = place.run("show", chat)

    assert result.exit_code == 0
    fields = dict(line.split(maxsplit=1) for line in result.output.splitlines())
    assert fields["first_name"] == "Änn"
    assert fields["settings"] == "language=de"
    assert fields["kept_mails"] == "1 delivered, 1 received"


def test_show_of_a_group_counts_mails_from_before_it_moved(place: Place) -> None:
    shown = json.loads(place.run("show", "-1001234567890", "--json").output)

    assert shown["kept_mails"] == {"received": 2}


@pytest.mark.parametrize("name", ["show", "export", "erase"])
@pytest.mark.parametrize("chat", ["43", "-7", "nobody@example.org", "ann", "9" * 40, "²"])
def test_an_unknown_chat_is_named(place: Place, name: str, chat: str) -> None:
    result = place.run(name, chat)

    assert result.exit_code == 1
    assert f"no chat has the id or address {chat!r}" in result.stderr


# export


def test_export_writes_everything_into_a_zip_only_its_owner_can_read(place: Place, tmp_path: Path) -> None:
    result = place.run("export", "42")

    file = tmp_path / "sevenbot-42.zip"
    assert (result.exit_code, result.output) == (0, "sevenbot-42.zip: 2 mails, the bytes of 2 of them\n")
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    with zipfile.ZipFile(io.BytesIO(file.read_bytes())) as archive:
        everything = json.loads(archive.read("chat.json"))
        assert archive.read(f"mails/{1:040x}.eml") == b"own"
        assert archive.read(f"mails/{2:040x}.eml") == b"both"
        assert len(archive.namelist()) == 3
    assert everything["chat"]["first_name"] == "Änn"
    assert [mail["sender"] for mail in everything["mails"]] == ["", "bob@example.net"]


def test_export_never_writes_over_a_file(place: Place, tmp_path: Path) -> None:
    (tmp_path / "mine.zip").write_bytes(b"mine")

    result = place.run("export", "42", "--output", "mine.zip")

    assert result.exit_code == 1
    assert "exists already" in result.stderr
    assert (tmp_path / "mine.zip").read_bytes() == b"mine"


def test_export_as_json_prints_all_but_the_raw_mails(place: Place, tmp_path: Path) -> None:
    everything = json.loads(place.run("export", "42", "--json").output)

    assert everything["chat"]["chat_id"] == 42
    assert len(everything["mails"]) == 2
    assert not list(tmp_path.glob("*.zip"))
    assert place.run("export", "42", "--json", "--output", "x.zip").exit_code == 2


def test_export_goes_on_when_bytes_are_no_longer_kept(place: Place) -> None:
    async def lose(state: SqliteState, store: DiskStore) -> None:
        item = await state.ledger.get(f"{1:040x}")
        assert item is not None
        await store.delete(item.raw_key)

    place.state(lose)

    assert "2 mails, the bytes of 1 of them" in place.run("export", "42").output


# erase


def test_erase_removes_record_items_and_bytes_but_nothing_of_others(place: Place) -> None:
    before = place.keys()

    result = place.run("erase", "42", "--yes")

    assert (result.exit_code, result.output) == (0, "Removed of chat 42: the record, 2 mails, 1 raw file\n")
    assert len(before) == 3
    assert len(place.keys()) == 2
    assert place.run("show", "42").exit_code == 1
    assert json.loads(place.run("show", "--json", "-1001234567890").output)["kept_mails"] == {"received": 2}


def test_erase_of_a_group_takes_the_mails_from_before_it_moved(place: Place) -> None:
    told = json.loads(place.run("erase", "-1001234567890", "--yes", "--json").output)

    assert told == {"chat_id": -1001234567890, "record": True, "items": 2, "raws": 1}


def test_erase_asks_first(place: Place) -> None:
    result = place.run("erase", "42", input="n\n")

    assert result.exit_code == 1
    assert "Remove chat 42 and its 2 mails for good?" in result.stderr
    assert "nothing was removed" in result.stderr
    assert place.run("show", "42").exit_code == 0


def test_erase_that_died_half_way_can_be_finished(place: Place) -> None:
    place.state(lambda state, _: state.users.erase(42))

    result = place.run("erase", "42", "--yes")

    assert result.output == "Removed of chat 42: 2 mails, 1 raw file\n"


def test_what_was_erased_is_no_longer_in_any_file(place: Place) -> None:
    place.run("erase", "42", "--yes")

    for file in place.folder.rglob("*"):
        if file.is_file():
            assert ANN.email_address.encode() not in file.read_bytes(), file
            assert b"bob@example.net" not in file.read_bytes(), file


def test_an_erased_address_is_unknown(place: Place) -> None:
    place.run("erase", ANN.email_address, "--yes")

    find: Callable[[SqliteState, DiskStore], Awaitable[Any]] = lambda state, _: state.users.find_by_address(  # noqa: E731
        ANN.email_address
    )
    assert place.state(find) is None


def test_an_export_that_fails_leaves_no_file(place: Place, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> bytes:
        raise StoreUnavailable("spool: Input/output error")

    monkeypatch.setattr(DiskStore, "_read", refuse)

    result = place.run("export", "42")

    assert isinstance(result.exception, StoreUnavailable)
    assert not list(tmp_path.glob("*.zip"))
