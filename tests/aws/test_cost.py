from dataclasses import replace
from datetime import timedelta

import pytest

from sevenbot.aws import cost, prices
from sevenbot.aws.cost import Load
from sevenbot.aws.prices import Consumption
from tests.aws.template import properties, resources

LOAD = Load(mails=10_000, users=500)


def by_service(load: Load) -> dict[str, float]:
    found: dict[str, float] = {}
    for row in cost.rows(load):
        found[row.service] = found.get(row.service, 0) + row.usd
    return found


def test_each_service_of_the_template_has_its_rows() -> None:
    assert by_service(LOAD).keys() == {"SES", "S3", "SNS", "SQS", "Lambda", "DynamoDB", "CloudWatch", "API Gateway"}
    assert cost.total(LOAD) == pytest.approx(sum(by_service(LOAD).values()))


def test_ten_thousand_mails_received_cost_a_dollar() -> None:
    assert by_service(LOAD)["SES"] == pytest.approx(1.0)


def test_a_mail_costs_the_units_that_it_is_promised_to_take_at_most() -> None:
    (writes,) = [row for row in cost.rows(LOAD) if "write units" in row.what]

    assert writes.what == "60,000 write units"
    assert writes.usd == pytest.approx(0.0375)


def test_a_model_is_paid_by_the_token() -> None:
    found = by_service(replace(LOAD, model_price=(0.40, 1.60)))

    assert found["model"] == pytest.approx((12_000_000 * 0.40 + 1_200_000 * 1.60) / 1e6)
    assert found["Lambda"] > by_service(LOAD)["Lambda"]


def test_the_other_processor_costs_a_quarter_more() -> None:
    large = Load(10_000_000, 1)

    assert by_service(replace(large, architecture="x86_64"))["Lambda"] > 1.2 * by_service(large)["Lambda"]


def test_mail_that_is_fetched_costs_nothing_of_ses() -> None:
    found = by_service(replace(LOAD, by_imap=True))

    assert "SES" not in found
    assert found["Lambda"] > by_service(LOAD)["Lambda"]


def test_nobody_and_nothing_costs_what_stands_still() -> None:
    assert 0 < cost.total(Load(0, 0)) < 10


@pytest.mark.parametrize("mails_a_user", [1, 10, 100])
def test_a_mail_costs_hardly_more_with_a_thousand_times_the_users(mails_a_user: int) -> None:
    small, large = (Load(users * mails_a_user, users) for users in (1_000, 1_000_000))

    assert cost.total(large) / large.mails <= 1.2 * cost.total(small) / small.mails


def test_a_machine_of_ones_own_is_cheaper_from_there_on_and_not_before() -> None:
    mails = cost.own_machine_pays_from()

    assert cost.total(Load(mails, mails // 10)) > prices.MACHINE_MONTH
    assert cost.total(Load(mails - 1, (mails - 1) // 10)) <= prices.MACHINE_MONTH


@pytest.mark.parametrize("peak", [1.0, 1.5, 2.0])
def test_provisioned_capacity_saves_a_dollar_from_there_on(peak: float) -> None:
    mails = cost.provisioned_pays_from(peak)
    assert mails is not None
    periods = 288 * 30
    writes, reads = (units * mails / 730 / 12 for units in (cost.WRITE_UNITS, cost.READ_UNITS))
    month = Consumption(
        reads=[reads] * (periods - 1) + [reads * peak],
        writes=[writes] * (periods - 1) + [writes * peak],
        span=periods * prices.PERIOD,
    )

    compared = prices.compare(month)

    # A whole unit is the least that can be had, so the comparison of a real table may be a unit a table off.
    assert compared.on_demand - compared.provisioned == pytest.approx(1, abs=0.6)


def test_provisioned_capacity_never_pays_for_a_load_that_comes_at_once() -> None:
    assert cost.provisioned_pays_from(3.0) is None


def test_alarms_and_rules_are_those_of_the_template() -> None:
    assert len(resources("AWS::CloudWatch::Alarm")) == cost.ALARMS
    assert sum("ContributorInsightsSpecification" in properties(name) for name in ("UsersTable", "LedgerTable")) == (
        cost.CONTRIBUTOR_RULES
    )
    assert properties("EmailProcessor")["MemorySize"] == cost.FUNCTION_GB * 1024


def test_the_prices_are_of_this_year() -> None:
    assert prices.READ_ON.endswith("2026")
    assert timedelta(seconds=prices.MONTH_SECONDS).days == 30
