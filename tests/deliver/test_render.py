from __future__ import annotations

import re
import unicodedata
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sevenbot.deliver.courier import ChatMessage
from sevenbot.deliver.render import render
from sevenbot.deliver.rows import shown_attachments
from sevenbot.parse.message import Attachment, Auth, Bounce, Cause, Invite, Kind, Link, Mailbox, Message, Repeats
from sevenbot.parse.suspicion import warnings
from sevenbot.reading import unread
from sevenbot.state.ledger import Item
from sevenbot.summarise.offline import summarise_offline
from sevenbot.summarise.summary import DateFact, Facts, LinkFact, Summary
from sevenbot.texts import CATALOGUES, texts
from sevenbot.texts.warnings import warning
from tests.fake_telegram import read_html, units

NOW = datetime(2026, 11, 2, 10, tzinfo=UTC)
MESSAGE_ID = "5f" * 20


def item(**changes) -> Item:
    facts = {
        "message_id": MESSAGE_ID,
        "chat_id": 42,
        "email_address": "maple-otter-k7m4qx92@example.org",
        "raw_key": "2026/11/02/9b.eml",
        "size_bytes": 1,
        "received_at": NOW,
        "updated_at": NOW,
        "due_at": NOW,
        "ttl": 0,
        "opened_at": NOW,
    }
    return Item(**{**facts, **changes})


def mail(**changes) -> Message:
    facts = {
        "message_id": "<1@example.com>",
        "subject": "Dinner on Friday?",
        "date": NOW,
        "sender": Mailbox("Anna Müller", "anna@example.com"),
        "to": (),
        "cc": (),
        "reply_to": (),
        "kind": Kind.PERSONAL,
        "text": "Are you free on Friday?",
        "text_source": "plain",
        "latest": "Are you free on Friday?",
    }
    return Message(**{**facts, **changes})


NO_FACTS = Facts()


def shown(
    message: Message, facts: Facts = NO_FACTS, summary: str = "Anna asks about Friday.", **changes
) -> ChatMessage:
    language = changes.pop("language", "en")
    degraded = changes.pop("degraded", False)
    return render(
        message, facts, Summary(summary, "offline", degraded=degraded), item=item(**changes), language=language
    )


def read(message: ChatMessage) -> str:
    return read_html(message.html).text


# what a reader sees


def test_a_mail_is_who_and_subject_then_summary_then_facts():
    facts = Facts(dates=(DateFact("Friday", "2026-11-06"),), asks=("Can you bring the wine?",))
    files = (Attachment("menu.pdf", "application/pdf", 1_234_567, inline=False),)

    message = shown(mail(attachments=files), facts, "Anna is cooking and asks you over at seven.")

    assert read(message) == (
        "✉️ Anna Müller · anna@example.com\n"
        "Dinner on Friday?\n"
        "\n"
        "Anna is cooking and asks you over at seven.\n"
        "\n"
        "👉 Can you bring the wine?\n"
        "📅 Are you free on Friday? (Fri 6 Nov 2026)\n"
        "📎 menu.pdf (1.2 MB)"
    )
    assert message.plain == read(message)


def test_the_subject_is_bold_and_a_code_is_set_as_code():
    runs = read_html(shown(mail(), Facts(codes=("482913",))).html).runs

    assert ("b", "Dinner on Friday?", "") in runs
    assert ("code", "482913", "") in runs


def test_a_code_stands_before_the_summary_and_has_a_copy_button():
    message = shown(mail(), Facts(codes=("482913",)), "Your code is valid for ten minutes.")

    assert read(message).index("482913") < read(message).index("valid")
    assert [button.copy_text for button in message.buttons[0]] == ["482913"]
    assert message.buttons[0][0].text == "Copy 482913"


def test_no_more_than_three_codes_have_buttons():
    message = shown(mail(), Facts(codes=("1111", "2222", "3333", "4444", "1111")))

    assert [button.copy_text for button in message.buttons[0]] == ["1111", "2222", "3333"]
    assert "4444" in read(message)


def test_buttons_bring_text_attachments_and_original():
    files = (Attachment("a.pdf", "application/pdf", 10, inline=False),)

    rows = shown(mail(attachments=files)).buttons

    assert [[button.callback_data for button in row] for row in rows] == [
        [f"t:{MESSAGE_ID}", f"a:{MESSAGE_ID}"],
        [f"r:{MESSAGE_ID}"],
    ]
    assert rows[0][1].text == "📎 Attachments (1)"


