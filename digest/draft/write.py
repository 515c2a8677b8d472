"""Issue → the text of a draft: one entry for each story, with its source's sentences numbered beside it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import tomlkit
from tomlkit.items import Table

from digest.draft.entries import numbered
from digest.model import Issue, Item, LeftOut, Span, Story

HEAD = """\
简报草稿 A draft of an issue
改好后 Edit it, then run:  digest build --from {name}
keep      登不登 whether to print the story
order     先后，小的在前 the smaller the earlier; 5.5 goes between 5 and 6
section   登在哪一节，须在 sections 里 its section, one of `sections`
headline  标题；空着用原题 a headline of your own; empty: the printed one
sentences 摘要用哪几句，按下面列出的序号和您写的次序 which sentences, by the numbers listed below each story
note      编者按，您自己的话只写在这里 your own words, shown as 编者按
preface   全期的按语，在目录之后 your own words on the whole issue
摘要只能取自原文；不要改 id。Sentences come from the source alone; leave the ids."""


@dataclass(frozen=True, slots=True)
class _Row:
    """A story as its entry begins: as the program would have it."""

    story: Story
    keep: bool
    order: int
    section: str
    remark: str


def draft_text(issue: Issue, sources: Sequence[str], name: str) -> str:
    """The draft of `issue`, which was read from `sources`, for a file called `name`; TOML with comments."""
    document = tomlkit.document()
    for line in HEAD.format(name=name).splitlines():
        document.add(tomlkit.comment(line))
    document.add(tomlkit.nl())
    document.add("date", tomlkit.item(issue.date))
    if issue.edition:
        document.add("edition", tomlkit.item(issue.edition))
    document.add("sources", _lines([_plain(source) for source in sources]))
    document.add("sections", _lines([_plain(title) for title in _sections(issue)]))
    document.add("preface", _paragraphs(issue.preface))
    stories = tomlkit.aot()
    for row in _rows(issue):
        stories.append(_entry(row))
    if len(stories):
        document.add("story", stories)
    return tomlkit.dumps(document)


def _sections(issue: Issue) -> list[str]:
    return [section.title for section in issue.sections]


def _rows(issue: Issue) -> Iterator[_Row]:
    n = 0
    for section in issue.sections:
        for item in section.items:
            n += 1
            yield _Row(item.story, True, n, section.title, _score(item))
    first = next(iter(_sections(issue)), "")
    for left in issue.left_out:
        n += 1
        yield _Row(left.story, False, n, first, _reason(left))


def _score(item: Item) -> str:
    parts = " + ".join(f"{name} {value:g}" for name, value in item.score.parts)
    followed = item.follows and f"；续报，前见 {item.follows.to.date}《{item.follows.to.headline}》"
    return f"得分 {item.score.total:g} = {parts or 0}{followed or ''}"


def _reason(left: LeftOut) -> str:
    return f"未收：{left.reason}"


def _entry(row: _Row) -> Table:
    lead = row.story.lead
    article = lead.article
    spans = numbered(article, lead.sentences)
    chosen = [spans.index(Span(sentence.start, sentence.end)) + 1 for sentence in lead.sentences]
    table = tomlkit.table()
    table.add(tomlkit.comment(_plain(f"{article.title or '（无题）'}　{_carried(row.story)}")))
    table.add(tomlkit.comment(_plain(row.remark)))
    table.add("id", row.story.id)
    table.add("keep", row.keep)
    table.add("order", row.order)
    table.add("section", _plain(row.section))
    table.add("headline", "")
    table.add("sentences", chosen)
    table.add("note", "")
    for number, span in enumerate(spans, 1):
        table.add(tomlkit.comment(f"{number:>3}　{_plain(article.text[slice(*span)])}"))
    return table


def _carried(story: Story) -> str:
    """Who printed it: 甲报第1版、乙报第3版."""
    names = (
        (version.article.paper or version.article.source)
        + ("" if version.article.page is None else f"第{version.article.page}版")
        for version in story.members
    )
    return "、".join(dict.fromkeys(names))


def _lines(values: Sequence[str]) -> tomlkit.items.Array:
    array = tomlkit.array()
    array.extend(values)
    return array.multiline(len(values) > 3)


def _paragraphs(text: str) -> tomlkit.items.String:
    lines = [_plain(line) for line in text.splitlines()]
    return tomlkit.string("\n".join(lines), multiline=len(lines) > 1)


def _plain(text: str) -> str:
    """`text` as TOML takes it, in strings and comments: what is no text is shown as U+FFFD, on one line."""
    joined = " ".join(text.split())
    safe = "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in joined)
    return safe.encode("utf-8", "replace").decode("utf-8")
