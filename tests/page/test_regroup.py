"""Pages whose blocks a tool wrote in an order of its own: each article's fragments come together."""

from __future__ import annotations

import random
import time
from collections.abc import Sequence

import pytest

from digest.page import read_page
from digest.page.fragments import to_fragments
from digest.page.label import label
from digest.page.lines import to_lines
from digest.page.regroup import regroup
from digest.page.stitch import stitch
from digest.text.tracked import Tracked

#: Invented articles: headline, byline or nothing, paragraphs.
FERRY = (
    "柳湾渡口新栈桥通船",
    "",
    (
        "本报讯（记者 文小舟）柳湾渡口的新栈桥昨天通船，渡船可以同时停靠四条，对岸三个村的学生不用再绕行。",
        "渡口管理站站长说，旧栈桥用了二十二年，木板年年更换，每逢涨水渡船就要停航，新栈桥改用钢架，桥面随水位升降。",
        "船工老姚一早开出第一班渡船，船上坐着二十七名学生。他说，栈桥两头装了路灯，往后渡船天亮就能开航，收班也能晚一个钟头。",
    ),
)
FOREST = (
    "松岭林场育成八十万株树苗",
    "",
    (
        "本报讯（记者 路远）松岭林场今春育成八十万株树苗，树苗分给十一个村，种在去年清出来的荒坡上。",
        "林场派出六名技术员住在村里教人栽种，每株树苗之间要隔开两米，树坑要挖到膝盖深，雨季过去才能离开荒坡。",
        "技术员小葛说，前年栽下的树苗活了九成。秋天林场来清点，活一株补一元钱，账目贴在村口的墙上。",
    ),
)
MUSEUM = (
    "青石县博物馆陶罐展开门",
    "□本报记者 方之遥",
    (
        "青石县博物馆的陶罐展上午开门，展柜里摆着四十六件陶罐，都是修水渠时挖出来的。",
        "博物馆馆长介绍，陶罐上的刻纹像水波，县里的老陶匠看了三天，认出其中九件陶罐出自同一座窑，窑址就在水渠北边。",
        "展厅里还放了一架转盘，孩子可以跟着陶匠捏泥坯。博物馆打算把捏得好的泥坯送进窑里烧成陶罐。",
    ),
)
COLUMN = 16


def set_lines(paragraphs: Sequence[str]) -> list[str]:
    """Lines of a column, a paragraph's first line two characters short."""
    lines: list[str] = []
    for paragraph in paragraphs:
        rest, room = paragraph, COLUMN - 2
        while rest:
            lines.append(rest[:room])
            rest, room = rest[room:], COLUMN
    return lines


def blocks(paragraphs: Sequence[str], n_columns: int) -> list[str]:
    """The lines of an article cut into so many columns, one block each."""
    lines = set_lines(paragraphs)
    size = -(-len(lines) // n_columns)
    return ["\n".join(lines[i : i + size]) for i in range(0, len(lines), size)]


def scattered() -> str:
    """A page of three articles whose second columns stand behind other articles' first ones."""
    ferry, forest, museum = (blocks(article[2], 2) for article in (FERRY, FOREST, MUSEUM))
    parts = [MUSEUM[0], FERRY[0], FOREST[0], ferry[1], ferry[0], MUSEUM[1], museum[0]]
    return "\n\n".join([*parts, forest[1], forest[0], museum[1]]) + "\n"


def bodies(text: str) -> dict[str, str]:
    """Title -> body of each article that is read."""
    articles = read_page(Tracked.of(text), source="page.txt").articles
    return {article.title: "".join(p.text for p in article.paragraphs) for article in articles}


def printed(article: tuple[str, str, tuple[str, ...]]) -> str:
    return "".join(article[2]).split("）", 1)[-1]


def test_scattered_columns() -> None:
    """Three articles with their columns apart are read whole, each under its own headline."""
    expected = {article[0]: printed(article) for article in (FERRY, FOREST, MUSEUM)}

    assert expected == bodies(scattered())


@pytest.mark.parametrize("seed", range(6))
def test_any_order_of_blocks_keeps_every_fragment(seed: int) -> None:
    """Whatever the order of the blocks, no fragment is lost and none is written twice."""
    parts = [part for article in (FERRY, FOREST, MUSEUM) for part in (article[0], *blocks(article[2], 3))]
    random.Random(seed).shuffle(parts)
    items = label(to_fragments(to_lines(Tracked.of("\n\n".join(parts)))))
    lines = sorted(line.number for item in items for line in item.fragment.lines)

    found = regroup(items, stitch(items))

    assert lines == sorted(line.number for item in found for line in item.fragment.lines)


def test_ordered_page_is_untouched() -> None:
    """A page whose columns follow each other is left as it is."""
    parts: list[str] = []
    for article in (FERRY, FOREST, MUSEUM):
        parts += [article[0], *([article[1]] if article[1] else []), *blocks(article[2], 2)]
    items = label(to_fragments(to_lines(Tracked.of("\n\n".join(parts)))))

    assert items == regroup(items, items)


def test_characters_keep_their_places() -> None:
    """Every character of a regrouped page still leads back to where it stood."""
    text = scattered()
    articles = read_page(Tracked.of(text), source="page.txt").articles

    assert all(
        paragraph.text[at : at + n] == text[start : start + n]
        for article in articles
        for paragraph in article.paragraphs
        for at, start, n in paragraph.runs
    )


@pytest.mark.parametrize("text", ["", "中", "中" * 5000, "本报讯 \n\n" * 300, "一\n\n二，\n\n" * 400])
def test_strange_texts(text: str) -> None:
    """Texts that are no page are read without a failure and in little time."""
    began = time.perf_counter()
    read_page(Tracked.of(text), source="page.txt")

    assert time.perf_counter() - began < 5