def test_a_mail_without_text_and_files_offers_only_the_original():
    message = shown(mail(text="", latest="", text_source="none"), summary="")

    assert [[button.callback_data for button in row] for row in message.buttons] == [[f"r:{MESSAGE_ID}"]]
    assert read(message).endswith("\n\nThis mail has no text.")


def test_small_inline_pictures_belong_to_the_layout_and_are_not_listed():
    files = (
        Attachment("logo.png", "image/png", 900, inline=True),
        Attachment("IMG_1.jpg", "image/jpeg", 900_000, inline=True),
        Attachment("note.pdf", "application/pdf", 900, inline=True),
    )

    assert shown_attachments(files) == [1, 2]
    assert "logo" not in read(shown(mail(attachments=files)))


def test_many_attachments_are_listed_in_part():
    files = tuple(Attachment(f"{n}.pdf", "application/pdf", 1000, inline=False) for n in range(9))

    assert "5.pdf" not in read(shown(mail(attachments=files)))
    assert "+4 more" in read(shown(mail(attachments=files)))


def test_the_subaddress_is_shown_as_a_tag():
    assert read(shown(mail(), subaddress="shop")).startswith("✉️ Anna Müller · anna@example.com · #shop\n")


@pytest.mark.parametrize(
    ("auth", "sign"),
    [(Auth(), None), (Auth(dmarc="pass"), "✓ verified"), (Auth(dmarc="fail"), "not proven"), (Auth(spf="pass"), None)],
    ids=["nothing known", "dmarc pass", "dmarc fail", "spf alone proves no From"],
)
def test_the_sender_is_called_proven_only_when_something_is_known(auth, sign):
    text = read(shown(mail(auth=auth)))

    assert ("verified" in text, "not proven" in text) == (sign == "✓ verified", sign == "not proven")


@pytest.mark.parametrize(
    ("sender", "reverse_path", "first_line"),
    [
        (Mailbox("", "a@x.example"), "", "✉️ a@x.example"),
        (Mailbox("a@x.example", "a@x.example"), "", "✉️ a@x.example"),
        (Mailbox("Anna", ""), "", "✉️ Anna"),
        (None, "bounce@x.example", "✉️ bounce@x.example"),
        (None, "", "✉️ Unknown sender"),
    ],
)
def test_whoever_can_be_named_is_named_once(sender, reverse_path, first_line):
    assert read(shown(mail(sender=sender), sender=reverse_path)).splitlines()[0] == first_line


def test_facts_that_the_summary_tells_are_not_told_twice():
    facts = Facts(dates=(DateFact("12 May", "2026-05-12"),), amounts=("€5", "€50"), asks=("Please reply by 12 May.",))

    text = read(shown(mail(), facts, "Please reply by 12 May. It costs €50."))

    assert (text.count("12 May"), "📅" in text, "💰 €5\n" in text + "\n") == (1, False, True)


def test_facts_told_in_a_language_without_blanks_are_not_told_twice():
    facts = Facts(dates=(DateFact("11月23日", "2026-11-23"),), amounts=("168元", "1168元"))

    text = read(shown(mail(), facts, "您的订单已于11月23日发货，实付168元。"))

    assert text.count("11月23日") == 1
    assert "💰 1168元" in text


def test_an_invitation_shows_time_and_place():
    invite = Invite("REQUEST", "Plan", "2026-11-06T10:00:00+01:00", "2026-11-06T11:00:00+01:00", "Room 2", None)

    text = read(shown(mail(kind=Kind.INVITE, invite=invite), Facts(dates=(DateFact("6 November", None),))))

    assert "📅 Fri 6 Nov 2026, 10:00–11:00 (10:00 UTC+1)\n📍 Room 2\n" in text
    assert "6 November" not in text


def test_deadlines_and_tracking_numbers_have_rows_of_their_own():
    dates = (DateFact("6 March", None, is_deadline=True), DateFact("9 April", None))

    text = read(shown(mail(), Facts(dates=dates, parcels=("RR123456785CN",))))

    assert "⏰ 6 March\n📅 9 April\n📦 RR123456785CN" in text


