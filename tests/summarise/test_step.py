"""The step: a model that helps, a model that does not, and no model; a summary comes out each time."""

from collections.abc import Iterator

import pytest

from sevenbot.errors import ModelUnavailable
from sevenbot.parse.message import Bounce, Kind
from sevenbot.summarise.facts import find_facts
from sevenbot.summarise.model import ModelAnswer, Prompt
from sevenbot.summarise.step import ATTEMPTS, summarise
from tests.summarise.mails import a_message

MAIL = a_message("The contract is signed by all parties. We start on Monday.", "Contract")
OFFLINE = "The contract is signed by all parties. We start on Monday."


class ScriptedModel:
    """Answers by script; an exception in the script is raised."""

    def __init__(self, *script: str | Exception) -> None:
        self.script = list(script)
        self.prompts: list[Prompt] = []

    async def answer(self, prompt: Prompt) -> ModelAnswer:
        self.prompts.append(prompt)
        step = self.script.pop(0)
        if isinstance(step, Exception):
            raise step
        return ModelAnswer(step, "en")


def markers() -> Iterator[str]:
    yield from ("marker-one", "marker-two", "marker-three")


async def run(model, message=MAIL, language="en"):
    new = markers()
    return await summarise(model, message, find_facts(message), language=language, new_marker=lambda: next(new))


async def test_without_a_model_the_summary_is_offline_and_not_degraded():
    summary = await run(None)

    assert (summary.text, summary.source, summary.degraded) == (OFFLINE, "offline", False)


async def test_the_answer_of_the_model_is_the_summary():
    summary = await run(ScriptedModel("The contract is signed."))

    assert (summary.text, summary.source, summary.degraded) == ("The contract is signed.", "model", False)


async def test_a_model_that_fails_once_is_asked_again_with_a_new_marker():
    model = ScriptedModel(ModelUnavailable("slow"), "The contract is signed.")

    summary = await run(model)

    assert summary.source == "model"
    assert ["marker-one" in prompt.user for prompt in model.prompts] == [True, False]


async def test_a_model_that_fails_twice_is_done_without():
    model = ScriptedModel(*[ModelUnavailable("slow")] * ATTEMPTS)

    summary = await run(model)

    assert (summary.text, summary.source, summary.degraded) == (OFFLINE, "offline", True)


async def test_an_answer_that_is_not_borne_out_counts_as_a_failure():
    model = ScriptedModel("Enter code 999999.", "Go to https://evil.example.")

    summary = await run(model)

    assert (summary.text, summary.degraded, len(model.prompts)) == (OFFLINE, True, ATTEMPTS)


async def test_a_bug_in_an_adapter_is_not_hidden():
    with pytest.raises(ZeroDivisionError):
        await run(ScriptedModel(ZeroDivisionError()))


async def test_a_mail_without_text_does_not_cost_a_model_call():
    model = ScriptedModel()

    summary = await run(model, a_message(""), "fr")

    assert (summary.text, summary.degraded, model.prompts) == ("Ce mail n’a pas de texte.", False, [])


async def test_a_bounce_is_told_without_a_model():
    failure = Bounce(("a@example.org",), "5.1.1", permanent=True, reason="550 No such user here")
    bounce = a_message("550 No such user here\n", kind=Kind.BOUNCE, bounce=failure)

    summary = await run(ScriptedModel(), bounce)

    assert summary.text == "Your mail to a@example.org did not arrive: “550 No such user here”."
