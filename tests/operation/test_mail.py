"""Mail goes to a server that takes it, with a password only over TLS; and what fails is told without an address."""

import shutil
import ssl
import subprocess
from email.utils import parsedate_to_datetime

import pytest
from pydantic import SecretStr, ValidationError

from portal.config import Settings
from portal.operation import OperationRefused
from portal.operation.mail import MailFailed, mail_server
from tests.databases import absent
from tests.mail_sink import GOOD, Sink, free_port, listening

TO = "an@voorbeeld.example"


def told(port, **given):
    rest = {"smtp_host": "127.0.0.1", "mail_from": "portaal@streek.example", "base_url": "https://portaal.example"}
    return Settings(**rest | {"smtp_port": port, "smtp_starttls": False} | given)


@pytest.fixture
def sink():
    with listening(Sink()) as sink:
        yield sink


@pytest.fixture(scope="module")
def certificate(tmp_path_factory):
    """A certificate of this test for this machine, and its key."""
    if shutil.which("openssl") is None:
        absent("openssl is not here; install Debian's package openssl")
    folder = tmp_path_factory.mktemp("tls")
    files = folder / "cert.pem", folder / "key.pem"
    made = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1", "-subj", "/CN=localhost"]
    made += ["-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1"]
    subprocess.run([*made, "-out", files[0], "-keyout", files[1]], check=True, capture_output=True)
    return files


@pytest.fixture
def closed_sink(certificate):
    """Speaks TLS, and wants a password."""
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(*certificate)
    with listening(Sink(), context) as sink:
        yield sink


@pytest.fixture
def trusted(certificate, monkeypatch):
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate[0]))


# -- refused


@pytest.mark.parametrize("absent", ["smtp_host", "mail_from", "base_url"])
def test_without_a_server_a_sender_or_an_address_of_its_own_the_portal_sends_nothing(sink, absent):
    with (
        pytest.raises(OperationRefused, match=f"PORTAL_{absent.upper()}"),
        mail_server(told(sink.port, **{absent: ""})),
    ):
        pass
    assert sink.mails == []


def test_a_password_never_goes_over_the_net_in_the_open(sink):
    given = {"smtp_user": GOOD[0], "smtp_password": SecretStr(GOOD[1])}
    with pytest.raises(OperationRefused, match="onversleuteld"), mail_server(told(sink.port, **given)):
        pass


@pytest.mark.parametrize("address", ["geen adres", "a@b@c", "a@b\nBcc: c@d"])
def test_the_sender_is_one_address(address):
    with pytest.raises(ValidationError, match="PORTAL_MAIL_FROM"):
        told(25, mail_from=address)


@pytest.mark.parametrize("address", ["portaal.example", "ftp://x", "javascript:x"])
def test_the_address_of_the_portal_is_one_of_the_web(address):
    with pytest.raises(ValidationError, match="PORTAL_BASE_URL"):
        told(25, base_url=address)


# -- failed


def fails(settings):
    with pytest.raises(MailFailed) as failed, mail_server(settings) as post:
        post(TO, "Onderwerp", "Tekst")
    for secret in (TO, *GOOD, "streek.example"):
        assert secret not in str(failed.value)
    return failed.value


def test_a_server_that_is_not_there_is_told():
    failed = fails(told(free_port()))
    assert failed.broken
    assert "antwoordt niet" in str(failed)


def test_a_receiver_that_the_server_refuses_does_not_stop_the_next(sink):
    sink.refused = {TO}
    with mail_server(told(sink.port)) as post:
        with pytest.raises(MailFailed) as failed:
            post(TO, "Onderwerp", "Tekst")
        assert not failed.value.broken
        assert TO not in str(failed.value)
        post("bert@voorbeeld.example", "Onderwerp", "Tekst")
    assert sink.receivers == ["bert@voorbeeld.example"]


def test_a_server_that_goes_down_is_told(sink):
    sink.gone_after = 0
    assert fails(told(sink.port)).broken


def test_a_server_without_tls_gets_nothing_when_tls_is_asked(sink):
    assert fails(told(sink.port, smtp_starttls=True)).broken
    assert sink.mails == []


def test_a_certificate_that_nobody_vouches_for_is_not_trusted(closed_sink):
    given = {"smtp_starttls": True, "smtp_user": GOOD[0], "smtp_password": SecretStr(GOOD[1])}
    assert fails(told(closed_sink.port, **given)).broken
    assert closed_sink.signed_in == []


def test_a_wrong_password_is_told(closed_sink, trusted):
    given = {"smtp_starttls": True, "smtp_user": GOOD[0], "smtp_password": SecretStr("iets-anders")}
    failed = fails(told(closed_sink.port, **given))
    assert failed.broken
    assert "aanvaardt de gebruiker of het wachtwoord niet" in str(failed)


# -- sent


def test_over_tls_with_its_password_the_mail_goes(closed_sink, trusted):
    given = {"smtp_starttls": True, "smtp_user": GOOD[0], "smtp_password": SecretStr(GOOD[1])}
    with mail_server(told(closed_sink.port, **given)) as post:
        post(TO, "Onderwerp", "Tekst")
    assert (closed_sink.signed_in, closed_sink.receivers) == ([GOOD[0]], [TO])


def test_a_mail_arrives_as_it_was_written(sink):
    text = "Dag Éloïse\n\n- R-05 Meldpunt: € 12\n" + "een lange regel " * 20 + "\n.\nslot\n"
    with mail_server(told(sink.port)) as post:
        post(TO, "Nog 7 dagen: één project wacht", text)
        post("bert@voorbeeld.example", "Tweede", "Tekst")
    (to, mail), _ = sink.mails
    assert (to, mail["To"], mail["From"]) == (TO, TO, "portaal@streek.example")
    assert mail["Subject"] == "Nog 7 dagen: één project wacht"
    assert mail.get_content().replace("\r\n", "\n") == text
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail["Message-ID"].endswith("@streek.example>")
    assert parsedate_to_datetime(mail["Date"])


def test_a_subject_cannot_bring_in_another_header(sink):
    with mail_server(told(sink.port)) as post, pytest.raises(ValueError, match="linefeed"):
        post(TO, "Onderwerp\nBcc: iedereen@voorbeeld.example", "Tekst")
    assert sink.mails == []
