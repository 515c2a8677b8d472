"""A page's text becomes fragments: wrapped lines joined, nothing yet decided about their meaning.

A fragment is what stands between two blank lines, cut again where a line is indented or where a paragraph
visibly ends. It may be a paragraph, a part of one that a column break cut off, a headline line or furniture.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from digest.page.broken import mended
from digest.text.tracked import EMPTY, Tracked, concat, inserted

#: Marks that end a sentence, closing quotes and brackets included.
TERMINAL = "。！？!?…；;：:”’」』）)》〉】\"'"
_ENDS_SENTENCE = re.compile(r"(?:[。！？!?…]|[^0-9A-Za-z]\.)[”’」』）)》〉】\"'\s]*$")

#: A text that ends with any other character ends no sentence.
_MAY_END = frozenset("。！？!?….”’」』）)》〉】\"' \u3000\t\xa0")
#: The end of a sentence, with the marks that may close it, has no more characters.
LONGEST_END = 12


def ends_sentence(text: str) -> bool:
    """Whether a text ends with a sentence."""
    return text[-1:] in _MAY_END and _ENDS_SENTENCE.search(text, max(0, len(text) - LONGEST_END)) is not None


_HAN = r"\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_WIDE = _HAN + r"\u3000-\u303f\uff00-\uffef\u2018\u2019\u201c\u201d\u2014\u2026\u00b7"
#: White space with Chinese on one side is layout; between Latin words and numbers it is text.
_LAYOUT_SPACE = re.compile(rf"(?<=[{_WIDE}])[ \t\u3000\xa0]+|[ \t\u3000\xa0]+(?=[{_WIDE}])")
_SPACED_OUT = re.compile(
    rf"(?:(?<=^)|(?<=[\s\u3000]))(?:[{_HAN}“”《》（），。：、,:;!?()\"][ \u3000]{{1,3}}){{3,}}"
    rf"[{_HAN}“”《》（），。：,:;!?()\"](?=$|[\s\u3000])"
)
_BLANK = re.compile(r"^[\s\u3000]*$")
_INDENT = re.compile(r"[ \t\u3000\xa0]*")


_ASCII_STOPS = frozenset(",;:!?()\"'")


class _Halves(dict[str, bool]):
    """Whether a character is half as wide as a Chinese one, found out once for each."""

    def __missing__(self, c: str) -> bool:
        self[c] = half = c < "\u2000" or unicodedata.east_asian_width(c) in "HN"
        return half


_HALF = _Halves()
#: Nearly all characters of a Chinese line are of these, which are as wide as any: only the rest is looked up.
_NOT_WIDE = re.compile(r"[^\u3001-\u303e\u3400-\u4dbf\u4e00-\u9fff\uff01-\uff60]")


def width(text: str, *, ascii_stops: bool = False) -> float:
    """How wide a text is set, in full-width characters.

    With `ascii_stops` the page had its full-width punctuation replaced, so that a comma counts as wide.
    """
    others = _NOT_WIDE.findall(text)
    half = sum(map(_HALF.__getitem__, others))
    if ascii_stops:
        half -= sum(map(_ASCII_STOPS.__contains__, others))
    return len(text) - half / 2


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the page without its line end and outer space."""

    text: Tracked
    indent: int  # leading space, in half-width units
    width: float
    number: int  # counts from 0 through the page
    blanks: int  # blank lines before it