def test_an_invitation_is_shown_on_the_readers_own_clock():
    invite = Invite("REQUEST", "Plan", "2026-11-06T10:00:00+01:00", "2026-11-07T09:30:00+01:00", None, None)

    html = shown(mail(kind=Kind.INVITE, invite=invite)).html

    assert '<tg-time unix="1793955600" format="wDt">Fri 6 Nov 2026, 10:00</tg-time> – ' in html
    assert '<tg-time unix="1794040200" format="wDt">Sat 7 Nov 2026, 09:30</tg-time> (10:00 UTC+1)' in html


@pytest.mark.parametrize(
    "start", ["2026-11-06T10:00:00", "2026-11-06", "2031-11-06T10:00:00+01:00", "1970-01-01T00:00:00Z"]
)
def test_a_time_without_zone_or_far_away_is_shown_as_it_is(start):
    invite = Invite("REQUEST", "Plan", start, None, None, None)

    assert "tg-time" not in shown(mail(kind=Kind.INVITE, invite=invite)).html


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"is_update": True}, "🔄 Changed\n📅"),
        ({"is_update": True, "is_cancelled": True}, "❌ Cancelled\n📅"),
        ({"answer": "ACCEPTED", "guest": "Tom"}, "✅ Tom accepted\n📅"),
        ({"answer": "DECLINED", "guest": "Tom"}, "❌ Tom declined\n📅"),
        ({"answer": "TENTATIVE"}, "❔ a recipient may come\n📅"),
        (
            {"repeats": Repeats("weekly", 2, (0, 2), None, "2026-12-31")},
            "🔁 weekly · interval: 2 · Mon, Wed · until Thu 31 Dec 2026",
        ),
        ({"repeats": Repeats("daily", count=5)}, "🔁 daily · times: 5"),
    ],
    ids=["update", "cancelled update", "accepted", "declined", "tentative", "series with an end", "counted series"],
)
def test_what_became_of_an_invitation_is_told(given, told):
    invite = Invite("REQUEST", "Plan", "2026-11-06", None, None, None, **given)

    assert told in read(shown(mail(kind=Kind.INVITE, invite=invite)))


def test_a_cancelled_invitation_says_so():
    invite = Invite("CANCEL", "Plan", "2026-11-06", None, None, None, is_cancelled=True)

    assert "❌ Cancelled\n📅 Fri 6 Nov 2026" in read(shown(mail(invite=invite)))


@pytest.mark.parametrize(
    ("is_waiting", "told"),
    [
        (False, "❌ Your mail to bob@example.net did not arrive because the mailbox is full (5.2.2)."),
        (True, "⏳ Your mail to bob@example.net has not arrived yet and is still being tried (5.2.2)."),
    ],
)
def test_a_bounce_names_the_failing_recipients_and_why(is_waiting, told):
    bounce = Bounce(("bob@example.net",), "5.2.2", permanent=True, cause=Cause.MAILBOX_FULL, is_waiting=is_waiting)

    assert told in read(shown(mail(kind=Kind.BOUNCE, bounce=bounce)))


def test_a_bounce_whose_recipients_the_summary_names_is_not_told_twice():
    message = mail(kind=Kind.BOUNCE, bounce=Bounce(("bob@example.net",), "5.1.1", permanent=True))

    assert "❌" not in read(shown(message, summary="Your mail to bob@example.net did not arrive."))


@pytest.mark.parametrize("language", ["en", "de", "uk"])
def test_what_the_offline_summary_says_of_an_invitation_stands_in_rows_instead(language):
    invite = Invite("CANCEL", "Plan", "2026-11-06T10:00:00+01:00", None, "Room 2", None, is_cancelled=True)
    message = mail(kind=Kind.INVITE, subject="Plan", invite=invite, latest="Tom asks you to come.")
    summary = summarise_offline(message, NO_FACTS, language)

    text = read(render(message, NO_FACTS, summary, item=item(), language=language))

    assert summary.text.startswith("📅")
    assert (text.count("📅"), text.count("Room 2"), text.count("Plan")) == (1, 1, 1)
    assert text.endswith("Tom asks you to come.")


