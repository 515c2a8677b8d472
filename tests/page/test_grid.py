"""Pages whose rows cross their columns, as `pdftotext -layout` writes them."""

from __future__ import annotations

import time
from collections.abc import Iterable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.model import Article
from digest.page import read_page
from digest.page.grid import unfold_grid
from digest.page.lines import width
from digest.text.tracked import Tracked

#: Invented articles, in columns of fifteen characters.
PIER = """\
  本报讯（记者 文小舟）柳湾渡
口的新栈桥昨天通船。栈桥长六十
米，一次可以停靠四条渡船，对岸
三个村的学生不用再绕行十里。
  渡口管理站站长说，旧栈桥用
了二十二年，木板年年更换，每逢
涨水就要停渡。新栈桥改用钢架，"""
PIER_ON = """\
桥面随水位升降，水涨时照样上下
船。
  船工老姚一早开出第一班船，
船上坐着二十七名学生和五筐青
菜。他说，往后天亮就能开船，收
班也能晚一个钟头。
  栈桥两头装了路灯和扶手。"""
SEED = """\
  本报讯（记者 路远）松岭林场
今春育成八十万株树苗，比去年多
出一成。树苗分给十一个村，种在
去年清出来的荒坡上，坡上还修了
三条便道，车可以开到半山腰。
  场里派出六名技术员，住在村
里教人栽种，一直住到雨季过去。"""
SEED_ON = """\
  技术员小葛带着尺子上山，每
株苗之间要隔开两米，坑要挖到膝
盖深。她说，前年栽下的苗活了九
成，今年想再高一点。
  村里给每户记下栽了多少株，
秋天清点，活一株补一元钱。账目
贴在村口的墙上，谁都可以看。"""
PIER_TEXT = "栈桥改用钢架，桥面随水位升降，水涨时照样上下船。"


def grid(pieces: Iterable[tuple[int, int, str]], *, wide: bool = False) -> str:
    """Pieces (row, place, lines) written as a tool does that keeps the page's two dimensions."""
    rows: dict[int, list[tuple[int, str]]] = {}
    for top, left, text in pieces:
        for n, line in enumerate(text.split("\n")):
            indent = len(line) - len(line.lstrip())
            rows.setdefault(top + n, []).append((left + indent, line.strip()))
    written = []
    for row in range(max(rows) + 1):
        line, place = "", 0.0
        for left, text in sorted(rows.get(row, [])):
            target = 2 * left if wide else left
            line += " " * max(2, round(target - place)) + text if target else text
            place = 2 * width(line) if wide else len(line)
        written.append(line)
    return "\n".join(written)


TWO_ABREAST = [
    (0, 5, "柳湾渡口新栈桥通船"),
    (2, 0, PIER),
    (2, 20, PIER_ON),
    (0, 45, "松岭林场育苗八十万株"),
    (2, 40, SEED),
    (2, 60, SEED_ON),
]
STACKED = [
    (0, 12, "柳湾渡口新栈桥通船"),
    (2, 0, PIER),
    (2, 20, PIER_ON),
    (13, 12, "松岭林场育苗八十万株"),
    (16, 0, SEED),
    (16, 20, SEED_ON),
]


def read(text: str) -> tuple[Article, ...]:
    return read_page(Tracked.of(text), source="柳湾日报_20260318_01").articles


@pytest.mark.parametrize("wide", [False, True])
@pytest.mark.parametrize("pieces", [TWO_ABREAST, STACKED], ids=["abreast", "stacked"])
def test_columns_become_articles(pieces: list[tuple[int, int, str]], wide: bool) -> None:
    """Each headline has the columns under it, and a sentence goes on over the column's end."""
    articles = read(grid(pieces, wide=wide))

    assert [article.title for article in articles] == ["柳湾渡口新栈桥通船", "松岭林场育苗八十万株"]
    assert [article.authors for article in articles] == [("文小舟",), ("路远",)]
    assert [len(article.paragraphs) for article in articles] == [4, 4]
    assert PIER_TEXT in articles[0].text
    assert articles[1].text.endswith("谁都可以看。")


def test_caption_box() -> None:
    """A caption between columns, set in its own box, is no part of the body."""
    caption = "图为乘客从渡口的新栈桥上走\n过。 记者 文小舟 摄"
    articles = read(grid([*TWO_ABREAST[:2], (2, 20, caption), (5, 20, PIER_ON), *TWO_ABREAST[3:]]))

    assert articles[0].captions == ("图为乘客从渡口的新栈桥上走过。 记者 文小舟 摄",)
    assert PIER_TEXT in articles[0].text


