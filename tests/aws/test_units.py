"""What a mail may cost: at most half a read unit and six write units, counted from ConsumedCapacity."""

from __future__ import annotations

from tests.aws.one_mail import spent_on_one_mail


async def test_one_mail_costs_half_a_read_and_six_writes_at_most() -> None:
    spent = await spent_on_one_mail()

    assert spent.reads <= 0.5
    assert 0 < spent.writes <= 6


async def test_each_recipient_of_a_mail_costs_no_more_than_the_first() -> None:
    spent = await spent_on_one_mail(recipients=3)

    assert spent.reads <= 3 * 0.5
    assert spent.writes <= 3 * 6
