"""
Names of months and weekdays as mails write them, lower case: data for `dates.py`.

Names that mean the same month everywhere stand once; a name means one month only (Polish "listopada" is November, the
Croatian October is left out for it).
"""

from __future__ import annotations

import re

from sevenbot.summarise.phrases import words

_MONTHS = (
    (
        "january jan januar januari janvier janv enero ene gennaio gen janeiro stycznia styczeń sty "
        "января янв январь січня "
        "січ січень ocak oca leden ledna ianuarie január јануара ιανουαρίου يناير tammikuuta"
    ),
    (
        "february feb februar februari février févr fév febrero febbraio fevereiro fev lutego luty lut "
        "февраля фев февр "
        "февраль лютого лют лютий şubat şub únor února februarie február φεβρουαρίου فبراير helmikuuta febr"
    ),
    (
        "march mar märz mrz maart mrt mars marzo março marca marzec марта мар март березня бер березень "
        "mart březen března "
        "martie március μαρτίου مارس maaliskuuta"
    ),
    (
        "april apr avril avr abril abr aprile kwietnia kwiecień kwi апреля апр апрель квітня кві "
        "квітень nisan nis duben "
        "dubna aprilie április απριλίου أبريل ابريل huhtikuuta"
    ),
    (
        "may mai mei maj mayo maggio mag maio maja мая май травня тра травень mayıs květen května május μαΐου مايو "
        "toukokuuta"
    ),
    (
        "june jun juni juin junio giugno giu junho czerwca czerwiec cze июня июн июнь червня чер "
        "червень haziran haz červen "
        "června iunie június ιουνίου يونيو kesäkuuta"
    ),
    (
        "july jul juli juillet juil julio luglio lug julho lipca lipiec lip июля июл июль липня лип "
        "липень temmuz tem "
        "červenec července iulie július ιουλίου يوليو heinäkuuta"
    ),
    (
        "august aug augustus août agosto ago sierpnia sierpień sie августа авг август серпня сер "
        "серпень ağustos ağu srpen "
        "srpna augusti augusztus αυγούστου أغسطس اغسطس elokuuta"
    ),
    (
        "september sep sept septembre septiembre setiembre settembre set setembro września wrzesień wrz "
        "сентября сен сент "
        "сентябрь вересня вер вересень eylül eyl září septembrie szeptember σεπτεμβρίου سبتمبر syyskuuta"
    ),
    (
        "october oct oktober okt octobre octubre ottobre ott outubro out października październik paź "
        "октября окт октябрь "
        "жовтня жов жовтень ekim eki říjen října octombrie október οκτωβρίου أكتوبر اكتوبر lokakuuta"
    ),
    (
        "november nov novembre noviembre novembro listopada listopad lis ноября ноя нояб ноябрь "
        "листопада лис листопад "
        "kasım kas noiembrie νοεμβρίου نوفمبر marraskuuta"
    ),
    (
        "december dec dezember dez décembre déc diciembre dic dicembre dezembro grudnia grudzień gru "
        "декабря дек декабрь "
        "грудня гру грудень aralık ara prosinec prosince decembrie desember des δεκεμβρίου ديسمبر joulukuuta"
    ),
)
MONTHS = {name: number for number, names in enumerate(_MONTHS, start=1) for name in names.split()}

_WEEKDAYS = (
    (
        "monday mon montag mo lundi lun lunes lunedì segunda segunda-feira maandag ma poniedziałek pon "
        "понедельник пн "
        "понеділок pazartesi pzt måndag mandag pondělí luni δευτέρα الاثنين الإثنين"
    ),
    (
        "tuesday tue tues dienstag di mardi martes martedì terça terça-feira dinsdag wtorek wt вторник "
        "вт вівторок salı "
        "tisdag tirsdag úterý marți τρίτη الثلاثاء"
    ),
    (
        "wednesday wed mittwoch mi mercredi mer miércoles mié mercoledì quarta quarta-feira woensdag wo "
        "środa środę śr "
        "среда среду ср середа середу çarşamba onsdag středa miercuri τετάρτη الأربعاء"
    ),
    (
        "thursday thu thur thurs donnerstag do jeudi jeu jueves jue giovedì gio quinta quinta-feira "
        "donderdag czwartek czw "
        "четверг чт четвер perşembe torsdag čtvrtek joi πέμπτη الخميس"
    ),
    (
        "friday fri freitag fr vendredi ven viernes vie venerdì sexta sexta-feira vrijdag vr piątek pt "
        "пятница пятницу "
        "п'ятниця п'ятницю cuma fredag pátek vineri παρασκευή الجمعة"
    ),
    (
        "saturday sat samstag sonnabend sa samedi sam sábado sáb sabato sab zaterdag za sobota sobotę "
        "sob суббота субботу "
        "сб субота суботу cumartesi lördag lørdag sâmbătă σάββατο السبت"
    ),
    (
        "sunday sun sonntag so dimanche dim domingo dom domenica zondag zo niedziela niedzielę nd "
        "воскресенье вс неділя "
        "неділю нд pazar söndag søndag neděle duminică κυριακή الأحد"
    ),
)
WEEKDAYS = {name: number for number, names in enumerate(_WEEKDAYS) for name in names.split()}
_EASTERN_WEEKDAYS = ("一二三四五六日", "月火水木金土日", "월화수목금토일")
EASTERN_WEEKDAYS = {sign: number for signs in _EASTERN_WEEKDAYS for number, sign in enumerate(signs)} | {"天": 6}

# Names that are also ordinary words; they count only with a capital letter or a year beside them.
ORDINARY = words("may mar mars march out set sept ago gen ara mag lis sie tem kas dec jan sun nis des ene")

#: Days as seen from the day a mail was sent. German "Morgen" is a morning too; a time beside it tells.
RELATIVE_DAYS = {
    **dict.fromkeys(
        words(
            "today heute aujourd'hui hoy oggi hoje vandaag dziś dzisiaj сегодня сьогодні bugün idag "
            "今天 今日 오늘 اليوم"
        ),
        0,
    ),
    **dict.fromkeys(
        words(
            "tomorrow morgen demain mañana domani amanhã jutro завтра yarın imorgon huomenna zítra "
            "明天 明日 내일 غدا غدًا"
        ),
        1,
    ),
}

#: What makes a date the last one for something: before it, and in some languages behind it.
DEADLINE_BEFORE = re.compile(
    r"(?:\b(?:by|until|till|before|due|due (?:on|by)|deadline|expires?(?: on)?|no later than|not later than|valid until"
    r"|bis|bis (?:zum|spätestens)|spätestens(?: am| bis)?|vor dem|fällig(?: am)?|frist|läuft am"
    r"|avant(?: le)?|jusqu'au|au plus tard(?: le)?|date limite|antes del?|hasta(?: el)?"
    r"|a más tardar(?: el)?|vence(?: el| em| a)?"
    r"|entro(?: il)?|entro e non oltre il|scade(?: il)?|até(?: ao?| o)?(?: dia)?|uiterlijk(?: op)?|vóór|vervalt op"
    r"|do|do dnia|najpóźniej(?: do)?|termin płatności|до|не позднее|не пізніше|senast(?: den)?"
    r"|senest(?: den)?|viimeistään)"
    r"|截止(?:日期|到|至)?|截至|期限|締め切り|마감|قبل|حتى)[ :：,]{0,3}(?:the |den |el |le |il |o )?\Z"
)
DEADLINE_AFTER = re.compile(r" ?(?:'?[yaei]e |(?:tarihine )?)kadar|まで|까지|之?前|以前|截止")
