"""
Codes that are never called so: "Type 738 204 on the sign-in page", "ログインするには「728014」を入力してください".

Three things together make a number a code without the word: a verb of entering (or a word for digits, or a password)
beside it in its sentence, an occasion such as logging in, confirming, or opening an account, and nothing that counts
or names something else ("your student number 4410", "5000 points").
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from sevenbot.parse import code_words as words

# Reaches in characters: an occasion is named in the sentence, just before it, or in the subject.
_SENTENCE_CHARS, _OCCASION_CHARS, _VERB_BEHIND_CHARS = 160, 240, 24
# More numbers than this, each said to be entered, are a lesson or a form.
_MOST = 2


def _beginnings(stems: str) -> re.Pattern[str]:
    """Return a pattern for words that begin with one of *stems*; a stem that ends in "." is a whole word."""
    parts = [re.escape(stem.replace("_", " ").removesuffix(".")) + (r"\b" if stem.endswith(".") else r"\w*")
             for stem in stems.split()]  # fmt: skip
    return re.compile(rf"(?<!\w)(?:{'|'.join(parts)})")


_ENTER = re.compile(
    _beginnings(
        "enter. entering. type. typing. key_in. keying pop. input. paste. copy. use. using. confirm_with. gib. "
        "geben_sie eingeben eintipp tipp eintrag trag verwende bestätigen_sie_mit saisi entrez tapez utilis "
        "indiquez recopi introdu ingres escrib teclea usa. inseri digit. digita. digite. insira informe. vul. "
        "voer. typ. toets gebruik. neem. wpis wprowad podaj użyj przepisz введ укажите впиш ввест впис ввод вказ "
        "girin gir. girerek yaz kullan ange. skriv. knapp. indtast. tast. syötä zadejte opište zadajte ketik "
        "masukkan εισ πληκτρολογ"
    ).pattern
    + "|输入|輸入|填写|填寫|入力|입력|أدخل|ادخل|إدخال|הזן|הקלד|กรอก|दर्ज"
)
# Where the verb comes last: Turkish, Japanese, Korean, German infinitives.
_ENTER_BEHIND = re.compile(
    _beginnings("girin gir. girerek yaz kullan eingeben eintippen eintragen pop. enter. type. tap.").pattern
    + "|入力|입력"
)
_DIGITS = re.compile(
    _beginnings(
        "digits ziffer zahl chiffres dígitos cifre cijfers getal cyfr цифр rakam sayı siffror sifre číslic"
    ).pattern
    + "|数字|數字|숫자|الرقم|الأرقام"
)
_SECRET = _beginnings(
    "pin. tan. password. passwort kennwort contraseña clave. senha. hasło. wachtwoord парол şifre parola lösenord "
    "adgangskode passord heslo"
)
_OCCASION = re.compile(
    _beginnings(
        "sign_in sign-in signing_in sign_up signing_up log_in log-in login logging_in verif creating_your_account "
        "create_your_account prove_it authent anmeld einlogg einzulogg bestätig freigab freizugeb konto_erstell "
        "connex connect vérif valider_votre confirm iniciar_sesión inicio_de_sesión entrar. acced acceso. accès "
        "accesso acess continuar. crear_tu_cuenta criar_sua_conta conferma inlog in_te_log aanmeld bevestig zalog "
        "logowan potwierd вход войти подтверд авториз вхід увійти підтверд giriş oturum_aç doğrula logga_in "
        "logge_inn logge_på log_ind kirjaud přihlá prihlás bejelentkez σύνδε συνδε autentific untuk_masuk"
    ).pattern
    + "|登录|登入|登錄|验证|驗證|ログイン|認証|로그인|인증|تسجيل الدخول|التحقق|כניס|להתחבר|เข้าสู่ระบบ|लॉगिन"
)

# What may stand between a verb and its number, or behind the number; any other word is what the number counts or names.
_SMALL = words.words(
    "the this that these following below in into on at to when if and or as within before it is us app page "
    "screen field box window dans sur pour afin et en le la les ces suivant suivants ce vous el los estos este "
    "esta siguientes para na no o os estes nella nel per su sulla e il queste questo auf im ein an zur zum um und "
    "oder bei sie bitte die den das diese folgende folgenden op over om bij de deze volgende w we do aby te "
    "następujące i в на для чтобы и у щоб та эти следующие sayısını rakamını şu bu ile på för att og til di ist "
    "est es è é jest ini untuk seite feld pantalla temporal temporaire temporäre usa getta uso único strony "
    "stronie странице сторінці your"
)
_NUMBER_WORD = re.compile(
    r"(?:\b(?:number|num|no|nr|n[°ºo]|id|numéro|número|numero|номер\w*|numer\w*|ref\w*)|nummern?|numarası|号码|號碼|番号|번호)"
    r"[ .:#]*\Z"
)
_WORD = re.compile(r"[^\W\d_][\w'-]*")
_WITH_BLANKS = re.compile(r"[a-zà-žα-ωа-яёіїєґ]")
_SENTENCE_END = re.compile(r"[.!?](?=\s)|[。！？]|\n\s*\n")
_YEAR = re.compile(r"(?:19|20)[0-9]{2}")


@dataclass(frozen=True, slots=True)
class Number:
    """A place in the text that may be a code by its form; *is_alone* when nothing else stands on its line."""

    start: int
    end: int
    is_alone: bool


def find(low: str, numbers: list[Number]) -> list[Number]:
    """
    Return those of *numbers* that the reader is told to enter for logging in or confirming.

    Args:
        low: The mail in the form of `flat`, its first line the subject.
    """
    subject_end = low.find("\n") + 1
    found = [number for number in numbers if number.start >= subject_end and _is_entered(low, subject_end, number)]
    return found if len({low[number.start : number.end] for number in found}) <= _MOST else []


def _is_entered(low: str, subject_end: int, number: Number) -> bool:
    before, behind = _before(low, subject_end, number), _behind(low, number)
    if _YEAR.fullmatch(low, number.start, number.end) or _NUMBER_WORD.search(before):
        return False
    earlier = low[max(subject_end, number.start - _OCCASION_CHARS) : number.start]
    if not any(_OCCASION.search(part) for part in (earlier, behind, low[:subject_end])):
        return False
    if not number.is_alone and not _is_small(_WORD.findall(behind)[:1] if behind[:1] == " " else []):
        return False
    announced = number.is_alone or low[: number.start].rstrip(" \n*_").endswith(":")
    if any(_leads_to(pattern, before, announced=announced) for pattern in (_ENTER, _DIGITS)):
        return True
    if _OCCASION.search(before) and _leads_to(_SECRET, before, announced=False):
        return True
    verb = _ENTER_BEHIND.search(behind[: _SENTENCE_CHARS if number.is_alone else _VERB_BEHIND_CHARS])
    return verb is not None and _is_small(_WORD.findall(behind[: verb.start()]))


def _leads_to(pattern: re.Pattern[str], before: str, *, announced: bool) -> bool:
    """
    Say whether the last word of *pattern* in the sentence has the number for its object.

    Args:
        announced: A colon or a line of its own says that the number follows; then more may stand between.
    """
    found = list(pattern.finditer(before))
    if not found:
        return False
    last = found[-1]
    gap = before[last.end() :]
    if _is_small(_WORD.findall(gap)):
        return True
    return announced and any(sign.search(before[last.start() :]) for sign in (_DIGITS, _OCCASION))


def _is_small(found: list[str]) -> bool:
    """Say whether none of the words is one that a number could count or belong to."""
    return all(word in _SMALL or not _WITH_BLANKS.match(word) or _OCCASION.match(word) for word in found)


def _before(low: str, subject_end: int, number: Number) -> str:
    """Return the sentence up to the number; for one alone on its line, the sentence above."""
    part = low[max(subject_end, number.start - _SENTENCE_CHARS) : number.start]
    if number.is_alone or part.rstrip().endswith(":"):
        part = part.rstrip(" \n*_|:.!>")
    return _SENTENCE_END.split(part)[-1]


def _behind(low: str, number: Number) -> str:
    part = low[number.end : number.end + _SENTENCE_CHARS]
    if number.is_alone:
        part = part.lstrip(" \n*_|.")
    return _SENTENCE_END.split(part)[0]