@pytest.mark.parametrize("language", sorted(CATALOGUES))
def test_a_mail_with_nothing_but_files_shows_the_files_once(language):
    files = (Attachment("menu.pdf", "application/pdf", 1000, inline=False),)
    message = mail(text="", latest="", text_source="none", attachments=files)

    text = read(
        render(message, NO_FACTS, summarise_offline(message, NO_FACTS, language), item=item(), language=language)
    )

    assert text.endswith("Dinner on Friday?\n\n📎 menu.pdf (1 kB)")


@pytest.mark.parametrize("language", sorted(CATALOGUES))
def test_an_empty_mail_says_so_in_the_readers_language(language):
    message = mail(text="", latest="", text_source="none")

    text = read(
        render(message, NO_FACTS, summarise_offline(message, NO_FACTS, language), item=item(), language=language)
    )

    assert text.endswith(f"\n\n{texts(language).no_text}")


def test_a_mail_delivered_unread_does_not_claim_to_be_empty():
    kept = item(sender="bob@example.com")
    message = unread(kept).message

    rendered = render(message, NO_FACTS, summarise_offline(message, NO_FACTS), item=kept, language="en")

    assert read(rendered) == f"✉️ bob@example.com\n(no subject)\n\n{texts('en').unread}"
    assert [button.callback_data for row in rendered.buttons for button in row] == [f"r:{MESSAGE_ID}"]


def test_parts_for_programs_are_no_attachments():
    files = (
        Attachment(None, "message/delivery-status", 400, inline=False),
        Attachment("smime.p7s", "application/pkcs7-signature", 4000, inline=False),
        Attachment(None, "message/rfc822", 400, inline=False),
    )

    assert shown_attachments(files) == [2]
    assert "📎 unnamed.eml (400 B)" in read(shown(mail(attachments=files)))


def test_links_that_look_alike_are_shown_once():
    links = tuple(LinkFact("", f"https://x.example/{n}") for n in range(3))

    assert read(shown(mail(), Facts(links=links))).count("x.example") == 1


SUSPICIOUS = [
    (Mailbox("service@paypal.com", "x@evil.example"), (), [], []),
    (Mailbox("", "x@раураl.com"), (), [], []),
    (Mailbox("", "x@pаypal.com"), (), [], []),
    (Mailbox("Boss", "boss@firm.example"), (Mailbox("", "boss@gmail.com"),), [], []),
    (None, (), [Link("paypal.com", "https://evil.example/")], []),
    (None, (), [Link("x", "https://pаypal.com/")], []),
    (None, (), [], [Attachment("a.exe", "x/y", 1, inline=False)]),
    (None, (), [], [Attachment("a.pdf.html", "x/y", 1, inline=False)]),
    (None, (), [], [Attachment("a.docm", "x/y", 1, inline=False)]),
]


@pytest.mark.parametrize(("sender", "reply_to", "links", "files"), SUSPICIOUS)
def test_every_warning_of_the_parser_is_told_in_the_readers_language(sender, reply_to, links, files):
    told = warnings(sender, reply_to, links, files, Kind.PERSONAL)

    assert told
    for sentence in told:
        assert warning(sentence, texts("en")) == sentence
        assert len({warning(sentence, words) for words in CATALOGUES.values()}) == len(CATALOGUES)


def test_a_warning_that_is_not_in_the_catalogue_is_told_as_it_is():
    assert warning("Something {new}", texts("de")) == "Something {new}"


def test_warnings_stand_above_the_summary():
    text = read(shown(mail(warnings=("The sender looks like example.com but is not.",)), summary="Pay now."))

    assert text.index("⚠️ The sender looks like") < text.index("Pay now.")


def test_a_summary_made_without_the_model_says_so():
    assert texts("de").degraded in read(shown(mail(), degraded=True, language="de"))
    assert texts("de").degraded not in read(shown(mail(), language="de"))


@pytest.mark.parametrize("language", [*CATALOGUES, "tlh", None])
def test_a_possible_repeat_is_marked_on_the_first_line_in_the_readers_language(language):
    first = read(shown(mail(), possible_repeat=True, language=language)).splitlines()[0]

    assert first == f"↻ {texts(language).possible_repeat}"


# hostile mail


@pytest.mark.parametrize("hostile", ["↻ x", "\u200b↻ x", "\u202e↻ x", "\n↻ x", "\ufeff\u2060↻", "↻"])
def test_no_other_message_begins_like_a_possible_repeat(hostile):
    message = shown(
        mail(subject=hostile, sender=Mailbox(hostile, hostile)), Facts(codes=(hostile,)), hostile, subaddress=hostile
    )

    assert not read(message).lstrip().startswith("↻")
    assert not message.plain.lstrip().startswith("↻")


