"""digest search"""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from digest.cli.console import Console, shown
from digest.cli.options import config_of, config_option, day_of, level_options, library_of, out_option
from digest.errors import NothingFoundError, UsageError

if TYPE_CHECKING:
    from digest.library import Hit, Passage

BOLD = ("\x1b[1m", "\x1b[0m")


@click.command("search", short_help="在资料库里查找 find what was printed.")
@click.argument("words", nargs=-1, metavar="WORDS...", type=str)
@out_option
@click.option("--since", metavar="YYYY-MM-DD", help="从这一天的简报起。From the issue of this day.")
@click.option("--until", metavar="YYYY-MM-DD", help="到这一天的简报止。Up to the issue of this day.")
@click.option(
    "--region", default="", metavar="PATH", help="地区，如 山东、山东/聊城。A region and all below it."
)
@click.option("--topic", default="", metavar="NAME", help="栏目。A topic.")
@click.option("--source", "paper", default="", metavar="NAME", help="报纸。A newspaper.")
@click.option("--edition", metavar="NAME", help="只在这一版里找。Only in this edition.")
@click.option(
    "--limit", default=20, show_default=True, type=click.IntRange(1), help="最多几条。At most so many."
)
@click.option("--newest", is_flag=True, help="新的在前；不写时切题的在前。The newest first, not the best.")
@click.option("--json", "as_json", is_flag=True, help="输出 JSON 数组。An array of objects.")
@config_option
@level_options
def search_command(
    words: tuple[str, ...],
    out: Path,
    since: str | None,
    until: str | None,
    region: str,
    topic: str,
    paper: str,
    edition: str | None,
    limit: int,
    newest: bool,
    as_json: bool,
    config_path: Path | None,
    quiet: bool,
    verbose: bool,
) -> None:
    """在各期登过的文章（标题与全文，含各家版本）里查找 WORDS，都有才算；词前加减号表示不含。

    Finds the articles of printed stories that hold all WORDS, in headline or text; one character is enough,
    and both scripts are found. A word with a minus before it (behind --) leaves out.

    \b
    例 Example:  digest search 新质生产力 --region 山东 --since 2026-01-01
    """
    console = Console(quiet=quiet, verbose=verbose)
    if not words:
        raise UsageError("请给出要找的词，如 digest search 双碳 (say what to look for)")
    path = library_of(out, config_of(config_path, console))
    from digest.library import Library, Wanted

    wanted = Wanted(
        since=day_of("--since", since) or date.min,
        until=day_of("--until", until) or date.max,
        edition=edition,
        region=region.strip("/"),
        topic=topic,
        paper=paper,
        limit=limit,
        newest_first=newest,
    )
    with Library(path) as library:
        hits = library.search(" ".join(words), wanted)
    if as_json:
        click.echo(json.dumps([_data(hit) for hit in hits], ensure_ascii=False, indent=1))
    for hit in () if as_json else hits:
        _show(hit)
    if not hits:
        raise NothingFoundError("没有找到 (nothing was found)")


def _show(hit: Hit) -> None:
    page = f" 第{hit.page}版" if hit.page is not None else ""
    edition = f" {hit.edition}" if hit.edition else ""
    click.echo(
        shown(
            f"{hit.day}{edition} 第{hit.number}条 {hit.headline}"
            f"（{hit.paper}{page}；{'·'.join(hit.region)}；{hit.topic}）"
        )
    )
    # click takes the bold off where the output is no terminal
    click.echo(f"    {_marked(hit.passage)}")


def _marked(passage: Passage) -> str:
    text, here = "", 0
    for start, end in passage.marks:
        if start >= here:
            text += f"{shown(passage.text[here:start])}{BOLD[0]}{shown(passage.text[start:end])}{BOLD[1]}"
            here = end
    return text + shown(passage.text[here:])


def _data(hit: Hit) -> dict[str, Any]:
    passage = hit.passage
    return {
        "date": hit.day.isoformat(),
        "edition": hit.edition,
        "issue_number": hit.issue_number,
        "number": hit.number,
        "story": hit.story,
        "headline": hit.headline,
        "source": hit.paper,
        "page": hit.page,
        "region": list(hit.region),
        "topic": hit.topic,
        "snippet": {
            "text": passage.text,
            "start": passage.start,
            "end": passage.end,
            "marks": [list(mark) for mark in passage.marks],
        },
    }
