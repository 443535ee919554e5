"""French."""

from __future__ import annotations

from sevenbot.texts.catalogue import Texts

TEXTS = Texts(
    language="fr",
    command_register="Obtenir ou afficher votre adresse privée",
    command_status="Adresse, état, mails reçus",
    command_deactivate="Pause : ne plus recevoir de mails",
    command_help="Comment ça marche",
    welcome=(
        "Bonjour ! Je vous donne une adresse e-mail privée. Ce qui y est envoyé arrive ici en quelques secondes, "
        "sous forme de bref résumé, l’original à portée de doigt.\n\nTouchez /register pour obtenir votre adresse."
    ),
    welcome_group=(
        "Bonjour ! Je peux donner à ce groupe sa propre adresse e-mail ; ses mails arrivent ici sous forme de brefs "
        "résumés.\n\nPour commencer, un administrateur envoie /register."
    ),
    registered="Votre adresse privée :\n\n{address}",
    try_it="Touchez-la pour la copier. Les mails envoyés là arrivent ici en quelques secondes.",
    has_address="Votre adresse :\n\n{address}",
    resumed="Bon retour ! Les mails sont de nouveau acceptés à l’adresse\n\n{address}",
    still_paused="Votre adresse est en pause :\n\n{address}\n\n/register la réactive.",
    paused=(
        "En pause. Les mails à cette adresse sont désormais refusés, et leurs expéditeurs en sont informés :\n\n"
        "{address}\n\n/register réactive la même adresse."
    ),
    not_registered="Il n’y a pas encore d’adresse ici. /register en crée une.",
    status_active="Active : les mails sont acceptés.",
    status_paused="En pause : les mails sont refusés. /register la réactive.",
    status_blocked="Arrêtée, car j’ai été bloqué ou retiré ici. /register la réactive.",
    mails_delivered="Mails remis : {count}",
    last_mail="Le dernier : {ago}",
    help=(
        "Les mails envoyés à votre adresse privée arrivent ici sous forme de bref résumé. Les boutons en dessous "
        "apportent le texte entier, les pièces jointes et l’original.\n\n"
        "/register – obtenir ou afficher l’adresse\n"
        "/status – adresse, état, mails reçus\n"
        "/deactivate – pause ; /register réactive la même adresse\n"
        "/help – ce texte"
    ),
    help_subaddress="Un mot ajouté avant le @ vous dit qui a transmis votre adresse :\n{example}",
    unknown_command="Je ne connais pas cette commande. /help montre ce que je sais faire.",
    only_mail="Je ne sais que recevoir des mails, pas discuter. /help explique comment.",
    only_administrators="Seuls les administrateurs de ce groupe peuvent faire cela.",
    dead_letters="Mails qui n’ont pas pu vous parvenir entre-temps : {count}",
    just_now="à l’instant",
    minutes_ago="il y a {n} min",
    hours_ago="il y a {n} h",
    days_ago="il y a {n} j",
    try_again_later="Ce n’est pas possible pour le moment. Réessayez dans une minute.",
    will_do_it_later="Ce n’est pas possible pour le moment. Je le ferai dès que possible.",
    went_wrong="Un problème est survenu ici. Veuillez réessayer.",
    button_copy="Copier {text}",
    button_copy_address="Copier l’adresse",
    button_text="Texte entier",
    button_attachments="Pièces jointes ({count})",
    button_raw="Original (.eml)",
    button_dead_letters="Les envoyer",
    not_found="Ce mail est introuvable.",
    mail_gone="Ce mail n’est plus conservé.",
    no_text="Ce mail n’a pas de texte.",
    no_attachments="Ce mail n’a pas de pièces jointes.",
    in_progress="Je m’en occupe déjà.",
    coming="J’arrive…",
    dead_letters_coming="En route : {count}",
    no_dead_letters="Rien n’est en attente.",
    too_large="{name} ({size}) dépasse les {limit} que je peux envoyer sur Telegram.",
    possible_repeat="Peut-être un doublon : il n’est pas certain que ce mail vous soit déjà parvenu.",
    no_sender="Expéditeur inconnu",
    no_subject="(sans objet)",
    unread="Ce mail n’a pas pu être lu ici. Le bouton apporte l’original.",
    proven="vérifié",
    not_proven="L’expéditeur n’est pas vérifié et peut être falsifié.",
    degraded="Résumé sans le modèle : il n’a pas donné de réponse utilisable.",
    over_budget="Résumé sans le modèle : son budget du jour est épuisé.",
    speaks_to_machines="Une partie de ce mail s’adresse à des programmes, pas à vous ; elle est omise ici.",
    for_machines="Le texte de ce mail s’adresse à un programme, pas à vous.",
    not_summarised="Ce mail n’a pas pu être résumé",
    more="+{count} autres",
    unnamed="sans nom",
    bounced="Votre mail à {to} n’est pas arrivé",
    bounced_because="Votre mail à {to} n’est pas arrivé, {why}",
    bounce_waits="Votre mail à {to} n’est pas encore arrivé, les tentatives continuent",
    someone="un destinataire",
    why_no_such_address="car cette adresse n’existe pas",
    why_no_such_domain="car aucun serveur de messagerie n’a été trouvé pour cette adresse",
    why_mailbox_full="car la boîte est pleine",
    why_mailbox_closed="car la boîte a été fermée",
    why_too_large="car le mail est trop volumineux",
    why_refused="car le serveur du destinataire l’a refusé",
    why_no_answer="car le serveur du destinataire n’a pas répondu",
    invite_cancelled="Annulé",
    invite_changed="Modifié",
    invite_accepted="{who} a accepté",
    invite_declined="{who} a décliné",
    invite_tentative="{who} viendra peut-être",
    repeats_daily="chaque jour",
    repeats_weekly="chaque semaine",
    repeats_monthly="chaque mois",
    repeats_yearly="chaque année",
    repeats_interval="intervalle : {n}",
    repeats_count="nombre de fois : {n}",
    repeats_until="jusqu’au {day}",
    warns_name="Le nom de l’expéditeur dit {shown}, le mail vient de {address}",
    warns_sender_mixed="Le domaine {domain} de l’expéditeur en imite un autre : il mélange des alphabets",
    warns_sender_alike="Le domaine {domain} de l’expéditeur imite {imitated}",
    warns_reply="Les réponses vont à {answer}, pas à l’expéditeur {address}",
    warns_link_mixed="Un lien mène à {target}, qui imite un autre domaine : il mélange des alphabets",
    warns_link_alike="Un lien mène à {target}, qui imite {imitated}",
    warns_link="Un lien affiche {shown} et mène à {target}",
    warns_program="La pièce jointe {name} est un programme",
    warns_page="La pièce jointe {name} est une page web qui porte le nom d’un document",
    warns_macros="La pièce jointe {name} peut exécuter des macros",
    weekdays=("lun.", "mar.", "mer.", "jeu.", "ven.", "sam.", "dim."),
    months=("janv.", "févr.", "mars", "avr.", "mai", "juin", "juil.", "août", "sept.", "oct.", "nov.", "déc."),
    date="{weekday} {day} {month} {year}",
    decimal_point=",",
)
