"""What is recorded of an issue, and what can be asked."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from digest.errors import LibraryBusyError
from digest.library import Library, Numbers
from digest.model import Issue, Link, Reference, SourceText
from tests.render.sample import DAY, make_issue

SOURCE = SourceText("聊城_2026-03-18_1.txt", "page", "原文\n第二行", "ab" * 32, warnings=("有一行看不清",))
ISSUE = replace(make_issue(), sources=(SOURCE,), total_number=340)
NEXT = DAY + timedelta(1)


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with Library(tmp_path / "digest.sqlite3", create=True, busy_seconds=0.0) as library:
        yield library


def publish(library: Library, issue: Issue = ISSUE) -> Numbers:
    numbers = library.numbers(issue.edition, issue.date)
    library.prepare(issue, numbers, "0" * 64)
    library.confirm(issue.edition, issue.date)
    return numbers


def count(library: Library, table: str) -> int:
    with closing(sqlite3.connect(library.path)) as connection:
        (n,) = connection.execute(f"SELECT count(*) FROM {table}").fetchone()
    return int(n)


# ---------------------------------------------------------------- issues


def test_an_issue_comes_back_whole(library: Library) -> None:
    """Sections, items, versions, stories left out, skipped inputs and the sources' texts."""
    publish(library)

    assert library.issue("", DAY) == ISSUE
    assert library.issue("", NEXT) is None
    assert library.issue("city", DAY) is None


def test_an_empty_issue_can_be_kept(library: Library) -> None:
    """A day without stories is an issue too."""
    empty = Issue("简报", "", DAY, None, ())
    publish(library, empty)

    assert library.issue("", DAY) == empty


def test_issues_are_listed_by_date(library: Library) -> None:
    """The list names numbers, items and the digest of what was published; a span of days can be asked."""
    for day in (NEXT, DAY, DAY + timedelta(9)):
        publish(library, replace(ISSUE, date=day))

    assert [entry.day for entry in library.issues()] == [DAY, NEXT, DAY + timedelta(9)]
    assert [entry.day for entry in library.issues(since=NEXT, until=NEXT)] == [NEXT]
    assert library.issues("city") == ()
    entry = library.issues("")[0]
    assert (entry.number, entry.total_number, entry.n_items) == (12, 340, len(ISSUE.items))
    assert entry.sha256 == "0" * 64


def test_only_what_was_confirmed_is_published(library: Library) -> None:
    """A prepared issue is not seen, does not touch the one before it, and can be discarded."""
    publish(library)
    library.prepare(replace(ISSUE, name="新的一期"), library.numbers("", DAY), "1" * 64)

    assert library.issue("", DAY) == ISSUE
    assert [entry.sha256 for entry in library.prepared()] == ["1" * 64]
    library.discard("", DAY)
    assert library.issue("", DAY) == ISSUE
    assert library.prepared() == ()


def test_a_day_built_again_takes_the_place_of_the_first(library: Library) -> None:
    """What only the first one held is gone; what both hold is kept once."""
    publish(library)
    n_articles = count(library, "articles")
    publish(library)
    assert (count(library, "articles"), count(library, "sources")) == (n_articles, 1)
    publish(library, replace(ISSUE, sections=ISSUE.sections[:1], left_out=(), sources=()))

    n_left = len([version for item in ISSUE.sections[0].items for version in item.story.members])
    assert count(library, "articles") == n_left
    assert count(library, "sources") == 0
    assert count(library, "issues") == 1


def test_two_days_share_an_article(library: Library) -> None:
    """An article of two issues is kept once, and stays when one of them goes."""
    publish(library)
    n_articles = count(library, "articles")
    publish(library, replace(ISSUE, date=NEXT))
    assert count(library, "articles") == n_articles
    publish(library, replace(ISSUE, date=NEXT, sections=(), left_out=()))

    assert library.issue("", DAY) == ISSUE


# ---------------------------------------------------------------- numbers


def test_numbers_count_within_the_year_and_from_the_first(library: Library) -> None:
    """第N期 begins anew with the year, 总第N期 does not, and each edition counts for itself."""
    days = [date(2030, 12, 30), date(2030, 12, 31), date(2031, 1, 1)]

    assert [publish(library, replace(ISSUE, date=day)) for day in days] == [
        Numbers(1, 1),
        Numbers(2, 2),
        Numbers(1, 3),
    ]
    assert publish(library, replace(ISSUE, date=days[2], edition="city")) == Numbers(1, 1)


def test_a_number_once_given_never_changes(library: Library) -> None:
    """A day built again has its numbers; a day built late gets the next ones and disturbs no other."""
    assert publish(library, replace(ISSUE, date=NEXT)) == Numbers(1, 1)
    assert publish(library) == Numbers(2, 2)
    assert publish(library, replace(ISSUE, date=NEXT)) == Numbers(1, 1)
    assert publish(library) == Numbers(2, 2)


