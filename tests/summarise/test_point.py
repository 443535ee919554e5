"""What a mail is written for: days, requests, and what explains them, rather than the news of the family."""

import pytest

from sevenbot.parse.message import Kind
from sevenbot.summarise.facts import find_facts
from sevenbot.summarise.offline import summarise_offline
from tests.summarise.mails import a_message

LETTER = """\
The children have grown so much that you would not know them any more. Lena plays the horn now, and the whole street
can hear her practise every afternoon.

We were in the mountains for a week and saw two marmots and an eagle. The hut was full of people from all over the
country, and somebody always sang.

By the way, the chimney sweep comes to us on Tuesday, 17 March 2026, while we are still away. Could you let him in at
ten? The key is under the blue pot.

My brother has bought an old tractor and speaks of nothing else. The dog sleeps all day and looks very content with
the world.
"""
# One point among small talk, by language.
LETTERS = [
    (
        "de",
        (
            "Der Garten ist ganz verwildert, und die Katze schläft den lieben langen Tag. Onkel Karl erzählt immer noch "
            "dieselben Geschichten. Im Sommer waren wir am Meer und haben jeden Abend Fisch gegessen.\n\n"
            "Am 17. März 2026 ziehen wir um. Kannst du uns den Anhänger leihen?\n\n"
            "Die Nachbarn haben jetzt Hühner und einen sehr lauten Hahn. Lena lernt Horn, die ganze Straße hört ihr zu."
        ),
        ("17. März 2026", "Anhänger"),
    ),
    (
        "fr",
        (
            "Le jardin est tout en fleurs et le chat dort toute la journée. Mon oncle raconte toujours les mêmes histoires. "
            "Cet été nous étions à la mer et nous avons mangé du poisson tous les soirs.\n\n"
            "Nous déménageons le 17 mars 2026. Peux-tu nous prêter ta remorque ?\n\n"
            "Les voisins ont maintenant des poules et un coq très bruyant. Léna apprend le cor, toute la rue l'entend."
        ),
        ("17 mars 2026", "remorque"),
    ),
    (
        "ru",
        (
            "Сад совсем зарос, а кот спит целыми днями. Дядя Карл рассказывает всё те же истории. "
            "Летом мы были на море и каждый вечер ели рыбу.\n\n"
            "17 марта 2026 мы переезжаем. Сможешь одолжить нам прицеп?\n\n"
            "Соседи завели кур и очень громкого петуха. Лена учится играть на трубе, её слышит вся улица."
        ),
        ("17 марта 2026", "прицеп"),
    ),
]


def told(text: str, **given) -> str:
    message = a_message(text, kind=Kind.PERSONAL, **given)
    return summarise_offline(message, find_facts(message)).text


def test_a_letter_is_told_by_its_day_its_request_and_what_explains_them():
    assert told(LETTER, subject="Hello from us") == (
        "By the way, the chimney sweep comes to us on Tuesday, 17 March 2026, while we are still away. "
        "Could you let him in at ten? The key is under the blue pot."
    )


@pytest.mark.parametrize(("text", "points"), [letter[1:] for letter in LETTERS], ids=[letter[0] for letter in LETTERS])
def test_the_point_of_a_letter_is_found_in_its_language(text, points):
    summary = told(text, subject="...")

    assert all(point in summary for point in points)


def test_a_long_answer_in_which_nothing_stands_out_is_read_like_a_letter():
    assert "17 March 2026" in told(LETTER, subject="Re: Hello from us")


def test_a_request_is_the_point_where_no_day_is_named():
    text = LETTER.replace(" on Tuesday, 17 March 2026,", "").replace("Could you", "Could you please")

    assert "Could you please let him in at ten?" in told(text, subject="Hello from us")


def test_in_an_answer_what_is_said_tells_more_than_a_day():
    text = (
        "I think that we should keep the old server for another year, because the new one is too slow. It came 5 May."
    )

    assert told(text, subject="Re: The server").startswith("I think that we should keep")


def test_thanks_are_not_what_a_letter_is_written_for():
    thanks = "Thanks for the jam, it is exactly as sweet as the one you made for the new mill in our first year there."
    text = f"{thanks}\n\nThe pump has been off since last night because water got into the motor.\n"

    assert told(f"{text}\n{LETTER}", subject="The pump").count("jam") == 0
