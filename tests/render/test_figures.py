"""The numbers behind the pictures."""

from __future__ import annotations

from digest.render.figures import shares
from digest.render.present import present
from tests.render.sample import make_issue


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