def test_markup_in_a_mail_is_shown_as_it_is():
    hostile = "<b>&amp;</b><a href='x'>"

    message = shown(
        mail(subject=hostile, sender=Mailbox(hostile, hostile), warnings=(hostile,)),
        Facts(codes=(hostile,), asks=(hostile,), links=(LinkFact(hostile, "https://x.example/?a=1&b='\"<>"),)),
        f"Summary {hostile}",
    )

    assert read(message).count(hostile) >= 4
    assert ("a", f"{hostile} (x.example)", 'https://x.example/?a=1&b=&#x27;"<>') in read_html(message.html).runs


def test_line_breaks_in_a_subject_cannot_start_a_line():
    text = read(shown(mail(subject="Hi\r\n🔑 666666\u2028⚠️ Trusted\x85x\x0by")))

    assert "Hi 🔑 666666 ⚠️ Trusted x y\n" in text


def test_a_summary_cannot_draw_lines_of_ours():
    text = read(shown(mail(), summary="Hello\n🔑 666666\n✅ Sender proven\n⚠️ Call us"))

    assert "\n· 🔑 666666\n· ✅ Sender proven\n· ⚠️ Call us" in text


def test_direction_overrides_and_invisible_letters_are_taken_out():
    hidden = "in\u200bvoice \u202efdp.exe\u202c \u2066x\u2069 \U000e0041 a\u00adb\ufeff \u3164y \x07z"

    text = read(shown(mail(subject=hidden)))

    assert "invoice fdp.exe x ab y z\n" in text


def test_joiners_stay_where_scripts_and_emoji_need_them():
    family, persian = "👨\u200d👩\u200d👧", "می\u200cخواهم"

    text = read(shown(mail(subject=f"{family} {persian} a\u200db \u200c\u200c\u200c")))

    assert f"{family} {persian} ab\n" in text


@pytest.mark.parametrize("sign", ["↻", "🔑", "⚠️", "✅", "📎"])
def test_a_subject_does_not_pass_for_a_line_of_ours(sign):
    assert read(shown(mail(subject=f"{sign} 482913"))).splitlines()[1] == f"· {sign} 482913"


def test_a_right_to_left_name_does_not_move_the_address():
    first = read(shown(mail(sender=Mailbox("משה", "m@x.example")))).splitlines()[0]

    assert first == "✉️ \u2068משה\u2069 · m@x.example"


def test_towers_of_accents_are_levelled():
    accent = "\u0301"

    assert f"Z{accent * 3}algo\n" in read(shown(mail(subject=f"Z{accent * 50}algo")))


def test_a_name_that_poses_as_an_address_is_quoted_and_loses_its_check_mark():
    first = read(shown(mail(sender=Mailbox("service@paypal.com ✅", "x@evil.example")))).splitlines()[0]

    assert first == "✉️ “service@paypal.com” · x@evil.example"


@pytest.mark.parametrize("written", ['"City Tram', 'City Tram"', "City Tram"])
def test_a_name_whose_quotes_were_never_closed_is_shown_without(written):
    assert read(shown(mail(sender=Mailbox(written, "info@tram.example")))).startswith("✉️ City Tram · ")


def test_a_name_with_a_nickname_in_quotes_keeps_them():
    assert 'Ann "Bee" Cee' in read(shown(mail(sender=Mailbox('Ann "Bee" Cee', "ann@example.org"))))


# What Telegram makes tappable by itself: TDLib, MessageEntity.cpp, match_bot_commands and match_mentions.
TAPPABLE = re.compile(r"(?<![\w/<>])/\w{1,64}(?:@\w{3,32})?(?![\w/<>])|(?<!\w)@\w{2,32}\b", re.ASCII)


def tappable(text: str) -> list[str]:
    return [found[0] for found in TAPPABLE.finditer(re.sub(r"https?://\S+", "", text))]


