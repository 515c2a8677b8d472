"""A real SMTP server on loopback, with TLS by an authority of its own, that can be told to misbehave."""

from __future__ import annotations

import asyncio
import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import trustme
from aiosmtpd import smtp
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, Envelope, LoginPassword, Session

HOST = "localhost"
USER, PASSWORD = "sender", "correct horse"


@dataclass
class Handler:
    """Keeps what it takes. Answers by address: a list of them is used up, one a try; the last one stays."""

    taken: list[tuple[str, bytes]] = field(default_factory=list)
    rcpt: dict[str, list[str]] = field(default_factory=dict)
    data: dict[str, list[str]] = field(default_factory=dict)  # "cut" keeps the letter and cuts the connection
    mail: str = "250 OK"

    async def handle_MAIL(  # noqa: N802 - aiosmtpd calls it so
        self, _server: smtp.SMTP, _session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        envelope.mail_from = address
        envelope.mail_options.extend(options)
        return self.mail

    async def handle_RCPT(  # noqa: N802
        self, _server: smtp.SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        answer = _next(self.rcpt, address)
        if answer.startswith("250"):
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(  # noqa: N802
        self, server: smtp.SMTP, _session: Session, envelope: Envelope
    ) -> str:
        (address,) = envelope.rcpt_tos
        answer = _next(self.data, address)
        if answer.startswith("slow"):
            await asyncio.sleep(float(answer.split()[1]))
            answer = "250 OK"
        content = envelope.content
        assert isinstance(content, bytes)
        if answer.startswith("250") or answer == "cut":
            self.taken.append((address, content))
        if answer == "cut":
            assert server.transport is not None
            server.transport.close()
        return answer

    def recipients(self) -> list[str]:
        return [address for address, _ in self.taken]


def _next(answers: dict[str, list[str]], address: str) -> str:
    left = answers.get(address, ["250 OK"])
    return left.pop(0) if len(left) > 1 else left[0]


@dataclass(frozen=True)
class Running:
    handler: Handler
    port: int
    ca_file: Path


@contextmanager
def mail_server(
    folder: Path, *, security: str = "starttls", name: str = HOST, login: bool = False, **more: Any
) -> Iterator[Running]:
    """The server, listening; `name` is the one that its certificate is made out to."""
    authority = trustme.CA()
    ca_file = folder / "authority.pem"
    authority.cert_pem.write_to_path(str(ca_file))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert(name).configure_cert(context)
    handler = Handler()
    kinds: dict[str, dict[str, Any]] = {
        "starttls": {"tls_context": context},
        "tls": {"ssl_context": context},
        "plaintext": {},
    }
    more |= kinds[security]
    if login:
        more |= {
            "authenticator": _authenticator,
            "auth_required": True,
            "auth_require_tls": security == "starttls",
        }
    controller = Controller(handler, hostname=HOST, port=free_port(), **more)
    controller.start()
    try:
        yield Running(handler, controller.port, ca_file)
    finally:
        controller.stop()


def _authenticator(_server: Any, _session: Any, _envelope: Any, _mechanism: str, data: Any) -> AuthResult:
    assert isinstance(data, LoginPassword)
    right = (data.login, data.password) == (USER.encode(), PASSWORD.encode())
    return AuthResult(success=right, handled=False)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
