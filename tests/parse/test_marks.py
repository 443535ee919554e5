"""Replies and forwards in HTML as mail programs make them: what is new in each."""

import pytest

from sevenbot.parse.mail import parse

PAGES = {
    "front": (
        (
            '<div>Yes, at noon.</div><div class="front-signature">Ann Ray<br>Harbour</div><div>On November 2, 2026 at '
            '10:00 AM GMT+1 <a href="mailto:s@e.com">s@e.com</a> wrote:</div><blockquote type="cite">When?</blockquote>'
        ),
        "Yes, at noon.",
    ),
    "gmail": (
        (
            '<div dir="ltr">Yes, at noon.</div><br><div class="gmail_quote"><div dir="ltr" '
            'class="gmail_attr">On Mon, Nov 2, 2026 at 10:00 AM Sam Lee &lt;<a '
            'href="mailto:s@e.com">s@e.com</a>&gt; wrote:<br></div><blockquote class="gmail_quote" '
            'style="margin:0"><div>When?</div></blockquote></div>'
        ),
        "Yes, at noon.",
    ),
    "gmail-sig": (
        (
            '<div dir="ltr">Yes, at noon.<br clear="all"><div><br></div><span '
            'class="gmail_signature_prefix">-- </span><br><div dir="ltr" class="gmail_signature" '
            'data-smartmail="gmail_signature"><div>Ann Ray</div><div>+44 1234</div></div></div>'
        ),
        "Yes, at noon.",
    ),
    "outlook": (
        (
            "<div class=WordSection1><p class=MsoNormal>Yes, at noon.<o:p></o:p></p><div><div "
            'style="border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0cm 0cm 0cm"><p '
            "class=MsoNormal><b>From:</b> Sam Lee &lt;s@e.com&gt; <br><b>Sent:</b> Monday, November 2, 2026 "
            "10:00 AM<br><b>To:</b> Ann<br><b>Subject:</b> Lunch<o:p></o:p></p></div></div><p "
            "class=MsoNormal>When?</p></div>"
        ),
        "Yes, at noon.",
    ),
    "outlook-unknown": (
        (
            "<div class=WordSection1><p class=MsoNormal>Jah, keskpäeval.</p><div><div "
            'style="border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0cm 0cm 0cm"><p '
            "class=MsoNormal><b>Saatja:</b> Sam Lee<br><b>Saadetud:</b> esmaspäev<br><b>Adressaat:</b> "
            "Ann<br><b>Teema:</b> Lunch</p></div></div><p class=MsoNormal>When?</p></div>"
        ),
        "Jah, keskpäeval.",
    ),
    "owa": (
        (
            '<div>Yes, at noon.</div><div id="appendonsend"></div><hr '
            'style="display:inline-block;width:98%"><div id="divRplyFwdMsg" dir="ltr"><font><b>Saatja:</b> '
            "Sam<br><b>Saadetud:</b> x<br></font><div>&nbsp;</div></div><div>When?</div>"
        ),
        "Yes, at noon.",
    ),
    "apple": (
        (
            '<div>Yes, at noon.</div><div><br><blockquote type="cite"><div>On 2 Nov 2026, at 10:00, Sam Lee '
            "&lt;s@e.com&gt; wrote:</div><br><div>When?</div></blockquote></div>"
        ),
        "Yes, at noon.",
    ),
    "tb": (
        (
            '<p>Yes, at noon.</p><div class="moz-cite-prefix">Am 02.11.26 um 10:00 schrieb Sam '
            'Lee:<br></div><blockquote type="cite" cite="mid:1@x"><p>When?</p></blockquote><div '
            'class="moz-signature">-- <br>Ann</div>'
        ),
        "Yes, at noon.",
    ),
    "tb-unknown": (
        (
            '<p>Jah, keskpäeval.</p><div class="moz-cite-prefix">02.11.26 10:00 kirjutas Sam '
            'Lee:<br></div><blockquote type="cite" cite="mid:1@x"><p>When?</p></blockquote>'
        ),
        "Jah, keskpäeval.",
    ),
    "yahoo": (
        (
            '<div class="yahoo-style-wrap"><div>Yes, at noon.</div></div><div id="yahoo_quoted_1" '
            'class="yahoo_quoted"><div>On Monday, November 2, 2026, 10:00:00 AM GMT+1, Sam Lee '
            "&lt;s@e.com&gt; wrote:</div><div><br></div><div>When?</div></div>"
        ),
        "Yes, at noon.",
    ),
    "forward-owa": (
        (
            '<div><div id="divRplyFwdMsg"><b>From:</b> Sam &lt;s@e.com&gt;<br><b>Sent:</b> '
            "Monday<br><b>To:</b> Ann<br><b>Subject:</b> Lunch</div><div>When?</div></div>"
        ),
        "When?",
    ),
    "proton": (
        (
            'Yes, at noon.<div class="protonmail_quote">        On Monday, November 2nd, 2026 at 10:00, Sam '
            'Lee &lt;s@e.com&gt; wrote:<br><blockquote class="protonmail_quote" '
            'type="cite">When?</blockquote></div>'
        ),
        "Yes, at noon.",
    ),
    "interleaved": (
        (
            '<div>See below.</div><div class="gmail_quote"><div class="gmail_attr">On Mon, Nov 2, 2026 at '
            '10:00 AM Sam Lee wrote:</div><blockquote class="gmail_quote">When?</blockquote><div>At '
            'noon.</div><blockquote class="gmail_quote">Where?</blockquote><div>Here.</div></div>'
        ),
        "See below.\n\nAt noon.\n\nHere.",
    ),
    "sig-outlook": (
        ('<div>Yes, at noon.</div><div id="Signature"><p>Ann Ray</p><p>Sales</p></div><div id="appendonsend"></div>'),
        "Yes, at noon.",
    ),
    "gmail-fwd": (
        (
            '<div dir="ltr">Please handle.<br><br><div class="gmail_quote"><div dir="ltr" '
            'class="gmail_attr">---------- Forwarded message ---------<br>From: <b>Sam</b> '
            "&lt;s@e.com&gt;<br>Date: Mon<br>Subject: Lunch<br>To: "
            "Ann<br></div><br><div>When?</div></div></div>"
        ),
        "Please handle.",
    ),
}


@pytest.mark.parametrize(("page", "newest"), PAGES.values(), ids=PAGES)
def test_new_words_of_a_page(page: str, newest: str) -> None:
    raw = f"Subject: Re: Lunch\nContent-Type: text/html; charset=utf-8\n\n{page}".encode()

    assert parse(raw).latest == newest


def test_page_that_is_all_answered_mail_is_shown() -> None:
    raw = b'Content-Type: text/html\n\n<div class="yahoo_quoted"><div>When?</div></div>'

    assert parse(raw).latest == "When?"


def test_whole_text_of_a_page_keeps_what_is_not_new() -> None:
    raw = b'Content-Type: text/html\n\n<p>Yes.</p><div id="Signature">Ann</div>'

    message = parse(raw)

    assert (message.text, message.latest) == ("Yes.\n\nAnn", "Yes.")
