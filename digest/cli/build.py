"""digest build"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from digest.cli.console import Console, shown
from digest.cli.options import (
    config_of,
    config_option,
    date_option,
    executor_option,
    issue_day,
    level_options,
    library_of,
    library_option,
    out_option,
)
from digest.config import Config, EditionConfig
from digest.errors import UsageError
from digest.model import Issue

if TYPE_CHECKING:
    from digest.draft import Draft
    from digest.pipeline import Built

DRAFT_NAME = "draft.toml"


@click.command("build", short_help="做一期简报 make a briefing.")
@click.argument("sources", nargs=-1, metavar="[SOURCE]...", type=click.Path())
@out_option
@date_option
@click.option("--edition", "edition_name", metavar="NAME", help="做配置里的哪一版。An edition.")
@click.option(
    "--draft",
    "as_draft",
    is_flag=True,
    help=f"不出版，只写一份可编辑的 {DRAFT_NAME}。Publish nothing; write a draft to edit.",
)
@click.option(
    "--from",
    "draft_path",
    type=click.Path(path_type=Path),
    metavar="DRAFT",
    help="按改好的草稿出版。Make the issue that an edited draft asks for.",
)
@click.option("--theme", metavar="NAME", help="版式主题，代替配置中的 render.theme。Theme.")
@click.option(
    "--pdf/--no-pdf", default=None, help="是否排出 PDF，代替配置中的 render.pdf。With or without PDF."
)
@click.option(
    "--explain", is_flag=True, help="列出每条的得分由哪些部分组成。Show what each story's place follows from."
)
@library_option
@click.option(
    "--format",
    "formats",
    multiple=True,
    type=click.Choice(["epub", "md", "txt"]),
    help="网页、PDF、JSON 之外只出这一种，可写多次，代替配置中的 render.formats。A further format.",
)
@config_option
@executor_option
@level_options
def build_command(
    sources: tuple[str, ...],
    out: Path,
    day: str | None,
    edition_name: str | None,
    as_draft: bool,
    draft_path: Path | None,
    theme: str | None,
    pdf: bool | None,
    explain: bool,
    with_library: bool,
    formats: tuple[str, ...],
    config_path: Path | None,
    executor_name: str,
    quiet: bool,
    verbose: bool,
) -> None:
    """读取 SOURCE（文件或目录，可有多个），做成一期简报。

    Reads files and folders: newspaper pages (.txt, .pdf), e-paper and web pages (.html), posts (.md),
    JSON lines (.jsonl). Writes index.html, digest.pdf and issue.json to DIR/DATE. What could not be read is
    listed on standard error; everything else is still published.

    \b
    例 Example:  digest build samples -o out --date 2026-03-18
    """
    console = Console(quiet=quiet, verbose=verbose)
    if as_draft and draft_path:
        raise UsageError("--draft 与 --from 只能用一个 (only one of them)")
    config = with_render(config_of(config_path, console), theme, pdf, formats)
    draft = draft_at(draft_path)
    if draft:
        sources, edition_name = sources or draft.sources, edition_name or draft.edition
    edition = edition_of(edition_name, config)
    if edition and theme is not None:
        edition = replace(edition, theme=theme)
    library = library_of(out, config) if with_library else None
    if not sources and (edition is None or library is None):
        raise UsageError("请给出要读的文件或目录，如 digest build samples (name a file or folder to read)")
    today = draft.date if draft and day is None else issue_day(day, config)
    from digest import pipeline
    from digest.executor import open_executor

    with open_executor(executor_name) as executor, console.progress() as progress:
        work = pipeline.Work(sources, today, config, edition, library, executor, progress, console.reading)
        text = pipeline.write_draft(work, DRAFT_NAME) if as_draft else ""
        built = None if as_draft else pipeline.make(work, out, draft)
    if not built:
        click.echo(shown(str(save_draft(text))))
        return
    report(built, console, explain=explain)
    if library:
        for one in pipeline.correct_issues(library, out, config):
            console.corrected(one)
    if library and config.site.enabled:
        with console.progress() as progress:
            console.site(pipeline.update_site(library, out, config, progress=progress))
    for failure in built.failures[1:]:
        click.echo(f"digest: {failure}", err=True)
    if built.failures:
        raise built.failures[0]


def with_render(config: Config, theme: str | None, pdf: bool | None, formats: tuple[str, ...] = ()) -> Config:
    """The configuration with what the command line says of rendering."""
    render = replace(
        config.render,
        theme=config.render.theme if theme is None else theme,
        pdf=config.render.pdf if pdf is None else pdf,
        formats=formats or config.render.formats,
    )
    return replace(config, render=render)


def draft_at(path: Path | None) -> Draft | None:
    if path is None:
        return None
    from digest.draft import read_draft

    return read_draft(path)


def edition_of(name: str | None, config: Config) -> EditionConfig | None:
    """The edition of that name or slug; None where no name is given. Raises UsageError for another name."""
    if not name:
        return None
    found = next((one for one in config.edition if name in (one.name, one.slug)), None)
    if found is None:
        known = "、".join(one.name for one in config.edition) or "无 none"
        raise UsageError(f"--edition {name}: 配置里没有这一版 (no such edition)；有：{known}")
    return found


def save_draft(text: str) -> Path:
    """Write a draft into the current folder. Raises UsageError where there is one, which may be edited."""
    path = Path(DRAFT_NAME)
    try:
        with path.open("x", encoding="utf-8") as stream:
            stream.write(text)
    except FileExistsError as error:
        raise UsageError(
            f"{path}: 已有草稿，请先改名或删去 (there is a draft; rename or remove it)"
        ) from error
    except OSError as error:
        raise UsageError(f"{path}: 写入失败 (cannot write): {error.strerror}") from error
    return path


def report(built: Built, console: Console, *, explain: bool) -> None:
    """Say what was made, and print its folder."""
    issue = built.issue
    console.warnings(issue.warnings)
    console.note(
        f"{issue.name} {issue.date}{_numbers(issue)}: {len(issue.items)} 条 stories，"
        f"{len(issue.sections)} 个地区 regions，"
        f"{len(issue.left_out)} 条未收入 left out"
    )
    if explain:
        for line in explained(issue):
            click.echo(shown(line))
    click.echo(shown(str(built.folder)))


def explained(issue: Issue) -> Iterator[str]:
    """Every printed story with the parts of its score, then those left out with the reason, a line each."""
    for section in issue.sections:
        yield f"【{section.title}】"
        for item in section.items:
            parts = " + ".join(f"{name} {value:g}" for name, value in item.score.parts)
            yield f"{item.number}. {item.headline or item.story.lead.article.title} [{item.story.id}]"
            yield f"   {item.score.total:g} = {parts or 0}"
    for left in issue.left_out:
        yield f"- {left.story.lead.article.title or '（无题）'} [{left.story.id}]：{left.reason}"


def _numbers(issue: Issue) -> str:
    number = "" if issue.number is None else f" 第{issue.number}期"
    return number if issue.total_number is None else f"{number} 总第{issue.total_number}期"
