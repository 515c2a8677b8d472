"""Letters by SMTP: TLS first, one dialogue a letter, and no doubt about what became of it.

`smtplib.SMTP.sendmail` does not tell a connection that broke before the letter from one that broke after it,
so the dialogue is led here, step by step (RFC 5321, 3.3 and 4.2.5): until the final dot is on its way the
letter is surely not taken, from then on only the server's answer tells.
"""

from __future__ import annotations

import re
import smtplib
import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from digest.errors import MailError
from digest.model import DeliveryState
from digest.publish.message import Letter
from digest.publish.ways import Outcome

STARTTLS, TLS, PLAINTEXT = "starttls", "tls", "plaintext"
PORTS = {STARTTLS: 587, TLS: 465, PLAINTEXT: 25}
WHOLE_LETTER = 5  # times the time-out: a server that dribbles its answers cannot hold a letter for longer
_LINE_DOT = re.compile(rb"^\.", re.MULTILINE)
_BROKEN = (OSError, smtplib.SMTPException)


@dataclass(frozen=True, slots=True)
class Server:
    """Where and how to connect. The password is in no `repr`."""

    host: str
    port: int
    security: str  # STARTTLS, TLS, PLAINTEXT
    user: str = ""
    password: str = field(default="", repr=False)
    ca_file: Path | None = None
    timeout_seconds: float = 60.0
    helo: str = "localhost"

    @property
    def where(self) -> str:
        return f"{self.host}:{self.port}"


class SmtpWay:
    """One connection for all letters, made again where it was lost."""

    def __init__(self, server: Server) -> None:
        self._server = server
        self._client: smtplib.SMTP | None = None

    def open(self) -> None:
        """Connect, to learn of a wrong password or certificate before any letter is begun."""
        with suppress(*_BROKEN):  # not reached now: the first letter tries again
            self._client = connect(self._server)

    def send(self, letter: Letter) -> Outcome:
        try:
            client = self._client or connect(self._server)
        except _BROKEN as error:
            return Outcome.of(DeliveryState.DEFERRED, f"cannot connect: {_said(error)}", reached=False)
        self._client = client
        try:
            with _deadline(client, self._server):
                return _dialogue(client, letter, self._server.where)
        finally:
            if client.sock is None:
                self._client = None

    def close(self) -> None:
        client, self._client = self._client, None
        if client is not None:
            # The letters are sent: a server that does not say goodbye changes nothing.
            with suppress(*_BROKEN):
                client.quit()
            client.close()


# ---------------------------------------------------------------- one letter


def _dialogue(client: smtplib.SMTP, letter: Letter, where: str) -> Outcome:
    """Raises MailError where the server does not take the sender: it would take no other letter either."""
    payload = _LINE_DOT.sub(b"..", letter.data).removesuffix(b"\r\n") + b"\r\n.\r\n"
    size = [f"SIZE={len(letter.data)}"] if client.has_extn("size") else []
    try:
        code, said = client.mail(letter.sender, size)
        if code // 100 == 5 and code != 552:  # 552: not the sender, the size
            _leave(client)
            raise MailError(f"{where}: 不接受发件人 (sender refused): {code} {_text(said)}")
        if code == 250:
            code, said = client.rcpt(letter.recipient)
            if code in (250, 251):
                code, said = client.docmd("DATA")
                if code == 354:
                    client.send(payload)
                    return _answer(client)
    except _BROKEN as error:
        client.close()  # before the final dot
        return Outcome.of(DeliveryState.DEFERRED, _said(error))
    _leave(client)
    return _not_taken(code, said)


def _answer(client: smtplib.SMTP) -> Outcome:
    """What the server says to the final dot."""
    try:
        code, said = client.getreply()
    except _BROKEN as error:
        client.close()
        return Outcome.of(DeliveryState.UNCERTAIN, f"no answer after DATA: {_said(error)}")
    if code == 250:  # no other takes a letter (RFC 5321, 4.3.2), though half an answer may look like one
        return Outcome.of(DeliveryState.SENT, f"{code} {_text(said)}")
    if code // 100 in (4, 5):
        if code == 421:
            client.close()
        return _not_taken(code, said)
    client.close()
    return Outcome.of(DeliveryState.UNCERTAIN, f"{code} {_text(said)}")


