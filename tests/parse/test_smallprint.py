import pytest
from hypothesis import given
from hypothesis import strategies as st
from quality.decorated import decorate
from quality.trimmings import TRIMMINGS, Trimmings

from sevenbot.parse import quotes


@pytest.mark.parametrize("trimmings", TRIMMINGS, ids=lambda each: each.language)
def test_banner_and_disclaimer_are_not_new(trimmings: Trimmings) -> None:
    newest = quotes.latest(decorate(trimmings.body, trimmings))

    assert newest == f"{trimmings.body}\n\n{trimmings.signature}"


@pytest.mark.parametrize(
    "banner",
    [
        "[EXTERNAL]",
        "EXTERNAL EMAIL",
        "[External Sender]\n",
        "EXTERNAL: Do not click links or open attachments if you do not recognize the sender.",
        "You don't often get email from sam@example.com. Learn why this is important<https://aka.example/x>",
        "CAUTION: This email originated from outside your organization. Exercise caution when\nopening attachments or clicking links, especially from unknown senders.\n",
        "[EXT]\nThis message came from outside the company.\nDo not click links or open attachments.",
        "*** This is an EXTERNAL email. Exercise caution. DO NOT open attachments or click links. ***",
        "-------- EXTERNAL EMAIL - Be careful with links and attachments from this sender --------",
        "Externe E-Mail: Bitte keine Links oder Anhänge öffnen, wenn der Absender unbekannt ist.",
        "Vous n'obtenez pas souvent d'e-mail à partir de sam@example.com. Découvrez pourquoi cela est important",
        "Sie erhalten nicht häufig E-Mails von sam@example.com. Erfahren Sie, warum dies wichtig ist",
        "No suele recibir correos electrónicos de sam@example.com. Descubra por qué esto es importante",
    ],
)
def test_banner_above_is_not_new(banner: str) -> None:
    assert quotes.latest(f"{banner}\nYes, at noon.\nSam") == "Yes, at noon.\nSam"
    assert quotes.latest(f"{banner}\n\nYes, at noon.\nSam") == "Yes, at noon.\nSam"


@pytest.mark.parametrize(
    "disclaimer",
    [
        "CONFIDENTIALITY NOTICE: The information in this email is privileged and for the addressee only.",
        "This email and its attachments may be confidential and are intended solely for the use of the individual to whom it is addressed. If you have received it in error, please contact the sender.",
        "The information contained in this communication is confidential. If you are not the intended recipient, any disclosure is prohibited.",
        "Please consider the environment before printing this email.",
        "Harrow Ltd. Registered office: 12 Harrow Road, London. Registered in England No. 1234567",
        "Harrow GmbH, Sitz: Berlin, Amtsgericht Charlottenburg HRB 12345, Geschäftsführer: Paul Fink",
        "This email has been scanned for viruses by Example.",
        "Der Inhalt dieser E-Mail ist vertraulich und ausschließlich für den bezeichneten Adressaten bestimmt.",
        "Le contenu de cet e-mail est confidentiel. Si vous n'en êtes pas le destinataire, détruisez-le.",
        "La información contenida en este correo es confidencial y para uso exclusivo del destinatario.",
        "Le informazioni contenute in questo messaggio sono riservate ai soli destinatari.",
    ],
)
def test_disclaimer_below_is_not_new(disclaimer: str) -> None:
    assert quotes.latest(f"Yes, at noon.\nSam\n\n{disclaimer}") == "Yes, at noon.\nSam"
    assert quotes.latest(f"Yes, at noon.\nSam\n\n-----\n{disclaimer}\n\n{disclaimer}") == "Yes, at noon.\nSam"


@pytest.mark.parametrize(
    "text",
    [
        "This email is confidential, so please keep what you, the recipient, read in it to yourself: we sell.",
        "Warning: the external contractor comes at nine.\nKeep the door closed.",
        "Hello,\n\nthe sender of the parcel is external to us.\n\nAnn",
        "Hello,\n\nplease delete the confidential list, I sent it in error.\n\nAnn",
        "External\nmemory is full.",
    ],
)
def test_own_words_about_mail_stay(text: str) -> None:
    assert quotes.latest(text) == text


@given(
    st.lists(st.sampled_from(["this email", "external", "caution links", "confidential", "recipient", "", "-", "yes."]))
)
def test_something_is_always_left_property(lines: list[str]) -> None:
    text = "\n".join(lines)

    assert bool(quotes.latest(text).strip()) == bool(text.strip())
