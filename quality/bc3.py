"""
Sentences chosen as three readers chose them: the BC3 threads, two sentences a mail.

The share is the votes that the two chosen sentences got, of the votes that the best two of that mail got, added up over
all mails in which anything was marked. Out of fold: each thread is ranked by weights fitted to the other threads alone,
anew in this run; the weights that are shipped have seen all of them, so their share says little.
"""

from __future__ import annotations

from pathlib import Path

from quality.decorated import decorate
from quality.row import NO_LEAD, Row, percent
from quality.trimmings import TRIMMINGS
from training.bc3 import marked_mails
from training.fit import cleaned_lead, out_of_fold, ranked_by, raw_lead, share

from sevenbot.summarise.ranker import SHIPPED

SETS: tuple[str, ...] = ("bc3",)

_REACH = 0.85
_LOSS_REACH = 0.01


def rows(corpus: Path) -> list[Row]:
    """Compare the ranker with the first sentences, and with itself on the same mails in trimmings."""
    mails = marked_mails(corpus)
    lead, raw = share(mails, cleaned_lead), share(mails, raw_lead)
    unseen, seen = out_of_fold(mails), share(mails, ranked_by(SHIPPED))
    dressed = share(marked_mails(corpus, lambda text: decorate(text, TRIMMINGS[0])), ranked_by(SHIPPED))
    lost = 1 - dressed / seen
    return [
        Row(
            f"BC3, share of votes for two sentences a mail, out of fold ({len(mails)})",
            percent(unseen),
            f"{percent(lead)} (raw {percent(raw)})",
            percent(_REACH),
            is_reached=unseen >= _REACH,
        ),
        Row("the same on the threads it was fitted to", percent(seen), percent(lead), "", is_reached=True),
        Row(
            "the same, lost to a banner, signature, disclaimer and quote",
            percent(max(lost, 0)),
            NO_LEAD,
            percent(_LOSS_REACH),
            is_reached=lost <= _LOSS_REACH,
        ),
    ]
