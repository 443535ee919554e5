"""English."""

from __future__ import annotations

from sevenbot.texts.catalogue import Texts

TEXTS = Texts(
    language="en",
    command_register="Get your private address, or show it",
    command_status="Address, state, mails so far",
    command_deactivate="Pause: take no more mail",
    command_help="How this works",
    welcome=(
        "Hello! I give you a private e-mail address. Whatever is sent there arrives here within seconds, "
        "as a short summary, with the original a tap away.\n\nTap /register to get your address."
    ),
    welcome_group=(
        "Hello! I can give this group an e-mail address of its own; its mail arrives here as short summaries.\n\n"
        "An administrator sends /register to begin."
    ),
    registered="Your private address:\n\n{address}",
    try_it="Tap it to copy. Mail sent there arrives here within seconds.",
    has_address="Your address:\n\n{address}",
    resumed="Welcome back! Mail is taken again at\n\n{address}",
    still_paused="Your address is paused:\n\n{address}\n\n/register switches it on again.",
    paused=(
        "Paused. Mail to this address is now refused, and its senders are told:\n\n{address}\n\n"
        "/register switches the same address on again."
    ),
    not_registered="There is no address here yet. /register creates one.",
    status_active="On: mail is taken.",
    status_paused="Paused: mail is refused. /register switches it on again.",
    status_blocked="Off, because I was blocked or removed here. /register switches it on again.",
    mails_delivered="Mails delivered: {count}",
    last_mail="Last one: {ago}",
    help=(
        "Mail sent to your private address arrives here as a short summary. Buttons below it bring the whole text, "
        "the attachments and the original.\n\n"
        "/register – get your address, or show it\n"
        "/status – address, state, mails so far\n"
        "/deactivate – pause; /register resumes the same address\n"
        "/help – this text"
    ),
    help_subaddress="A tag before the @ tells you who passed your address on:\n{example}",
    unknown_command="I do not know this command. /help shows what I can do.",
    only_mail="I can only receive mail, not chat. /help shows how it works.",
    only_administrators="Only administrators of this group can do that.",
    dead_letters="Mails that could not reach you in the meantime: {count}",
    just_now="just now",
    minutes_ago="{n} min ago",
    hours_ago="{n} h ago",
    days_ago="{n} d ago",
    try_again_later="I cannot do that at this moment. Please try again in a minute.",
    will_do_it_later="I cannot do that at this moment, but I will as soon as I can.",
    went_wrong="Something went wrong here. Please try again.",
    button_copy="Copy {text}",
    button_copy_address="Copy address",
    button_text="Whole text",
    button_attachments="Attachments ({count})",
    button_raw="Original (.eml)",
    button_dead_letters="Send them now",
    not_found="This mail cannot be found.",
    mail_gone="This mail is no longer kept.",
    no_text="This mail has no text.",
    no_attachments="This mail has no attachments.",
    in_progress="I am on it already.",
    coming="Coming…",
    dead_letters_coming="On their way: {count}",
    no_dead_letters="Nothing is waiting.",
    too_large="{name} ({size}) is larger than the {limit} I may send on Telegram.",
    possible_repeat="Possibly a repeat: it is not certain that this mail reached you before.",
    no_sender="Unknown sender",
    no_subject="(no subject)",
    unread="This mail could not be read here. The button brings the original.",
    proven="verified",
    not_proven="The sender is not proven and may be forged.",
    degraded="Summarised without the model: it gave no usable answer.",
    over_budget="Summarised without the model: its budget for today is used up.",
    speaks_to_machines="Something in this mail speaks to programs, not to you; it is left out here.",
    for_machines="The text of this mail is addressed to a program, not to you.",
    not_summarised="This mail could not be summarised",
    more="+{count} more",
    unnamed="unnamed",
    bounced="Your mail to {to} did not arrive",
    bounced_because="Your mail to {to} did not arrive {why}",
    bounce_waits="Your mail to {to} has not arrived yet and is still being tried",
    someone="a recipient",
    why_no_such_address="because there is no such address",
    why_no_such_domain="because no mail server was found for the address",
    why_mailbox_full="because the mailbox is full",
    why_mailbox_closed="because the mailbox has been closed",
    why_too_large="because the mail is too large",
    why_refused="because their server refused it",
    why_no_answer="because their server did not answer",
    invite_cancelled="Cancelled",
    invite_changed="Changed",
    invite_accepted="{who} accepted",
    invite_declined="{who} declined",
    invite_tentative="{who} may come",
    repeats_daily="daily",
    repeats_weekly="weekly",
    repeats_monthly="monthly",
    repeats_yearly="yearly",
    repeats_interval="interval: {n}",
    repeats_count="times: {n}",
    repeats_until="until {day}",
    warns_name="The sender's name says {shown}, the mail is from {address}",
    warns_sender_mixed="The sender's domain {domain} is written to look like another one: it mixes alphabets",
    warns_sender_alike="The sender's domain {domain} is written to look like {imitated}",
    warns_reply="Answers go to {answer}, not to the sender {address}",
    warns_link_mixed="A link leads to {target}, which is written to look like another one: it mixes alphabets",
    warns_link_alike="A link leads to {target}, which is written to look like {imitated}",
    warns_link="A link shows {shown} and leads to {target}",
    warns_program="The attachment {name} is a program",
    warns_page="The attachment {name} is a web page with the name of a document",
    warns_macros="The attachment {name} can run macros",
    weekdays=("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
    months=("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"),
    date="{weekday} {day} {month} {year}",
    decimal_point=".",
)
