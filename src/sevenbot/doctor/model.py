"""Check of the model: whether it answers a small question in the shape we ask for."""

from __future__ import annotations

import time

from sevenbot.doctor.finding import Finding, failed, ok
from sevenbot.errors import ModelUnavailable
from sevenbot.summarise.model import Model, Prompt

QUESTION = Prompt(
    system="You summarise mail. Answer in the JSON shape that is asked for.", user="The mail says: Lunch is at noon."
)
ADVICE = "check OPENAI_BASE_URL, OPENAI_API_KEY and SEVENBOT_MODEL"


async def check_model(model: Model | None) -> list[Finding]:
    """Ask it to summarise one sentence of ours."""
    if model is None:
        return [ok("model", "none set: summaries are made offline")]
    began = time.monotonic()
    try:
        await model.answer(QUESTION)
    except ModelUnavailable as exc:
        return [failed("model", f"{exc} (summaries are made offline meanwhile)", ADVICE)]
    return [ok("model", f"answered in {time.monotonic() - began:.1f} s")]
