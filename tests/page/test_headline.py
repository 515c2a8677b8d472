"""Lines of a headline put together."""

from __future__ import annotations

import pytest

from digest.page.fragments import to_fragments
from digest.page.headline import close_phrases, headline_fields, join_lines
from digest.page.labelled import HEAD, Labelled
from digest.page.lines import to_lines
from digest.page.pair import Headline
from digest.page.segment import HeadBlock
from digest.text.tracked import Tracked


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


BODY = (
    "青岚市昨日召开会议，全市供水工作会议召开。"
    "加快更换老旧管道，三年内漏损率降到百分之八，惠及全市八万户居民。"
)


def _fields(text: str, *, recognised: bool = False) -> tuple[str, str, str]:
    """What a headline of one block is taken for above BODY."""
    items = [Labelled(fragment, HEAD, "") for fragment in to_fragments(to_lines(Tracked.of(text)))]
    headline = Headline((HeadBlock(tuple(range(len(items)))),))
    return headline_fields(items, headline, BODY, stacked=True, recognised=recognised)


def test_a_clause_of_the_body_that_stands_alone_is_no_title() -> None:
    """Where a headline may have lost lines, what the body says word for word is a kicker."""
    assert _fields("惠及全市八万户居民", recognised=True) == ("惠及全市八万户居民", "", "")
    assert _fields("惠及全市八万户居民") == ("惠及全市八万户居民", "", "")
    assert _fields("三年内漏损率降到百分之八") == ("", "三年内漏损率降到百分之八", "")
    assert _fields("青岚供水提速", recognised=True) == ("", "青岚供水提速", "")
    assert _fields("全市供水工作会议召开", recognised=True) == ("", "全市供水工作会议召开", "")


def test_two_phrases_of_one_length_are_a_title() -> None:
    """Halves of one length are no kicker and title, though the body speaks of the second only."""
    assert _fields("弘扬老城精神 更换老旧管道") == ("", "弘扬老城精神 更换老旧管道", "")