def test_a_number_is_given_when_an_issue_is_prepared(library: Library) -> None:
    """Asking gives none away; one that was prepared and discarded keeps it."""
    assert library.numbers("", NEXT) == library.numbers("", DAY) == Numbers(1, 1)
    library.prepare(ISSUE, Numbers(1, 1), "")
    library.discard("", DAY)

    assert library.numbers("", NEXT) == Numbers(2, 2)
    assert library.numbers("", DAY) == Numbers(1, 1)


def test_numbers_of_a_library_that_is_gone_are_taken_where_free(library: Library) -> None:
    """The numbers under which an issue is published already are its own again, unless another has them."""
    issue = replace(ISSUE, date=NEXT)
    library.prepare(issue, library.numbers("", NEXT, wanted=Numbers(5, 17)), "")

    assert library.numbers("", NEXT) == Numbers(5, 17)
    assert library.numbers("", DAY, wanted=Numbers(5, 16)) == Numbers(6, 18)
    assert library.numbers("", DAY, wanted=Numbers(4, 17)) == Numbers(6, 18)
    assert library.numbers("", DAY, wanted=Numbers(4, 16)) == Numbers(4, 16)
    assert library.numbers("", date(2031, 1, 1), wanted=Numbers(5, 18)) == Numbers(5, 18)


# ---------------------------------------------------------------- stories


def test_stories_are_found_by_their_labels(library: Library) -> None:
    """By region, the one above it too, by topic, paper and keyword; newest issue first."""
    publish(library)
    publish(library, replace(ISSUE, date=NEXT))
    here = [item for item in ISSUE.items if item.region.path == ("山东", "聊城")]

    found = library.stories("region", "山东")
    assert [entry.day for entry in found] == [NEXT] * len(here) + [DAY] * len(here)
    assert {entry.headline for entry in found} == {item.story.lead.article.title for item in here}
    assert found == library.stories("region", "山东/聊城")
    assert library.stories("region", "山东", limit=2) == found[:2]
    assert library.stories("region", "山东", before=DAY) == found[len(here) :]
    assert library.stories("region", "山东", edition="city") == ()
    assert {e.topic for e in library.stories("topic", "产业")} == {"产业"}
    assert {e.number for e in library.stories("paper", "并州新报")} >= {2}
    assert [e.number for e in library.stories("keyword", "物流", before=DAY)] == [2]


def test_labels_are_counted(library: Library) -> None:
    """Every value of a label with its number of stories, for the pages of an archive."""
    publish(library)
    n = sum(item.topic == "时政" for item in ISSUE.items)

    assert dict(library.labels("topic"))["时政"] == n
    here = sum(item.region.path == ("山东", "聊城") for item in ISSUE.items)
    assert ("山东/聊城", here) in library.labels("region")


def test_one_story_is_found_by_its_id(library: Library) -> None:
    """With all its versions, printed or left out."""
    publish(library)
    printed, left = ISSUE.items[1].story, ISSUE.left_out[0].story

    assert library.story("", DAY, printed.id) == printed
    assert library.story("", DAY, left.id) == left
    assert library.story("", NEXT, printed.id) is None


def test_what_was_printed_is_read_for_the_next_issue(library: Library) -> None:
    """The items of a span of days with their stories; what was left out was not printed."""
    publish(library)
    publish(library, replace(ISSUE, date=NEXT, edition="city"))
    printed = library.printed("", DAY, NEXT)

    assert [one.story for one in printed] == [item.story for item in ISSUE.items]
    assert printed[1].reference == Reference(
        DAY, ISSUE.items[1].story.id, "前两月社会物流总额同比增长5.8%", 2, issue_number=12
    )
    assert library.printed("", NEXT, NEXT) == ()


def test_the_very_same_article_is_recognised(library: Library) -> None:
    """An article that an earlier issue printed is found however long ago; one that it left out is not."""
    publish(library)
    article, left = ISSUE.items[1].story.others[0].article, ISSUE.left_out[0].story.lead.article
    other = replace(article, title="另一篇")

    found = library.reprints("", DAY + timedelta(900), [left, article, other])
    assert {index: reference.number for index, reference in found.items()} == {1: 2}
    assert library.reprints("", DAY, [article]) == {}
    assert library.reprints("city", NEXT, [article]) == {}


