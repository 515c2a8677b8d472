"""Sends an issue to twenty recipients and kills itself at a given step; once for each step, then again whole.

    python -m tests.mailing.killed FOLDER PORT CA_FILE STRIDE

Each step has a library and addresses of its own, so that one server can tell them apart.
"""

from __future__ import annotations

import os
import shutil
import signal
import smtplib
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from digest.config import RecipientConfig
from digest.library.deliveries import Deliveries
from digest.mailing import Order, pace_of, sending_library, way_of
from tests.mailing.shelf import entry_of, order, shelve
from tests.mailserver import HOST

N_RECIPIENTS = 20
#: Each of them is a step of one letter: written, greeted, named, handed over, answered, written.
STEPS = (
    *((Deliveries, name) for name in ("begin", "end")),
    *((smtplib.SMTP, name) for name in ("mail", "rcpt", "docmd", "send", "getreply")),
)


class Fuse:
    """Kills the process before its n-th step, or after it."""

    def __init__(self, n: int) -> None:
        self.left = n

    def lay(self) -> None:
        for kind, name in STEPS:
            setattr(kind, name, self._wrapped(getattr(kind, name)))

    def _wrapped(self, step: Callable[..., Any]) -> Callable[..., Any]:
        def burning(*arguments: Any, **more: Any) -> Any:
            self._burn()
            result = step(*arguments, **more)
            self._burn()
            return result

        return burning

    def _burn(self) -> None:
        self.left -= 1
        if self.left == 0:
            os.kill(os.getpid(), signal.SIGKILL)


def addresses(n: int) -> list[str]:
    return [f"r{i}-{n}@example.org" for i in range(N_RECIPIENTS)]


def run(asked: Order, path: Path, n: int | None) -> int:
    """Send in a process of its own; the signal that ended it, or 0."""
    pid = os.fork()
    if pid == 0:
        code = 1
        try:
            if n is not None:
                Fuse(n).lay()
            with sending_library(path) as library:
                way = way_of(asked.config.mail, path.parent, {})
                asked.send(library, entry_of(library), way, pace_of(asked.config.mail))
            code = 0
        finally:
            os._exit(code)
    status = os.waitpid(pid, 0)[1]
    return os.WTERMSIG(status) if os.WIFSIGNALED(status) else os.waitstatus_to_exitcode(status)


def main() -> None:
    folder, port, ca_file, stride = Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3], int(sys.argv[4])
    source = shelve(folder / "source")
    n = 1
    while True:
        path = folder / f"{n}.library" / source.name
        path.parent.mkdir()
        shutil.copy(source, path)
        asked = order(
            folder / str(n),
            [RecipientConfig(address) for address in addresses(n)],
            host=HOST,
            port=port,
            ca_file=ca_file,
            per_minute=0,
            timeout_seconds=10.0,
        )
        ended = run(asked, path, n)
        again = run(asked, path, None)
        sys.stdout.write(f"{n} {ended} {again}\n")
        sys.stdout.flush()
        if ended != signal.SIGKILL:
            return  # there is no such step any more
        n += stride


if __name__ == "__main__":
    main()
