"""digest analyze"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click

from digest.cli.console import Console, shown
from digest.cli.inputs import articles_of, named_sources
from digest.cli.options import config_of, config_option, executor_option, level_options
from digest.errors import NothingFoundError
from digest.model import Analysed, Evidence, Story


@click.command("analyze", short_help="分析文章的地区、栏目、摘要 analyse articles.")
@click.argument("sources", nargs=-1, metavar="[SOURCE|-]...", type=click.Path(allow_dash=True))
@click.option("--jsonl", is_flag=True, help="每篇文章输出一行 JSON。One JSON object per line.")
@click.option("--explain", is_flag=True, help="列出判断地区与栏目的依据。Show the evidence.")
@config_option
@executor_option
@level_options
def analyze_command(
    sources: tuple[str, ...],
    jsonl: bool,
    explain: bool,
    config_path: Path | None,
    executor_name: str,
    quiet: bool,
    verbose: bool,
) -> None:
    """分析每篇文章：地区、栏目、摘要、关键词，以及哪些文章是同一件事。

    SOURCE is a file or a folder; - reads rows {"id","title","text"} (JSON lines) from standard input.
    An article that goes on in another file is analysed as one. Rows are answered when all have come in,
    because the story that a row belongs to depends on the others.
    """
    console = Console(quiet=quiet, verbose=verbose)
    config = config_of(config_path, console)
    sources = named_sources(sources)
    from digest import pipeline
    from digest.executor import open_executor
    from digest.machine import analysed_object, article_id, to_json

    with open_executor(executor_name) as executor, console.progress() as progress:
        articles = tuple(articles_of(sources, config, console, rows=True, progress=progress))
        analysed = pipeline.analyse_all(articles, config, executor=executor, progress=progress)
        stories = pipeline.merge_stories(analysed, config, progress=progress)
    story_of = {id(member.article): story for story in stories for member in story.members}
    for one in analysed:
        story = story_of[id(one.article)]
        if jsonl:
            click.echo(to_json(analysed_object(one, story.id)))
        else:
            click.echo(f"── {shown(article_id(one.article))}")
            for line in _lines(one, story, explain):
                click.echo("   " + shown(line))
            click.echo()
    if not analysed:
        raise NothingFoundError("没有找到可用的文章 (no usable article was found)")


def _lines(analysed: Analysed, story: Story, explain: bool) -> Iterator[str]:
    yield f"标题 title: {analysed.article.title}"
    if explain and analysed.home:
        yield f"本地 home: {'/'.join(analysed.home.place.path)}（{analysed.home.reason}）"
    for region in analysed.regions if explain else analysed.regions[:1]:
        yield f"地区 region: {'/'.join(region.place.path)}  {region.place.code}  {region.score:.2f}"
        if explain:
            yield from map(_evidence, region.evidence)
    for topic in analysed.topics if explain else analysed.topics[:1]:
        yield f"栏目 topic: {topic.name}  {topic.score:.2f}"
        if explain:
            yield from map(_evidence, topic.evidence)
    for sentence in analysed.sentences:
        yield f"摘要 summary: {sentence.text}  [{sentence.start}:{sentence.end}]"
    yield "关键词 keywords: " + "、".join(keyword.word for keyword in analysed.keywords)
    for figure in analysed.figures:
        yield f"数字 figure: {figure.text}  [{figure.start}:{figure.end}]"
    if analysed.phrases:
        yield "人物与机构 names: " + "、".join(phrase.text for phrase in analysed.phrases)
    others = len(story.members) - 1
    yield f"同题 story: {story.id}" + (f"（另有 {others} 篇 others）" if others else "")
    if explain:
        for merge in story.merges:
            yield f"  {merge.article} → {merge.into}: {merge.reason}  {merge.score:.2f}"


def _evidence(evidence: Evidence) -> str:
    where = f"[{evidence.start}:{evidence.end}]" if evidence.start >= 0 else ""
    return f"  {evidence.weight:+.2f}  {evidence.word} {where}  {evidence.rule}"
