"""
Every error SevenBot raises on purpose.

    SevenBotError
      Transient               the same call could succeed later: SMTP 4yz, HTTP 503, worker backs off
        StoreUnavailable        raw bytes could not be written or read
        StateUnavailable        users or ledger did not answer
        StorageFull             the disk (or a quota) is full: SMTP 452 4.3.1
        MailboxUnavailable      the IMAP server is out of reach, or fails
          MailboxRefused          wrong password, no such folder, no trusted TLS
        ModelUnavailable        the model was slow, down or answered garbage
        CourierUnavailable      Telegram did not take the call (retry_after when it said how long)
          TokenUnknown            Telegram does not know the bot's token
          UpdatesTaken            another process fetches this bot's updates, or a webhook is set
      Permanent               it will never succeed as it stands: SMTP 5yz, HTTP 4xx, worker dead-letters
        UnknownRecipient        5.1.1
        RecipientPaused         5.2.1
        MessageTooLarge         5.3.4
        LoopDetected            5.4.6
        ChatGone                the chat blocked us, was deleted or never existed
        ChatMoved               the group became a supergroup with another id
        CallRefused             Telegram refused the call itself (a bug or a limit of ours)
        RawGone                 the raw mail is no longer kept
      Conflict                someone else won; control flow, logged at debug
        LeaseLost               another worker holds the item, or it is settled
        AddressTaken            the minted address exists already
      Poison                  a message of the queue that nobody can follow: it comes to rest for the operator
      ConfigError             at start only; lists every problem at once
      NotBuilt                the functions' package could not be made
      StackFailed             an operator's change of an AWS account did not come to its end

The class answers one question: could the same call succeed later? (RFC 3463 class 4 or 5.)
"""

from __future__ import annotations

from datetime import datetime, timedelta


class SevenBotError(Exception):
    """The root of the tree above."""


class Transient(SevenBotError):
    """The same call could succeed later."""

    smtp_reply = "451 4.3.0 Temporary problem, please try again later"

    def __init__(self, message: str = "", *, maybe_done: bool = False) -> None:
        super().__init__(message)
        #: True when it is not certain that nothing took effect (no answer came; the commit itself failed).
        self.maybe_done = maybe_done


class StoreUnavailable(Transient):
    """Raw bytes could not be written or read."""


class StateUnavailable(Transient):
    """Users or ledger did not answer; nothing was changed (unless `maybe_done`)."""


class StorageFull(Transient):
    """The disk or a quota is full; nothing was half-stored (unless `maybe_done`)."""

    smtp_reply = "452 4.3.1 Insufficient system storage, please try again later"


class MailboxUnavailable(Transient):
    """The IMAP server is out of reach, or does not do as it was asked."""

    def __init__(self, message: str, advice: str = "") -> None:
        super().__init__(message)
        #: What the operator can do about it.
        self.advice = advice


class MailboxRefused(MailboxUnavailable):
    """Wrong password, no such folder, no trusted TLS: the operator's to mend, so mails wait where they are."""


class ModelUnavailable(Transient):
    """The model was slow, down, or its answer was of no use."""


class CourierUnavailable(Transient):
    """Telegram did not take the call."""

    def __init__(self, message: str, *, retry_after: timedelta | None = None, maybe_done: bool = False) -> None:
        super().__init__(message, maybe_done=maybe_done)
        #: How long Telegram told us to wait (429), or None when it did not say.
        self.retry_after = retry_after


class TokenUnknown(CourierUnavailable):
    """Telegram does not know the bot's token: the operator's to mend, so mails wait."""


class UpdatesTaken(CourierUnavailable):
    """Another process fetches this bot's updates, or a webhook is set: the operator's to mend."""


class Permanent(SevenBotError):
    """It will never succeed as it stands."""

    smtp_reply = "554 5.0.0 Refused"


class UnknownRecipient(Permanent):
    """No chat owns this address."""

    smtp_reply = "550 5.1.1 No such address here"


class RecipientPaused(Permanent):
    """The address exists, and its owner takes no mail at present."""

    smtp_reply = "550 5.2.1 This address takes no mail at present"


class MessageTooLarge(Permanent):
    """Larger than SEVENBOT_MAX_MAIL_BYTES."""

    smtp_reply = "552 5.3.4 Message too large"


class LoopDetected(Permanent):
    """More Received fields than any honest route has."""

    smtp_reply = "554 5.4.6 Too many Received fields, the message is looping"


class ChatGone(Permanent):
    """The chat blocked the bot, was deleted, or never existed."""

    def __init__(self, message: str, *, blocked: bool) -> None:
        super().__init__(message)
        #: True when the user or group put us out (403); False when the chat is not there at all.
        self.blocked = blocked


class ChatMoved(Permanent):
    """The group became a supergroup and has a new chat id."""

    def __init__(self, message: str, *, new_chat_id: int) -> None:
        super().__init__(message)
        self.new_chat_id = new_chat_id


class CallRefused(Permanent):
    """Telegram refused the call as it stands (400, 401, 404, 413...)."""

    def __init__(self, message: str, *, code: int) -> None:
        super().__init__(message)
        self.code = code


class RawGone(Permanent):
    """The raw mail is no longer kept (retention) or never was."""

    def __init__(self, message: str = "", *, was_removed: bool = False) -> None:
        super().__init__(message)
        #: The store knows that it was there, and was removed.
        self.was_removed = was_removed


class Conflict(SevenBotError):
    """Someone else won."""


class LeaseLost(Conflict):
    """Another worker holds the item, or it is settled already."""

    def __init__(self, message: str = "", *, free_at: datetime | None = None) -> None:
        super().__init__(message)
        #: When the item can be had, as things stand; None when it is finished, unknown, or nobody can say.
        self.free_at = free_at


class AddressTaken(Conflict):
    """The minted address belongs to another chat."""


class Poison(SevenBotError):
    """A message of the queue asks for what cannot be done, and nobody knows why; the operator shall look at it."""


class ConfigError(SevenBotError):
    """Wrong or missing settings, all of them at once."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


class StackFailed(SevenBotError):
    """A change of the AWS account was not made, or not to its end; the message says why and what to do."""


class NotBuilt(SevenBotError):
    """The functions' package could not be made; the message says why and what to do."""
