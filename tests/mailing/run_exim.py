"""Sending through a real Exim: TLS, login, greylisting, a refused recipient, a bounce, and sendmail.

Not part of the usual tests, since Exim must be installed and started by root; tests/exim does both.
"""

from __future__ import annotations

import mailbox
import os
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
import trustme

from digest.cli import run
from digest.render import PDF_NAME
from tests.mailing.shelf import shelve
from tests.mailserver import PASSWORD, USER, free_port

EXIM = shutil.which("exim4") or shutil.which("exim")
EXIM_USER = "Debian-exim"
HOST = "localhost"
PATIENCE = 30.0  # seconds for a mail to come in

CONFIG = """
[mail]
sender = "赣江新闻简报 <sender@localhost.example.org>"
host = "{host}"
port = {port}
user = "{user}"
ca_file = "authority.pem"
retry_seconds = 0.2
per_minute = 0
way = "{way}"
sendmail = "{sendmail}"
"""


@dataclass(frozen=True)
class Exim:
    folder: Path
    port: int
    arguments: list[str]

    def box(self, name: str, n: int = 1) -> list[EmailMessage]:
        """The mails of a mailbox, as soon as there are `n`."""
        path = self.folder / "boxes" / name
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            if path.exists() and len(found := _mails(path)) >= n:
                return found
            time.sleep(0.1)
        logs = "".join(log.read_text() for log in (self.folder / "log").iterdir())
        raise AssertionError(f"no mail in {path} after {PATIENCE:g} s\n{logs}")


def _mails(path: Path) -> list[EmailMessage]:
    box = mailbox.mbox(path, create=False)
    try:
        mails = [message_from_bytes(bytes(message), policy=policy.default) for message in box]
    finally:
        box.close()
    assert all(isinstance(mail, EmailMessage) for mail in mails)
    return mails  # type: ignore[return-value]


@pytest.fixture
def exim() -> Iterator[Exim]:
    if EXIM is None or os.geteuid() != 0:
        pytest.skip("Exim is not installed, or this is not root: run tests/exim")
    with TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)  # Exim's own user comes here too
        authority = trustme.CA()
        authority.cert_pem.write_to_path(str(folder / "authority.pem"))
        issued = authority.issue_cert(HOST)
        issued.cert_chain_pems[0].write_to_path(str(folder / "server.pem"))
        issued.private_key_pem.write_to_path(str(folder / "server.key"))
        for part in ("spool", "log", "boxes"):
            (folder / part).mkdir()
        for part in ("spool", "log", "boxes", "server.key"):
            shutil.chown(folder / part, EXIM_USER, EXIM_USER)
        port = free_port()
        shutil.copy(Path(__file__).with_name("exim.conf"), folder / "exim.conf")
        macros = [f"-DFOLDER={folder}", f"-DPORT={port}", f"-DHOST={HOST}.example.org"]
        arguments = [EXIM, "-C", str(folder / "exim.conf"), *macros]
        daemon = subprocess.Popen([*arguments, "-bdf", "-q1s"], stdout=subprocess.DEVNULL)
        try:
            _wait_until(lambda: (folder / "exim.pid").exists(), daemon)
            yield Exim(folder, port, arguments)
        finally:
            daemon.terminate()
            daemon.wait(10)


def _wait_until(ready: Callable[[], bool], daemon: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + PATIENCE
    while not ready():
        assert daemon.poll() is None, "Exim did not start"
        assert time.monotonic() < end, "Exim did not start"
        time.sleep(0.05)


@pytest.fixture
def desk(exim: Exim, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The current folder, with a library, a published PDF, and a sendmail program that is this Exim."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DIGEST_SMTP_PASSWORD", PASSWORD)
    shelve(Path("out"))
    folder = Path("out/2026-03-18")
    folder.mkdir(parents=True)
    (folder / PDF_NAME).write_bytes(b"%PDF-1.7 " + bytes(range(256)) * 1000)
    shutil.copy(exim.folder / "authority.pem", "authority.pem")
    program = tmp_path / "sendmail"
    command = " ".join(f"'{argument}'" for argument in exim.arguments)
    program.write_text(f'#!/bin/sh\nexec {command} "$@"\n')
    program.chmod(0o755)
    return tmp_path


def configure(exim: Exim, names: list[str], way: str = "smtp") -> None:
    text = CONFIG.format(host=HOST, port=exim.port, user=USER, way=way, sendmail=Path("sendmail").absolute())
    text += "".join(
        f'[[recipient]]\naddress = "{name}@localhost.example.org"\nname = "读者{name}"\n' for name in names
    )
    Path("digest.toml").write_text(text, encoding="utf-8")


def test_everyone_gets_it_once(exim: Exim, desk: Path, capsys: pytest.CaptureFixture[str]) -> None:  # noqa: ARG001
    """Accepted, greylisted, refused, and the run again; what arrives is what was sent."""
    configure(exim, ["wang", "grey", "unknown"])
    assert run(["send"]) == 9
    said = capsys.readouterr()
    assert "已送出 sent 2，推迟 deferred 0，退回 refused 1" in said.out
    assert "greylisted, come again" in said.err
    assert "no such user here" in said.err
    assert run(["send"]) == 9  # the refused one is held
    (mail,) = exim.box("wang")
    exim.box("grey")

    assert mail["Subject"] == "每日要闻 第12期（2026年3月18日）"
    assert mail["To"].addresses[0].display_name == "读者wang"
    (attachment,) = mail.iter_attachments()
    assert attachment.get_filename() == "2026-03-18-每日要闻.pdf"
    assert attachment.get_content() == Path("out/2026-03-18", PDF_NAME).read_bytes()
    html = mail.get_body(("html",))
    assert html is not None
    assert "全国基层读报工作座谈会在京召开" in html.get_content()
    assert len(exim.box("wang")) == len(exim.box("grey")) == 1


def test_a_bounce_marks_the_address(exim: Exim, desk: Path, capsys: pytest.CaptureFixture[str]) -> None:  # noqa: ARG001
    """Taken at first, sent back later: the report is read and the address is marked."""
    configure(exim, ["late"])
    assert run(["send"]) == 0
    exim.box("sender")
    assert run(["send", "--bounces", str(exim.folder / "boxes" / "sender")]) == 0
    said = capsys.readouterr()

    assert "记下 1 个失效地址" in said.out
    assert "late@localhost.example.org" in said.err


def test_sendmail_takes_it_too(exim: Exim, desk: Path) -> None:  # noqa: ARG001
    """The program of the mail server, instead of its port."""
    configure(exim, ["li"], way="sendmail")
    assert run(["send"]) == 0
    (mail,) = exim.box("li")

    assert mail["From"].addresses[0].display_name == "赣江新闻简报"
    assert [part.get_filename() for part in mail.iter_attachments()] == ["2026-03-18-每日要闻.pdf"]


def test_a_certificate_of_a_stranger_gets_nothing(exim: Exim, desk: Path) -> None:  # noqa: ARG001
    """The server of another authority is refused before any letter."""
    configure(exim, ["wang"])
    trustme.CA().cert_pem.write_to_path("authority.pem")
    assert run(["send"]) == 9
    assert not (exim.folder / "boxes" / "wang").exists()
