"""
The step from a mail to its summary: the model if there is one, checked against the mail, else the offline reader.

The mail is a promise, the summary a courtesy: whatever the model does, a summary comes out, and says so (`degraded`)
when the model should have made it and did not.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from sevenbot.errors import ModelUnavailable
from sevenbot.parse.message import Kind, Message
from sevenbot.summarise.budget import Budget
from sevenbot.summarise.check import checked
from sevenbot.summarise.language import guess_language
from sevenbot.summarise.model import Model
from sevenbot.summarise.offline import summarise_offline
from sevenbot.summarise.planted import for_people
from sevenbot.summarise.prompt import build
from sevenbot.summarise.summary import Facts, Summary

ATTEMPTS = 2


async def summarise(
    model: Model | None,
    message: Message,
    facts: Facts,
    *,
    language: str | None,
    new_marker: Callable[[], str],
    budget: Budget | None = None,
) -> Summary:
    """
    Return the summary of *message*; ModelUnavailable never comes out of here.

    Args:
        model: None for offline summaries. It is asked at most ATTEMPTS times, each bounded by its own timeout.
        message: The mail.
        facts: Its facts.
        language: The reader's, or None.
        new_marker: Makes a random marker for each prompt.
        budget: What may still be spent for this reader today; None: as much as it takes.
    """
    heard = for_people(message)
    if model is None or not _is_for_model(heard):
        return summarise_offline(message, facts, language)
    spent = 0
    for _ in range(ATTEMPTS):
        prompt = build(heard, facts, language=language, marker=new_marker())
        if budget is not None and not budget.reserve(prompt):
            return replace(summarise_offline(message, facts, language), degraded=True, over_budget=True, tokens=spent)
        try:
            answer = await model.answer(prompt)
        except ModelUnavailable:
            continue  # what was reserved stays spent: the server may have worked on it
        spent += budget.settle(prompt, answer.tokens) if budget is not None else answer.tokens or 0
        asked = language or guess_language(heard.latest or heard.text)
        if summary := checked(answer.without(prompt.mark), message, language=asked):
            offline = summarise_offline(message, facts, language) if not summary.headline else summary
            return replace(summary, headline=offline.headline, tokens=spent)
    return replace(summarise_offline(message, facts, language), degraded=True, tokens=spent)


def _is_for_model(message: Message) -> bool:
    """Say whether there is anything to summarise; a bounce or an empty mail is told better without a model."""
    return bool(message.text.strip()) and not (message.kind is Kind.BOUNCE and message.bounce)