def test_links_lead_both_ways(library: Library) -> None:
    """What goes on from an item, or belongs beside it, is found from that item too."""
    publish(library)
    earlier = library.printed("", DAY, DAY)[1].reference
    first, second, *rest = ISSUE.sections[0].groups[0].items + ISSUE.sections[0].groups[1].items
    link = Link("development", earlier, "标题相近", 0.5)
    items = (replace(first, follows=link), replace(second, links=(replace(link, kind="series"),)), *rest)
    group = replace(ISSUE.sections[0].groups[0], items=items)
    section = replace(ISSUE.sections[0], groups=(group,))
    publish(library, replace(ISSUE, date=NEXT, sections=(section,)))

    found = library.later("", DAY, earlier.story)
    assert [(kind, to.date, to.number) for kind, to in found] == [
        ("development", NEXT, first.number),
        ("series", NEXT, second.number),
    ]
    assert library.later("", NEXT, earlier.story) == ()


# ---------------------------------------------------------------- two processes

METHODS: dict[str, Callable[[Library], object]] = {
    "numbers": lambda library: library.numbers("", DAY),
    "prepare": lambda library: library.prepare(ISSUE, Numbers(1, 1), ""),
    "prepared": lambda library: library.prepared(),
    "confirm": lambda library: library.confirm("", DAY),
    "discard": lambda library: library.discard("", DAY),
    "issues": lambda library: library.issues(),
    "issue": lambda library: library.issue("", DAY),
    "stories": lambda library: library.stories("region", "山东"),
    "labels": lambda library: library.labels("region"),
    "story": lambda library: library.story("", DAY, ""),
    "item": lambda library: library.item("", DAY, ISSUE.items[0].story.id),
    "export": lambda library: list(library.export()),
    "import_lines": lambda library: library.import_lines(iter(()), "x"),
    "prune": lambda library: library.prune(DAY),
    "withdrawals": lambda library: library.withdrawals.all(),
    "catalogue": lambda library: library.catalogue.newest(1),
    "search": lambda library: library.search("物流"),
    "keywords": lambda library: library.keywords("", DAY, DAY),
    "deliveries": lambda library: library.deliveries.settle(),
    "printed": lambda library: library.printed("", DAY, DAY),
    "reprints": lambda library: library.reprints("", NEXT, [ISSUE.items[0].story.lead.article]),
    "files": lambda library: library.files("", DAY),
    "altered": lambda library: library.altered("", DAY),
    "having": lambda library: library.having("", DAY, "", ["物流"]),
    "later": lambda library: library.later("", DAY, ""),
    "back_up": lambda library: library.back_up(library.path.with_name("copy")),
    "check": lambda library: library.check(),
}


def test_every_method_has_a_lock_test() -> None:
    """A method that is added without one is named here."""
    public = {name for name in vars(Library) if not name.startswith("_")} - {"close"}

    assert set(METHODS) == public


@pytest.mark.parametrize("name", METHODS)
def test_a_locked_library_is_said_in_one_line(library: Library, name: str) -> None:
    """Where another process holds the file, the method ends with the code for busy and leaves it alone."""
    publish(library)
    before = library.path.read_bytes()
    with closing(sqlite3.connect(library.path, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(LibraryBusyError, match="locked by another program") as caught:
            METHODS[name](library)
        other.execute("ROLLBACK")

    assert caught.value.exit_code == 7
    assert library.path.read_bytes() == before
    assert library.issue("", DAY) == ISSUE


def test_readers_do_not_stop_each_other(library: Library) -> None:
    """Two programs may ask at the same time."""
    publish(library)
    with Library(library.path) as other:
        assert other.issue("", DAY) == library.issue("", DAY)


def test_a_day_costs_a_day(library: Library) -> None:
    """Recording a day reads and writes by index alone, however much the library holds."""
    publish(library)
    plans = []
    with closing(sqlite3.connect(library.path)) as connection:
        for query in (
            "SELECT 1 FROM versions WHERE article = 1",
            "SELECT 1 FROM issue_sources WHERE source = 1",
            "SELECT id FROM articles WHERE digest = ''",
            "SELECT 1 FROM stories WHERE issue = 1",
            "DELETE FROM stories WHERE issue = 1",
            "SELECT 1 FROM links WHERE edition = '' AND date = '' AND target = ''",
            "SELECT story FROM labels WHERE kind = 'region' AND value = '山东'",
        ):
            plans += [row[3] for row in connection.execute(f"EXPLAIN QUERY PLAN {query}")]

    assert [plan for plan in plans if plan.startswith("SCAN")] == []


def test_keywords_of_earlier_issues_are_counted_by_day(library: Library) -> None:
    """Of each issue in the span the number of printed stories that have a keyword, the oldest issue first."""
    publish(library, replace(ISSUE, date=DAY - timedelta(1)))
    publish(library)

    found = library.keywords("", DAY - timedelta(7), DAY)
    assert [(day.date, day.n_stories) for day in found] == [(DAY - timedelta(1), 21), (DAY, 21)]
    assert dict(found[0].keywords)["增长"] == 2
    assert library.keywords("", DAY - timedelta(7), DAY - timedelta(2)) == ()
    assert library.keywords("city", DAY - timedelta(7), DAY) == ()
