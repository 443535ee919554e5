"""
Every mail of the shared corpus through `report`.

The corpus is not part of the repository; without it these tests say so and are skipped. `tests/quality` holds how well
the rest is read.
"""

import json
import statistics
import time
from pathlib import Path
from typing import Any

import pytest

from sevenbot.inspect import report
from sevenbot.parse.mail import attachments, parse

CORPUS = Path(__file__).resolve().parents[2].parent / "shared/corpus"
CHUNKS = 8
KEYS = [
    *["message_id", "subject", "date", "from", "to", "cc", "reply_to", "kind", "text", "text_source", "latest"],
    *["attachments", "facts", "invite", "bounce", "unsubscribe", "auth", "warnings", "summary", "notes"],
]

pytestmark = pytest.mark.skipif(not CORPUS.is_dir(), reason=f"no mail corpus at {CORPUS}")


def cases() -> list[dict[str, Any]]:
    lines = (CORPUS / "index.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


@pytest.mark.parametrize("chunk", range(CHUNKS))
def test_every_file_yields_the_whole_object(chunk: int) -> None:
    for case in cases()[chunk::CHUNKS]:
        raw = (CORPUS / case["path"]).read_bytes()

        found = report(raw)

        assert list(found) == KEYS, case["path"]
        json.dumps(found, ensure_ascii=False).encode("utf-8")
        assert [attachment for attachment, _ in attachments(raw)] == list(parse(raw).attachments), case["path"]


def test_reading_is_quick_in_the_middle_and_never_slow() -> None:
    spent = []
    for case in cases():
        raw = (CORPUS / case["path"]).read_bytes()
        before = time.process_time()
        report(raw)
        spent.append((time.process_time() - before, case["path"]))

    median = statistics.median(seconds for seconds, _ in spent)
    print(f"\n{len(spent)} files: median {median * 1000:.2f} ms, slowest {max(spent)}")  # noqa: T201 - numbers to read
    # The goals are 10 ms and 2 s; the slack is for busy machines.
    assert median < 0.02
    assert max(spent)[0] < 2


def test_nothing_in_the_corpus_of_replies_is_a_bounce() -> None:
    for case in cases():
        if case["set"] == "talon" and case["kind"] == "reply-eml":
            assert parse((CORPUS / case["path"]).read_bytes()).bounce is None, case["path"]
