"""
What sort of mail it is, by what machines write into it first and by wording last.

The order is the decision: a bounce with a code in it is a bounce, a newsletter that says "invoice" is a newsletter.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from sevenbot.parse import fields
from sevenbot.parse.message import Bounce, Invite, Kind, Mailbox, Unsubscribe

# A code mail is short: the code and a warning not to share it.
_CODE_MAIL_CHARS = 3_000
_LOOK_CHARS = 6_000
# A mailing is a page; how to leave it stands at its foot.
_MAILING_CHARS = 300
_FOOTER_CHARS = 2_500

_NO_REPLY = re.compile(
    r"^(?:no[-_.]?reply|do[-_.]?not[-_.]?reply|donotreply|noreply|nicht[-_.]?antworten|ne[-_.]?pas[-_.]?repondre"
    r"|notif\w*|alerts?"
    r"|notifications?|info|news(?:letter)?s?|mailer|automated|auto|system|robot|bot|support|service|billing"
    r"|invoices?|rechnung|orders?|shop|bestellung"
    r"|receipts?|account(?:s|-security)?|security|payments?|welcome|hello|team|updates?|mail|nobody|verif\w*"
    r"|confirm\w*|member\w*|customer\w*|offers?|deals?|promo\w*|marketing|cron|root"
    r"|admin|jira|git(?:hub|lab)?)\b",
    re.IGNORECASE,
)
_TRANSACTION = re.compile(
    r"\b(?:receipts?|invoices?|your order|order (?:#|no|number|confirm)|payments?|purchase|paid|refund"
    r"|subscription (?:renew|confirm)|booking|reservation|itinerary"
    r"|e-?ticket|shipp(?:ed|ing)|delivery (?:confirm|update)|dispatched|your (?:bill|statement|trip|ride"
    r"|delivery|package|parcel)|tracking (?:number|code)|boarding pass|confirmation of)\b"
    r"|rechnung|bestell(?:ung|bestätigung)|auftragsbestätigung|zahlung|lieferung|versand(?:t|bestätigung)"
    r"|buchung|quittung|beleg\b|kontoauszug"
    r"|facture|commande|reçu|paiement|réservation|expédi(?:é|ée|tion)|factura|pedido|recibo|pago\b|reserva|envío"
    r"|fattura|ordine|ricevuta|pagamento|prenotazione|spedizione"
    r"|fatura|encomenda|recibo|compra|factuur|bestelling|betaling|boeking|faktura|zamówieni|płatnoś|paragon|rezerwacj"
    r"|заказ|сч[её]т|чек\b|оплат|бронирован|доставк|квитанц|платеж|замовлення|рахунок|sipariş|fatura|ödeme"
    r"|rezervasyon"
    r"|订单|訂單|发票|發票|收据|付款|发货|預訂|注文|領収|請求書|お支払|予約|発送|주문|영수증|결제|예약|배송|청구서",
    re.IGNORECASE,
)
_NOTICE = re.compile(
    r"\b(?:alert|notification|new (?:login|sign-?in|comment|message|follower|device)|commented|mentioned you"
    r"|assigned|reminder|status|build (?:failed|passed|succeeded)"
    r"|deploy(?:ed|ment)|merged|pull request|issue|backup|report|password (?:reset|changed)|reset your password"
    r"|confirm your (?:e-?mail|address|account)|verify your|welcome)\b"
    r"|benachrichtigung|anmeldung|passwort|erinnerung|notification|rappel|aviso|recordatorio|avviso|уведомлени"
    r"|напоминани|通知|提醒|お知らせ|알림",
    re.IGNORECASE,
)
_LIST_POST = re.compile(r"mailto:", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Facts:
    """What the decision looks at."""

    header: fields.Fields
    sender: Mailbox | None
    subject: str
    text: str
    codes: tuple[str, ...]
    bounce: Bounce | None
    invite: Invite | None
    unsubscribe: Unsubscribe | None


def of(facts: Facts) -> Kind:
    """Return the kind of a mail."""
    if facts.bounce is not None:
        return Kind.BOUNCE
    if is_auto_reply(facts.header, facts.subject):
        return Kind.AUTO_REPLY
    if facts.invite is not None:
        return Kind.INVITE
    told = f"{facts.subject}\n{facts.text[:_LOOK_CHARS]}"
    automatic = _is_automatic(facts)
    if _is_about_a_code(facts, automatic=automatic):
        return Kind.CODE
    if _is_discussion(facts):
        generated = facts.header.text("auto-submitted").lower().startswith("auto-")
        return Kind.NOTIFICATION if generated else Kind.PERSONAL
    if _TRANSACTION.search(facts.subject) and (automatic or facts.unsubscribe is not None):
        return Kind.TRANSACTIONAL
    if _is_notice(facts):
        return Kind.NOTIFICATION
    if facts.unsubscribe is not None or facts.header.has("list-id") or _is_bulk(facts.header):
        return Kind.NEWSLETTER
    if automatic and _TRANSACTION.search(told):
        return Kind.TRANSACTIONAL
    if _offers_a_way_off(facts):
        return Kind.NEWSLETTER
    if automatic:
        return Kind.NOTIFICATION
    return Kind.PERSONAL if facts.sender is not None and "@" in facts.sender.address else Kind.OTHER


_VACATION = re.compile(
    r"^\W*(?:auto(?:matic|mated|matische|-)?[ -]?(?:reply|response|antwort)|out of (?:the )?office"
    r"|automatische antwort|abwesenheit|réponse automatique|absence du bureau"
    r"|respuesta automática|fuera de la oficina|risposta automatica|fuori sede|resposta automática"
    r"|automatisch antwoord|afwezig|autoodpowiedź|automatyczna odpowiedź|автоответ"
    r"|автоматический ответ|otomatik yanıt|自动回复|自動回覆|自動応答|不在|자동 ?회신|부재중|autosvar|away from)",
    re.IGNORECASE,
)


def is_auto_reply(header: fields.Fields, subject: str) -> bool:
    """Say whether a machine answered (RFC 3834 §5, and what Exchange, Gmail and older programs write)."""
    submitted = header.text("auto-submitted").lower()
    if submitted.startswith("auto-replied"):
        return True
    if header.has("x-autoreply") or header.has("x-autorespond") or header.has("x-autoresponder"):
        return True
    if header.text("precedence").lower() == "auto_reply" or header.text("x-precedence").lower() == "auto_reply":
        return True
    return bool(_VACATION.match(subject)) and not header.has("list-id")


def _offers_a_way_off(facts: Facts) -> bool:
    """Say whether a mailing without the header ends with how to leave it; people's answers do not."""
    if facts.header.has("in-reply-to") or len(facts.text) < _MAILING_CHARS:
        return False
    return bool(_WAY_OFF.search(facts.text[-_FOOTER_CHARS:]))


