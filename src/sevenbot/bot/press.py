"""One press of a button: Telegram shows a waiting sign on it until it is answered."""

from __future__ import annotations

import logging

from sevenbot.deliver.telegram import Telegram
from sevenbot.errors import CallRefused, CourierUnavailable

logger = logging.getLogger(__name__)


class Press:
    """Answered once; whatever comes later is not sent."""

    def __init__(self, telegram: Telegram, callback_query_id: str) -> None:
        self._telegram = telegram
        self._id = callback_query_id
        self.is_answered = False

    async def answer(self, sentence: str | None = None) -> None:
        """End the waiting, with *sentence* (up to 200 characters) shown for a moment at the top of the chat."""
        if self.is_answered:
            return
        self.is_answered = True
        try:
            await self._telegram.answer_callback_query(self._id, sentence)
        except (CallRefused, CourierUnavailable) as exc:
            # "query is too old": the sign has gone by itself, and what was asked for comes all the same.
            logger.info("A press could not be answered: %s", exc)
