"""digest read"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click

from digest.cli.console import Console, shown
from digest.cli.options import config_of, config_option, level_options
from digest.errors import NothingFoundError
from digest.model import Article, Reading

EDGE = 16  # characters of a paragraph shown at either end


@click.command("read", short_help="看读出了哪些文章 show the articles found.")
@click.argument("sources", nargs=-1, required=True, metavar="SOURCE...", type=click.Path())
@click.option("--json", "as_json", is_flag=True, help="输出 JSON 数组。Write a JSON array.")
@click.option(
    "--explain", is_flag=True, help="逐行说明版面文字被当作什么、为什么。Explain each line of a page."
)
@config_option
@level_options
def read_command(
    sources: tuple[str, ...],
    as_json: bool,
    explain: bool,
    config_path: Path | None,
    quiet: bool,
    verbose: bool,
) -> None:
    """读取 SOURCE，列出其中的文章：标题、作者、电头、各段首尾、警告。

    Shows each file's own articles in page order: the fields, the first and last words of every paragraph,
    and the warnings. With --json the same for programs, in full. With --explain it shows for each line of a
    newspaper page what it was taken for, and why.
    """
    console = Console(quiet=quiet, verbose=verbose)
    config = config_of(config_path, console)
    from digest import pipeline
    from digest.machine import article_object, to_json

    with console.progress() as progress:
        reading = pipeline.read(sources, config, progress=progress)
    console.reading(reading)
    if explain:
        for line in _explained(reading):
            click.echo(shown(line))
    elif as_json:
        click.echo(to_json([article_object(article) for article in reading.articles], indent=1))
    else:
        for article in reading.articles:
            for line in _lines(article):
                click.echo(shown(line))
            click.echo()
    if not reading.articles:
        raise NothingFoundError("没有找到可用的文章 (no usable article was found)")


def _explained(reading: Reading) -> Iterator[str]:
    from digest import pipeline

    for source in reading.sources:
        lines = pipeline.explain(source)
        if lines:
            yield f"── {source.name}"
        for line in lines:
            yield f"{line.number:5d} {line.kind}：{line.reason}  {_edges(line.text)}"


def _lines(article: Article) -> Iterator[str]:
    yield f"── {article.source}#{article.index}" + (f"  第{article.page}版" if article.page else "")
    fields = (
        ("引题 kicker", article.kicker),
        ("标题 title", article.title + ("（取自正文 from the body）" if article.title_is_made else "")),
        ("副题 subtitle", article.subtitle),
        ("作者 authors", "、".join(article.authors)),
        ("来源 agency", article.agency),
        ("电头 dateline", article.dateline_place),
        ("日期 published", article.published.isoformat() if article.published else ""),
        ("下转 jump to", _page(article.jump_to)),
        ("上接 jump from", _page(article.jump_from)),
        ("续见 continues in", article.continues_in or ""),
    )
    for name, value in fields:
        if value:
            yield f"   {name}: {value}"
    for number, paragraph in enumerate(article.paragraphs, 1):
        speaker = f"[{paragraph.speaker}] " if paragraph.speaker else ""
        yield f"   {number:3d} {speaker}{_edges(paragraph.text)}  ({len(paragraph.text)} 字)"
    for name, texts in (("小标题 subhead", article.subheads), ("图片说明 caption", article.captions)):
        for text in texts:
            yield f"   {name}: {text}"
    for warning in article.warnings:
        yield f"   注意 warning: {warning}"


def _page(number: int | None) -> str:
    return "" if number is None else f"第{number}版"


def _edges(text: str) -> str:
    return text if len(text) <= 2 * EDGE + 1 else f"{text[:EDGE]}…{text[-EDGE:]}"
