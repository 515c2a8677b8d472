"""digest summarize"""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

import click

from digest.cli.console import Console, shown
from digest.cli.inputs import STDIN, articles_of, named_sources
from digest.cli.options import config_of, config_option, executor_option, level_options
from digest.errors import NothingFoundError, UsageError


@click.command("summarize", short_help="为文章或纯文本写摘要 summarise text.")
@click.argument("sources", nargs=-1, metavar="[FILE|-]", type=click.Path(allow_dash=True))
@click.option(
    "--sentences",
    "n_sentences",
    type=click.IntRange(1),
    metavar="N",
    help="最多几句。At most N sentences.",
)
@click.option(
    "--chars",
    "n_chars",
    type=click.IntRange(1),
    metavar="N",
    help="摘要约多少字，至少一句。Length in characters.",
)
@click.option("--engine", metavar="NAME", help="摘要算法：textrank（默认）或 textrank4zh。Summary engine.")
@click.option("--json", "as_json", is_flag=True, help="输出一个 JSON 数组。Write a JSON array.")
@click.option("--jsonl", is_flag=True, help="每篇一行 JSON；- 的输入也按 JSON 行读。JSON lines in and out.")
@config_option
@executor_option
@level_options
def summarize_command(
    sources: tuple[str, ...],
    n_sentences: int | None,
    n_chars: int | None,
    engine: str | None,
    as_json: bool,
    jsonl: bool,
    config_path: Path | None,
    executor_name: str,
    quiet: bool,
    verbose: bool,
) -> None:
    """为 FILE 中的每篇文章、或标准输入的文本写摘要；每一句都逐字取自原文。

    - reads plain text from standard input; with --jsonl it reads rows {"id","title","text"} and answers each
    as it comes. The sentences are verbatim and carry their offsets in the text.
    """
    console = Console(quiet=quiet, verbose=verbose)
    if n_sentences is not None and n_chars is not None:
        raise UsageError("--sentences 与 --chars 只能用一个 (give one of them)")
    if as_json and jsonl:
        raise UsageError("--json 与 --jsonl 只能用一个 (give one of them)")
    config = config_of(config_path, console)
    summary_config = replace(config.summary, engine=engine) if engine else config.summary
    sources = named_sources(sources)
    from digest.executor import open_executor
    from digest.machine import article_id, facts_object, summary_object, to_json
    from digest.summary import summarise_all

    objects = []
    n_articles = 0
    with open_executor(executor_name) as executor:
        articles = articles_of(sources, config, console, rows=jsonl)
        for summary in summarise_all(
            articles, summary_config, n=n_sentences, chars=n_chars, facts=as_json, executor=executor
        ):
            n_articles += 1
            row = summary_object(summary.article, summary.sentences, summary.keywords)
            if jsonl:
                click.echo(to_json(row))
                sys.stdout.flush()
            elif as_json:
                objects.append(row | facts_object(summary.figures, summary.phrases))
            else:
                if summary.article.title or summary.article.source != STDIN:
                    click.echo(f"── {shown(summary.article.title or article_id(summary.article))}")
                for sentence in summary.sentences:
                    click.echo(shown(sentence.text))
                click.echo()
    if as_json:
        click.echo(to_json(objects, indent=1))
    if not n_articles:
        raise NothingFoundError("没有找到可用的文章 (no usable article was found)")
