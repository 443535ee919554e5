from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sevenbot.deliver.filename import safe_filename


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("report.pdf", "report.pdf"),
        ("../../etc/passwd", "_.._etc_passwd"),
        ("C:\\temp\\a.txt", "C__temp_a.txt"),
        ("invoice\u202efdp.exe", "invoicefdp.exe"),
        ('a"b\r\n.txt', "a_b__.txt"),
        ("", "file"),
        ("...", "file"),
        ("\udcff.txt", "txt"),
        ("日本語.pdf", "日本語.pdf"),
        ("x" * 300 + ".pdf", "x" * 196 + ".pdf"),
    ],
)
def test_filename_is_made_safe(name: str, safe: str) -> None:
    assert safe_filename(name) == safe


@given(st.text(max_size=400))
def test_property_filename_is_short_printable_and_in_no_folder(name: str) -> None:
    safe = safe_filename(name)

    assert 0 < len(safe.encode()) <= 200
    assert safe.isprintable()
    assert not set(safe) & set('/\\"')
    assert safe not in (".", "..")
