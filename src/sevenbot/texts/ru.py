"""Russian."""

from __future__ import annotations

from sevenbot.texts.catalogue import Texts

TEXTS = Texts(
    language="ru",
    command_register="Получить или показать личный адрес",
    command_status="Адрес, состояние, число писем",
    command_deactivate="Пауза: больше не принимать почту",
    command_help="Как это работает",
    welcome=(
        "Здравствуйте! Я дам вам личный адрес электронной почты. Всё, что туда придёт, через секунды окажется здесь "
        "в виде короткого пересказа, а оригинал — в одно касание.\n\nНажмите /register, чтобы получить адрес."
    ),
    welcome_group=(
        "Здравствуйте! Я могу дать этой группе собственный адрес почты; письма приходят сюда в виде коротких "
        "пересказов.\n\nЧтобы начать, администратор отправляет /register."
    ),
    registered="Ваш личный адрес:\n\n{address}",
    try_it="Коснитесь, чтобы скопировать. Письма на него приходят сюда за секунды.",
    has_address="Ваш адрес:\n\n{address}",
    resumed="С возвращением! Почта снова принимается:\n\n{address}",
    still_paused="Ваш адрес на паузе:\n\n{address}\n\n/register снова включит его.",
    paused=(
        "Пауза. Письма на этот адрес теперь отклоняются, отправители об этом узнают:\n\n{address}\n\n"
        "/register снова включит тот же адрес."
    ),
    not_registered="Здесь ещё нет адреса. /register создаст его.",
    status_active="Включён: почта принимается.",
    status_paused="На паузе: почта отклоняется. /register снова включит.",
    status_blocked="Выключен: меня здесь заблокировали или удалили. /register снова включит.",
    mails_delivered="Доставлено писем: {count}",
    last_mail="Последнее: {ago}",
    help=(
        "Письма на ваш личный адрес приходят сюда в виде короткого пересказа. Кнопки под ним покажут весь текст, "
        "вложения и оригинал.\n\n"
        "/register – получить или показать адрес\n"
        "/status – адрес, состояние, число писем\n"
        "/deactivate – пауза; /register снова включит тот же адрес\n"
        "/help – этот текст"
    ),
    help_subaddress="Метка перед @ покажет, кто передал ваш адрес дальше:\n{example}",
    unknown_command="Я не знаю этой команды. /help покажет, что я умею.",
    only_mail="Я умею только принимать почту, а не беседовать. /help расскажет подробнее.",
    only_administrators="Это могут только администраторы группы.",
    dead_letters="Письма, которые за это время не дошли до вас: {count}",
    just_now="только что",
    minutes_ago="{n} мин назад",
    hours_ago="{n} ч назад",
    days_ago="{n} дн. назад",
    try_again_later="Сейчас не получается. Попробуйте ещё раз через минуту.",
    went_wrong="Что-то пошло не так. Попробуйте ещё раз.",
    button_copy="Копировать {text}",
    button_copy_address="Копировать адрес",
    button_text="Весь текст",
    button_attachments="Вложения ({count})",
    button_raw="Оригинал (.eml)",
    button_dead_letters="Прислать сейчас",
    not_found="Это письмо не найдено.",
    mail_gone="Это письмо больше не хранится.",
    no_text="В этом письме нет текста.",
    no_attachments="В этом письме нет вложений.",
    in_progress="Уже выполняю.",
    coming="Сейчас пришлю…",
    dead_letters_coming="В пути: {count}",
    no_dead_letters="Ничего не ждёт отправки.",
    too_large="{name} ({size}) больше, чем {limit}, которые я могу отправить в Telegram.",
    possible_repeat="Возможно, повтор: неизвестно, дошло ли до вас это письмо раньше.",
    no_sender="Неизвестный отправитель",
    no_subject="(без темы)",
    unread="Это письмо не удалось прочитать. Кнопка пришлёт оригинал.",
    proven="подтверждён",
    not_proven="Отправитель не подтверждён и может быть подделан.",
    degraded="Пересказано без языковой модели: она была недоступна.",
    for_machines="Текст этого письма обращён к программе, а не к вам.",
    not_summarised="Не удалось кратко пересказать это письмо",
    more="ещё {count}",
    unnamed="без имени",
    bounced="Ваше письмо для {to} не доставлено",
    bounced_because="Ваше письмо для {to} не доставлено, {why}",
    bounce_waits="Ваше письмо для {to} ещё не доставлено, попытки продолжаются",
    someone="получателя",
    why_no_such_address="потому что такого адреса нет",
    why_no_such_domain="потому что для этого адреса не найден почтовый сервер",
    why_mailbox_full="потому что ящик переполнен",
    why_mailbox_closed="потому что ящик закрыт",
    why_too_large="потому что письмо слишком большое",
    why_refused="потому что сервер получателя его не принял",
    why_no_answer="потому что сервер получателя не ответил",
    invite_cancelled="Отменено",
    invite_changed="Изменено",
    invite_accepted="{who}: приглашение принято",
    invite_declined="{who}: отказ",
    invite_tentative="{who}: возможно",
    repeats_daily="каждый день",
    repeats_weekly="каждую неделю",
    repeats_monthly="каждый месяц",
    repeats_yearly="каждый год",
    repeats_interval="интервал: {n}",
    repeats_count="всего раз: {n}",
    repeats_until="до {day}",
    warns_name="Имя отправителя — {shown}, а письмо пришло с {address}",
    warns_sender_mixed="Домен отправителя {domain} подделан под другой: в нём смешаны алфавиты",
    warns_sender_alike="Домен отправителя {domain} подделан под {imitated}",
    warns_reply="Ответы уйдут на {answer}, а не отправителю {address}",
    warns_link_mixed="Ссылка ведёт на {target}, подделанный под другой домен: в нём смешаны алфавиты",
    warns_link_alike="Ссылка ведёт на {target}, подделанный под {imitated}",
    warns_link="Ссылка показывает {shown}, а ведёт на {target}",
    warns_program="Вложение {name} — программа",
    warns_page="Вложение {name} — веб-страница с именем документа",
    warns_macros="Вложение {name} может запускать макросы",
    weekdays=("пн", "вт", "ср", "чт", "пт", "сб", "вс"),
    months=("янв.", "февр.", "марта", "апр.", "мая", "июня", "июля", "авг.", "сент.", "окт.", "нояб.", "дек."),
    date="{weekday}, {day} {month} {year}",
    decimal_point=",",
)