@pytest.mark.parametrize(
    "hostile",
    [
        "/deactivate", "Tap /deactivate@SevenBot", "(/DEACTIVATE)", "/\u200bdeactivate", "/ban@GroupBot @ann now", "Ask @durov",
        "/deactivate/now", "x" * 243 + " /deactivatexxxxxxxxxxxxx", "a" * 244 + "(/deactivatexxxxxxxx", "https://x/deactivate", "https://.a/?/deactivate",
    ],
)  # fmt: skip
def test_a_mail_cannot_offer_commands_or_accounts_to_tap(hostile):
    files = (Attachment(hostile, "text/plain", 1, inline=False),)
    facts = Facts(asks=(hostile,), amounts=(hostile,), links=(LinkFact(hostile, "https://a.example/"),))

    message = shown(mail(subject=hostile, sender=Mailbox(hostile, "a@b.example"), attachments=files), facts, hostile)

    assert tappable(read(message)) == []


@pytest.mark.parametrize(
    "text",
    [
        "/etc/hosts",
        "and/or",
        "bob@example.org",
        "https://a.example/register?next=/help",
        "https://medium.example/@ann/1",
    ],
)
def test_paths_and_addresses_stay_as_they_are(text):
    assert text in read(shown(mail(), summary=f"See {text} for it"))


@pytest.mark.parametrize(
    ("text", "url", "label"),
    [
        ("Track it", "https://shop.example/t?x=1", "Track it (shop.example)"),
        ("shop.example", "https://www.shop.example/", "www.shop.example"),
        ("shop.example", "https://shop.example/", "shop.example"),
        ("https://paypal.com/login", "https://evil.example/", "evil.example"),
        ("Log in at paypal.com", "https://evil.example/", "evil.example"),
        ("Log in", "https://paypal.com@evil.example/", "Log in (evil.example)"),
        (
            "Log in",
            "https://paypal.com.a.b.c.d.e.f.g.h.i.j.k.l.m.n.o.p.q.r.s.t.u.v.w.x.y.z.1.2.3.4.evil.example/",
            None,
        ),
        ("Log in", "https://РАУРАL.example/", "Log in (раураl.example = xn--l-7sba6dbr.example)"),
        ("", "http://127.0.0.1:8080/x", "127.0.0.1"),
        ("", "http://[::1]/x", "::1"),
    ],
)
def test_a_link_shows_the_host_it_leads_to(text, url, label):
    runs = read_html(shown(mail(), Facts(links=(LinkFact(text, url),))).html).runs

    [(_, words, href)] = [run for run in runs if run[0] == "a"]
    assert href == url
    assert words == label or (label is None and words.endswith("evil.example)") and "paypal" not in words)


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "tg://resolve?domain=x",
        "mailto:a@x.example",
        "https://good.example\\@evil.example/",
        "https://evil.example%2f@good.example%2e/",
        "https://fa\u00df.example/",
        "https:evil.example",
        "https:///evil.example",
        "https://ev\til.example/",
        "https://x.example:99999/",
        "https://[evil.example/",
        "https://\u202eevil.example/",
        "https://ex\u2100mple.example/",
        f"https://{'a.' * 200}example/",
        f"https://{'ж' * 90}.example/",
        "",
    ],
)
def test_a_link_whose_target_is_in_doubt_is_not_shown(url):
    message = shown(mail(), Facts(links=(LinkFact("Click", url),)))

    assert "🔗" not in read(message)


def test_an_endless_link_is_named_but_not_tappable():
    message = shown(mail(), Facts(links=(LinkFact("Click", "https://x.example/" + "&" * 9000),)))

    assert "🔗 Click (x.example)" in read(message)
    assert "<a " not in message.html


def test_the_code_survives_when_everything_else_is_too_long():
    long = "long word " * 2000
    code = "A" * 256
    message = shown(
        mail(
            subject=long,
            sender=Mailbox(long, long),
            warnings=(long,) * 9,
            attachments=(Attachment(long, "a/b", 1, inline=False),) * 9,
            bounce=Bounce((long,) * 9, long, permanent=True),
            invite=Invite("CANCEL", long, "2026-11-06", long, long, long, is_cancelled=True),
        ),
        Facts(
            (code, *"BCDE"), (DateFact(long, None),) * 9, (long,) * 9, (LinkFact(long, "https://x.example/"),), (long,)
        ),
        long,
        possible_repeat=True,
    )

    assert code in read(message)
    assert message.buttons[0][0].copy_text == code
    assert units(message.plain) <= 4096
    assert "long word" in read(message).split(code)[1]


