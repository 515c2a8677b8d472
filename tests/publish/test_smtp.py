"""Letters by SMTP to a real server: TLS, refusals, put-offs, cut connections."""

from __future__ import annotations

import socket
import threading
import time
from contextlib import closing, suppress
from pathlib import Path

import pytest

from digest.errors import MailError
from digest.model import DeliveryState
from digest.publish.message import Letter
from digest.publish.smtp import Server, SmtpWay
from digest.publish.ways import Outcome
from tests.mailserver import HOST, PASSWORD, USER, Running, mail_server

DATA = b"From: <a@example.org>\r\nSubject: x\r\n\r\n.a line with a dot\r\n..two\r\n\r\nlast\r\n"


def letter(address: str = "reader@example.org") -> Letter:
    return Letter("sender@example.org", address, "1@example.org", DATA)


def server_of(running: Running, security: str = "starttls", **more: object) -> Server:
    changes: dict[str, object] = {"ca_file": running.ca_file, "timeout_seconds": 10.0} | more
    return Server(HOST, running.port, security, **changes)  # type: ignore[arg-type]


def send(server: Server, *letters: Letter) -> list[Outcome]:
    with closing(SmtpWay(server)) as way:
        way.open()
        return [way.send(one) for one in letters or (letter(),)]


@pytest.mark.parametrize("security", ["starttls", "tls", "plaintext"])
def test_a_letter_arrives_byte_for_byte(security: str, tmp_path: Path) -> None:
    """What the server takes is what was sent, lines that begin with a dot among it."""
    with mail_server(tmp_path, security=security) as running:
        (outcome,) = send(server_of(running, security))

        assert outcome.state == DeliveryState.SENT
        assert running.handler.taken == [("reader@example.org", DATA)]


def test_many_letters_share_a_connection(tmp_path: Path) -> None:
    """A refused recipient does not disturb the next letter."""
    with mail_server(tmp_path) as running:
        running.handler.rcpt["gone@example.org"] = ["550 5.1.1 no such user"]
        outcomes = send(server_of(running), letter("a@x.org"), letter("gone@example.org"), letter("b@x.org"))

        assert [outcome.state for outcome in outcomes] == ["sent", "refused", "sent"]
        assert outcomes[1].detail == "550 5.1.1 no such user"
        assert running.handler.recipients() == ["a@x.org", "b@x.org"]


@pytest.mark.parametrize(
    ("where", "answer", "state"),
    [
        ("rcpt", "450 4.2.0 greylisted", "deferred"),
        ("rcpt", "550 5.1.1 no such user", "refused"),
        ("data", "451 4.3.0 try later", "deferred"),
        ("data", "554 5.7.1 content denied", "refused"),
        ("data", "552 5.3.4 too large", "refused"),
        ("data", "cut", "uncertain"),
    ],
)
def test_an_answer_decides(where: str, answer: str, state: str, tmp_path: Path) -> None:
    """4xx puts off, 5xx refuses; a connection that is cut after the letter leaves it uncertain."""
    with mail_server(tmp_path) as running:
        getattr(running.handler, where)["reader@example.org"] = [answer]
        first, second = send(server_of(running), letter(), letter("next@example.org"))

        assert first.state == state
        assert second.state == "sent"


def test_a_server_that_is_silent_after_the_letter_leaves_it_uncertain(tmp_path: Path) -> None:
    """No answer to the final dot within the time-out: nobody can say whether it was taken."""
    with mail_server(tmp_path) as running:
        running.handler.data["reader@example.org"] = ["slow 9"]
        (outcome,) = send(server_of(running, timeout_seconds=2.0))

    assert outcome.state == DeliveryState.UNCERTAIN
    assert "no answer after DATA" in outcome.detail


def test_the_letter_after_a_lost_connection_finds_a_new_one(tmp_path: Path) -> None:
    """421 closes the connection; the next letter opens another."""
    with mail_server(tmp_path) as running:
        running.handler.data["reader@example.org"] = ["421 4.3.2 shutting down"]
        first, second = send(server_of(running), letter(), letter("next@example.org"))

        assert (first.state, second.state) == ("deferred", "sent")


def test_no_tls_offered_is_refused(tmp_path: Path) -> None:
    """A server without STARTTLS gets nothing, and the message names the way to allow it."""
    with mail_server(tmp_path, security="plaintext") as running:
        with pytest.raises(MailError, match=r'mail\.security = "plaintext"'):
            send(server_of(running, "starttls"))

        assert running.handler.taken == []


@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_a_wrong_certificate_is_refused(security: str, tmp_path: Path) -> None:
    """A certificate of an unknown authority, or for another name, gets nothing."""
    with mail_server(tmp_path, security=security) as running:
        with pytest.raises(MailError, match="证书不可信"):
            send(server_of(running, security, ca_file=None))
        assert running.handler.taken == []
    with mail_server(tmp_path, security=security, name="other.example.org") as running:
        with pytest.raises(MailError, match="证书不可信"):
            send(server_of(running, security))
        assert running.handler.taken == []


def test_login_is_needed_and_a_wrong_password_is_not_printed(tmp_path: Path) -> None:
    """The right password sends; a wrong one ends the run without being shown anywhere."""
    with mail_server(tmp_path, login=True) as running:
        right = server_of(running, user=USER, password=PASSWORD)
        assert send(right)[0].state == DeliveryState.SENT
        assert PASSWORD not in repr(right)

        with pytest.raises(MailError, match="登录被拒") as caught:
            send(server_of(running, user=USER, password="wrong-secret"))

    assert "wrong-secret" not in str(caught.value)


def test_a_sender_that_is_refused_ends_the_run(tmp_path: Path) -> None:
    """No other letter would be taken either, and no recipient is to blame."""
    with mail_server(tmp_path) as running:
        running.handler.mail = "553 5.7.1 sender denied"
        with pytest.raises(MailError, match="553"):
            send(server_of(running))


def test_a_server_that_is_not_there_puts_off(tmp_path: Path) -> None:
    """Nothing listens: the letter is put off, and the outcome says that no server was reached."""
    with mail_server(tmp_path) as running:
        port = running.port
    (outcome,) = send(Server(HOST, port, "starttls", timeout_seconds=2))

    assert outcome.state == DeliveryState.DEFERRED
    assert not outcome.reached


def dribble(listener: socket.socket) -> None:
    """A server that answers as it should up to the final dot, and then one character at a time, for ever."""
    connection, _ = listener.accept()
    with connection, connection.makefile("rb") as lines:
        connection.sendall(b"220 hello\r\n")
        for answer in (b"250 hello", b"250 sender", b"250 recipient", b"354 go on"):
            lines.readline()
            connection.sendall(answer + b"\r\n")
        while lines.readline() != b".\r\n":
            pass
        with suppress(OSError):
            while True:
                connection.sendall(b"2")
                time.sleep(0.02)


def test_an_answer_that_never_ends_is_cut_off() -> None:
    """Each wait alone is short; all of them together may take five time-outs."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=dribble, args=[listener])
        thread.start()
        port = listener.getsockname()[1]
        (outcome,) = send(Server("127.0.0.1", port, "plaintext", timeout_seconds=0.5))
        thread.join()

    assert outcome.state == DeliveryState.UNCERTAIN
