"""Fit the ranker to marked mails, and measure it: on threads it has not seen, and on those it has."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor

from sevenbot.summarise import lead
from sevenbot.summarise.candidates import candidates
from sevenbot.summarise.features import features
from sevenbot.summarise.weights import Weights
from training.bc3 import CHOSEN, Marked, telling
from training.boosting import Example, train

MOST_VOTES = 3


def fit(mails: Sequence[Marked]) -> Weights:
    """Return the weights for *mails*; a long mail counts more than a short one, but not by its length."""
    examples = []
    for mail in mails:
        told = telling(mail)
        rows = features([sentence for sentence, _ in told], mail.message.subject)
        examples += [
            Example(row, votes / MOST_VOTES, len(told) ** -0.5) for row, (_, votes) in zip(rows, told, strict=True)
        ]
    return train(examples)


def share(mails: Sequence[Marked], choose: Callable[[Marked], Sequence[str]]) -> float:
    """Return the votes of the first CHOSEN sentences that *choose* names, as a share of the most that could be had."""
    return _votes(mails, choose) / sum(mail.most for mail in mails)


def _votes(mails: Sequence[Marked], choose: Callable[[Marked], Sequence[str]]) -> int:
    return sum(mail.votes_for(choose(mail)[:CHOSEN]) for mail in mails)


def raw_lead(mail: Marked) -> list[str]:
    """Return the mail's sentences as they come."""
    return [text for text, _ in mail.votes]


def cleaned_lead(mail: Marked) -> list[str]:
    """Return the sentences that tell something, as they come."""
    return list(candidates(mail.message).telling)


def ranked_by(weights: Weights) -> Callable[[Marked], list[str]]:
    """Return a chooser that goes by *weights*."""
    return lambda mail: lead.ranked(mail.message, weights)


def out_of_fold(mails: Sequence[Marked]) -> float:
    """Return what `share` is when each thread is ranked by weights fitted to the other threads."""
    threads = sorted({mail.thread for mail in mails})
    with ProcessPoolExecutor() as pool:
        votes = sum(pool.map(_votes_for_unseen, [mails] * len(threads), threads))
    return votes / sum(mail.most for mail in mails)


def _votes_for_unseen(mails: Sequence[Marked], thread: str) -> int:
    weights = fit([mail for mail in mails if mail.thread != thread])
    return _votes([mail for mail in mails if mail.thread == thread], ranked_by(weights))