def _not_taken(code: int, said: bytes) -> Outcome:
    """5xx is for good, everything else may be tried again."""
    state = DeliveryState.REFUSED if code // 100 == 5 else DeliveryState.DEFERRED
    return Outcome.of(state, f"{code} {_text(said)}")


def _leave(client: smtplib.SMTP) -> None:
    """Make ready for the next letter, on this connection or on a new one."""
    try:
        if client.docmd("RSET")[0] != 250:
            client.close()
    except _BROKEN:
        client.close()


# ---------------------------------------------------------------- the connection


def connect(server: Server) -> smtplib.SMTP:
    """A connection that is ready for letters.

    Raises MailError where trying again would not help: no TLS, a certificate that is not trusted, a login
    that is refused; OSError and SMTPException where it might.
    """
    client: smtplib.SMTP | None = None
    try:
        client = _greeted(server)
        if client.sock is not None:
            # The end of a letter is a small segment: it would wait 40 ms for the server's delayed ACK.
            client.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        with _deadline(client, server):
            _secure(client, server)
            if server.user:
                client.login(server.user, server.password)
    except BaseException as error:
        if client is not None:
            client.close()
        why = _hopeless(error)
        if why:
            raise MailError(f"{server.where}: {why}") from error
        raise
    return client


def _greeted(server: Server) -> smtplib.SMTP:
    host, port, seconds = server.host, server.port, server.timeout_seconds
    if server.security == TLS:
        return smtplib.SMTP_SSL(host, port, server.helo, timeout=seconds, context=_context(server))
    return smtplib.SMTP(host, port, server.helo, timeout=seconds)


def _secure(client: smtplib.SMTP, server: Server) -> None:
    client.ehlo_or_helo_if_needed()
    if server.security != STARTTLS:
        return
    if not client.has_extn("starttls"):
        raise MailError(
            f"{server.where}: 服务器不提供 STARTTLS，未发送 (no TLS is offered); "
            f'确需明文时写 mail.security = "{PLAINTEXT}"'
        )
    client.starttls(context=_context(server))
    client.ehlo_or_helo_if_needed()


def _context(server: Server) -> ssl.SSLContext:
    """Certificate and host name are checked, always; TLS 1.2 at least."""
    try:
        context = ssl.create_default_context(cafile=server.ca_file)
    except OSError as error:
        raise MailError(f"{server.ca_file}: 不能用作证书 (no certificate): {error}") from error
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    return context


def _hopeless(error: BaseException) -> str:
    """Why trying again would not help, or ""."""
    if isinstance(error, ssl.SSLCertVerificationError):
        return f"证书不可信，未发送 (certificate not trusted): {error.verify_message}"
    if isinstance(error, smtplib.SMTPAuthenticationError) and error.smtp_code // 100 == 5:
        return f"登录被拒 (login refused): {_said(error)}"
    if isinstance(error, smtplib.SMTPNotSupportedError):
        return f"服务器不支持 (not supported by the server): {error}"
    return ""


@contextmanager
def _deadline(client: smtplib.SMTP, server: Server) -> Iterator[None]:
    """Cut a connection on which all waits together take too long, though each of them may be short."""
    timer = threading.Timer(WHOLE_LETTER * server.timeout_seconds, _cut, [client])
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def _cut(client: smtplib.SMTP) -> None:
    sock = client.sock
    if sock is not None:
        with suppress(OSError):  # closed meanwhile
            sock.shutdown(socket.SHUT_RDWR)


def _said(error: BaseException) -> str:
    if isinstance(error, smtplib.SMTPResponseException):
        return f"{error.smtp_code} {_text(error.smtp_error)}"
    return str(error) or type(error).__name__


def _text(said: bytes | str) -> str:
    return said.decode("utf-8", "replace") if isinstance(said, bytes) else said
