"""German."""

from __future__ import annotations

from sevenbot.texts.catalogue import Texts

TEXTS = Texts(
    language="de",
    command_register="Private Adresse holen oder zeigen",
    command_status="Adresse, Zustand, bisherige Mails",
    command_deactivate="Pause: keine Mails mehr annehmen",
    command_help="So funktioniert es",
    welcome=(
        "Hallo! Von mir bekommst du eine private E-Mail-Adresse. Was dorthin geschickt wird, kommt in Sekunden "
        "hier an: als kurze Zusammenfassung, das Original nur einen Tipp entfernt.\n\n"
        "Tippe auf /register für deine Adresse."
    ),
    welcome_group=(
        "Hallo! Ich kann dieser Gruppe eine eigene E-Mail-Adresse geben; ihre Mails kommen hier als kurze "
        "Zusammenfassungen an.\n\nZum Anfangen sendet jemand aus der Administration /register."
    ),
    registered="Deine private Adresse:\n\n{address}",
    try_it="Zum Kopieren antippen. Mails dorthin sind in Sekunden hier.",
    has_address="Deine Adresse:\n\n{address}",
    resumed="Willkommen zurück! Mails werden wieder angenommen unter\n\n{address}",
    still_paused="Deine Adresse pausiert:\n\n{address}\n\n/register schaltet sie wieder ein.",
    paused=(
        "Pause. Mails an diese Adresse werden jetzt abgelehnt, und die Absender erfahren es:\n\n{address}\n\n"
        "/register schaltet dieselbe Adresse wieder ein."
    ),
    not_registered="Hier gibt es noch keine Adresse. /register legt eine an.",
    status_active="An: Mails werden angenommen.",
    status_paused="Pause: Mails werden abgelehnt. /register schaltet wieder ein.",
    status_blocked="Aus, weil ich hier blockiert oder entfernt wurde. /register schaltet wieder ein.",
    mails_delivered="Zugestellte Mails: {count}",
    last_mail="Die letzte: {ago}",
    help=(
        "Mails an deine private Adresse kommen hier als kurze Zusammenfassung an. Die Knöpfe darunter bringen den "
        "ganzen Text, die Anhänge und das Original.\n\n"
        "/register – Adresse holen oder zeigen\n"
        "/status – Adresse, Zustand, bisherige Mails\n"
        "/deactivate – Pause; /register schaltet dieselbe Adresse wieder ein\n"
        "/help – dieser Text"
    ),
    help_subaddress="Ein Zusatz vor dem @ verrät dir, wer deine Adresse weitergegeben hat:\n{example}",
    unknown_command="Diesen Befehl kenne ich nicht. /help zeigt, was ich kann.",
    only_mail="Ich kann nur Mails empfangen, nicht plaudern. /help zeigt, wie es geht.",
    only_administrators="Das darf in dieser Gruppe nur die Administration.",
    dead_letters="Mails, die dich inzwischen nicht erreichen konnten: {count}",
    just_now="gerade eben",
    minutes_ago="vor {n} Min.",
    hours_ago="vor {n} Std.",
    days_ago="vor {n} T.",
    try_again_later="Das geht gerade nicht. Bitte versuche es in einer Minute noch einmal.",
    will_do_it_later="Das geht gerade nicht. Ich hole es nach, sobald es geht.",
    went_wrong="Hier ist etwas schiefgegangen. Bitte versuche es noch einmal.",
    button_copy="{text} kopieren",
    button_copy_address="Adresse kopieren",
    button_text="Ganzer Text",
    button_attachments="Anhänge ({count})",
    button_raw="Original (.eml)",
    button_dead_letters="Jetzt senden",
    not_found="Diese Mail ist nicht zu finden.",
    mail_gone="Diese Mail wird nicht mehr aufbewahrt.",
    no_text="Diese Mail hat keinen Text.",
    no_attachments="Diese Mail hat keine Anhänge.",
    in_progress="Ich bin schon dabei.",
    coming="Kommt sofort…",
    dead_letters_coming="Unterwegs: {count}",
    no_dead_letters="Es wartet nichts.",
    too_large="{name} ({size}) ist größer als die {limit}, die ich auf Telegram senden darf.",
    possible_repeat="Vielleicht doppelt: Es ist nicht sicher, ob dich diese Mail schon erreicht hat.",
    no_sender="Unbekannter Absender",
    no_subject="(kein Betreff)",
    unread="Diese Mail war hier nicht lesbar. Der Knopf bringt das Original.",
    proven="bestätigt",
    not_proven="Der Absender ist nicht bestätigt und könnte gefälscht sein.",
    degraded="Ohne das Sprachmodell zusammengefasst: Es gab keine brauchbare Antwort.",
    over_budget="Ohne das Sprachmodell zusammengefasst: Sein Budget für heute ist aufgebraucht.",
    speaks_to_machines="Etwas in dieser Mail richtet sich an Programme, nicht an dich; hier ist es weggelassen.",
    for_machines="Der Text dieser Mail richtet sich an ein Programm, nicht an dich.",
    not_summarised="Diese Mail konnte nicht zusammengefasst werden",
    more="+{count} weitere",
    unnamed="ohne Namen",
    bounced="Deine Mail an {to} ist nicht angekommen",
    bounced_because="Deine Mail an {to} ist nicht angekommen, {why}",
    bounce_waits="Deine Mail an {to} ist noch nicht angekommen, es wird weiter versucht",
    someone="einen Empfänger",
    why_no_such_address="weil es die Adresse nicht gibt",
    why_no_such_domain="weil zu der Adresse kein Mailserver gefunden wurde",
    why_mailbox_full="weil das Postfach voll ist",
    why_mailbox_closed="weil das Postfach geschlossen ist",
    why_too_large="weil die Mail zu groß ist",
    why_refused="weil der Server dort sie abgelehnt hat",
    why_no_answer="weil der Server dort nicht geantwortet hat",
    invite_cancelled="Abgesagt",
    invite_changed="Geändert",
    invite_accepted="{who} hat zugesagt",
    invite_declined="{who} hat abgesagt",
    invite_tentative="{who} kommt vielleicht",
    repeats_daily="täglich",
    repeats_weekly="wöchentlich",
    repeats_monthly="monatlich",
    repeats_yearly="jährlich",
    repeats_interval="Abstand: {n}",
    repeats_count="Anzahl: {n}",
    repeats_until="bis {day}",
    warns_name="Der Name des Absenders sagt {shown}, die Mail kommt von {address}",
    warns_sender_mixed="Die Domain {domain} des Absenders ahmt eine andere nach: Sie mischt Alphabete",
    warns_sender_alike="Die Domain {domain} des Absenders soll aussehen wie {imitated}",
    warns_reply="Antworten gehen an {answer}, nicht an den Absender {address}",
    warns_link_mixed="Ein Link führt zu {target}, das eine andere Domain nachahmt: Es mischt Alphabete",
    warns_link_alike="Ein Link führt zu {target}, das aussehen soll wie {imitated}",
    warns_link="Ein Link zeigt {shown} und führt zu {target}",
    warns_program="Der Anhang {name} ist ein Programm",
    warns_page="Der Anhang {name} ist eine Webseite mit dem Namen eines Dokuments",
    warns_macros="Der Anhang {name} kann Makros ausführen",
    weekdays=("Mo.", "Di.", "Mi.", "Do.", "Fr.", "Sa.", "So."),
    months=("Jan.", "Feb.", "März", "Apr.", "Mai", "Juni", "Juli", "Aug.", "Sep.", "Okt.", "Nov.", "Dez."),
    date="{weekday} {day}. {month} {year}",
    decimal_point=",",
)
