"""
Every sentence the bot says, in every language it speaks.

    texts("pt-br").registered        # a Brazilian reader gets the Portuguese catalogue
    texts("tlh") == texts("en")      # a language we do not speak is English

Sentences are plain text with `{placeholders}`; whoever shows them as HTML escapes them first (see `deliver/rich.py`).
To add a language: one more file beside `en.py`, one more line below; the tests say what is missing.
"""

from __future__ import annotations

from sevenbot.texts import de, en, es, fr, it, pt, ru, uk
from sevenbot.texts.catalogue import Texts

__all__ = ["CATALOGUES", "Texts", "texts"]

CATALOGUES: dict[str, Texts] = {module.TEXTS.language: module.TEXTS for module in (en, de, fr, es, ru, it, pt, uk)}


def texts(language: str | None) -> Texts:
    """Return the catalogue for an IETF language tag ("de", "pt-br", "RU_ru"); English when it is None or not spoken."""
    spoken = (language or "").replace("_", "-").partition("-")[0].lower()
    return CATALOGUES.get(spoken, CATALOGUES["en"])
