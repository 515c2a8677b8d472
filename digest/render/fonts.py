"""Which fonts are installed, which of them an issue is set in, and which characters none of them can show.

Fontconfig is asked directly, the library that Pango itself asks; Pango falls back on any installed font, so
a character is missing only where no font at all has it.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, is_dataclass
from functools import cache
from typing import Any

from digest.errors import FontError, MissingDependencyError
from digest.render.fontconfig import Covers, list_fonts
from digest.render.view import IssueView

# The faces of a Chinese government document by what they are for, best first. Where several are installed the
# first is taken and the others stand behind it for the characters that it lacks.
PREFERRED: dict[str, tuple[str, ...]] = {
    "title": (  # 小标宋
        *("FZXiaoBiaoSong-B05S", "FZXiaoBiaoSong-B05", "方正小标宋简体", "Noto Serif CJK SC"),
        *("Source Han Serif SC", "Noto Serif SC", "Songti SC", "STZhongsong", "SimSun"),
    ),
    "song": (
        *("Noto Serif CJK SC", "Source Han Serif SC", "Noto Serif SC", "Songti SC", "STSong", "SimSun"),
        *("FandolSong", "AR PL UMing CN"),
    ),
    "hei": (
        *("Noto Sans CJK SC", "Source Han Sans SC", "Noto Sans SC", "PingFang SC", "Hiragino Sans GB"),
        *("Heiti SC", "Microsoft YaHei", "SimHei", "WenQuanYi Zen Hei", "WenQuanYi Micro Hei"),
        *("FandolHei", "Droid Sans Fallback"),
    ),
    "kai": (
        *("LXGW WenKai", "LXGW WenKai GB", "Kaiti SC", "STKaiti", "KaiTi", "KaiTi_GB2312", "FandolKai"),
        *("AR PL UKai CN",),
    ),
    "fang": (
        *("FangSong_GB2312", "仿宋_GB2312", "FZFangSong-Z02S", "STFangsong", "FangSong", "FandolFang"),
        *("Zhuque Fangsong",),
    ),
    "song_hant": (
        *(
            "Noto Serif CJK TC",
            "Source Han Serif TC",
            "Noto Serif TC",
            "Songti TC",
            "PMingLiU",
            "AR PL UMing TW",
        ),
    ),
    "hei_hant": (
        *("Noto Sans CJK TC", "Source Han Sans TC", "Noto Sans TC", "PingFang TC", "Microsoft JhengHei"),
        *("Heiti TC", "WenQuanYi Zen Hei"),
    ),
}
# A role that has no font of its own borrows from these, in this order.
FALLBACK: dict[str, tuple[str, ...]] = {
    "title": ("song", "hei"),
    "song": ("hei",),
    "hei": ("song",),
    "kai": ("song", "hei"),
    "fang": ("song", "hei"),
    "song_hant": ("song", "hei_hant", "hei"),
    "hei_hant": ("hei", "song_hant", "song"),
}
HOW_TO_GET = (
    "Debian/Ubuntu: sudo apt install fonts-noto-cjk; "
    "macOS: brew install --cask font-noto-serif-cjk-sc font-noto-sans-cjk-sc; "
    "其他系统 elsewhere: Noto Serif CJK SC, Noto Sans CJK SC (github.com/notofonts/noto-cjk)"
)
GETA = "〓"  # what Chinese typesetters put where the sort for a character is missing
SHOWN_MISSING = 8  # characters named in one message
_TURNING = frozenset({"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"})
_CHINESE_SAMPLE = "的一是国人简报"


@dataclass(frozen=True, slots=True)
class Font:
    """One installed scalable face."""

    families: tuple[str, ...]
    has: Covers  # whether it has a character


@dataclass(frozen=True, slots=True)
class Inventory:
    """All installed fonts."""

    fonts: tuple[Font, ...]

    def chinese(self) -> tuple[str, ...]:
        """Families that have everyday Chinese characters, in the order of their names."""
        found = {font.families[0] for font in self.fonts if all(font.has(c) for c in _CHINESE_SAMPLE)}
        return tuple(sorted(found))

    def stacks(self) -> dict[str, tuple[str, ...]]:
        """For each role of PREFERRED the installed families to set it in, best first.

        Raises FontError where no Chinese font is installed.
        """
        chinese = self.chinese()
        if not chinese:
            raise FontError(
                f"没有安装中文字体，排不出 PDF；可用 --no-pdf 只出网页 (no Chinese font). {HOW_TO_GET}"
            )
        installed = {family for font in self.fonts for family in font.families}
        own = {role: [name for name in names if name in installed] for role, names in PREFERRED.items()}
        stacks = {}
        for role in PREFERRED:
            borrowed = [name for other in FALLBACK[role] for name in own[other]]
            stacks[role] = tuple(dict.fromkeys([*own[role], *borrowed])) or chinese[:1]
        return stacks

    def missing(self, text: Iterable[str]) -> set[str]:
        """The characters of `text` that no font can show."""
        return {c for c in set(text) if _is_shown(c) and not any(font.has(c) for font in self.fonts)}


def check_glyphs(view: IssueView, inventory: Inventory) -> None:
    """Raises FontError that names each character no font can show and the story it stands in."""
    missing = inventory.missing(_characters(view))
    if not missing:
        return
    places: dict[str, str] = {}
    for story in view.stories:
        for char in sorted(missing & _characters(story)):
            places.setdefault(char, f"第{story.number}条《{story.headline[:20]}》")
    for char in sorted(missing):
        places.setdefault(char, "目录、报尾或附录")
    named = [f"U+{ord(c):04X} {c} {where}" for c, where in sorted(places.items())[:SHOWN_MISSING]]
    more = f" 等 {len(places)} 字" if len(places) > SHOWN_MISSING else ""
    raise FontError(
        f"已装字体都没有这些字 (no installed font has): {'; '.join(named)}{more}. "
        "请安装含有它们的字体，或用 --no-pdf (install a font that has them, or use --no-pdf)"
    )


def printable(text: str) -> str:
    """`text` with 〓 for what no font can be right for: private, unassigned and surrogate code points.

    Text taken out of PDFs and old e-paper pages holds such characters of their makers' own fonts.
    """
    wrong = {ord(c): GETA for c in set(text) if unicodedata.category(c) in {"Co", "Cn", "Cs"}}
    # Marks that turn the direction of text, in a file's name say, would turn all that follows on the line.
    turning = {ord(c): "" for c in set(text) if unicodedata.bidirectional(c) in _TURNING}
    return text.translate(wrong | turning) if wrong or turning else text


def _is_shown(char: str) -> bool:
    """Whether a character needs a glyph: no space, control, format character or variation selector does."""
    if unicodedata.category(char)[0] in "CZ":
        return False
    return not ("\ufe00" <= char <= "\ufe0f" or "\U000e0100" <= char <= "\U000e01ef")


def _characters(part: Any) -> set[str]:
    """All characters of the texts in a view, at any depth."""
    if isinstance(part, str):
        return set(part)
    if is_dataclass(part):
        return set().union(*(_characters(getattr(part, field.name)) for field in fields(part)))
    if isinstance(part, tuple | list):
        return set().union(*map(_characters, part))
    if isinstance(part, Mapping):
        return _characters(tuple(part.values()))
    return set()


@cache
def installed() -> Inventory:
    """The fonts of this machine, asked of Fontconfig once a process.

    Raises MissingDependencyError where Fontconfig itself is not there.
    """
    try:
        return Inventory(tuple(Font(families, covers) for families, covers in list_fonts()))
    except OSError as error:
        raise MissingDependencyError(
            f"找不到 Fontconfig，它随 Pango 安装 (Fontconfig not found, it comes with Pango): {error}"
        ) from error
