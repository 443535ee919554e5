"""The web part over an open app, the same behind a socket of ours and behind Amazon API Gateway."""

from __future__ import annotations

from starlette.applications import Starlette

from sevenbot.config import Secret
from sevenbot.deliver.botapi import read_update
from sevenbot.web.app import make_app
from sevenbot.web.readiness import Checkable, readiness
from sevenbot.wiring import App


def web_part(app: App, *, webhook_secret: Secret | None, spool: Checkable) -> Starlette:
    """Return the ASGI app; *spool* says whether mail can be taken, *webhook_secret* None: there is no webhook."""

    async def handle_update(body: bytes) -> None:
        await app.bot.handle(read_update(body), comes_again=True)

    return make_app(
        handle_update=handle_update,
        webhook_secret=webhook_secret,
        metrics=app.metrics,
        readiness=lambda: readiness(app.state, spool, app.telegram, app.model_watch, app.mailbox_watch),
    )
