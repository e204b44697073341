"""A mail server of the test itself: it keeps what it gets, and refuses whom it is told to."""

import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, Envelope, LoginPassword

GOOD = ("portaal", "geheim-van-de-mail")


class Sink:
    """Where mails end up, by receiver; `refused` it does not take, `signed_in` gave a password."""

    def __init__(self) -> None:
        self.mails: list[tuple[str, EmailMessage]] = []
        self.refused: set[str] = set()
        self.signed_in: list[str] = []
        self.gone_after: int | None = None
        self.port = 0

    async def handle_RCPT(self, server: Any, session: Any, envelope: Envelope, address: str, options: Any) -> str:
        if address in self.refused:
            return f"550 {address} is not here"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Envelope) -> str:
        if self.gone_after is not None and len(self.mails) >= self.gone_after:
            return "421 the server goes down"
        content = envelope.original_content or b""
        message = message_from_bytes(content, policy=policy.default)
        self.mails += [(address, message) for address in envelope.rcpt_tos]  # type: ignore[misc]
        return "250 OK"

    def sign_in(self, server: Any, session: Any, envelope: Any, mechanism: str, given: Any) -> AuthResult:
        known = isinstance(given, LoginPassword) and (given.login.decode(), given.password.decode()) == GOOD
        self.signed_in += [given.login.decode()] if known else []
        return AuthResult(success=known, handled=known)

    @property
    def receivers(self) -> list[str]:
        return sorted(address for address, _ in self.mails)


@contextmanager
def listening(sink: Sink, tls: ssl.SSLContext | None = None) -> Iterator[Sink]:
    """On a port of its own, with TLS and passwords when it gets a certificate."""
    sink.port = free_port()
    more: dict[str, Any] = {}
    if tls:
        more = {"tls_context": tls, "require_starttls": True, "authenticator": sink.sign_in, "auth_required": True}
    controller = Controller(sink, hostname="127.0.0.1", port=sink.port, **more)
    controller.start()
    try:
        yield sink
    finally:
        controller.stop()


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])
