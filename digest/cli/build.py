"""digest build"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

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
from digest.errors import UsageError
from digest.model import Issue


@click.command("build", short_help="做一期简报 make a briefing.")
@click.argument("sources", nargs=-1, metavar="[SOURCE]...", type=click.Path())
@out_option
@date_option
@click.option("--theme", metavar="NAME", help="版式主题，代替配置中的 render.theme。Theme.")
@click.option(
    "--pdf/--no-pdf", default=None, help="是否排出 PDF，代替配置中的 render.pdf。With or without PDF."
)
@click.option(
    "--explain", is_flag=True, help="列出每条的得分由哪些部分组成。Show what each story's place follows from."
)
@library_option
@config_option
@executor_option
@level_options
def build_command(
    sources: tuple[str, ...],
    out: Path,
    day: str | None,
    theme: str | None,
    pdf: bool | None,
    explain: bool,
    with_library: bool,
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
    if not sources:
        raise UsageError("请给出要读的文件或目录，如 digest build samples (name a file or folder to read)")
    config = config_of(config_path, console)
    render = replace(
        config.render,
        theme=config.render.theme if theme is None else theme,
        pdf=config.render.pdf if pdf is None else pdf,
    )
    config = replace(config, render=render)
    today = issue_day(day, config)
    from digest import pipeline
    from digest.executor import open_executor

    with open_executor(executor_name) as executor, console.progress() as progress:
        built = pipeline.build(
            sources,
            out,
            today,
            config,
            library=library_of(out, config) if with_library else None,
            executor=executor,
            progress=progress,
            on_read=console.reading,
        )
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
    for failure in built.failures[1:]:
        click.echo(f"digest: {failure}", err=True)
    if built.failures:
        raise built.failures[0]


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
