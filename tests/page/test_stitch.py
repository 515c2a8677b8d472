"""Torn sentences find the fragments in which they go on."""

from __future__ import annotations

from digest.page.fragments import to_fragments
from digest.page.label import label
from digest.page.labelled import Labelled
from digest.page.lines import to_lines
from digest.page.stitch import find_seams, stitch
from digest.text.tracked import Tracked

#: Invented text in a column of fourteen characters; the second half stands behind another article.
FIRST = """\
  本报讯（记者 文小舟）望河
县农技站上月试种了六亩早稻，稻
种由三个村的老农挑选，每亩比去
年多打了一百二十斤。站里的技术"""
SECOND = """\
员说，早稻分蘖多，稻秆也比往年
粗，大风里没有倒伏。
  明年全县打算再种四百亩早稻。"""
OTHER = """\
  本报讯（记者 路远）城东菜市
场昨天换上了新的电子秤，每台秤
都连着公平秤的账目，顾客回家也
能查到。"""


def items_of(*blocks: str) -> list[Labelled]:
    return label(to_fragments(to_lines(Tracked.of("\n\n".join(blocks)))))


def test_displaced_column_goes_behind_its_beginning() -> None:
    """A column behind a foreign article is moved to the sentence that it goes on."""
    items = items_of(FIRST, OTHER, SECOND)

    found = [item.plain[:4] for item in stitch(items)]

    assert found[1] == "员说，早"


def test_ordered_page_is_untouched() -> None:
    """Where every sentence goes on in the next fragment nothing moves."""
    items = items_of(FIRST, SECOND, OTHER)

    assert items == stitch(items)


def test_jump_is_no_loose_end() -> None:
    """A text that goes on on another page waits for nothing on this one."""
    items = items_of(FIRST + "（下转第4版）", OTHER, SECOND)

    links = find_seams(items, scattered=True).links

    assert 3 not in links.values()


def test_start_above_its_end_in_one_flow_is_refused() -> None:
    """A sentence never goes on in a fragment that stands above it in the same flow."""
    items = items_of(SECOND, FIRST.replace("  本报讯（记者 文小舟）", "  "))
    links = find_seams(items, scattered=True).links

    assert all(end != start for end, start in links.items())
