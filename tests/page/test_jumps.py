"""Articles that go on on another page are joined, or say that they are unfinished."""

from __future__ import annotations

from datetime import date

from digest.model import Article, Paragraph
from digest.page.jumps import join_jumps, link_jumps

DAY = date(2026, 3, 18)


def part(source: str, text: str, **more: object) -> Article:
    known = {"source": source, "index": 0, "published": DAY, "paragraphs": (Paragraph(text, source=source),)}
    return Article(**(known | more))  # type: ignore[arg-type]


FIRST = part("a/qinglan_20260318_01.txt", "供水管网改造完成。", title="管网换新装", page=1, jump_to=3)
SECOND = part(
    "a/qinglan_20260318_03.txt", "水务局说，还要装监测设备。", title="管网换新装", page=3, jump_from=1
)


def test_two_halves_are_one_article() -> None:
    """A jump is joined by page number and title, and both halves' paragraphs stand in order."""
    linked = link_jumps((FIRST, SECOND))
    joined = join_jumps(linked)

    assert linked[0].continues_in == "a/qinglan_20260318_03.txt#0"
    assert [article.title for article in joined] == ["管网换新装"]
    assert [p.source for p in joined[0].paragraphs] == [FIRST.source, SECOND.source]


def test_an_untitled_half_is_joined_by_its_page() -> None:
    """A continuation without a headline is joined where the page numbers leave one choice."""
    untitled = part("a/qinglan_20260318_03.txt", "水务局说，还要装监测设备。", page=3, jump_from=1)

    assert len(join_jumps(link_jumps((FIRST, untitled)))) == 1


def test_another_days_page_is_not_joined() -> None:
    """The same title on another day is another article, and both say what is missing."""
    later = part(
        "a/qinglan_20260319_03.txt",
        "完",
        title="管网换新装",
        page=3,
        jump_from=1,
        published=date(2026, 3, 19),
    )
    linked = link_jumps((FIRST, later))

    assert [article.continues_in for article in linked] == [None, None]
    assert linked[0].warnings == ("原文未完（下转第3版）",)
    assert linked[1].warnings == ("前文缺失（上接第1版）",)


def test_another_title_is_not_joined() -> None:
    """Where both halves have headlines that do not agree nothing is joined."""
    other = part("a/qinglan_20260318_03.txt", "完", title="草莓上架果农增收", page=3, jump_from=1)

    assert len(join_jumps(link_jumps((FIRST, other)))) == 2


def test_a_paper_named_on_one_page_only_is_still_one_paper() -> None:
    """A masthead gives only the front page its paper's name; the names of the files show that it is one."""
    named = part(
        "a/qinglan_20260318_01.pdf",
        "供水管网改造完成。",
        title="管网换新装",
        page=1,
        jump_to=3,
        paper="青岚日报",
    )

    assert len(join_jumps(link_jumps((named, SECOND)))) == 1