_WAY_OFF = re.compile(
    r"unsubscri|opt[- ]?out|(?:be|get) removed from|stop receiving|manage (?:your )?(?:e-?mail )?preferences"
    r"|abmelde|abbestell"
    r"|désabonn|désinscri|darse de baja|cancelar (?:la )?suscripción|disiscriv|cancella (?:la tua )?iscrizione"
    r"|cancelar (?:a )?(?:inscrição|assinatura)|afmelden|uitschrijven|wypisz|rezygn|отписа|відписа|abonelikten"
    r"|退订|退訂|取消订阅"
    r"|配信停止|配信を停止|수신 ?거부",
    re.IGNORECASE,
)


def _is_automatic(facts: Facts) -> bool:
    header = facts.header
    if header.text("auto-submitted").lower().startswith("auto-") or _is_bulk(header):
        return True
    if header.has("x-auto-response-suppress") or header.has("feedback-id"):
        return True
    local = facts.sender.address.partition("@")[0] if facts.sender else ""
    return bool(_NO_REPLY.match(local)) or facts.unsubscribe is not None


def _is_bulk(header: fields.Fields) -> bool:
    return (
        header.text("precedence").lower() in ("bulk", "junk") or header.has("x-campaign-id") or header.has("x-mc-user")
    )


def _is_discussion(facts: Facts) -> bool:
    """Say whether people talk here: a mailing list that takes posts, from somebody's own address."""
    header = facts.header
    posts = header.has("list-post") and bool(_LIST_POST.search(header.text("list-post")))
    answers = header.has("in-reply-to") or header.has("references")
    if not (posts or (header.has("list-id") and answers)):
        return False
    return not _NO_REPLY.match(facts.sender.address.partition("@")[0] if facts.sender else "")


def _is_notice(facts: Facts) -> bool:
    header = facts.header
    if header.has("x-github-reason") or header.has("x-gitlab-project") or header.has("x-jira-fingerprint"):
        return True
    generated = header.text("auto-submitted").lower().startswith("auto-generated")
    local = facts.sender.address.partition("@")[0].lower() if facts.sender else ""
    told = bool(re.match(r"notif|alert|security|account", local))
    return ((generated or told) and bool(_NOTICE.search(facts.subject))) or (told and facts.unsubscribe is None)


def _is_about_a_code(facts: Facts, *, automatic: bool) -> bool:
    """Say whether the code is what the mail is for: it is short or has it in its subject, and nobody talks in it."""
    subject = re.sub(r"[\s-]", "", facts.subject)
    if not facts.codes or (len(facts.text) > _CODE_MAIL_CHARS and not any(code in subject for code in facts.codes)):
        return False
    return not _is_discussion(facts) and (automatic or not facts.header.has("in-reply-to"))
