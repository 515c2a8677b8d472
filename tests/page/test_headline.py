"""Lines of a headline put together."""

from __future__ import annotations

import pytest

from digest.page.headline import close_phrases, join_lines


@pytest.mark.parametrize(
    ("lines", "body", "joined"),
    [
        (["青岚加快推进省级", "水计量站建设"], "省级水计量站在青岚开工。", "青岚加快推进省级水计量站建设"),
        (["青岚供水提速", "八万居民受益"], "青岚供水提速，八万居民受益。", "青岚供水提速 八万居民受益"),
        (["青岚供水提速", "八万居民受益"], "", "青岚供水提速 八万居民受益"),
    ],
)
def test_the_body_tells_whether_two_lines_are_one_phrase(lines: list[str], body: str, joined: str) -> None:
    """A space goes where the body says both sides in one, and stays where it does not."""
    assert join_lines(lines, body) == joined


def test_lines_built_alike_stay_apart() -> None:
    """A couplet is two phrases, though the body may run it together."""
    lines = ["在山里种新茶", "到城里开新店"]

    assert join_lines(lines, "".join(lines)) == " ".join(lines)


def test_a_space_within_a_line_is_read_like_a_line_end() -> None:
    """What came out of a PDF on one line with a space between is joined by the same rule."""
    assert close_phrases("青岚加快推进省级　水计量站建设", "省级水计量站") == "青岚加快推进省级水计量站建设"
