"""Every mail of the shared corpus, when it is there: read, summarised, and never flagged by mistake."""

import json
from pathlib import Path

import pytest

from sevenbot.parse.mail import parse
from sevenbot.summarise.addressed import is_addressed_to_machine
from sevenbot.summarise.facts import find_facts
from sevenbot.summarise.lead import LONGEST_CHARS
from sevenbot.summarise.offline import summarise_offline
from sevenbot.summarise.sentences import sentences

CORPUS = Path(__file__).resolve().parents[2].parent / "shared/corpus"
MAIL_SUFFIXES = {".eml", ".msg", ".raw", ".txt", ".email", ""}

pytestmark = pytest.mark.skipif(not CORPUS.is_dir(), reason="../shared/corpus is not beside the repository")


def mails():
    return [path for path in sorted(CORPUS.rglob("*")) if path.is_file() and path.suffix in MAIL_SUFFIXES]


def benign():
    yield from (json.loads(line)["text"] for line in (CORPUS / "llmail-inject/benign.jsonl").read_text().splitlines())
    inbox = (CORPUS / "agentdojo-workspace/benign-inbox.jsonl").read_text().splitlines()
    yield from (json.loads(line)["body"] for line in inbox)


def test_every_mail_has_a_summary_of_bounded_length():
    for path in mails():
        message = parse(path.read_bytes())
        summary = summarise_offline(message, find_facts(message))
        assert 0 < len(summary.text) <= LONGEST_CHARS, path


def test_benign_mail_is_hardly_ever_taken_for_an_instruction_to_a_machine():
    flagged = [text for text in benign() if any(map(is_addressed_to_machine, sentences(text)))]

    assert len(flagged) <= 2