def test_a_code_longer_than_a_button_can_copy_is_no_code():
    assert "🔑" not in read(shown(mail(), Facts(codes=("A" * 257,))))


# whatever comes

ODD = "<>&\"'\n\r\t\u202e\u200b\u200d\ud800\udfff👨👩🇩🇪é\u0301שא中↻🔑x /:.@"
text_of_strangers = st.text(st.one_of(st.sampled_from(ODD), st.characters()), max_size=40) | st.sampled_from(
    ["👩‍👩‍👧 " * 900, "&" * 6000, "<b>" * 3000, "word " * 3000, "\U0001f600" * 5000, "e\u0301" * 5000]
)
maybe_text = st.none() | text_of_strangers
few = st.lists(text_of_strangers, max_size=6).map(tuple)
mailboxes = st.builds(Mailbox, text_of_strangers, text_of_strangers)
attachments = st.builds(Attachment, maybe_text, text_of_strangers, st.integers(0, 10**10), st.booleans())
urls = text_of_strangers | text_of_strangers.map(lambda text: f"https://x.example/{text}")
mails = st.builds(
    mail,
    subject=text_of_strangers,
    sender=st.none() | mailboxes,
    kind=st.sampled_from(list(Kind)),
    text=text_of_strangers,
    attachments=st.lists(attachments, max_size=7).map(tuple),
    invite=st.none()
    | st.builds(Invite, text_of_strangers, text_of_strangers, maybe_text, maybe_text, maybe_text, maybe_text),
    bounce=st.none() | st.builds(Bounce, few, maybe_text, st.none() | st.booleans()),
    auth=st.builds(Auth, dmarc=st.sampled_from(["none", "pass", "fail", "odd"])),
    warnings=few,
)
facts_of_mails = st.builds(
    Facts,
    few,
    st.lists(st.builds(DateFact, text_of_strangers, maybe_text | st.just("2026-11-02")), max_size=5).map(tuple),
    few,
    st.lists(st.builds(LinkFact, text_of_strangers, urls), max_size=5).map(tuple),
    few,
)


def test_a_summary_beyond_the_budget_says_so():
    summary = Summary("Dinner.", "offline", degraded=True, over_budget=True)

    assert texts("de").over_budget in read(render(mail(), Facts(), summary, item=item(), language="de"))


def test_words_to_machines_are_warned_of():
    summary = Summary("Dinner.", "offline", suspicious=True)

    assert f"⚠️ {texts('fr').speaks_to_machines}" in read(render(mail(), Facts(), summary, item=item(), language="fr"))


def test_the_requests_of_the_model_stand_for_those_of_the_mail():
    summary = Summary("Dinner.", "model", asks=("Sag bis Freitag zu.",))
    message = read(render(mail(), Facts(asks=("Please answer by Friday.",)), summary, item=item(), language="de"))

    assert "👉 Sag bis Freitag zu." in message
    assert "Please answer" not in message


def test_a_mail_without_subject_gets_the_headline_of_the_model():
    summary = Summary("There is dinner at eight.", "model", headline="Dinner on Friday")

    assert "Dinner on Friday" in read(render(mail(subject=" "), Facts(), summary, item=item(), language="en"))


summaries = st.builds(Summary, text_of_strangers, st.just("offline"), degraded=st.booleans())
items = st.builds(item, subaddress=maybe_text, sender=text_of_strangers, possible_repeat=st.booleans())
languages = st.sampled_from([*CATALOGUES, None])


@given(mails, facts_of_mails, summaries, items, languages)
def test_property_any_mail_fits_telegram(message, facts, summary, sent, language):
    rendered = render(message, facts, summary, item=sent, language=language)

    visible = read_html(rendered.html)  # raises when tags do not balance or an entity is broken
    assert 0 < units(visible.text) <= 4096
    assert 0 < units(rendered.plain) <= 4096
    assert len(rendered.html.encode()) < 1 << 15
    assert visible.text.lstrip().startswith("↻") == sent.possible_repeat
    assert rendered.plain.lstrip().startswith("↻") == sent.possible_repeat