def test_spanning_headline() -> None:
    """A headline over the second of its columns is read before the first."""
    pieces = [(0, 22, "柳湾渡口新栈桥通船"), (2, 0, PIER), (2, 20, PIER_ON), (2, 40, SEED), (2, 60, SEED_ON)]
    unfolded = unfold_grid(Tracked.of(grid(pieces)))

    assert unfolded is not None
    assert unfolded.text.startswith("柳湾渡口新栈桥通船\n")


def test_narrow_gutter() -> None:
    """Columns that ran into each other over a single space are cut apart again."""
    rows = zip(PIER.split("\n"), PIER_ON.split("\n"), strict=True)
    joined = "\n".join(f"{one} {two.strip()}" for one, two in rows)
    articles = read(grid([(0, 5, "柳湾渡口新栈桥通船"), (2, 0, joined), *TWO_ABREAST[3:]]))

    assert PIER_TEXT in articles[0].text


def test_stray_row() -> None:
    """A full line that touches the next column in one row is cut where its column ends."""
    text = grid(TWO_ABREAST)
    line = next(line for line in text.split("\n") if line.startswith("米，一次"))
    articles = read(text.replace(line, " ".join(line.split())))

    assert "一次可以停靠四条渡船，对岸三个村的学生" in articles[0].text


@pytest.mark.parametrize(
    "text",
    [
        "",
        "中",
        PIER,
        "柳 湾 渡 口   新 栈 桥   通 船\n" * 12,
        "姓名   年龄   住处\n" * 30,
        "　　" + PIER.replace("\n", "\n　　"),
        PIER + "\n\n" + SEED + "\n\n责任编辑：文心      校对：路远      版式：沈一苇",
    ],
)
def test_other_texts_stay(text: str) -> None:
    """Ordinary pages, letter-spaced headlines and tables of words are no grids."""
    assert unfold_grid(Tracked.of(text)) is None


def test_offsets_survive() -> None:
    """Every character of a paragraph is found at its offset in the text as it was read."""
    text = grid(STACKED)

    for article in read(text):
        for paragraph in article.paragraphs:
            assert paragraph.runs
            for at, start, length in paragraph.runs:
                assert text[start : start + length] == paragraph.text[at : at + length]


def test_nothing_is_lost() -> None:
    """The unfolded text holds exactly the characters of the grid."""
    text = grid(TWO_ABREAST)
    unfolded = unfold_grid(Tracked.of(text))

    assert unfolded is not None
    assert sorted("".join(text.split())) == sorted("".join(unfolded.text.split()))


CELLS = st.sampled_from(
    [*PIER.split("\n"), *SEED.split("\n"), "柳湾渡口新栈桥", "公益广告", "中", "（下转第3版）"]
)
ROWS = st.lists(st.lists(st.tuples(st.integers(2, 30), CELLS), max_size=4), min_size=8, max_size=25)


@settings(max_examples=60, deadline=None)
@given(ROWS)
def test_any_grid_keeps_its_characters(rows: list[list[tuple[int, str]]]) -> None:
    """Whatever stands where, no character is lost or added, and offsets hold."""
    text = "\n".join("".join(" " * gap + cell.strip() for gap, cell in row) for row in rows)
    unfolded = unfold_grid(Tracked.of(text))

    if unfolded is not None:
        assert sorted("".join(text.split())) == sorted("".join(unfolded.text.split()))
        for at, start, length in unfolded.runs:
            assert text[start : start + length] == unfolded.text[at : at + length]


@pytest.mark.parametrize(
    "text",
    [
        "渡口   栈桥今天通船了   " * 20_000,
        ("渡口栈桥今天通船   " * 20 + "\n") * 600,
        ("渡口栈桥   " + " " * 40 + "今天通船，天亮开船\n\n") * 6_000,
        "\n".join(
            " " * (n % 37) + "渡口栈桥今天通船" + " " * (n % 5 + 3) + "天亮就能开船了" for n in range(8_000)
        ),
    ],
    ids=["one row", "many cells", "many rows", "no columns"],
)
def test_hostile_grids_end(text: str) -> None:
    """Text that only looks like a grid is done with in seconds."""
    began = time.process_time()
    unfold_grid(Tracked.of(text))

    assert time.process_time() - began < 6
