"""Handing mail over to a mail server. What goes wrong is told without an address or a password."""

import smtplib
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from email.message import EmailMessage
from email.utils import formatdate, make_msgid

from pydantic import SecretStr

from portal.config import Settings
from portal.operation import OperationRefused

PATIENCE_SECONDS = 10  # shorter than a writer waits for another: a mail is sent inside a transaction
GOES_DOWN = 421
Post = Callable[[str, str, str], None]
"""Hands over one mail: to whom, its subject, its text. Raises MailFailed."""


class MailFailed(Exception):
    """The server did not take it; the text is one Dutch sentence. `broken`: it will not take the next one either."""

    def __init__(self, sentence: str, *, broken: bool) -> None:
        super().__init__(sentence)
        self.broken = broken


@contextmanager
def mail_server(settings: Settings) -> Iterator[Post]:
    """A connection for many mails. Raises OperationRefused for settings that cannot be, MailFailed when it fails."""
    sender, password = _checked(settings)
    with _told_in_words():
        server = smtplib.SMTP(settings.smtp_host, settings.smtp_port, timeout=PATIENCE_SECONDS)
    try:
        with _told_in_words():
            if settings.smtp_starttls:
                server.starttls(context=ssl.create_default_context())
            if settings.smtp_user and password:
                server.login(settings.smtp_user, password.get_secret_value())
        yield lambda to, subject, text: _send(server, _message(sender, to, subject, text))
    finally:
        server.close()


def _checked(settings: Settings) -> tuple[str, SecretStr | None]:
    needed = {
        "PORTAL_SMTP_HOST": settings.smtp_host,
        "PORTAL_MAIL_FROM": settings.mail_from,
        "PORTAL_BASE_URL": settings.base_url,
    }
    missing = [name for name, value in needed.items() if not value]
    if missing:
        raise OperationRefused(f"Om te versturen ontbreekt {', '.join(missing)}; er is niets verstuurd.")
    if settings.smtp_user and not settings.smtp_starttls:
        raise OperationRefused("Een wachtwoord gaat niet onversleuteld over het net: zet PORTAL_SMTP_STARTTLS op true.")
    return settings.mail_from, settings.smtp_password


def _message(sender: str, to: str, subject: str, text: str) -> EmailMessage:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = sender, to, subject
    message["Date"], message["Message-ID"] = formatdate(), make_msgid(domain=sender.rpartition("@")[2].rstrip(">"))
    message["Auto-Submitted"] = "auto-generated"  # no out-of-office answers
    message.set_content(text)
    return message


def _send(server: smtplib.SMTP, message: EmailMessage) -> None:
    with _told_in_words():
        server.send_message(message)


@contextmanager
def _told_in_words() -> Iterator[None]:
    """What a library says of a failure holds addresses; what is raised here does not."""
    try:
        yield
    except smtplib.SMTPRecipientsRefused as fault:
        codes = {code for code, _ in fault.recipients.values()}
        raise MailFailed("De mailserver weigert deze mail.", broken=GOES_DOWN in codes) from None
    except smtplib.SMTPDataError as fault:
        raise MailFailed("De mailserver weigert deze mail.", broken=fault.smtp_code == GOES_DOWN) from None
    except smtplib.SMTPAuthenticationError:
        raise MailFailed("De mailserver aanvaardt de gebruiker of het wachtwoord niet.", broken=True) from None
    except (smtplib.SMTPException, ssl.SSLError) as fault:
        raise MailFailed(f"De mailserver doet niet mee ({type(fault).__name__}).", broken=True) from None
    except OSError as fault:
        raise MailFailed(f"De mailserver antwoordt niet ({type(fault).__name__}).", broken=True) from None
