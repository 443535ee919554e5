"""What there is to say: one field per sentence, so that a language that lacks one does not even import."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Texts:
    """The bot's sentences in one language. Counts stand after a colon, so that no plural forms are needed."""

    language: str  # ISO 639-1

    # The command menu (setMyCommands: descriptions of 1 to 256 characters; short ones fit a phone)
    command_register: str
    command_status: str
    command_deactivate: str
    command_help: str

    # Answers to commands
    welcome: str
    welcome_group: str
    registered: str  # {address}
    try_it: str
    has_address: str  # {address}
    resumed: str  # {address}
    still_paused: str  # {address}
    paused: str  # {address}
    not_registered: str
    status_active: str
    status_paused: str
    status_blocked: str
    mails_delivered: str  # {count}
    last_mail: str  # {ago}
    help: str
    help_subaddress: str  # {example}
    unknown_command: str
    only_mail: str
    only_administrators: str
    dead_letters: str  # {count}

    # How long ago
    just_now: str
    minutes_ago: str  # {n}
    hours_ago: str  # {n}
    days_ago: str  # {n}

    # Troubles
    try_again_later: str
    will_do_it_later: str
    went_wrong: str

    # Buttons (short: two stand side by side on a phone)
    button_copy: str  # {text}
    button_copy_address: str
    button_text: str
    button_attachments: str  # {count}
    button_raw: str
    button_dead_letters: str

    # Answers to buttons (answerCallbackQuery: 200 characters)
    not_found: str
    mail_gone: str
    no_text: str
    no_attachments: str
    in_progress: str
    coming: str
    dead_letters_coming: str  # {count}
    no_dead_letters: str
    too_large: str  # {name} {size} {limit}

    # The summary message
    possible_repeat: str  # after "↻ ", on the first line
    no_sender: str
    no_subject: str
    unread: str
    proven: str  # after "✓ "
    not_proven: str  # after a warning sign
    degraded: str
    over_budget: str
    speaks_to_machines: str
    for_machines: str
    not_summarised: str  # without end mark
    more: str  # {count}
    unnamed: str
    bounced: str  # {to}; without end mark
    bounced_because: str  # {to} {why}
    bounce_waits: str  # {to}
    someone: str  # for {to} when nobody is named
    why_no_such_address: str
    why_no_such_domain: str
    why_mailbox_full: str
    why_mailbox_closed: str
    why_too_large: str
    why_refused: str
    why_no_answer: str
    invite_cancelled: str
    invite_changed: str
    invite_accepted: str  # {who}
    invite_declined: str  # {who}
    invite_tentative: str  # {who}
    repeats_daily: str
    repeats_weekly: str
    repeats_monthly: str
    repeats_yearly: str
    repeats_interval: str  # {n}
    repeats_count: str  # {n}
    repeats_until: str  # {day}

    # Warnings: the parser tells them in the English of en.py, word for word (see `warning`)
    warns_name: str  # {shown} {address}
    warns_sender_mixed: str  # {domain}
    warns_sender_alike: str  # {domain} {imitated}
    warns_reply: str  # {answer} {address}
    warns_link_mixed: str  # {target}
    warns_link_alike: str  # {target} {imitated}
    warns_link: str  # {shown} {target}
    warns_program: str  # {name}
    warns_page: str  # {name}
    warns_macros: str  # {name}

    # Dates
    weekdays: tuple[str, ...]  # Monday first, abbreviated
    months: tuple[str, ...]  # January first, as they stand in a date
    date: str  # {weekday} {day} {month} {year}
    decimal_point: str
