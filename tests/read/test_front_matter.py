from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.config import Limits
from digest.read.front_matter import FrontMatter, read_front_matter

BODY = "青岚河边修桥。"


def read(text: str, limits: Limits | None = None) -> tuple[FrontMatter, str]:
    matter = read_front_matter(text, "a.md", limits or Limits())
    return matter, text[matter.body_start :].strip()


@pytest.mark.parametrize(
    ("block", "fields"),
    [
        ("title: no\ndate: 12:30:00", {"title": "no", "date": "12:30:00"}),
        ("title: 2024-03-21\nn: 010", {"title": "2024-03-21", "n": "010"}),
        ('title: "桥: 修好了"\ntags: [环境, 河流]', {"title": "桥: 修好了", "tags": ("环境", "河流")}),
        ("Title: 桥\ntags:\n  - 环境\n  - 河流", {"title": "桥", "tags": ("环境", "河流")}),
        ("title: 一\ntitle: 二", {"title": "一"}),
        ("title: >\n  一行\n  两行", {"title": "一行 两行"}),
        ("# 只有注释", {}),
        ("", {}),
    ],
)
def test_scalars_stay_the_text_that_was_written(block: str, fields: dict[str, object]) -> None:
    """No value becomes a number, a date or a truth value; of equal keys the first counts."""
    matter, body = read(f"---\n{block}\n---\n{BODY}")

    assert (fields, (), BODY) == (matter.fields, matter.warnings, body)


@pytest.mark.parametrize(
    ("block", "title", "line"),
    [
        ("date: 2021-01-01\ntitle: 桥: 修好了", "桥: 修好了", 3),
        ("title: 桥\nb: *nothing", "桥", 3),
        ("a: &x [1]\ntitle: 桥\nb: *x", "桥", 4),
        ("title: 桥\n\tx: [", "桥", None),
        ("title: 桥\nx: " + "[" * 5000, "桥", 2),
        ("title: 桥\n@@@", "桥", None),
        ("title: 【桥】`修`好了\nx: `y`", "【桥】`修`好了", 3),
    ],
)
def test_a_mess_is_read_line_by_line_with_a_warning(block: str, title: str, line: int | None) -> None:
    """The title is found, the warning names file and line, and the body is kept."""
    matter, body = read(f"---\n{block}\n---\n{BODY}")

    assert (title, BODY) == (matter.first("title"), body)
    assert len(matter.warnings) == 1
    assert matter.warnings[0].startswith("a.md:" if line is None else f"a.md:{line}:")


def test_front_matter_above_the_limit_keeps_the_body() -> None:
    """The limit is named; the fields before it count."""
    matter, body = read("---\ntitle: 桥\n" + "k: v\n" * 1000 + f"---\n{BODY}", Limits(front_matter_bytes=200))

    assert (matter.first("title"), body) == ("桥", BODY)
    assert "front_matter_bytes" in matter.warnings[0]


def test_front_matter_without_an_end_keeps_the_body() -> None:
    """Only leading `key: value` lines are taken for fields."""
    matter, body = read(f"---\ntitle: 桥\ndate: 2021-01-01\n\n{BODY}\n记者：方舟")

    assert ("桥", f"{BODY}\n记者：方舟") == (matter.first("title"), body)
    assert matter.warnings


@pytest.mark.parametrize(
    "text",
    [
        '+++\ntitle = "桥"\n[params]\nx = 1\n+++\n',
        "+++\ntitle = 桥\n+++\n",
        '{\n"title": "桥", "x": {"y": [1]}\n}\n',
    ],
)
def test_toml_and_json_are_read_too(text: str) -> None:
    """Hugo's formats give the same fields, also where they are broken."""
    matter, body = read(text + BODY)

    assert (matter.first("title"), body) == ("桥", BODY)


def test_no_front_matter_is_all_body() -> None:
    """A text without a fence has no fields and loses nothing."""
    assert read(BODY) == (FrontMatter({}, 0), BODY)


@given(st.text(st.sampled_from("a:甲 \n-[]{}&*!\"'|>#%@`,?\t"), max_size=80))
def test_no_mess_costs_the_body(block: str) -> None:
    """Whatever stands between the fences, the body behind them is kept."""
    _, body = read(f"---\nk: v\n{block}\n---\n{BODY}")

    assert body.endswith(BODY)
