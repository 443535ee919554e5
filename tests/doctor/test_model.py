from sevenbot.doctor.finding import Result
from sevenbot.doctor.model import check_model
from sevenbot.errors import ModelUnavailable
from sevenbot.summarise.model import ModelAnswer, Prompt


class FixedModel:
    def __init__(self, answer: ModelAnswer | ModelUnavailable) -> None:
        self._answer = answer

    async def answer(self, prompt: Prompt) -> ModelAnswer:
        if isinstance(self._answer, ModelUnavailable):
            raise self._answer
        return self._answer


async def test_no_model_is_well() -> None:
    (finding,) = await check_model(None)

    assert finding.result is Result.OK


async def test_a_model_that_answers_is_well() -> None:
    (finding,) = await check_model(FixedModel(ModelAnswer("Lunch at noon.", "en")))

    assert finding.result is Result.OK


async def test_a_model_that_does_not_answer_fails_and_says_what_happens_to_mail_meanwhile() -> None:
    (finding,) = await check_model(FixedModel(ModelUnavailable("no answer within 20 s")))

    assert finding.result is Result.FAILED
    assert "no answer within 20 s" in finding.detail
    assert "offline" in finding.detail
