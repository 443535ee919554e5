"""Ukrainian."""

from __future__ import annotations

from sevenbot.texts.catalogue import Texts

TEXTS = Texts(
    language="uk",
    command_register="Отримати або показати особисту адресу",
    command_status="Адреса, стан, кількість листів",
    command_deactivate="Пауза: більше не приймати пошту",
    command_help="Як це працює",
    welcome=(
        "Вітаю! Я дам вам особисту адресу електронної пошти. Усе, що туди надійде, за секунди буде тут "
        "у вигляді короткого переказу, а оригінал — за один дотик.\n\nНатисніть /register, щоб отримати адресу."
    ),
    welcome_group=(
        "Вітаю! Я можу дати цій групі власну адресу пошти; листи надходять сюди у вигляді коротких переказів.\n\n"
        "Щоб почати, адміністратор надсилає /register."
    ),
    registered="Ваша особиста адреса:\n\n{address}",
    try_it="Торкніться, щоб скопіювати. Листи на неї надходять сюди за секунди.",
    has_address="Ваша адреса:\n\n{address}",
    resumed="З поверненням! Пошта знову приймається:\n\n{address}",
    still_paused="Ваша адреса на паузі:\n\n{address}\n\n/register знову її увімкне.",
    paused=(
        "Пауза. Листи на цю адресу тепер відхиляються, відправники про це дізнаються:\n\n{address}\n\n"
        "/register знову увімкне ту саму адресу."
    ),
    not_registered="Тут ще немає адреси. /register створить її.",
    status_active="Увімкнено: пошта приймається.",
    status_paused="На паузі: пошта відхиляється. /register знову увімкне.",
    status_blocked="Вимкнено: мене тут заблокували або вилучили. /register знову увімкне.",
    mails_delivered="Доставлено листів: {count}",
    last_mail="Останній: {ago}",
    help=(
        "Листи на вашу особисту адресу надходять сюди у вигляді короткого переказу. Кнопки під ним покажуть увесь "
        "текст, вкладення та оригінал.\n\n"
        "/register – отримати або показати адресу\n"
        "/status – адреса, стан, кількість листів\n"
        "/deactivate – пауза; /register знову увімкне ту саму адресу\n"
        "/help – цей текст"
    ),
    help_subaddress="Мітка перед @ покаже, хто передав вашу адресу далі:\n{example}",
    unknown_command="Я не знаю цієї команди. /help покаже, що я вмію.",
    only_mail="Я вмію лише приймати пошту, а не розмовляти. /help розповість докладніше.",
    only_administrators="Це можуть лише адміністратори групи.",
    dead_letters="Листи, які тим часом не дійшли до вас: {count}",
    just_now="щойно",
    minutes_ago="{n} хв тому",
    hours_ago="{n} год тому",
    days_ago="{n} дн. тому",
    try_again_later="Зараз не виходить. Спробуйте ще раз за хвилину.",
    will_do_it_later="Зараз не виходить. Зроблю, щойно зможу.",
    went_wrong="Щось пішло не так. Спробуйте ще раз.",
    button_copy="Копіювати {text}",
    button_copy_address="Копіювати адресу",
    button_text="Увесь текст",
    button_attachments="Вкладення ({count})",
    button_raw="Оригінал (.eml)",
    button_dead_letters="Надіслати зараз",
    not_found="Цього листа не знайдено.",
    mail_gone="Цей лист більше не зберігається.",
    no_text="У цьому листі немає тексту.",
    no_attachments="У цьому листі немає вкладень.",
    in_progress="Уже виконую.",
    coming="Зараз надішлю…",
    dead_letters_coming="У дорозі: {count}",
    no_dead_letters="Нічого не чекає на відправлення.",
    too_large="{name} ({size}) більше, ніж {limit}, які я можу надіслати в Telegram.",
    possible_repeat="Можливо, повтор: невідомо, чи дійшов до вас цей лист раніше.",
    no_sender="Невідомий відправник",
    no_subject="(без теми)",
    unread="Цього листа не вдалося прочитати. Кнопка надішле оригінал.",
    proven="підтверджено",
    not_proven="Відправника не підтверджено, він може бути підроблений.",
    degraded="Переказано без мовної моделі: придатної відповіді від неї не було.",
    over_budget="Переказано без мовної моделі: її ліміт на сьогодні вичерпано.",
    speaks_to_machines="Дещо в цьому листі звернене до програм, а не до вас; тут це пропущено.",
    for_machines="Текст цього листа звернений до програми, а не до вас.",
    not_summarised="Цей лист не вдалося коротко переказати",
    more="ще {count}",
    unnamed="без імені",
    bounced="Ваш лист для {to} не доставлено",
    bounced_because="Ваш лист для {to} не доставлено, {why}",
    bounce_waits="Ваш лист для {to} ще не доставлено, спроби тривають",
    someone="одержувача",
    why_no_such_address="бо такої адреси немає",
    why_no_such_domain="бо для цієї адреси не знайдено поштового сервера",
    why_mailbox_full="бо скринька переповнена",
    why_mailbox_closed="бо скриньку закрито",
    why_too_large="бо лист завеликий",
    why_refused="бо сервер одержувача його не прийняв",
    why_no_answer="бо сервер одержувача не відповів",
    invite_cancelled="Скасовано",
    invite_changed="Змінено",
    invite_accepted="{who}: запрошення прийнято",
    invite_declined="{who}: відмова",
    invite_tentative="{who}: можливо",
    repeats_daily="щодня",
    repeats_weekly="щотижня",
    repeats_monthly="щомісяця",
    repeats_yearly="щороку",
    repeats_interval="інтервал: {n}",
    repeats_count="усього разів: {n}",
    repeats_until="до {day}",
    warns_name="Ім’я відправника — {shown}, а лист надійшов з {address}",
    warns_sender_mixed="Домен відправника {domain} підроблено під інший: у ньому змішано абетки",
    warns_sender_alike="Домен відправника {domain} підроблено під {imitated}",
    warns_reply="Відповіді підуть на {answer}, а не відправнику {address}",
    warns_link_mixed="Посилання веде на {target}, підроблений під інший домен: у ньому змішано абетки",
    warns_link_alike="Посилання веде на {target}, підроблений під {imitated}",
    warns_link="Посилання показує {shown}, а веде на {target}",
    warns_program="Вкладення {name} — програма",
    warns_page="Вкладення {name} — вебсторінка з назвою документа",
    warns_macros="Вкладення {name} може запускати макроси",
    weekdays=("пн", "вт", "ср", "чт", "пт", "сб", "нд"),
    months=("січ.", "лют.", "бер.", "квіт.", "трав.", "черв.", "лип.", "серп.", "вер.", "жовт.", "лист.", "груд."),
    date="{weekday}, {day} {month} {year}",
    decimal_point=",",
)
