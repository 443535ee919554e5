"""Lists of codes for later: every one of them, and no list of anything else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sevenbot.flat import flat
from sevenbot.parse import code_lists
from sevenbot.parse.codes import read

LISTS = [
    ("numbered", "Your backup codes", "Keep them.\n\n1. 8d2k-17bm\n2. q7ap-mm42\n", ("8d2k17bm", "q7apmm42")),
    ("brackets", "Backup codes", "1) k4x2z-09plm\n2) t7wq8-33hbn\n", ("k4x2z09plm", "t7wq833hbn")),
    ("dashes", "Codes de secours", "À usage unique :\n\n- 552-204\n- 138-665\n", ("552204", "138665")),
    ("columns", "Recovery codes", "Print these:\n\n  K4ZT-77QA  91XB-LM20\n  RR8W-3CNB  0PWF-64TX\n", ("K4ZT77QA", "91XBLM20", "RR8W3CNB", "0PWF64TX")),
    ("numbered columns", "Backup codes", "1. 4411 0829   2. 9913 2216\n3. 6650 1842   4. 7004 1194\n", ("44110829", "99132216", "66501842", "70041194")),
    ("blank lines", "Notfallcodes", "Ihre Notfallcodes:\n\n441108\n\n991322\n", ("441108", "991322")),
    ("one line", "Security", "Your recovery codes: 8d2k-17bm, q7ap-mm42.", ("8d2k17bm", "q7apmm42")),
    ("chinese", "備用驗證碼", "每個只能使用一次：\n4411-0829\n9913-2216", ("44110829", "99132216")),
    ("russian", "Безопасность", "Сохраните резервные коды:\n* 7h2m-91qx\n* k3v8-12rt", ("7h2m91qx", "k3v812rt")),
    ("circled", "백업 코드", "각 코드는 한 번만.\n\n① 4417-2291\n② 8813-0043", ("44172291", "88130043")),
    ("three figures", "TANs", "Your single-use TANs:\n001 482915\n002 771205", ("482915", "771205")),
    ("five digits", "TAN-Liste", "Ihre TANs:\n01 44712 \n02 88205\n03 90219", ("44712", "88205", "90219")),
    ("one long key", "Recovery key", "Your recovery key:\n\nH7QK-2MPY-9TRW-4LZB\n", ("H7QK2MPY9TRW4LZB",)),
    ("once each", "New codes", "Each of these codes works only once.\n\n441108\n991322\n665018", ("441108", "991322", "665018")),
]  # fmt: skip


@pytest.mark.parametrize(("subject", "text", "codes"), [case[1:] for case in LISTS], ids=[case[0] for case in LISTS])
def test_a_list_of_codes_for_later_is_read_whole(subject, text, codes):
    assert read(subject, text) == codes


NO_LISTS = [
    ("gift codes", "Your gift codes", "Each code works once.\n\n441108\n991322\n"),
    ("server backups", "Backup finished", "Saved sets:\n\nvol-0a81\nvol-0b77\n"),
    ("dates", "Backup codes", "Used on:\n2026-11-02\n2026-11-09\n"),
    ("words", "Recovery codes", "Contents:\n\napples\norange\n"),
    ("numbers of other kinds", "Recovery code", "See below\n\n118\n20260110\n4\n"),
    ("no word for code", "Backup plan", "441108\n991322\n"),
]


@pytest.mark.parametrize(("subject", "text"), [case[1:] for case in NO_LISTS], ids=[case[0] for case in NO_LISTS])
def test_other_lists_are_no_codes_for_later(subject, text):
    assert code_lists.find(flat(f"{subject}\n{text}")) == []


def test_the_code_that_comes_before_the_list_is_read_too():
    text = "Pairing code: 7742-1973\n\nKeep these backup codes:\n\nkq4t-92my\n7dpl-x3rv\n"

    assert read("Your thermostat", text) == ("77421973", "kq4t92my", "7dplx3rv")


@given(st.text(alphabet="ab12 -.|,:;\n*()[]", max_size=200))
def test_every_code_of_a_list_is_a_part_of_one_line_property(text):
    low = flat(f"backup codes\n{text}")

    for start, end in code_lists.find(low):
        assert start < end
        assert "\n" not in low[start:end]
