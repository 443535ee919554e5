import pytest
from hypothesis import given
from hypothesis import strategies as st

from sevenbot.parse import params


@pytest.mark.parametrize(
    ("value", "wanted"),
    [
        ("text/plain", ("text/plain", {})),
        ("Text/Plain; Charset=UTF-8", ("text/plain", {"charset": "UTF-8"})),
        ('text/plain; charset="utf-8"; format=flowed', ("text/plain", {"charset": "utf-8", "format": "flowed"})),
        ("text/plain (a comment); charset=us-ascii (Plain text)", ("text/plain", {"charset": "us-ascii"})),
        ('multipart/mixed;\nboundary="a;b=c"', ("multipart/mixed", {"boundary": "a;b=c"})),
        ("multipart/mixed\nboundary=x", ("multipart/mixed", {"boundary": "x"})),
        ('attachment; filename="a \\"b\\".txt"', ("attachment", {"filename": 'a "b".txt'})),
        ("attachment; filename=my file.pdf", ("attachment", {"filename": "my file.pdf"})),
        ('attachment; filename="open', ("attachment", {"filename": "open"})),
        ("attachment; filename*=UTF-8''%e2%82%ac.txt", ("attachment", {"filename": "€.txt"})),
        ("attachment; filename*=iso-8859-1'de'%FC.txt; filename=u.txt", ("attachment", {"filename": "ü.txt"})),
        ("a; filename*0=one; filename*1=two; filename*10=ten", ("a", {"filename": "onetwoten"})),
        ("a; filename*1*=%BC.txt; filename*0*=utf-8''%C3", ("a", {"filename": "ü.txt"})),
        ("a; filename*=%C3%BC", ("a", {"filename": "ü"})),
        ('a; name="=?utf-8?Q?=C3=BC?= =?utf-8?Q?b?=.txt"', ("a", {"name": "üb.txt"})),
        ("a; x=1; x=2", ("a", {"x": "1"})),
        ("; x=1", ("", {"x": "1"})),
        ("", ("", {})),
    ],
)
def test_parameters_are_read_also_when_broken(value: str, wanted: tuple[str, dict[str, str]]) -> None:
    assert params.split(value) == wanted


@given(st.text(alphabet="ab;=*'\"\\%0 1\n()", max_size=80))
def test_any_text_gives_a_type_and_parameters_property(value: str) -> None:
    main, found = params.split(value)

    assert isinstance(main, str)
    assert all(isinstance(content, str) for content in found.values())
