"""What a person sees: progress and notes on standard error, data on standard output."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING
from unicodedata import category

import click

from digest.model import Reading, Skipped
from digest.progress import Progress, silent

if TYPE_CHECKING:
    import rich.progress

    from digest.pipeline import Built
    from digest.site import Made

STAGES = {
    "read": "读取 read",
    "analyse": "分析 analyse",
    "merge": "归并 merge",
    "compose": "编排 compose",
    "render": "排版 render",
    "publish": "发布 publish",
    "site": "网站 site",
    "send": "寄送 send",
}


def shown(text: str) -> str:
    """`text` with everything replaced that would break a line or control a terminal.

    File names are bytes from strangers: control characters, bidi overrides, bytes that are no UTF-8.
    """
    return "".join(c if c.isprintable() or category(c) == "Zs" else "\N{REPLACEMENT CHARACTER}" for c in text)


class Console:
    """Standard error at three levels: quiet (errors alone), usual, verbose."""

    def __init__(self, *, quiet: bool = False, verbose: bool = False) -> None:
        self._quiet = quiet
        self._verbose = verbose

    def note(self, text: str) -> None:
        if not self._quiet:
            click.echo(shown(text), err=True)

    def detail(self, text: str) -> None:
        if self._verbose:
            click.echo(shown(text), err=True)

    def reading(self, reading: Reading) -> None:
        """The inputs that gave nothing, a line each; when verbose, also the parts left out of the others."""
        used = {article.source for article in reading.articles}
        n_parts = 0
        for one in reading.skipped:
            if one.source in used:
                n_parts += 1
                self.detail(f"略去 left out: {one.source}: {one.reason}")
            else:
                self.skipped(one)
        if n_parts and not self._verbose:
            self.note(f"另有 {n_parts} 处不属于任何文章的内容略去，-v 列出 (parts left out; -v lists them)")

    def warnings(self, warnings: Sequence[str]) -> None:
        """What is doubtful: a line each when verbose, else the count."""
        for warning in warnings:
            self.detail(f"注意 warning: {warning}")
        if warnings and not self._verbose:
            self.note(f"{len(warnings)} 处存疑，-v 列出 (doubtful points; -v lists them)")

    def corrected(self, built: Built) -> None:
        """An issue that was published again without what was taken back; why its PDF is wanting."""
        self.note(f"已按撤回重出 published again without what was taken back: {built.folder}")
        for failure in built.failures:
            click.echo(f"digest: {shown(str(failure))}", err=True)

    def site(self, made: Made) -> None:
        """How many files there are, and what changed; files that somebody else changed by name."""
        self.note(
            f"网站 site: {made.n_files} 个文件 files，"
            f"写 {made.n_written} written，删 {made.n_removed} removed"
        )
        for path in made.kept:
            self.note(f"未删，已被改过 kept, it was changed: {path}")

    def skipped(self, skipped: Skipped) -> None:
        self.note(f"跳过 skipped: {skipped.source}: {skipped.reason}")

    @contextmanager
    def progress(self) -> Iterator[Progress]:
        """A bar for every stage, on a terminal; nothing elsewhere."""
        if self._quiet or not sys.stderr.isatty():
            yield silent
            return
        import rich.console
        import rich.progress

        with rich.progress.Progress(
            rich.progress.TextColumn("{task.description}"),
            rich.progress.BarColumn(),
            rich.progress.MofNCompleteColumn(),
            rich.progress.TimeElapsedColumn(),
            console=rich.console.Console(stderr=True),
            transient=True,
        ) as bars:
            yield _watcher(bars)


def _watcher(bars: rich.progress.Progress) -> Progress:
    tasks: dict[str, rich.progress.TaskID] = {}

    def progress(stage: str, done: int, total: int | None, /) -> None:
        if stage not in tasks:
            tasks[stage] = bars.add_task(STAGES.get(stage, stage), total=total)
        bars.update(tasks[stage], completed=done, total=total)

    return progress
