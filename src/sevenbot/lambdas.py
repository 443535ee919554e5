"""
The functions on AWS: three doors into the same app, without logic of their own.

    sevenbot.lambdas.telegram_webhook   API Gateway: the web part; an update is handled before it is answered
    sevenbot.lambdas.email_processor    SQS: mails that SES or the fetcher put into the bucket, and items due again
    sevenbot.lambdas.email_fetcher      EventBridge schedule: one look into the IMAP mailbox

What runs is only what an invocation waits for: afterwards the process is frozen. Lambda asks for its handler while the
process starts, and only then, with what that function needs, is it imported (PEP 562); nothing is opened before the
first invocation. Patterns come compiled with the package, and imports, which leave next to no garbage, are not searched
for it: neither then nor later.
"""

# ruff: noqa: PLC0415 - see above

from __future__ import annotations

import gc
from typing import Any

from sevenbot import compiled_patterns

compiled_patterns.use()


def __getattr__(name: str) -> Any:
    gc.disable()
    try:
        handler = _imported(name)
    finally:
        gc.enable()
    gc.freeze()
    return handler


def _imported(name: str) -> Any:
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
