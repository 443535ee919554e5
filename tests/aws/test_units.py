"""What a mail may cost: at most half a read unit and six write units, counted from ConsumedCapacity."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from sevenbot.state.dynamodb_items import UNIT_BYTES, attribute, size_bytes
from sevenbot.state.dynamodb_ledger import DynamoLedger
from sevenbot.state.dynamodb_table import Table
from sevenbot.state.ledger import Status, Verdict
from sevenbot.summarise.summary import Summary
from tests.aws import dynamodb_local, ministack
from tests.aws.one_mail import Spent, spent_on_one_mail, spent_on_one_notice
from tests.fakes import RETENTION
from tests.items import NOON, new_item

LEASE = timedelta(minutes=5)

#: What arrives from a newsletter's sender, with a reverse path made for this one recipient, over IPv6.
LONG_ARRIVAL: dict[str, Any] = {
    "chat_id": -1001234567890,
    "email_address": "maple-otter-k7m4qx92@mail.example.org",
    "sender": "bounces+12345-abcd-maple-otter-k7m4qx92=mail.example.org@em1234.newsletter.example.com",
    "sender_domain": "em1234.newsletter.example.com",
    "subaddress": "shop",
    "via": "smtp",
    "client": "2001:db8:85a3:8d3:1319:8a2e:370:7348",
    "helo": "o1.ptr1234.em1234.newsletter.example.com",
}
LONG_SUMMARIES = {
    "en": (
        "Your order 302-8841207-99 was shipped on Tuesday and should arrive by Friday 13 November between 9 "
        "and 12; the courier needs a signature, and the remaining EUR 42.50 are due in cash. If nobody is "
        "home, collect the parcel at the post office in Station Road within seven days. Questions go to the "
        "support line until Thursday evening, and returns are free of charge for thirty days after delivery "
        "of goo"
    ),
    "ru": (
        "Ваш заказ отправлен во вторник и должен прибыть до пятницы 13 ноября между девятью и двенадцатью "
        "часами; курьеру нужна подпись, а оставшиеся 4250 рублей следует оплатить наличными. Если дома "
        "никого не будет, посылку можно получить на почте на Вокзальной улице в течение семи дней. С "
        "вопросами обращайтесь в службу поддержки до вечера четверга, возврат бесплатен в течение тридцати "
        "дней после доставки."
    ),
    "th": (
        "คำสั่งซื้อของคุณถูกจัดส่งเมื่อวันอังคารและควรจะมาถึงภายในวันศุกร์ที่ 13 พฤศจิกายน "
        "ระหว่างเวลาเก้าโมงถึงเที่ยง พนักงานส่งของต้องการลายเซ็น และยอดคงเหลือ 4250 "
        "บาทต้องชำระเป็นเงินสด หากไม่มีใครอยู่บ้าน "
        "สามารถรับพัสดุได้ที่ไปรษณีย์บนถนนสถานีภายในเจ็ดวัน "
        "หากมีคำถามกรุณาติดต่อฝ่ายสนับสนุนจนถึงเย็นวันพฤหัสบดี "
        "การคืนสินค้าไม่มีค่าใช้จ่ายภายในสามสิบวันหลังจากจัดส่ง ขอบคุณที่ใช้บริการของเราครับ"
    ),
    "zh": (
        "您的订单已于星期二发货，预计将在十一月十三日星期五上午九点至十二点之间送达；快递员需要您的签名，剩余的四百二十五元须以现"
        "金支付。如果家中无人，请在七天内到车站路邮局领取包裹。如有疑问，请在星期四晚上之前联系客服热线，送货后三十天内可免费退货"
    ),
}  # as long as one of a model may be: 400 characters, or 60 words (two characters of Chinese count as one)


def table(running: Callable[[], str], spent: Spent) -> Table:
    url = running()
    return Table(ministack.connected(url), ministack.make_tables(url)[1], "message_id", spent=spent.add)


async def test_one_mail_costs_half_a_read_and_six_writes_at_most() -> None:
    spent = await spent_on_one_mail()

    assert spent.reads <= 0.5
    assert 0 < spent.writes <= 6


async def test_each_recipient_of_a_mail_costs_no_more_than_the_first() -> None:
    spent = await spent_on_one_mail(recipients=3)

    assert spent.reads <= 3 * 0.5
    assert spent.writes <= 3 * 6


async def test_a_mail_that_ses_kept_costs_five_writes_and_is_read_once_and_put_never_again() -> None:
    spent = await spent_on_one_notice()

    assert (spent.reads, spent.writes) == (0.5, 5.0)
    assert spent.objects == ["GetObject"]


@pytest.mark.parametrize("language", LONG_SUMMARIES)
async def test_every_step_of_a_mail_with_much_to_keep_costs_one_unit(language: str) -> None:
    spent = Spent()
    ledger = DynamoLedger(table(ministack.running, spent), RETENTION)
    item = new_item(**LONG_ARRIVAL)
    summary = Summary(LONG_SUMMARIES[language], "model", language).to_json()
    now = NOON + timedelta(seconds=3)

    await ledger.accept([item])
    leased = await ledger.lease(item.message_id, now, LEASE)
    sent = await ledger.sending(leased, summary, now)
    retry = Verdict(Status.RETRY, now, "CourierUnavailable", failures=1, possible_repeat=True)
    await ledger.settle(sent, retry, now)
    again = await ledger.lease(item.message_id, now, LEASE)
    sent = await ledger.sending(again, summary, now)
    delivered = await ledger.settle(sent, Verdict(Status.DELIVERED, telegram_message_id=4711, failures=1), now)

    assert delivered.summary == summary
    assert spent.calls == [(0.0, 1.0)] * 7


@pytest.mark.parametrize("running", [ministack.running, dynamodb_local.running], ids=["ministack", "dynamodb-local"])
async def test_a_unit_ends_where_we_count_it_to_end(running: Callable[[], str]) -> None:
    spent = Spent()
    ledger_table = table(running, spent)
    key = attribute("a" * 40)
    most = {"message_id": key, "chat_id": attribute(-1001234567890), "possible_repeat": attribute(True)}
    most["summary"] = {"B": bytes(UNIT_BYTES - size_bytes(most) - len("summary"))}

    await ledger_table.put_new(most)
    await ledger_table.update(key, {"error": attribute("x")}, "attribute_exists(#chat_id)")

    assert size_bytes(most) == UNIT_BYTES
    assert [writes for _, writes in spent.calls] == [1.0, 2.0]
