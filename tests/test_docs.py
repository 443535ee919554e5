import re
import subprocess
import sys
from pathlib import Path

import pytest

from sevenbot import docs
from sevenbot.cli import COMMANDS
from sevenbot.config import SPECS

REPOSITORY = Path(__file__).resolve().parents[1]


def test_the_generated_pages_are_what_the_code_says() -> None:
    """
    After a change of settings or commands: `make docs`.

    In a process of its own: click remembers the help option of a command that another test ran without its group.
    """
    command = [sys.executable, "-m", "sevenbot.docs", "--check"]
    checked = subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True, check=False)

    assert (checked.returncode, checked.stderr) == (0, "")


def test_every_setting_is_in_the_page() -> None:
    page = docs.settings_page()

    for spec in SPECS.values():
        assert f"`{spec.name}`" in page


def test_every_command_is_in_the_page_with_its_subcommands() -> None:
    page = docs.cli_page()

    for name in (*COMMANDS, "mail list", "mail retry", "users erase"):
        assert f"\n## sevenbot {name}\n" in page


@pytest.mark.parametrize("columns", ["20", "300"])
def test_the_terminal_does_not_change_a_page(monkeypatch: pytest.MonkeyPatch, columns: str) -> None:
    expected = docs.cli_page()
    monkeypatch.setenv("COLUMNS", columns)

    assert docs.cli_page() == expected


def test_the_settings_of_this_machine_do_not_change_a_page(monkeypatch: pytest.MonkeyPatch) -> None:
    expected = docs.cli_page() + docs.settings_page()
    monkeypatch.setenv("SEVENBOT_SMTP_LISTEN", "[::1]:1")
    monkeypatch.setenv("HOME", "/nonexistent")

    assert docs.cli_page() + docs.settings_page() == expected


def test_a_check_names_what_is_stale_and_writes_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "settings.md").write_text(docs.settings_page())
    (tmp_path / "cli.md").write_text("old")
    (tmp_path / "aws").mkdir()
    (tmp_path / "aws/cost.md").write_text(docs.cost_page())

    assert docs.main(["--check"], tmp_path) == 1

    assert capsys.readouterr().err == "docs/cli.md is not what the code says: run `make docs`\n"
    assert (tmp_path / "cli.md").read_text() == "old"


def test_pages_once_written_pass_the_check(tmp_path: Path) -> None:
    assert docs.main([], tmp_path) == 0

    assert docs.main(["--check"], tmp_path) == 0
    assert sorted(path.name for path in tmp_path.rglob("*.md")) == ["cli.md", "cost.md", "settings.md"]


@pytest.mark.parametrize(
    "page", [*sorted(path.relative_to(REPOSITORY).as_posix() for path in REPOSITORY.glob("docs/**/*.md")), "README.md"]
)
def test_links_between_our_pages_lead_somewhere(page: str) -> None:
    text = (REPOSITORY / page).read_text()

    for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", text):
        assert ((REPOSITORY / page).parent / target).exists(), target
