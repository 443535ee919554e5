import pytest
from hypothesis import given
from hypothesis import strategies as st

from sevenbot.parse import html
from sevenbot.parse.message import Link
from sevenbot.parse.visible import clean


@pytest.mark.parametrize(
    ("page", "text"),
    [
        ("a<br>b", "a\nb"),
        ("<p>a</p><p>b</p>", "a\n\nb"),
        ("<div>a</div><div>b</div>", "a\nb"),
        ("<h1>a</h1>b", "a\n\nb"),
        ("a <b>b</b>c", "a bc"),
        ("  a \n\t b  ", "a b"),
        ("<ul><li>a<li>b</ul>", "- a\n- b"),
        ("<ol><li>a</li><li>b</li></ol>", "1. a\n2. b"),
        ('<ol start="5"><li>a</ol>', "5. a"),
        ("<ul><li>a<ol><li>b</ol><li>c</ul>", "- a\n\n1. b\n\n- c"),
        ("<table><tr><td>a<td>b<tr><td>c</table>", "a b\nc"),
        ("<blockquote>a<blockquote>b</blockquote></blockquote>c", "> a\n>\n> > b\n>\nc"),
        ("<pre>a\n  b</pre>", "a\n  b"),
        ("a<hr>b", "a\n\nb"),
        ("<img alt='Logo' src=x>a", "Logo a"),
        ("<img alt='Pixel' width=1 height=1>a", "a"),
        (f"<img alt='{'x' * 100}'>a", "a"),
        ("&lt;b&gt; &amp; &eacute; &#128512; &nbsp;x", "<b> & é 😀 x"),
        ("a&zwnj;&nbsp;&zwnj;&nbsp;&#8203;b", "a b"),
        ("pay \u202eevil\u202c now", "pay live now"),
        ("code \u202e319284\u202c", "code 482913"),
        ("\u202ea\u202bb c", "ab c"),
        ("1 < 2 and 3 > 2", "1 < 2 and 3 > 2"),
        ("a<!-- b -->c<!-->d", "acd"),
        ("<q>a</q>", "“a”"),
        ("<title>t</title><script>s</script><style>p{}</style><textarea>x</textarea>a", "a"),
        ("<SCRIPT>a<b</SCRIPT >c", "c"),
        ("<head><meta x>h</head>a", "a"),
        ("a<svg><text>s</text></svg>b<svg/>c", "abc"),
        ("<!--[if mso]>o<![endif]--><!--[if !mso]><!-->n<!--<![endif]-->", "n"),
        ("a <b", "a"),
        ("<p don't>a</p>", "a"),
        ('<a title="x>y" href=#>a</a>', "a"),
        ("</p></div>a</table>", "a"),
        ("", ""),
    ],
)
def test_page_reads_as_a_mail_client_shows_it(page: str, text: str) -> None:
    assert html.read(page).text == text


@pytest.mark.parametrize(
    "hidden",
    [
        "<div hidden>x</div>",
        "<div style='display:none'>x<p>y</p></div>",
        "<div style='DISPLAY : NONE !important'>x</div>",
        "<div style='visibility:hidden'>x</div>",
        "<div style='mso-hide:all'>x</div>",
        "<div style='opacity:0'>x</div>",
        "<div style='max-height:0;overflow:hidden'>x</div>",
        "<div style='overflow:hidden;height:0px'>x</div>",
        "<div style='font-size:0'>x</div>",
        "<div style='font-size:0px;line-height:0'>x</div>",
        "<div style='font: 0/0 a'>x</div>",
        "<div style='text-indent:-9999px'>x</div>",
        "<style>.pre{display:none}</style><div class='a pre'>x</div>",
        "<style>td#hint{visibility:hidden}</style><td id=hint>x</td>",
        "<p style='display:none'>x",
        "<template>x</template>",
        "<div style='color:#fff'>x</div>",
        "<div style='color:white;background:#fefefe'>x</div>",
        "<font color=white>x</font>",
        "<table bgcolor=#000><tr><td style='color:black'>x</table>",
        "<div style='background:#000'><div style='color:#fff'><div style='background:#fff'>x</div></div></div>",
        "<div style='color:transparent'>x</div>",
        "<div style='visibility:hidden'><b style='opacity:1'>x</b></div>",
        "<div style='font-size:4px'><b style='font-size:.5em'>x</b></div>",
        "<div style='position:absolute;left:-9999px'>x</div>",
        "<div class=late>x</div><style>.late{color:#fff}</style>",
        "<style>.box p{color:#fff}</style><div class=box><p>x</p></div>",
        "<datalist><option>x</datalist>",
    ],
)
def test_what_is_hidden_is_not_read(hidden: str) -> None:
    assert html.read(f"<p>seen</p>{hidden}<p>too</p>").text == "seen\n\ntoo"


