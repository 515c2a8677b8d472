"""Letters as .eml files in a folder, for another program to send or for a look."""

from __future__ import annotations

import os
from pathlib import Path

from digest.errors import MailError
from digest.model import DeliveryState
from digest.publish.message import Letter
from digest.publish.names import shortened
from digest.publish.ways import Outcome

_KEPT = frozenset("@.+-_")


class FolderWay:
    """A letter is one file, named for its recipient and its id: sent twice, it is still one."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def open(self) -> None:
        try:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError as error:
            raise MailError(f"{self._folder}: {error.strerror}") from error

    def send(self, letter: Letter) -> Outcome:
        path = self._folder / letter_name(letter)
        part = path.with_name(f".{path.name}.part")
        try:
            part.unlink(missing_ok=True)
            flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0)
            with open(os.open(part, flags, 0o600), "wb") as stream:
                stream.write(letter.data)
                stream.flush()
                os.fsync(stream.fileno())
            part.replace(path)
        except OSError as error:
            part.unlink(missing_ok=True)
            raise MailError(f"{path}: 写入失败 (cannot write): {error.strerror}") from error
        return Outcome.of(DeliveryState.SENT, path.name)

    def close(self) -> None:
        """There is nothing to let go of."""


def letter_name(letter: Letter) -> str:
    """someone@example.org-2d711642b726.eml"""
    address = "".join(char if char.isalnum() or char in _KEPT else "_" for char in letter.recipient)
    return shortened(f"{address.lstrip('.')}-{letter.message_id.partition('@')[0][:12]}.eml")