@given(mails, facts_of_mails, summaries, items, languages)
def test_property_every_button_does_one_thing_that_telegram_takes(message, facts, summary, sent, language):
    rendered = render(message, facts, summary, item=sent, language=language)

    for button in [button for row in rendered.buttons for button in row]:
        assert (button.callback_data is None) != (button.copy_text is None)
        assert len((button.callback_data or "").encode()) <= 64
        assert button.copy_text is None or 1 <= units(button.copy_text) <= 256
        assert button.text.strip()


@given(mails, facts_of_mails, summaries, items)
def test_property_nothing_unseen_is_left_in_a_message(message, facts, summary, sent):
    text = read_html(render(message, facts, summary, item=sent, language="en").html).text

    odd = {char for char in text if unicodedata.category(char) in ("Cc", "Cf", "Cs", "Zl", "Zp")}
    assert odd <= {"\n", "\u200c", "\u200d", "\u2060", "\u2068", "\u2069"}
    assert text.count("\u2068") == text.count("\u2069")


def test_a_date_and_an_amount_are_shown_with_the_row_that_says_what_they_are_of():
    text = "We have your booking.\nCheck-out: 9 November 2026\nTotal: 80,00 €\nPostage: 4,90 €\n"
    facts = Facts(dates=(DateFact("9 November 2026", "2026-11-09"),), amounts=("80,00 €", "4,90 €"))

    told = read(shown(mail(text=text, latest=text), facts, "We have your booking."))

    assert "📅 Check-out: 9 November 2026\n💰 Total: 80,00 € · Postage: 4,90 €" in told


def test_what_the_subject_or_a_request_tells_is_not_told_again():
    facts = Facts(
        dates=(DateFact("9 November 2026", "2026-11-09", is_deadline=True),),
        amounts=("80,00 €",),
        asks=("Please pay by 9 November 2026.",),
    )

    told = read(shown(mail(subject="Invoice of 80,00 €"), facts, "The invoice is here."))

    assert (told.count("9 November"), told.count("80,00 €")) == (1, 1)


def test_a_day_that_was_past_is_no_date_to_keep():
    assert "📅" not in read(shown(mail(), Facts(dates=(DateFact("1 October 2026", "2026-10-01"),))))


def test_references_can_be_copied_one_by_one():
    message = shown(mail(), Facts(references=("K7QX2M", "220-2401")))

    assert "🎫 <code>K7QX2M</code>  <code>220-2401</code>" in message.html


def test_a_bare_link_is_named_by_the_words_before_it():
    text = "The plans are ready.\nSee the plans here: https://plans.example/5\n"
    facts = Facts(links=(LinkFact("https://plans.example/5", "https://plans.example/5"),))

    assert "🔗 See the plans here (plans.example)" in read(shown(mail(text=text, latest=text), facts))


def test_words_before_a_link_that_name_another_host_are_not_its_name():
    text = "Log in at bank.example: https://evil.example/5\n"
    facts = Facts(links=(LinkFact("https://evil.example/5", "https://evil.example/5"),))

    assert "🔗 evil.example\n" in read(shown(mail(text=text, latest=text), facts)) + "\n"


def test_the_link_that_is_the_place_of_a_meeting_is_shown_once():
    invite = Invite("REQUEST", "Plan", "2026-11-06T10:00:00+01:00", None, "https://meet.example/abc", None)
    facts = Facts(links=(LinkFact("Join", "https://meet.example/abc"),))

    assert "🔗" not in read(shown(mail(invite=invite), facts))


def test_the_rows_of_a_table_get_a_line_each():
    told = "Your ferry is booked. Out · Fri 9:30 from Ashby · Back · Sun 18:00 from Fenwick"

    assert "Your ferry is booked. Out\n· Fri 9:30 from Ashby\n· Back\n· Sun 18:00 from Fenwick" in read(
        shown(mail(), summary=told)
    )
    assert "Flour · 9,80 EUR" in read(shown(mail(), summary="Flour · 9,80 EUR"))


def test_the_first_row_of_a_list_gets_a_line_too_but_a_value_stays_with_its_label():
    told = "For the claim we need these things: photos of the floor · the bill · a plan"
    rows = "Your car is waiting. · Pick-up: Ashby, 9:30 · Return: Fenwick, 18:00"

    assert "these things:\n· photos of the floor\n· the bill\n· a plan" in read(shown(mail(), summary=told))
    assert "waiting.\n· Pick-up: Ashby, 9:30\n· Return: Fenwick, 18:00" in read(shown(mail(), summary=rows))
