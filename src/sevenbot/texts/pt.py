"""Portuguese."""

from __future__ import annotations

from sevenbot.texts.catalogue import Texts

TEXTS = Texts(
    language="pt",
    command_register="Obter ou mostrar o seu endereço privado",
    command_status="Endereço, estado, e-mails recebidos",
    command_deactivate="Pausa: não receber mais e-mails",
    command_help="Como funciona",
    welcome=(
        "Olá! Dou-lhe um endereço de e-mail privado. O que for enviado para lá chega aqui em segundos, "
        "como um breve resumo, com o original a um toque.\n\nToque em /register para obter o seu endereço."
    ),
    welcome_group=(
        "Olá! Posso dar a este grupo um endereço de e-mail próprio; os e-mails chegam aqui como breves resumos.\n\n"
        "Para começar, um administrador envia /register."
    ),
    registered="O seu endereço privado:\n\n{address}",
    try_it="Toque para copiar. Os e-mails enviados para lá chegam aqui em segundos.",
    has_address="O seu endereço:\n\n{address}",
    resumed="Que bom que voltou! Os e-mails são aceites de novo em\n\n{address}",
    still_paused="O seu endereço está em pausa:\n\n{address}\n\n/register volta a ativá-lo.",
    paused=(
        "Em pausa. Os e-mails para este endereço são agora recusados e os remetentes são avisados:\n\n{address}\n\n"
        "/register volta a ativar o mesmo endereço."
    ),
    not_registered="Ainda não há nenhum endereço aqui. /register cria um.",
    status_active="Ativo: os e-mails são aceites.",
    status_paused="Em pausa: os e-mails são recusados. /register volta a ativar.",
    status_blocked="Desligado, porque fui bloqueado ou removido aqui. /register volta a ativar.",
    mails_delivered="E-mails entregues: {count}",
    last_mail="O último: {ago}",
    help=(
        "Os e-mails enviados para o seu endereço privado chegam aqui como um breve resumo. Os botões por baixo "
        "trazem o texto completo, os anexos e o original.\n\n"
        "/register – obter ou mostrar o endereço\n"
        "/status – endereço, estado, e-mails recebidos\n"
        "/deactivate – pausa; /register volta a ativar o mesmo endereço\n"
        "/help – este texto"
    ),
    help_subaddress="Uma palavra antes do @ revela quem passou o seu endereço:\n{example}",
    unknown_command="Não conheço este comando. /help mostra o que sei fazer.",
    only_mail="Só sei receber e-mails, não conversar. /help explica como funciona.",
    only_administrators="Só os administradores deste grupo podem fazer isso.",
    dead_letters="E-mails que entretanto não lhe puderam chegar: {count}",
    just_now="agora mesmo",
    minutes_ago="há {n} min",
    hours_ago="há {n} h",
    days_ago="há {n} d",
    try_again_later="Neste momento não é possível. Tente de novo dentro de um minuto.",
    will_do_it_later="Neste momento não é possível. Farei isso assim que puder.",
    went_wrong="Algo correu mal. Tente de novo, por favor.",
    button_copy="Copiar {text}",
    button_copy_address="Copiar endereço",
    button_text="Texto completo",
    button_attachments="Anexos ({count})",
    button_raw="Original (.eml)",
    button_dead_letters="Enviar agora",
    not_found="Este e-mail não foi encontrado.",
    mail_gone="Este e-mail já não está guardado.",
    no_text="Este e-mail não tem texto.",
    no_attachments="Este e-mail não tem anexos.",
    in_progress="Já estou a tratar disso.",
    coming="A caminho…",
    dead_letters_coming="A caminho: {count}",
    no_dead_letters="Não há nada à espera.",
    too_large="{name} ({size}) é maior do que os {limit} que posso enviar no Telegram.",
    possible_repeat="Talvez repetido: não é certo que este e-mail já lhe tenha chegado.",
    no_sender="Remetente desconhecido",
    no_subject="(sem assunto)",
    unread="Não foi possível ler este e-mail aqui. O botão traz o original.",
    proven="verificado",
    not_proven="O remetente não está verificado e pode ser falso.",
    degraded="Resumido sem o modelo: não deu uma resposta utilizável.",
    over_budget="Resumido sem o modelo: o orçamento de hoje está esgotado.",
    speaks_to_machines="Algo neste e-mail dirige-se a programas, não a você; aqui foi omitido.",
    for_machines="O texto deste e-mail dirige-se a um programa, não a si.",
    not_summarised="Não foi possível resumir este e-mail",
    more="+{count}",
    unnamed="sem nome",
    bounced="O seu e-mail para {to} não chegou",
    bounced_because="O seu e-mail para {to} não chegou {why}",
    bounce_waits="O seu e-mail para {to} ainda não chegou e continua a ser tentado",
    someone="um destinatário",
    why_no_such_address="porque o endereço não existe",
    why_no_such_domain="porque não foi encontrado um servidor de correio para o endereço",
    why_mailbox_full="porque a caixa de correio está cheia",
    why_mailbox_closed="porque a caixa de correio foi fechada",
    why_too_large="porque o e-mail é demasiado grande",
    why_refused="porque o servidor do destinatário o recusou",
    why_no_answer="porque o servidor do destinatário não respondeu",
    invite_cancelled="Cancelado",
    invite_changed="Alterado",
    invite_accepted="{who} aceitou",
    invite_declined="{who} recusou",
    invite_tentative="{who} talvez venha",
    repeats_daily="todos os dias",
    repeats_weekly="todas as semanas",
    repeats_monthly="todos os meses",
    repeats_yearly="todos os anos",
    repeats_interval="intervalo: {n}",
    repeats_count="vezes: {n}",
    repeats_until="até {day}",
    warns_name="O nome do remetente diz {shown}, o e-mail vem de {address}",
    warns_sender_mixed="O domínio {domain} do remetente imita outro: mistura alfabetos",
    warns_sender_alike="O domínio {domain} do remetente imita {imitated}",
    warns_reply="As respostas vão para {answer}, não para o remetente {address}",
    warns_link_mixed="Um link leva a {target}, que imita outro domínio: mistura alfabetos",
    warns_link_alike="Um link leva a {target}, que imita {imitated}",
    warns_link="Um link mostra {shown} e leva a {target}",
    warns_program="O anexo {name} é um programa",
    warns_page="O anexo {name} é uma página web com nome de documento",
    warns_macros="O anexo {name} pode executar macros",
    weekdays=("seg", "ter", "qua", "qui", "sex", "sáb", "dom"),
    months=("jan", "fev", "mar", "abr", "mai", "jun", "jul", "ago", "set", "out", "nov", "dez"),
    date="{weekday} {day} {month} {year}",
    decimal_point=",",
)
