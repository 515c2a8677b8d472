"""Letters into a folder, and to a sendmail program."""

from __future__ import annotations

from pathlib import Path

import pytest

from digest.errors import MailError
from digest.publish.message import Letter
from digest.publish.outbox import FolderWay
from digest.publish.sendmail import SendmailWay

LETTER = Letter("sender@example.org", "reader@example.org", "abc@example.org", b"Subject: x\r\n\r\nbody\r\n")


def test_a_letter_is_a_file_for_its_owner_alone(tmp_path: Path) -> None:
    """Sent twice it is still one file, whole, with nothing beside it."""
    way = FolderWay(tmp_path / "mail")
    way.open()
    assert [way.send(LETTER).state for _ in range(2)] == ["sent", "sent"]
    (path,) = (tmp_path / "mail").iterdir()

    assert path.name == "reader@example.org-abc.eml"
    assert path.read_bytes() == LETTER.data
    assert path.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize(
    "address", ["../../x@example.org", "/etc/x@example.org", ".x@example.org", "a" * 64 + "@" + "b.c" * 60]
)
def test_a_file_stays_in_the_folder(address: str, tmp_path: Path) -> None:
    """An address, whatever is in it, gives one name in the folder."""
    way = FolderWay(tmp_path / "mail")
    way.open()
    way.send(Letter("s@example.org", address, "abc@example.org", b"x"))

    assert len(list((tmp_path / "mail").glob("[!.]*.eml"))) == 1
    assert [path.name for path in tmp_path.iterdir()] == ["mail"]


def test_a_folder_that_cannot_be_written_stops_the_run(tmp_path: Path) -> None:
    """The message names the file."""
    (tmp_path / "mail").write_text("a file")
    with pytest.raises(MailError, match="mail"):
        FolderWay(tmp_path / "mail").open()


def program(folder: Path, script: str) -> Path:
    path = folder / "sendmail"
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)
    return path


def test_sendmail_is_given_the_letter_and_one_recipient(tmp_path: Path) -> None:
    """The recipient is an argument behind --, never read from the letter."""
    way = SendmailWay(program(tmp_path, f'echo "$@" > {tmp_path}/arguments; cat > {tmp_path}/letter'), 10)
    way.open()

    assert way.send(LETTER).state == "sent"
    assert (tmp_path / "arguments").read_text() == "-i -f sender@example.org -- reader@example.org\n"
    assert (tmp_path / "letter").read_bytes() == b"Subject: x\n\nbody\n"


@pytest.mark.parametrize(
    ("script", "seconds", "state"),
    [
        ("cat >/dev/null; exit 75", 30, "deferred"),
        ("cat >/dev/null; echo unknown user >&2; exit 67", 30, "refused"),
        ("kill -9 $$", 30, "uncertain"),
        ("exec sleep 30", 0.2, "uncertain"),
    ],
)
def test_an_exit_status_decides(script: str, seconds: float, state: str, tmp_path: Path) -> None:
    """The statuses of sysexits.h; one that was killed or is silent leaves the letter uncertain."""
    assert SendmailWay(program(tmp_path, script), seconds).send(LETTER).state == state


def test_a_program_that_is_not_there_or_wrongly_set_up_stops_the_run(tmp_path: Path) -> None:
    """No letter can be sent then."""
    with pytest.raises(MailError, match="sendmail"):
        SendmailWay(tmp_path / "sendmail", 10).open()
    with pytest.raises(MailError, match="exit status 78 bad configuration"):
        SendmailWay(program(tmp_path, "cat >/dev/null; echo bad configuration >&2; exit 78"), 10).send(LETTER)
