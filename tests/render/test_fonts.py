"""Fonts: which are taken, and what none of them can show."""

from __future__ import annotations

import pytest

from digest.errors import FontError
from digest.render.check import examine, font_checks
from digest.render.fonts import Font, Inventory, check_glyphs, installed, printable
from digest.render.present import present
from tests.render.sample import make_issue, with_lead

EVERYTHING = Font(("Noto Serif CJK SC",), lambda _: True)
LATIN = Font(("DejaVu Sans",), str.isascii)


def test_no_chinese_font_is_an_error_that_says_what_to_install() -> None:
    """Without a Chinese font no page can be set, and the message says how to get one."""
    with pytest.raises(FontError, match="fonts-noto-cjk"):
        Inventory((LATIN,)).stacks()


def test_every_role_has_a_font() -> None:
    """One Chinese font is enough for all roles of a page, known by name or not."""
    for family in ("Noto Serif CJK SC", "某某体"):
        stacks = Inventory((LATIN, Font((family,), lambda _: True))).stacks()

        assert {stack[0] for stack in stacks.values()} == {family}


def test_preferred_font_comes_first() -> None:
    """Where a 楷体 is installed it sets what is 楷体, the others stand behind it."""
    stacks = Inventory((EVERYTHING, Font(("LXGW WenKai",), lambda _: True))).stacks()

    assert stacks["kai"] == ("LXGW WenKai", "Noto Serif CJK SC")
    assert stacks["song"][0] == "Noto Serif CJK SC"


def test_missing_glyph_is_named_with_its_story() -> None:
    """A character that no font has is named by code point and by the story it stands in."""
    view = present(with_lead(make_issue(), title="一个𰻝字"))
    lacking = Inventory((Font(("Noto Serif CJK SC",), lambda c: c != "𰻝"),))

    with pytest.raises(FontError, match=r"U\+30EDD.*第1条《一个𰻝字》"):
        check_glyphs(view, lacking)


def test_signs_that_show_nothing_need_no_glyph() -> None:
    """Spaces, joiners and variation selectors are not missed."""
    assert Inventory((EVERYTHING,)).missing("中 \u200d\ufe0f\u3000\n") == set()
    assert Inventory((LATIN,)).missing("a \u200b\U000e0100") == set()


def test_what_no_font_can_be_right_for_is_shown_as_geta() -> None:
    """Private, unassigned and surrogate code points become 〓; everything else stays."""
    assert printable("甲\ue000乙\ud800丙\U000e1000") == "甲〓乙〓丙〓"
    assert printable("甲乙〓") == "甲乙〓"
    assert printable("甲\u202e乙\u2066丙") == "甲乙丙"


def test_this_machine_can_set_the_sample() -> None:
    """The fonts installed here are found and can show the sample issue."""
    check_glyphs(present(make_issue()), installed())


def test_examine_finds_what_is_here() -> None:
    """Where the tests can run, Pango and a Chinese font are found, and everything has a remedy."""
    checks = {check.name: check for check in examine()}

    assert checks["Pango"].found
    assert checks["中文字体 Chinese font"].found
    assert all(check.remedy for check in checks.values())


def test_examine_says_when_no_chinese_font_is_here() -> None:
    """Without a Chinese font the check fails and is needed."""
    chinese = font_checks(Inventory((LATIN,)))[0]

    assert (chinese.found, chinese.needed) == (False, True)
