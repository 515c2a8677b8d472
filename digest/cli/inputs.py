"""What analyze and summarize work on: files and folders, and rows on standard input."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence

from digest.cli.console import Console
from digest.config import Config
from digest.errors import UsageError
from digest.model import Article, Skipped
from digest.progress import Progress, silent

STDIN = "-"


def named_sources(sources: Sequence[str]) -> tuple[str, ...]:
    """The sources given; standard input where none is given and it is not a terminal.

    Raises UsageError where there is nothing to read.
    """
    if sources:
        return tuple(sources)
    if sys.stdin is None or sys.stdin.isatty():
        raise UsageError(
            "请给出文件、目录，或用 - 读标准输入 (name a file or folder, or - for standard input)"
        )
    return (STDIN,)


def articles_of(
    sources: Sequence[str], config: Config, console: Console, *, rows: bool, progress: Progress = silent
) -> Iterator[Article]:
    """The articles of all sources, joined over the pages they jump to; what is skipped goes to the console.

    "-" is standard input: rows, one by one as they come, or, without `rows`, one document of any kind.
    """
    files = [source for source in sources if source != STDIN]
    if files:
        from digest import pipeline

        reading = pipeline.read(files, config, progress=progress)
        console.reading(reading)
        yield from pipeline.join(reading).articles
    if STDIN not in sources:
        return
    if rows:
        from digest.read.rows import read_rows

        for row in read_rows(sys.stdin.buffer, limits=config.limits):
            if isinstance(row, Skipped):
                console.skipped(row)
            else:
                yield row
    else:
        from digest import pipeline

        reading = pipeline.read_text(sys.stdin.buffer.read(config.limits.file_bytes + 1), config)
        console.reading(reading)
        yield from pipeline.join(reading).articles
