"""Italian."""

from __future__ import annotations

from sevenbot.texts.catalogue import Texts

TEXTS = Texts(
    language="it",
    command_register="Ottieni o mostra il tuo indirizzo privato",
    command_status="Indirizzo, stato, mail ricevute",
    command_deactivate="Pausa: non ricevere più mail",
    command_help="Come funziona",
    welcome=(
        "Ciao! Ti do un indirizzo e-mail privato. Quello che viene inviato lì arriva qui in pochi secondi, "
        "come breve riassunto, con l’originale a portata di tocco.\n\nTocca /register per avere il tuo indirizzo."
    ),
    welcome_group=(
        "Ciao! Posso dare a questo gruppo un indirizzo e-mail tutto suo; le mail arrivano qui come brevi riassunti."
        "\n\nPer iniziare, un amministratore invia /register."
    ),
    registered="Il tuo indirizzo privato:\n\n{address}",
    try_it="Toccalo per copiarlo. Le mail inviate lì arrivano qui in pochi secondi.",
    has_address="Il tuo indirizzo:\n\n{address}",
    resumed="Bentornato! Le mail sono di nuovo accettate a\n\n{address}",
    still_paused="Il tuo indirizzo è in pausa:\n\n{address}\n\n/register lo riattiva.",
    paused=(
        "In pausa. Le mail a questo indirizzo vengono ora rifiutate e i mittenti ne sono informati:\n\n{address}\n\n"
        "/register riattiva lo stesso indirizzo."
    ),
    not_registered="Qui non c’è ancora un indirizzo. /register ne crea uno.",
    status_active="Attivo: le mail sono accettate.",
    status_paused="In pausa: le mail sono rifiutate. /register lo riattiva.",
    status_blocked="Spento, perché qui sono stato bloccato o rimosso. /register lo riattiva.",
    mails_delivered="Mail consegnate: {count}",
    last_mail="L’ultima: {ago}",
    help=(
        "Le mail inviate al tuo indirizzo privato arrivano qui come breve riassunto. I pulsanti sotto portano il "
        "testo intero, gli allegati e l’originale.\n\n"
        "/register – ottieni o mostra l’indirizzo\n"
        "/status – indirizzo, stato, mail ricevute\n"
        "/deactivate – pausa; /register riattiva lo stesso indirizzo\n"
        "/help – questo testo"
    ),
    help_subaddress="Una parola aggiunta prima della @ ti dice chi ha passato il tuo indirizzo:\n{example}",
    unknown_command="Non conosco questo comando. /help mostra cosa so fare.",
    only_mail="So solo ricevere mail, non chiacchierare. /help spiega come funziona.",
    only_administrators="Solo gli amministratori di questo gruppo possono farlo.",
    dead_letters="Mail che nel frattempo non hanno potuto raggiungerti: {count}",
    just_now="proprio ora",
    minutes_ago="{n} min fa",
    hours_ago="{n} h fa",
    days_ago="{n} g fa",
    try_again_later="In questo momento non è possibile. Riprova tra un minuto.",
    will_do_it_later="In questo momento non è possibile. Lo farò appena possibile.",
    went_wrong="Qualcosa è andato storto. Riprova, per favore.",
    button_copy="Copia {text}",
    button_copy_address="Copia indirizzo",
    button_text="Testo intero",
    button_attachments="Allegati ({count})",
    button_raw="Originale (.eml)",
    button_dead_letters="Inviale ora",
    not_found="Questa mail non si trova.",
    mail_gone="Questa mail non è più conservata.",
    no_text="Questa mail non ha testo.",
    no_attachments="Questa mail non ha allegati.",
    in_progress="Ci sto già lavorando.",
    coming="Arriva…",
    dead_letters_coming="In arrivo: {count}",
    no_dead_letters="Non c’è nulla in attesa.",
    too_large="{name} ({size}) supera i {limit} che posso inviare su Telegram.",
    possible_repeat="Forse un doppione: non è certo che questa mail ti sia già arrivata.",
    no_sender="Mittente sconosciuto",
    no_subject="(nessun oggetto)",
    unread="Questa mail non si è potuta leggere qui. Il pulsante porta l’originale.",
    proven="verificato",
    not_proven="Il mittente non è verificato e potrebbe essere falso.",
    degraded="Riassunto senza il modello: non ha dato una risposta utilizzabile.",
    over_budget="Riassunto senza il modello: il suo budget di oggi è esaurito.",
    speaks_to_machines="Qualcosa in questa mail si rivolge a programmi, non a te; qui è tralasciato.",
    for_machines="Il testo di questa mail è rivolto a un programma, non a te.",
    not_summarised="Non è stato possibile riassumere questa mail",
    more="+{count} altri",
    unnamed="senza nome",
    bounced="La tua mail a {to} non è arrivata",
    bounced_because="La tua mail a {to} non è arrivata {why}",
    bounce_waits="La tua mail a {to} non è ancora arrivata, si continua a provare",
    someone="un destinatario",
    why_no_such_address="perché l’indirizzo non esiste",
    why_no_such_domain="perché per l’indirizzo non è stato trovato un server di posta",
    why_mailbox_full="perché la casella è piena",
    why_mailbox_closed="perché la casella è stata chiusa",
    why_too_large="perché la mail è troppo grande",
    why_refused="perché il server del destinatario l’ha rifiutata",
    why_no_answer="perché il server del destinatario non ha risposto",
    invite_cancelled="Annullato",
    invite_changed="Modificato",
    invite_accepted="{who} ha accettato",
    invite_declined="{who} ha rifiutato",
    invite_tentative="{who} forse verrà",
    repeats_daily="ogni giorno",
    repeats_weekly="ogni settimana",
    repeats_monthly="ogni mese",
    repeats_yearly="ogni anno",
    repeats_interval="intervallo: {n}",
    repeats_count="volte: {n}",
    repeats_until="fino al {day}",
    warns_name="Il nome del mittente dice {shown}, la mail viene da {address}",
    warns_sender_mixed="Il dominio {domain} del mittente ne imita un altro: mescola alfabeti",
    warns_sender_alike="Il dominio {domain} del mittente imita {imitated}",
    warns_reply="Le risposte vanno a {answer}, non al mittente {address}",
    warns_link_mixed="Un link porta a {target}, che imita un altro dominio: mescola alfabeti",
    warns_link_alike="Un link porta a {target}, che imita {imitated}",
    warns_link="Un link mostra {shown} e porta a {target}",
    warns_program="L’allegato {name} è un programma",
    warns_page="L’allegato {name} è una pagina web con il nome di un documento",
    warns_macros="L’allegato {name} può eseguire macro",
    weekdays=("lun", "mar", "mer", "gio", "ven", "sab", "dom"),
    months=("gen", "feb", "mar", "apr", "mag", "giu", "lug", "ago", "set", "ott", "nov", "dic"),
    date="{weekday} {day} {month} {year}",
    decimal_point=",",
)
