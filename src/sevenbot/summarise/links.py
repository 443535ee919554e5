"""
The few links of a mail worth showing: what it wants the reader to open, not its footer.

Only http and https. Links to unsubscribe, to settings and legal pages, to social networks and app shops, and pictures
are left out; of the rest, links whose words call for action come first. The words are the mail's, the target is the
mail's, and nothing is fetched.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from sevenbot.parse.message import Kind, Message
from sevenbot.summarise.around import words_before
from sevenbot.summarise.phrases import any_phrase, words
from sevenbot.summarise.plain import cut, plain
from sevenbot.summarise.summary import LinkFact

# Chats become unreadable with more; the mail itself is a tap away.
MOST_LINKS = 5
# RFC 9110 §4.1 recommends that 8,000 octets work; what is longer than 2,048 is a tracking token nobody should see.
LONGEST_URL = 2_048
LONGEST_TEXT = 80
READ_CHARS = 20_000
# A newsletter may have hundreds, and the first ones are its content.
READ_LINKS = 200

_BARE = re.compile(r"https?://[^\s<>\"'`{}|\\^\u3000-\u303f\uff00-\uff60]{3,2048}", re.IGNORECASE)
_TRAILING = ".,;:!?…'\"»”’*_)]}>"

_FOOTER = any_phrase(r"""
    unsubscri|opt-?out|abmeld|abbestell|désabonn|desabonn|desinscr|darse de baja|cancelar (?:la )?(?:suscripción|
    inscrição)|
    disiscri|annulla l'iscrizione|uitschrijv|afmeld|wypisz|rezygnuj|отпис|відпис|abonelikten|退订|退訂|配信停止|
    수신 ?거부|
    إلغاء الاشتراك|
    preferences|manage (?:your )?(?:subscription|notification|email)|email settings|einstellungen|préférences|
    preferencias|preferenze|voorkeuren|
    privacy|datenschutz|confidentialité|privacidad|privacidade|prywatno|конфиденциал|gizlilik|隐私|プライバシー|
    개인정보|
    terms|conditions|agb\b|impressum|imprint|legal|mentions légales|cookie|условия|利用規約|
    (?:view|read|open|see) (?:it |this (?:e-?mail|message|newsletter|post|issue|edition|mail)\s)?
    (?:in|on)(?: your)?(?: (?:web ?)?browser| the web|line)|view online|
    web version|im browser|browseransicht|online-version|
    version en ligne|dans (?:votre|le) navigateur|en (?:tu|su|el) navegador|nel browser|no navegador|in (?:je|
    uw) browser|w przeglądarce|в браузере|
    tarayıcıda|浏览器中|ブラウザで|forward to a friend|report (?:abuse|spam)|why did i get this|
    add us to your address book|
    update your profile|
    help cent(?:er|re)|contact us|faq\b|about us|kontakt\b|hilfe\b|^help$|^support$|^home$|^blog$|^about$|
    learn more about (?:our|why)
""")
_FOOTER_URL = any_phrase(r"""
    unsub|opt-?out|optout|abmelde|desabonn|email-?preferences|manage-?preferences|/privacy|/terms|/legal|
    /preferences|list-manage\.com/(?:profile|vcard)|
    /track/open|/open\.php|/pixel|/beacon|\.(?:gif|png|jpe?g|svg|webp|ico|css|woff2?)(?:$|\?)
""")
_SOCIAL_HOSTS = words(
    "facebook.com fb.com fb.me twitter.com x.com instagram.com linkedin.com youtube.com youtu.be "
    "tiktok.com pinterest.com threads.net "
    "vk.com ok.ru t.me telegram.me wa.me whatsapp.com weibo.com line.me discord.gg snapchat.com medium.com "
    "itunes.apple.com apps.apple.com play.google.com w3.org schemas.microsoft.com"
)
# A person who mails a link to a video or a post means it; a sender's row of icons points to profiles.
_CALL = any_phrase(r"""
    verif|confirm|activat|reset|sign in|log ?in|join|accept|rsvp|reply|respond|review|approve|download|pay\b|pay now|
    invoice|receipt|track|view|see|open|
    get started|continue|complete|start|claim|book|register|update|schedule|read|watch|check|order|shop|
    bestätig|anmeld|aktivier|zurücksetz|öffn|ansehen|anzeigen|herunterlad|bezahl|rechnung|teilnehm|beitret|verfolg|
    weiter|jetzt|
    confirmer|vérifi|activer|réinitialis|connect|voir|consulter|télécharg|payer|facture|rejoindre|suivre|accéder|
    verifi|activar|restablec|iniciar|ver |descarg|pagar|factura|unirse|seguir|acceder|confermare?|attiva|reimposta|
    accedi|vedi|visualizza|scarica|paga|
    ativar|redefinir|baixar|fatura|acompanhar|bevestig|inloggen|bekijk|betaal|potwierdź|zaloguj|zobacz|pobierz|
    zapłać|śledź|
    подтверд|войти|перейти|открыть|скачать|оплатить|смотреть|отследить|підтверд|увійти|переглянути|onayla|giriş|
    görüntüle|indir|öde|
    确认|登录|查看|下载|支付|確認|ログイン|ダウンロード|こちら|확인|로그인|보기|다운로드|تأكيد|تسجيل|عرض|تحميل|تفعيل
