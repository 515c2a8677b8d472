"""digest serve"""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import click

from digest.cli.build import with_render
from digest.cli.console import Console, shown
from digest.cli.options import (
    DEFAULT_CONFIG,
    config_of,
    config_option,
    issue_day,
    level_options,
    library_of,
    library_option,
    out_option,
)
from digest.config import Config
from digest.errors import DigestError, PublishError

POLL_SECONDS = 1.0


@dataclass(frozen=True, slots=True)
class _Asked:
    """What is built, again and again."""

    sources: tuple[str, ...]
    out: Path
    day: str | None
    theme: str | None
    pdf: bool | None
    with_library: bool
    config_path: Path | None

    def config(self, console: Console) -> Config:
        return with_render(config_of(self.config_path, console), self.theme, self.pdf)

    def watched(self) -> list[Path]:
        """Everything that the issue is made from: inputs, configuration, templates."""
        from digest.pipeline import theme_folders

        paths = [*map(Path, self.sources), self.config_path or DEFAULT_CONFIG]
        try:
            return [*paths, *theme_folders(self.config(Console(quiet=True, verbose=False)).render)]
        except DigestError:
            return paths  # the configuration is wrong just now, and is watched itself


@click.command("serve", short_help="在本机查看输出目录 show the output folder on localhost.")
@click.argument("sources", nargs=-1, metavar="[SOURCE]...", type=click.Path())
@out_option
@click.option(
    "--port", default=8000, show_default=True, type=click.IntRange(0, 65535), help="端口。The port."
)
@click.option("--date", "day", metavar="YYYY-MM-DD", help="简报日期。Issue date; default today.")
@click.option("--theme", metavar="NAME", help="版式主题。Theme.")
@click.option("--pdf/--no-pdf", default=None, help="是否排出 PDF。With or without PDF.")
@library_option
@config_option
@level_options
def serve_command(
    sources: tuple[str, ...],
    out: Path,
    port: int,
    day: str | None,
    theme: str | None,
    pdf: bool | None,
    with_library: bool,
    config_path: Path | None,
    quiet: bool,
    verbose: bool,
) -> None:
    """在 http://127.0.0.1:8000/ 查看输出目录；给出 SOURCE 时，稿件、模板或配置一有改动就重做。

    Shows the output folder to the browser of this machine. With SOURCE the issue is built, and built anew
    whenever an input, a template or the configuration changes.

    \b
    例 Example:  digest serve samples --date 2026-03-18 --theme my-theme --no-pdf
    """
    console = Console(quiet=quiet, verbose=verbose)
    asked = _Asked(sources, out, day, theme, pdf, with_library, config_path)
    if sources:
        _build(asked, console)
    if not out.is_dir():
        raise PublishError(f"{out}: 没有这个目录 (no such folder)")
    from digest.serve.folder import LOCALHOST, server_of

    try:
        server = server_of(out, port)
    except OSError as error:
        raise PublishError(f"127.0.0.1:{port}: {error.strerror or error}") from error
    with server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        click.echo(f"http://{LOCALHOST}:{server.server_address[1]}/")
        try:
            _follow(asked, console)
        finally:
            server.shutdown()


def _follow(asked: _Asked, console: Console) -> None:
    """Build anew where something changed, until the program is interrupted."""
    from digest.serve.watch import changes

    watched = asked.watched if asked.sources else list[Path]
    for names in changes(watched, partial(time.sleep, POLL_SECONDS)):
        more = f" 等 {len(names)} 个文件" if len(names) > 1 else ""
        console.note(f"{shown(names[0])}{more}有改动，重做 (changed, building anew)")
        _build(asked, console)


def _build(asked: _Asked, console: Console) -> None:
    """One issue; what is wrong is said, and the last good issue stays."""
    from digest import pipeline

    try:
        config = asked.config(console)
        library = library_of(asked.out, config) if asked.with_library else None
        built = pipeline.build(
            asked.sources, asked.out, issue_day(asked.day, config), config, library=library
        )
        if library and config.site.enabled:
            pipeline.update_site(library, asked.out, config)
    except DigestError as error:
        click.echo(f"digest: {error}", err=True)
        return
    console.note(f"{built.issue.name} {built.issue.date}: {len(built.issue.items)} 条 stories")
    for failure in built.failures:
        click.echo(f"digest: {failure}", err=True)
