"""The numbers behind the pictures."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from digest.model import PastDay
from digest.render.figures import MOST_WORDS, shares, trends
from digest.render.html import render_html
from digest.render.present import present
from digest.render.themes import find_theme
from tests.render.sample import HISTORY, make_issue


def test_shares_count_a_story_for_each_of_its_papers() -> None:
    """A story of two papers counts for both, a paper's second version of it does not."""
    counted = shares([["甲", "乙", "甲"], ["乙"], ["丙"]])

    assert [(p.name, p.stories, p.percent) for p in counted] == [
        ("乙", 2, 66.7),
        ("甲", 1, 33.3),
        ("丙", 1, 33.3),
    ]


def test_matrix_holds_every_story_once() -> None:
    """The cells of all rows add up to the stories of the issue, and lead to their topics."""
    view = present(make_issue())

    assert sum(cell.stories for row in view.matrix for cell in row.cells) == len(view.stories)
    assert all(len(row.cells) == len(view.topics) for row in view.matrix)
    filled = [cell for row in view.matrix for cell in row.cells if cell.stories]
    assert [(cell.anchor, cell.level) for cell in filled if cell.stories > 1] == [("r2t1", 2)]
    assert {cell.level for cell in filled} == {1, 2}


def test_fullest_cell_of_a_rich_issue_is_darkest() -> None:
    """With more stories the cells are told apart by quarters of the fullest."""
    view = present(make_issue(4))

    assert {cell.stories: cell.level for row in view.matrix for cell in row.cells} == {0: 0, 4: 2, 8: 4}


def test_sources_know_their_place_among_the_papers() -> None:
    """The number of a source's paper is that of the issue's list."""
    view = present(make_issue())

    for story in view.stories:
        for source in story.sources:
            assert view.papers[source.paper - 1].name == source.name


def past(*days: dict[str, int]) -> list[PastDay]:
    return [PastDay(date(2026, 3, n), 9, tuple(day.items())) for n, day in enumerate(days, 10)]


def test_words_rise_and_fall_against_the_mean_of_the_week() -> None:
    """A word of more stories than on the mean day rises, one of fewer falls, and all else is no change."""
    found = trends(
        past({"春耕": 1, "会议": 4, "沙尘": 3}, {"会议": 4, "沙尘": 5}),
        [("春耕", "会议"), ("春耕", "会议"), ("春耕", "会议"), ("会议",)],
        "3月12日",
    )

    assert found is not None
    assert found.days == ("3月10日", "3月11日", "3月12日")
    assert [(one.word, one.counts, one.change) for one in found.rising] == [("春耕", (1, 0, 3), 2.5)]
    assert [(one.word, one.counts, one.change) for one in found.falling] == [("沙尘", (3, 5, 0), -4.0)]
    assert found.most == 5


def test_a_word_that_is_always_there_does_not_lead_by_its_size() -> None:
    """A rise from nothing is stronger than the same rise of an everyday word."""
    found = trends(past({"会议": 9}, {"会议": 9}), [("会议", "山洪")] * 3 + [("会议",)] * 9, "3月12日")

    assert found is not None
    assert [one.word for one in found.rising] == ["山洪", "会议"]


def test_single_stories_are_no_trend() -> None:
    """One story with a word is chance, and so is one earlier issue; the strongest words are shown."""
    assert trends(past({"甲": 1}, {}), [("乙",)], "今") is None
    assert trends(past({"甲": 9}), [("乙",)] * 9, "今") is None
    many = [tuple(f"词{n}" for n in range(20))] * 2
    found = trends(past({}, {}), many, "今")
    assert found is not None
    assert len(found.rising) == MOST_WORDS


def test_pictures_are_drawn_from_the_numbers() -> None:
    """Each picture stands there with its table behind it; without a history its picture is left out."""
    view = present(replace(make_issue(), history=HISTORY))
    page = render_html(view, find_theme("web")).decode()
    without = render_html(present(make_issue()), find_theme("web")).decode()

    assert view.trends is not None
    assert page.count("<svg") == page.count("<figure>") == page.count("数据表</summary>") == 3
    drawn = page[page.index('class="figure trends"') :]
    bars = sum(1 for one in (*view.trends.rising, *view.trends.falling) for n in one.counts if n)
    assert drawn[: drawn.index("</svg>")].count("<rect") == bars
    assert without.count("<svg") == 2
