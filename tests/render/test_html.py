"""The page for the screen: complete in itself, and safe whatever the sources hold."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser

import pytest

from digest.model import (
    Change,
    Difference,
    Evidence,
    Issue,
    Item,
    Keyword,
    Ledger,
    LeftOut,
    Link,
    Merge,
    Paragraph,
    Place,
    Received,
    Reference,
    Region,
    Section,
    Skipped,
    Span,
)
from digest.render.html import render_html
from digest.render.present import present
from digest.render.themes import find_theme
from tests.render.sample import STORIES, analysed, article, make_issue

VECTORS = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "'-alert(1)-'",
    "</style><svg/onload=alert(1)>",
    "<!--<b>",
    "]]><x>",
    "&lt;b&gt;&amp;",
    "{{ 7*7 }}{% raw %}{# x #}",
    "</details></article></main><iframe src=//evil.example>",
    "\u2028</script>\u2029",
    "javascript:alert(1)",
)


class Parsed(HTMLParser):
    """Elements with the names of their attributes, the links and ids, and the text."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: Counter[tuple[str, tuple[str, ...]]] = Counter()
        self.links: list[str] = []
        self.ids: list[str] = []
        self.text = ""
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements[tag, tuple(name for name, _ in attrs)] += 1
        self.links += [value or "" for name, value in attrs if name in ("href", "src", "action", "data")]
        self.ids += [value or "" for name, value in attrs if name == "id"]

    def handle_data(self, data: str) -> None:
        self.text += data


def page_of(issue: Issue) -> str:
    return render_html(present(issue), find_theme("default")).decode("utf-8")


def issue_with(words: str) -> Issue:
    """An issue that has `words` in every field that takes text."""
    evidence = (Evidence(words, 0, 1, words, 1.0),)
    made = article(
        0, words, (words, words), source=words, paper=words, kicker=words, subtitle=words, agency=words,
        authors=(words, words), url=words, warnings=(words,), id="a",
    )  # fmt: skip
    lead = replace(
        analysed(made),
        keywords=(Keyword(words, 1.0),),
        regions=(Region(Place((words,), words), 1.0, evidence),),
    )
    other = replace(lead, article=replace(made, id="b"))
    issue = make_issue()
    section = issue.sections[0]
    item = section.groups[0].items[0]
    story = replace(item.story, lead=lead, others=(other,), merges=(Merge("b", "a", words, 1.0),))
    before, here = (Reference(day, "x", words, 1, 2) for day in (date(2026, 3, 17), issue.date))
    item = replace(
        item,
        story=story,
        region=Place((words, "x"), words),
        topic=words,
        headline=words,
        note=words,
        follows=Link("development", before, words, 1.0),
        links=(Link("series", here, words, 1.0), Link("event", before, words, 1.0)),
        differences=(Difference("b", (Span(0, 5),), (Span(0, 5),), (Change(Span(0, 5), Span(1, 5)),)),),
    )
    section = replace(section, title=words, groups=(replace(section.groups[0], topic=words, items=(item,)),))
    return replace(
        issue,
        name=words,
        publisher=words,
        sections=(section,),
        left_out=(LeftOut(story, words, Link("repeat", before, words, 1.0)),),
        skipped=(Skipped(words, words),),
        warnings=(words,),
        ledger=Ledger((words,), (Received(words, 1, 1), Received(words + "2", 1, 1)), (words,), 3, 1, 2, 1),
    )


@pytest.mark.parametrize("vector", VECTORS)
def test_hostile_text_changes_no_element(vector: str) -> None:
    """Whatever a field holds, the page has the same elements and attributes as with plain text."""
    plain, hostile = Parsed(page_of(issue_with("平常的字"))), Parsed(page_of(issue_with(vector)))

    assert hostile.elements == plain.elements
    assert vector.split("\u2028")[0] in hostile.text
    assert {link for link in hostile.links if not link.startswith("#")} == {"../2026-03-17/index.html#s1"}


def test_page_is_complete_in_itself() -> None:
    """Nothing is fetched: every reference leads into the page, but for the links to the sources."""
    parsed = Parsed(page_of(make_issue()))

    outside = [link for link in parsed.links if not link.startswith("#")]
    assert outside == ["https://example.org/news/1?a=1&b=2"]
    assert not any(tag in ("link", "img", "iframe", "object") for tag, _ in parsed.elements)
    assert [n for (tag, _), n in parsed.elements.items() if tag == "script"] == [1]


def test_every_link_has_its_place() -> None:
    """Every link of the contents leads to an id that is there once."""
    parsed = Parsed(page_of(make_issue()))

    assert len(parsed.ids) == len(set(parsed.ids))
    assert {link[1:] for link in parsed.links if link.startswith("#")} <= set(parsed.ids)


def test_every_sentence_stands_there_verbatim() -> None:
    """The sentences of the summaries are in the page as they are in the sources."""
    page = page_of(make_issue())

    for _, _, _, sentences, _ in STORIES:
        for sentence in sentences:
            assert f">{sentence}</span>" in page
            assert f">{sentence}</mark>" in page


def test_what_another_paper_adds_is_named() -> None:
    """A sentence of another version stands behind the name of its paper."""
    assert "另据并州新报：</span>" in page_of(make_issue())


def test_left_out_and_skipped_are_listed_with_reasons() -> None:
    """What was read and not printed is accounted for."""
    text = Parsed(page_of(make_issue())).text

    for words in (
        "关于停水的通知",
        "正文过短，不足以单独成条",
        "扫描件_0317.jpg",
        "不是可读的格式",
        "有 1 个来源没有日期",
    ):
        assert words in text


def test_scripts_are_told_apart() -> None:
    """The page is Simplified, a Traditional story is marked as Traditional."""
    page = page_of(make_issue())

    assert '<html lang="zh-Hans">' in page
    assert '<article id="s19" lang="zh-Hant" ' in page


def test_empty_issue_says_so() -> None:
    """An issue without stories is a valid page that says that there is nothing."""
    empty = replace(
        make_issue(), sections=(), left_out=(), skipped=(), warnings=(), publisher="", number=None
    )
    parsed = Parsed(page_of(empty))

    assert "本期没有可收的稿件" in parsed.text
    assert {link[1:] for link in parsed.links} <= set(parsed.ids)


def test_page_of_sixty_stories_is_small() -> None:
    """63 stories of long articles take less than 300 KB, and every chosen sentence is marked there."""
    issue = make_issue(3)
    more = tuple(
        Paragraph(f"第{n}段补充了情况，" + "说的还是这一件事，" * 8 + "到此为止。") for n in range(30)
    )

    def longer(item: Item) -> Item:
        lead = item.story.lead
        made = replace(lead.article, paragraphs=(*lead.article.paragraphs, *more))
        return replace(item, story=replace(item.story, lead=replace(lead, article=made)))

    def longer_all(section: Section) -> Section:
        groups = (replace(group, items=tuple(map(longer, group.items))) for group in section.groups)
        return replace(section, groups=tuple(groups))

    page = page_of(replace(issue, sections=tuple(map(longer_all, issue.sections))))

    assert len(page.encode()) < 300_000
    assert page.count("<mark id=") == sum(len(item.story.lead.sentences) for item in issue.items)


def test_lone_surrogate_does_not_stop_the_page() -> None:
    """A broken character becomes a sign of replacement."""
    assert "?" in page_of(issue_with("坏\ud800字"))
