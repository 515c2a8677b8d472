"""Letters handed to the `sendmail` program of a mail server on this machine."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

from digest.errors import MailError
from digest.model import DeliveryState
from digest.publish.message import Letter
from digest.publish.ways import Outcome

# sysexits.h, as Postfix, Exim and OpenSMTPD use it
_FOR_GOOD = frozenset({65, 67, 68, 69, 76, 77})  # DATAERR NOUSER NOHOST UNAVAILABLE PROTOCOL NOPERM
_LATER = frozenset({75, 71, 73, 74})  # TEMPFAIL OSERR CANTCREAT IOERR


class SendmailWay:
    def __init__(self, program: Path, timeout_seconds: float) -> None:
        self._program = program
        self._timeout = timeout_seconds

    def open(self) -> None:
        if not os.access(self._program, os.X_OK):
            raise MailError(f"{self._program}: 没有这个程序 (mail.sendmail is not there)")

    def send(self, letter: Letter) -> Outcome:
        command = [str(self._program), "-i", "-f", letter.sender, "--", letter.recipient]
        try:
            done = subprocess.run(
                command,
                # the program reads lines as this system writes them
                input=letter.data.replace(b"\r\n", b"\n"),
                capture_output=True,
                timeout=self._timeout,
                check=False,
            )
        except subprocess.TimeoutExpired:
            return Outcome.of(DeliveryState.UNCERTAIN, f"no answer in {self._timeout:g} s")
        except OSError as error:
            raise MailError(f"{self._program}: {error.strerror}") from error
        said = f"exit status {done.returncode} {done.stderr.decode('utf-8', 'replace')}"
        if done.returncode == 0:
            return Outcome.of(DeliveryState.SENT, "queued")
        if done.returncode in _FOR_GOOD:
            return Outcome.of(DeliveryState.REFUSED, said)
        if done.returncode in _LATER:
            return Outcome.of(DeliveryState.DEFERRED, said)
        if done.returncode < 0:  # killed, and nobody knows how far it had come
            return Outcome.of(DeliveryState.UNCERTAIN, said)
        raise MailError(f"{self._program}: {Outcome.of(DeliveryState.DEFERRED, said).detail}")

    def close(self) -> None:
        """There is nothing to let go of."""
