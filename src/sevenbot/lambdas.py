"""
The functions on AWS: three doors into the same app, without logic of their own.

    sevenbot.lambdas.telegram_webhook   API Gateway: the web part; an update is handled before it is answered
    sevenbot.lambdas.email_processor    SQS: mails that SES or the fetcher put into the bucket, and items due again
    sevenbot.lambdas.email_fetcher      EventBridge schedule: one look into the IMAP mailbox

What runs is only what an invocation waits for: afterwards the process is frozen. Lambda asks for its handler while the
process starts, and only then, with what that function needs, is it imported (PEP 562); nothing is opened before the
first invocation.
"""

# ruff: noqa: PLC0415 - see above

from __future__ import annotations

from typing import Any


def __getattr__(name: str) -> Any:
    match name:
        case "telegram_webhook":
            from sevenbot.functions import webhook

            return webhook.handler
        case "email_processor":
            from sevenbot.functions import processor

            return processor.handler
        case "email_fetcher":
            from sevenbot.functions import fetcher

            return fetcher.handler
        case _:
            raise AttributeError(name)