@pytest.mark.parametrize(
    "shown",
    [
        "<div style='opacity:0.9'>x</div>",
        "<div style='font-size:0'><span style='font-size:14px'>x</span></div>",
        "<div style='max-height:0'>x</div>",
        "<style>@media (max-width:9px){.m{display:none}}</style><div class=m>x</div>",
        "<style>.a .b{display:none}</style><div class=b>x</div>",
        "<style>.a{display:none}</style><div class=a style='display:block'>x</div>",
        "<!--[if mso]><style>.a{display:none}</style><![endif]--><div class=a>x</div>",
        "<style media=print>.a{display:none}</style><div class=a>x</div>",
        "<a style='color:#fff;background:#06c' href=#>x</a>",
        "<a style='mso-hide:all' href=#>x</a>",
        "<td bgcolor=#222222><font color=#ffffff>x</font>",
        "<table bgcolor=#000><tr><td><b style='color:#fff'>x</b></table>",
        "<body bgcolor=#000 text=#fff></body></html><p>x",
        "<style>p{color:#fff}body{background:#000}</style><p>x",
        "<style>@media (prefers-color-scheme:dark){p{color:#fff}}</style><p>x",
        "<style>@media (min-width:500px){p{background:#000}}</style><p style='color:#fff'>x",
        "<td background=night.png style='color:#fff'>x",
        "<td style='background:#fff url(night.png);color:#fff'>x",
        "<div style='position:absolute;color:#fff'>x</div>",
        "<div style='color:transparent;background:linear-gradient(red,blue);-webkit-background-clip:text'>x</div>",
        "<div style='color:#fff'><a href=#>x</a></div>",
        "<div style='color:#fff'><span style='color:#333'>x</span></div>",
        "<div style='visibility:hidden'><b style='visibility:visible'>x</b></div>",
        "<span><div style='background:#000'></span><b style='color:#fff'>x</b></div>",
        "<i><div style='background:#000'></i><b style='color:#fff'>x</b></div>",
        "<p hidden style='display:block'>x</p>",
        "<div style='display:block;font-size:10px'>x</div>",
        "<div class=hidden>x</div>",
    ],
)
def test_what_is_shown_is_read(shown: str) -> None:
    assert html.read(shown).text == "x"


def test_links_keep_their_words_and_targets() -> None:
    page = html.read(
        "<a href='https://a.example/?x=1&amp;y=2'>go <b>there</b></a> <a href=//b.example>b</a> <a href=mailto:c@d>c</a>"
        "<a href='https://a.example/?x=1&amp;y=2'>go there</a><a href='http://e.example'><img alt=Logo src=x></a>"
    )

    assert page.links == [
        Link("go there", "https://a.example/?x=1&y=2"),
        Link("b", "https://b.example"),
        Link("c", "mailto:c@d"),
        Link("Logo", "http://e.example"),
    ]


@pytest.mark.parametrize(
    "target",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:x",
        "java\nscript:x",
        "data:text/html,x",
        "vbscript:x",
        "#top",
        "cid:1",
        "http://",
        "",
    ],
)
def test_targets_that_lead_nowhere_good_are_no_links(target: str) -> None:
    assert html.read(f'<a href="{target}">a</a>').links == []


def test_link_in_a_hidden_place_is_no_link() -> None:
    assert html.read("<div style='display:none'><a href=http://x.example>x</a></div>").links == []


@pytest.mark.parametrize("words", ["<b style='font-size:0'>x</b>", "<b style='color:#fff'>x</b>"])
def test_link_whose_words_nobody_sees_is_no_link(words: str) -> None:
    assert html.read(f"<a href=http://x.example>{words}</a>").links == []


def test_link_around_a_picture_and_unseen_words_is_a_link() -> None:
    page = html.read("<a href=http://x.example><b style='font-size:0'>x</b><img alt=Logo></a>")

    assert page.links == [Link("Logo", "http://x.example")]


def test_what_is_hidden_is_kept_apart() -> None:
    page = html.read(
        "a<p style='display:none'>b &amp;  c</p><!-- d --><!--[if mso]>e<![endif]--><b style='color:#fff'>f</b>"
    )

    assert (page.text, page.unseen) == ("a", "b & c\nd\nf")


def test_of_what_is_hidden_the_beginning_is_kept() -> None:
    assert len(html.read("<p hidden>" + "word " * 5_000).unseen) < 5_000


@given(st.text(alphabet="<>/abp \"'=!-&;#x", max_size=200))
def test_any_page_reads_as_tidy_lines_property(page: str) -> None:
    text = html.read(page).text

    assert text == text.strip("\n")
    assert "\r" not in text
    assert "\n\n\n" not in text


@given(st.text(max_size=300))
def test_text_without_tags_comes_through_property(words: str) -> None:
    page = "".join(char for char in words if char not in "<>&")

    assert html.read(page).text.split() == clean(page).split()


@pytest.mark.parametrize(
    ("table", "text"),
    [
        ("<tr><td>Total</td><td>$12.00</td></tr><tr><td>Tax</td><td>$1.00</td></tr>", "Total $12.00\nTax $1.00"),
        ("<tr><td><p>Total</p></td><td><p>$12.00</p></td></tr>", "Total $12.00"),
        ("<tr><td>Total<td>$12.00<tr><td>Tax<td>$1.00", "Total $12.00\nTax $1.00"),
        ("<tr><td><table><tr><td>a<td>b</table></td><td>c</td></tr>", "a b c"),
        ("<tr><td>One<br>two</td><td>three</td></tr>", "One\ntwo\nthree"),
        (
            f"<tr><td>{'One. ' * 15}</td><td>{'Two. ' * 15}</td></tr>",
            f"{'One. ' * 15}".strip() + f"\n{'Two. ' * 15}".rstrip(),
        ),
        ("<tr><td></td><td>a</td><td></td></tr>", "a"),
        ("<tr style='display:none'><td>a</td><td>b</td></tr><tr><td>c</td></tr>", "c"),
    ],
    ids=["cells", "paragraphs", "left-out ends", "nested", "columns of lines", "columns of text", "empty", "hidden"],
)
def test_short_cells_of_a_row_stand_on_one_line(table: str, text: str) -> None:
    assert html.read(f"<table>{table}</table>").text == text


def test_row_within_a_quote_is_marked_once() -> None:
    assert html.read("<blockquote><table><tr><td>a</td><td>b</td></tr></table></blockquote>").text == "> a b"
