from datetime import timedelta

import pytest

from sevenbot.aws.layout import Capacity
from sevenbot.aws.prices import Consumption, compare, monthly

DAY = timedelta(days=1)


def test_a_steady_load_is_cheaper_provisioned() -> None:
    steady = Consumption(reads=[3000] * 288, writes=[30_000] * 288, span=DAY)  # 10 and 100 units a second

    costs = compare(steady)

    assert costs.capacity == Capacity(15, 143)
    assert costs.on_demand == pytest.approx((10 * 0.125 + 100 * 0.625) * 86_400 * 30.4167 / 1e6, rel=1e-3)
    assert costs.is_provisioned_cheaper


def test_a_load_that_comes_at_once_is_not() -> None:
    costs = compare(Consumption(reads=[], writes=[300_000], span=DAY))

    assert costs.capacity.write == 1429
    assert not costs.is_provisioned_cheaper


def test_nothing_costs_nothing_on_demand() -> None:
    costs = compare(Consumption([], [], DAY))

    assert costs.on_demand == 0
    assert costs.capacity == Capacity(1, 1)
    assert not costs.is_provisioned_cheaper


def test_a_month_of_the_guides_five_units_has_its_price() -> None:
    assert monthly(Capacity(5, 5)) == pytest.approx(2.847)
