"""Spanish."""

from __future__ import annotations

from sevenbot.texts.catalogue import Texts

TEXTS = Texts(
    language="es",
    command_register="Obtener o mostrar tu dirección privada",
    command_status="Dirección, estado, correos recibidos",
    command_deactivate="Pausa: no recibir más correo",
    command_help="Cómo funciona",
    welcome=(
        "¡Hola! Te doy una dirección de correo privada. Lo que se envíe allí llega aquí en segundos, "
        "como un resumen breve, con el original a un toque.\n\nToca /register para obtener tu dirección."
    ),
    welcome_group=(
        "¡Hola! Puedo dar a este grupo su propia dirección de correo; sus mensajes llegan aquí como resúmenes "
        "breves.\n\nPara empezar, un administrador envía /register."
    ),
    registered="Tu dirección privada:\n\n{address}",
    try_it="Tócala para copiarla. El correo que se envíe allí llega aquí en segundos.",
    has_address="Tu dirección:\n\n{address}",
    resumed="¡Qué bien que vuelves! Se acepta correo de nuevo en\n\n{address}",
    still_paused="Tu dirección está en pausa:\n\n{address}\n\n/register la activa de nuevo.",
    paused=(
        "En pausa. El correo a esta dirección se rechaza desde ahora y se avisa a quien lo envía:\n\n{address}\n\n"
        "/register activa de nuevo la misma dirección."
    ),
    not_registered="Aquí aún no hay ninguna dirección. /register crea una.",
    status_active="Activa: se acepta correo.",
    status_paused="En pausa: se rechaza el correo. /register la activa de nuevo.",
    status_blocked="Apagada, porque aquí me bloquearon o quitaron. /register la activa de nuevo.",
    mails_delivered="Correos entregados: {count}",
    last_mail="El último: {ago}",
    help=(
        "El correo enviado a tu dirección privada llega aquí como un resumen breve. Los botones de debajo traen el "
        "texto completo, los adjuntos y el original.\n\n"
        "/register – obtener o mostrar la dirección\n"
        "/status – dirección, estado, correos recibidos\n"
        "/deactivate – pausa; /register activa de nuevo la misma dirección\n"
        "/help – este texto"
    ),
    help_subaddress="Una palabra añadida antes de la @ te dice quién pasó tu dirección:\n{example}",
    unknown_command="No conozco esta orden. /help muestra lo que sé hacer.",
    only_mail="Solo sé recibir correo, no charlar. /help explica cómo funciona.",
    only_administrators="Solo los administradores de este grupo pueden hacer eso.",
    dead_letters="Correos que no pudieron llegarte entretanto: {count}",
    just_now="ahora mismo",
    minutes_ago="hace {n} min",
    hours_ago="hace {n} h",
    days_ago="hace {n} d",
    try_again_later="Ahora mismo no es posible. Inténtalo de nuevo en un minuto.",
    will_do_it_later="Ahora mismo no es posible. Lo haré en cuanto pueda.",
    went_wrong="Algo ha fallado aquí. Inténtalo de nuevo, por favor.",
    button_copy="Copiar {text}",
    button_copy_address="Copiar dirección",
    button_text="Texto completo",
    button_attachments="Adjuntos ({count})",
    button_raw="Original (.eml)",
    button_dead_letters="Enviarlos ahora",
    not_found="No se encuentra este correo.",
    mail_gone="Este correo ya no se conserva.",
    no_text="Este correo no tiene texto.",
    no_attachments="Este correo no tiene adjuntos.",
    in_progress="Ya estoy en ello.",
    coming="Ya va…",
    dead_letters_coming="En camino: {count}",
    no_dead_letters="No hay nada en espera.",
    too_large="{name} ({size}) supera los {limit} que puedo enviar por Telegram.",
    possible_repeat="Quizá repetido: no es seguro que este correo te llegara antes.",
    no_sender="Remitente desconocido",
    no_subject="(sin asunto)",
    unread="Este correo no se pudo leer aquí. El botón trae el original.",
    proven="verificado",
    not_proven="El remitente no está verificado y puede ser falso.",
    degraded="Resumido sin el modelo: no dio una respuesta útil.",
    over_budget="Resumido sin el modelo: su presupuesto de hoy está agotado.",
    speaks_to_machines="Algo en este correo se dirige a programas, no a ti; aquí se ha omitido.",
    for_machines="El texto de este correo se dirige a un programa, no a ti.",
    not_summarised="Este correo no se pudo resumir",
    more="+{count} más",
    unnamed="sin nombre",
    bounced="Tu correo a {to} no ha llegado",
    bounced_because="Tu correo a {to} no ha llegado {why}",
    bounce_waits="Tu correo a {to} aún no ha llegado y se sigue intentando",
    someone="un destinatario",
    why_no_such_address="porque esa dirección no existe",
    why_no_such_domain="porque no se encontró un servidor de correo para esa dirección",
    why_mailbox_full="porque el buzón está lleno",
    why_mailbox_closed="porque el buzón está cerrado",
    why_too_large="porque el correo es demasiado grande",
    why_refused="porque su servidor lo rechazó",
    why_no_answer="porque su servidor no respondió",
    invite_cancelled="Cancelado",
    invite_changed="Cambiado",
    invite_accepted="{who} ha aceptado",
    invite_declined="{who} ha rechazado",
    invite_tentative="{who} quizá venga",
    repeats_daily="cada día",
    repeats_weekly="cada semana",
    repeats_monthly="cada mes",
    repeats_yearly="cada año",
    repeats_interval="intervalo: {n}",
    repeats_count="veces: {n}",
    repeats_until="hasta el {day}",
    warns_name="El nombre del remitente dice {shown}, el correo viene de {address}",
    warns_sender_mixed="El dominio {domain} del remitente imita a otro: mezcla alfabetos",
    warns_sender_alike="El dominio {domain} del remitente imita a {imitated}",
    warns_reply="Las respuestas van a {answer}, no al remitente {address}",
    warns_link_mixed="Un enlace lleva a {target}, que imita a otro dominio: mezcla alfabetos",
    warns_link_alike="Un enlace lleva a {target}, que imita a {imitated}",
    warns_link="Un enlace muestra {shown} y lleva a {target}",
    warns_program="El adjunto {name} es un programa",
    warns_page="El adjunto {name} es una página web con nombre de documento",
    warns_macros="El adjunto {name} puede ejecutar macros",
    weekdays=("lun", "mar", "mié", "jue", "vie", "sáb", "dom"),
    months=("ene", "feb", "mar", "abr", "may", "jun", "jul", "ago", "sept", "oct", "nov", "dic"),
    date="{weekday} {day} {month} {year}",
    decimal_point=",",
)