""")


# Under one of many articles; nobody can tell which.
_SAYS_NOTHING = any_phrase(r"""
    \W{0,3}(?:read (?:more|on|article|the (?:full )?(?:story|article))|(?:learn|see|find out|view) more|more|continue
    reading|weiterlesen|mehr (?:lesen|erfahren)?|zum artikel|lire (?:la suite|plus)|en savoir plus|
    (?:leer|ver|saber) más|leggi (?:tutto|di più)|scopri di più|(?:ler|saiba|ver) mais|lees (?:meer|verder)|
    meer lezen|czytaj (?:więcej|dalej)|
    więcej|(?:читать|узнать) (?:далее|больше|дальше)|подробнее|читати далі|докладніше|devamını oku|daha fazla|
    阅读(?:更多|全文)|查看(?:更多|全文)|了解更多|続きを読む|詳しく(?:は|見る|はこちら)|더 ?보기|자세히 보기|اقرأ المزيد|
    קרא עוד)\W{0,4}
""")


def find_links(message: Message) -> tuple[LinkFact, ...]:
    """Return the links worth showing, the best first, at most MOST_LINKS; each target once."""
    best: dict[str, tuple[int, LinkFact]] = {}
    for text, url in _candidates(message):
        fact = _worth_showing(text, url)
        if fact is None or (message.kind is Kind.NEWSLETTER and _SAYS_NOTHING.fullmatch(fact.text)):
            continue
        rank = _rank(fact)
        key = _same_target(url)
        if key not in best or rank < best[key][0]:
            best[key] = (rank, fact)
    ranked = sorted(best.values(), key=lambda pair: pair[0])
    return tuple(fact for _, fact in ranked[:MOST_LINKS])


def _candidates(message: Message) -> Iterator[tuple[str, str]]:
    by_people = message.kind in (Kind.PERSONAL, Kind.OTHER) and not message.passed_on
    new, whole = (plain(text) if by_people else "" for text in (message.latest, message.text))
    for link in message.links[:READ_LINKS]:
        text = plain(link.text[:500])
        if text in new or text not in whole:  # what is answered and signatures have links too
            yield text, link.url.strip()
    # The words of a link may be an address themselves; where the link leads counts, not what it says.
    said = {url for link in message.links[:READ_LINKS] for url in bare_urls(link.text[:LONGEST_URL])}
    for url in bare_urls((message.latest or message.text)[:READ_CHARS])[:READ_LINKS]:
        if url not in said and not _FOOTER.search(words_before(url, message)):
            yield "", url


def bare_urls(text: str) -> list[str]:
    """Return the http and https URLs that stand in *text* as such, without the punctuation that follows them."""
    found = []
    for match in _BARE.finditer(text):
        url = match.group().rstrip(_TRAILING)
        # "(see https://en.wikipedia.org/wiki/Mail_(software))": a bracket belongs to the URL if its partner does.
        if url.count("(") > url.count(")") and match.group()[len(url) : len(url) + 1] == ")":
            url += ")"
        found.append(url)
    return found


def host(url: str) -> str | None:
    """Return the host of an http or https URL in lower case without "www.", or None when it is no such URL."""
    try:
        parts = urlsplit(url)
        name = parts.hostname
    except ValueError:
        return None
    if parts.scheme not in ("http", "https") or not name:
        return None
    return name.removeprefix("www.")


_IN_BRACKETS = re.compile(
    r"\s?<(?:https?://|mailto:)[^<>\s]{1,2048}>|\((?:https?://|mailto:)[^()\s]{1,2048}\)", re.IGNORECASE
)
_SHORT_ENOUGH = 40


def without_urls(sentence: str) -> str:
    """Return *sentence* without URLs in brackets, and with long ones shortened to their host; they are shown apart."""
    if "://" not in sentence and "mailto:" not in sentence:
        return sentence
    kept = _IN_BRACKETS.sub("", sentence)
    return _BARE.sub(lambda match: _brief(match.group()), kept).strip()


def _brief(url: str) -> str:
    name = host(url)
    return url if name is None or len(url) <= _SHORT_ENOUGH else f"{name}/…"


def _worth_showing(text: str, url: str) -> LinkFact | None:
    name = host(url)
    if name is None or len(url) > LONGEST_URL or not url.isprintable() or " " in url:
        return None
    # https://bank.example@evil.example/ shows one host and opens another; no honest mail needs it (RFC 3986 §7.6).
    if "@" in urlsplit(url).netloc:
        return None
    if _FOOTER.search(text) or _FOOTER_URL.search(url[:300]) or _is_icon(text, name, url):
        return None
    shown = text if text and any(char.isalnum() for char in text) else url
    return LinkFact(cut(shown, LONGEST_TEXT), url)


def _is_icon(text: str, name: str, url: str) -> bool:
    if not any(name == social or name.endswith("." + social) for social in _SOCIAL_HOSTS):
        return False
    is_profile = urlsplit(url).path.strip("/").count("/") == 0 and not urlsplit(url).query
    return is_profile or len(text) < 12


def _rank(fact: LinkFact) -> int:
    if _CALL.search(fact.text) and fact.text != fact.url:
        return 0
    is_bare = fact.text.startswith(("http://", "https://"))
    return 2 if is_bare else 1 if " " in fact.text else 3


def _same_target(url: str) -> str:
    return url.partition("#")[0].rstrip("/").lower()