@dataclass(frozen=True)
class Fragment:
    """Lines that belong together, joined. `measure` is the widest line: the column's width if wrapped."""

    text: Tracked
    lines: tuple[Line, ...]
    measure: float
    wrapped: bool
    indented: bool
    blanks: int
    last_width: float  # of the last line as it was set
    set_widths: tuple[float, ...]  # of all lines as they were set, also of those that recognition joined

    @cached_property
    def column(self) -> float:
        """The usual width of its full lines; the measure where it has fewer than three lines."""
        full = sorted(w for w in self.set_widths[:-1] if w >= self.measure - FIRST_LINE_SLACK)
        return full[len(full) // 2] if len(full) >= 2 else self.measure

    @property
    def plain(self) -> str:
        return self.text.text

    @cached_property
    def ended(self) -> bool:
        """Whether the text ends with a sentence."""
        return ends_sentence(self.plain)

    @cached_property
    def open(self) -> bool:
        """Whether the text stops in mid-sentence at the end of its column, so that it must go on elsewhere.

        A last line that ends short of the column ended a paragraph, even if recognition lost the full stop.
        """
        return not self.ended and not (self.wrapped and self.last_width < self.measure - FIRST_LINE_SLACK)


def to_lines(text: Tracked) -> list[Line]:
    """The lines that hold anything."""
    lines: list[Line] = []
    blanks = 0
    ascii_stops = text.text.count(",") > text.text.count("，")
    for number, raw in mended(text.splitlines()):
        if _BLANK.match(raw.text):
            blanks += 1
            continue
        indent = _INDENT.match(raw.text)
        assert indent is not None
        depth = sum(2 if c == "\u3000" else 1 for c in indent.group())
        body = raw.strip()
        closed = close_spaced_out(body) if len(body) > 6 else body
        set_width = width(
            closed.text if len(closed) <= 0.6 * len(body) else body.text, ascii_stops=ascii_stops
        )
        lines.append(Line(body, depth, set_width, number, blanks))
        blanks = 0
    return lines


#: A wrapped column is at least this wide; shorter equal lines are headline lines or table cells.
MIN_COLUMN = 7.0
#: A line so much short of its column did not wrap there (a forbidden line start, a run of digits).
SLACK = 3.1
#: A paragraph's first line is two characters shorter where the page's indents were lost.
FIRST_LINE_SLACK = SLACK + 2.4
STOP = re.compile("[。，,；;、：:！？!?]")
#: Below this two lines do not read as one sentence: so are one in ten true seams and two in three from a
#: headline to a paragraph, measured on development pages.
ALIEN = -3.0
#: The same where the first of them is set as the first line of a paragraph.
VERY_ALIEN = -5.5
#: How much wider than its column a paragraph's first line may be, in full-width characters: its indent of two
#: may be lost, and punctuation may hang.
FIRST = (-2.9, -1.1)


def fragment_of(lines: list[Line], measure: float, *, wrapped: bool) -> Fragment:
    text = EMPTY
    parts: list[Tracked] = []
    for line in lines:
        if parts and _needs_space(parts[-1].text, line.text.text):
            parts.append(inserted(" "))
        parts.append(line.text)
    text = concat(parts)
    widths = tuple(line.width for line in lines)
    if len(lines) == 1 and (joined := _joined_column(lines[0].text.text)):
        widths, wrapped, measure = joined, True, max(joined[:-1])
    return Fragment(
        text, tuple(lines), measure, wrapped, lines[0].indent >= 2, lines[0].blanks, widths[-1], widths
    )


def _joined_column(text: str) -> tuple[float, ...] | None:
    """The widths of the lines where a line holds a column whose line ends became spaces."""
    pieces = [width(piece, ascii_stops=True) for piece in re.split(r"[ \u3000]+", text)]
    if len(pieces) < 3 or not STOP.search(text) or re.search(r"[ \u3000][—–-]{2}", text):
        return None
    measure = max(pieces[:-1])
    if not MIN_COLUMN <= measure <= 34:
        return None
    full = sum(piece >= measure - FIRST_LINE_SLACK for piece in pieces[:-1])
    return tuple(pieces) if full >= 0.6 * (len(pieces) - 1) else None


def join_fragments(first: Fragment, second: Fragment) -> Fragment:
    """The two as one, `second` going on where `first` stopped."""
    return fragment_of([*first.lines, *second.lines], max(first.measure, second.measure), wrapped=True)


def adjoins(before: Fragment, after: Fragment) -> bool:
    """Whether no blank line stands between two fragments in the file."""
    return after.lines[0].number == before.lines[-1].number + 1


def of_lines(fragment: Fragment, lines: Sequence[Line]) -> Fragment:
    """A part of a fragment: some of its lines."""
    widths = tuple(line.width for line in lines)
    return replace(
        fragment,
        text=concat([line.text for line in lines]),
        lines=tuple(lines),
        measure=max(widths),
        wrapped=len(lines) > 1,
        indented=lines[0].indent >= 2,
        last_width=widths[-1],
        set_widths=widths,
    )


def _needs_space(before: str, after: str) -> bool:
    """Whether the line end between two lines stood for a space: between two Latin words."""
    return bool(
        before
        and after
        and before[-1].isascii()
        and before[-1].isalpha()
        and after[0].isascii()
        and after[0].isalpha()
    )


def close_up(text: Tracked) -> Tracked:
    """Without layout spaces: those inside Chinese go, those between Latin words and numbers stay."""
    spans = [match.span() for match in _LAYOUT_SPACE.finditer(text.text)]
    return text.without(spans) if spans else text


def is_spaced_out(text: str) -> bool:
    """Whether nearly the whole text is set with a space between its characters."""
    return len(text) > 6 and len(_SPACED_OUT.sub("", text)) <= 0.3 * len(text)


def close_spaced_out(text: Tracked) -> Tracked:
    """A letter-spaced headline (聊 城 加 快) closed up; spaces between phrases stay."""
    spans: list[tuple[int, int]] = []
    for match in _SPACED_OUT.finditer(text.text):
        spans += [
            (match.start() + m.start(), match.start() + m.end())
            for m in re.finditer(r"[ \u3000]+", match.group())
        ]
    return text.without(spans) if spans else text
