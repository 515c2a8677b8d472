"""Fonts: which are taken, and what none of them can show."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen

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


# Sets a headline and a line of text with what Fontconfig finds, and prints the stacks and the PDF's fonts.
CHILD = """
import json, re
from digest.config import RenderConfig
from digest.render.fonts import installed
from digest.render.pdf import print_html, set_pdf
from digest.render.present import present
from digest.render.themes import find_theme
from tests.render.pages import unpacked
from tests.render.sample import make_issue
view, theme = present(make_issue()), find_theme("jianbao")
html = print_html(view, theme)
head = html[: html.index("<header")]
pdf = unpacked(set_pdf(head + "<h4>一二</h4><p>一二三</p></body>", view, theme, RenderConfig()))
names = sorted({name.decode() for name in re.findall(rb"/BaseFont /[A-Z]{6}[+]([^/ >]+)", pdf)})
print(json.dumps([{role: names[0] for role, names in installed().stacks().items()}, names]))
"""


def square_font(path: Path, family: str) -> None:
    """A font with a square for each of 一二三 and the digits that a family needs to be taken."""
    names = {ord(c): f"u{ord(c):04X}" for c in "一二三的是国人简报0123456789. "}
    builder = FontBuilder(1000, isTTF=True)
    builder.setupGlyphOrder([".notdef", *names.values()])
    builder.setupCharacterMap(names)
    pen = TTGlyphPen(None)
    for point in ((50, -100), (50, 850), (950, 850), (950, -100)):
        (pen.moveTo if point == (50, -100) else pen.lineTo)(point)
    pen.closePath()
    square = pen.glyph()
    builder.setupGlyf(dict.fromkeys([".notdef", *names.values()], square))
    builder.setupHorizontalMetrics(dict.fromkeys([".notdef", *names.values()], (1000, 50)))
    builder.setupHorizontalHeader(ascent=880, descent=-120)
    builder.setupNameTable({"familyName": family, "styleName": "Regular"})
    builder.setupOS2(sTypoAscender=880, sTypoDescender=-120, usWinAscent=880, usWinDescent=120)
    builder.setupPost()
    builder.save(path)


def test_faces_of_the_standard_are_taken_where_they_are_installed(tmp_path: Path) -> None:
    """With 方正小标宋 and 仿宋 installed headlines are set in the one and the text in the other."""
    square_font(tmp_path / "title.ttf", "FZXiaoBiaoSong-B05S")
    square_font(tmp_path / "text.ttf", "FangSong_GB2312")
    (tmp_path / "fonts.conf").write_text(
        '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>'
        f'<include ignore_missing="yes">/etc/fonts/fonts.conf</include><dir>{tmp_path}</dir>'
        f"<cachedir>{tmp_path}/cache</cachedir></fontconfig>",
        encoding="utf-8",
    )
    environment = os.environ | {"FONTCONFIG_FILE": str(tmp_path / "fonts.conf")}
    command = [sys.executable, "-W", "ignore", "-c", CHILD]
    done = subprocess.run(command, capture_output=True, text=True, check=True, env=environment)
    stacks, names = json.loads(done.stdout.splitlines()[-1])

    assert (stacks["title"], stacks["fang"]) == ("FZXiaoBiaoSong-B05S", "FangSong_GB2312")
    assert any("FZXiaoBiaoSong" in name for name in names)
    assert any("FangSong" in name for name in names)
