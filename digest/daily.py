"""The work of a day: which commands, one run at a time, all that they say in one log."""

from __future__ import annotations

import io
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TextIO

from digest.config import Config, EditionConfig
from digest.errors import ConfigError, DigestError, PublishError, RenderError
from digest.fetch import dated
from digest.publish.lock import locked

MAX_LOG_BYTES = 5 * 1024 * 1024  # above it the log is renamed, and the one before it is gone


@dataclass(frozen=True, slots=True)
class Step:
    """One command, as it would be typed."""

    name: str
    arguments: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Done:
    """What a step came to: the data that it printed, as one line, and its error."""

    step: Step
    said: str
    failure: DigestError | None = None

    @property
    def stops_the_day(self) -> bool:
        """Without the main issue there is nothing to publish further; without its PDF there is."""
        if self.step.name != "build" or "--edition" in self.step.arguments:
            return False
        return not isinstance(self.failure, RenderError | None)

    @property
    def line(self) -> str:
        failed = f"失败 failed ({self.failure})" if self.failure else ""
        return f"{self.step.name}: " + ("，".join(filter(None, (self.said, failed))) or "完成 done")


def steps(config: Config, path: Path, day: date) -> list[Step]:
    """The commands that the configuration at `path`, an absolute path, asks for on `day`.

    Raises ConfigError where [run] names no sources, or has something else than the day in braces.
    """
    if not config.run.sources:
        raise ConfigError('run.sources: 没有写要读的目录，如 ["incoming/{day}"] (no sources)')
    folder = path.parent
    common = ("--config", str(path))
    on_day = ("--date", day.isoformat())
    out = ("--out", str(folder / config.run.out))
    sources = [str(folder / dated(source, day)) for source in config.run.sources]
    found = [Step("fetch", (*on_day, *common))] if config.fetch else []
    found.append(Step("build", (*sources, *out, *on_day, *common)))
    editions = (edition for edition in config.edition if _is_due(edition, day))
    found += [Step("build", ("--edition", edition.slug, *out, *on_day, *common)) for edition in editions]
    if config.run.site:
        found.append(Step("site", (*out, *common)))
    if config.mail.sender:
        found.append(Step("send", (day.isoformat(), *out, *common)))
    return found


def _is_due(edition: EditionConfig, day: date) -> bool:
    """Whether an edition comes out on `day`: every day, or once a week for one of several days."""
    return edition.days == 1 or day.isoweekday() == edition.weekday


@contextmanager
def at_work(folder: Path, config: Config, now: Callable[[], datetime]) -> Iterator[Log]:
    """The output folder for this run alone, and the log to write to.

    Raises BusyError where another run is at work, PublishError where one of them cannot be written.
    """
    out, path = folder / config.run.out, folder / config.run.log
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise PublishError(f"{out}: {error.strerror}") from error
    with locked(out):
        try:
            if path.exists() and path.stat().st_size > MAX_LOG_BYTES:
                os.replace(path, path.with_name(f"{path.name}.1"))
            file = path.open("a", encoding="utf-8", errors="backslashreplace")
        except OSError as error:
            raise PublishError(f"{path}: {error.strerror}") from error
        with file:
            yield Log(file, now)


class Log(io.TextIOBase):
    """Lines into a file, each with the time that it was finished at, and nothing that breaks a line."""

    def __init__(self, file: TextIO, now: Callable[[], datetime]) -> None:
        self._file = file
        self._now = now
        self._rest = ""

    def write(self, text: str) -> int:
        *lines, self._rest = (self._rest + text).split("\n")
        for line in lines:
            plain = "".join(char if char.isprintable() or char in "\t\u3000" else "\ufffd" for char in line)
            self._file.write(f"{self._now().isoformat(timespec='seconds')} {plain}\n")
        self._file.flush()
        return len(text)
