"""A page's text becomes fragments: wrapped lines joined, nothing yet decided about their meaning.

A fragment is what stands between two blank lines, cut again where a line is indented or where a paragraph
visibly ends. It may be a paragraph, a part of one that a column break cut off, a headline line or furniture.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from digest.page.broken import mended, opens_lead
from digest.page.fields import furniture_kind, parse_byline, parse_lead
from digest.page.language import goes_on
from digest.text.tracked import EMPTY, Tracked, concat, inserted

#: Marks that end a sentence, closing quotes and brackets included.
TERMINAL = "。！？!?…；;：:”’」』）)》〉】\"'"
ENDS_SENTENCE = re.compile(r"(?:[。！？!?…]|[^0-9A-Za-z]\.)[”’」』）)》〉】\"'\s]*$")

#: The end of a sentence, with the marks that may close it, has no more characters.
LONGEST_END = 12

_HAN = r"\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_WIDE = _HAN + r"\u3000-\u303f\uff00-\uffef\u2018\u2019\u201c\u201d\u2014\u2026\u00b7"
#: White space with Chinese on one side is layout; between Latin words and numbers it is text.
_LAYOUT_SPACE = re.compile(rf"(?<=[{_WIDE}])[ \t\u3000\xa0]+|[ \t\u3000\xa0]+(?=[{_WIDE}])")
_SPACED_OUT = re.compile(
    rf"(?:(?<=^)|(?<=[\s\u3000]))(?:[{_HAN}“”《》（），。：、][ \u3000]{{1,3}}){{3,}}"
    rf"[{_HAN}“”《》（），。：](?=$|[\s\u3000])"
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


def width(text: str, *, ascii_stops: bool = False) -> float:
    """How wide a text is set, in full-width characters.

    With `ascii_stops` the page had its full-width punctuation replaced, so that a comma counts as wide.
    """
    half = sum(map(_HALF.__getitem__, text))
    if ascii_stops:
        half -= sum(map(text.count, _ASCII_STOPS))
    return len(text) - half / 2


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the page without its line end and outer space."""

    text: Tracked
    indent: int  # leading space, in half-width units
    width: float
    number: int  # counts from 0 through the page
    blanks: int  # blank lines before it


@dataclass(frozen=True, slots=True)
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

    @property
    def column(self) -> float:
        """The usual width of its full lines; the measure where it has fewer than three lines."""
        full = sorted(w for w in self.set_widths[:-1] if w >= self.measure - FIRST_LINE_SLACK)
        return full[len(full) // 2] if len(full) >= 2 else self.measure

    @property
    def plain(self) -> str:
        return self.text.text

    @property
    def ended(self) -> bool:
        """Whether the text ends with a sentence."""
        return ENDS_SENTENCE.search(self.plain, max(0, len(self.plain) - LONGEST_END)) is not None

    @property
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


def to_fragments(lines: Sequence[Line]) -> list[Fragment]:
    """The page's fragments in the order of the page."""
    fragments: list[Fragment] = []
    for block in _blocks(lines):
        for part in _without_furniture(block):
            fragments.extend(_cut_block(part))
    return fragments


#: What a tool may write between two lines of a column, as it stands at the same height.
_SET_IN = frozenset({"footer", "staff", "ad"})


def _without_furniture(block: list[Line]) -> Iterable[list[Line]]:
    """The block cut around lines that belong to the page."""
    start = 0
    for n, line in enumerate(block):
        if len(block) > 1 and len(line.text) < 60 and furniture_kind(line.text.text) in _SET_IN:
            if n > start:
                yield block[start:n]
            yield block[n : n + 1]
            start = n + 1
    if start < len(block):
        yield block[start:]


#: A block of so many lines is looked at for parts that no blank line separates.
UNBROKEN = 4
#: A block of so many lines shows that the page has no blank lines where it should.
WITHOUT_BLANKS = 12


def _even(block: list[Line], measure: float) -> bool:
    """Whether all lines but the last fill the column, as in one paragraph."""
    return all(
        line.width >= measure - (FIRST_LINE_SLACK if n == 0 else SLACK)
        or ENDS_SENTENCE.search(line.text.text)
        for n, line in enumerate(block[:-1])
    )


def _cut_unbroken(block: list[Line]) -> Iterable[Fragment]:
    from digest.page.flow import cut_flow  # flow builds on the lines of this module

    for n, piece in enumerate(cut_flow(block)):
        own = _measure(piece) if len(piece) > 1 else None
        if own is None and len(piece) > 1:
            own = max(line.width for line in piece)
        fragment = _fragment(piece, own or piece[0].width, wrapped=own is not None)
        apart = n and len(block) >= WITHOUT_BLANKS
        yield replace(fragment, blanks=max(1, fragment.blanks)) if apart else fragment


def _blocks(lines: Sequence[Line]) -> Iterable[list[Line]]:
    """Lines with no blank line between them; a column whose every line stands alone is one block too."""
    blocks: list[list[Line]] = []
    for line in lines:
        if not blocks or line.blanks:
            blocks.append([])
        blocks[-1].append(line)
    i = 0
    while i < len(blocks):
        n, is_column = _spread_column(blocks, i)
        if is_column:
            yield [line for block in blocks[i : i + n] for line in block]
        else:
            yield from blocks[i : i + n]
        i += n


#: So many lines of like width, each between blank lines, are a column that was taken apart.
SPREAD = 4
#: No column of a newspaper has more lines; a longer run is looked at in parts of this length.
LONGEST_COLUMN = 200


def _spread_column(blocks: list[list[Line]], i: int) -> tuple[int, bool]:
    """How many blocks from `i` on are single lines of like width, and whether they are one column."""
    first = blocks[i][0]
    if len(blocks[i]) > 1 or first.width > 30 or " " in first.text.text.strip():
        return 1, False
    n, widest, narrowest = 1, first.width, first.width
    while (
        n < LONGEST_COLUMN
        and i + n < len(blocks)
        and len(blocks[i + n]) == 1
        and blocks[i + n][0].blanks == 1
    ):
        line = blocks[i + n][0]
        before = blocks[i + n - 1][0].text.text
        if ENDS_SENTENCE.search(before) and blocks[i + n - 1][0].width < widest - SLACK:
            break
        if line.width > widest + SLACK or parse_lead(line.text.text) or parse_byline(line.text.text):
            break
        n += 1
        if line.width < widest - SLACK:
            break  # the last line of the paragraph
        widest, narrowest = max(widest, line.width), min(narrowest, line.width)
    texts = [blocks[k][0].text.text for k in range(i, i + n)]
    if n < SPREAD or sum(bool(STOP.search(text)) for text in texts) < n / 4:
        return n, False
    return n, True


#: A wrapped column is at least this wide; shorter equal lines are headline lines or table cells.
MIN_COLUMN = 7.0
#: A line so much short of its column did not wrap there (a forbidden line start, a run of digits).
SLACK = 3.1
#: A paragraph's first line is two characters shorter where the page's indents were lost.
FIRST_LINE_SLACK = SLACK + 2.4
_BULLET = re.compile(r"[-－·•●◆★*][\s\u3000]*[^\s\u3000-]")
STOP = re.compile("[。，,；;、：:！？!?]")


def _cut_block(block: list[Line]) -> Iterable[Fragment]:
    above = _headline_above(block)
    for line in block[:above]:
        yield _fragment([line], line.width, wrapped=False)
    block = block[above:]
    measure = _measure(block)
    if len(block) >= UNBROKEN and (measure is None or not _even(block, measure)):
        yield from _cut_unbroken(block)
        return
    pieces: list[list[Line]] = []
    for n, line in enumerate(block):
        following = block[n + 1].text.text if n + 1 < len(block) else ""
        if not pieces or _starts_paragraph(pieces[-1], line, measure, following):
            pieces.append([])
        pieces[-1].append(line)
    for piece in pieces:
        own = _measure(piece) if len(piece) > 1 else None
        if own is None and len(piece) > 1:  # every line is its own paragraph or headline line
            for line in piece:
                yield _fragment([line], line.width, wrapped=False)
        else:
            yield _fragment(piece, own or measure or piece[0].width, wrapped=own is not None)


#: Below this two lines do not read as one sentence: so are one in ten true seams and two in three from a
#: headline to a paragraph, measured on development pages.
ALIEN = -3.0
#: The same where the first of them is set as the first line of a paragraph.
VERY_ALIEN = -5.5
#: How much wider than its column a paragraph's first line may be, in full-width characters: its indent of two
#: may be lost, and punctuation may hang.
FIRST = (-2.9, -1.1)
#: A line so much short of a justified column is its paragraph's first or last, or none of it.
SHORT = 1.4
#: No headline has more lines, and a column that tells has so many.
HEADLINE_LINES, TELLING = 4, 6


def _headline_above(block: Sequence[Line]) -> int:
    """How many lines at the top of a justified column are headline lines set with it.

    In a paragraph the second line fills the column. Two short lines at the top, before a stop, are no
    paragraph's; where the body begins among them is where two of them go together least.
    """
    if len(block) < TELLING:
        return 0
    column = sorted(line.width for line in block)[len(block) * 3 // 5]
    body = block[HEADLINE_LINES:]
    full = sum(line.width >= column - SHORT for line in body)
    if column < MIN_COLUMN or full < 0.7 * len(body):
        return 0
    n = 0
    while n < HEADLINE_LINES and block[n].width < column - SHORT and not STOP.search(block[n].text.text):
        n += 1
    if parse_lead(block[0].text.text) or parse_byline(block[0].text.text):
        return 0
    if not n:
        return int(_is_alien(block[0], block[1], column))
    if n == 1 and block[1].width >= column - SHORT:
        return int(_is_alien(block[0], block[1], column))
    return min(range(1, n + 1), key=lambda k: goes_on(block[k - 1].text.text, block[k].text.text))


def _is_alien(line: Line, following: Line, column: float) -> bool:
    """Whether a line above a column is set as none of its lines is, or is, and does not read on in the next.

    A paragraph's first line, two characters short, may read on badly over a name.
    """
    if STOP.search(line.text.text):
        return False
    first_line = FIRST[0] <= line.width - column <= FIRST[1]
    return goes_on(line.text.text, following.text.text) < (VERY_ALIEN if first_line else ALIEN)


def _measure(block: list[Line]) -> float | None:
    """The column width of a block whose lines are wrapped; None where each line stands for itself."""
    if len(block) < 2:
        return None
    measure = max(line.width for line in block)
    if measure < MIN_COLUMN or not any(STOP.search(line.text.text) for line in block):
        return None
    if len(block) <= 3 and not re.search("[。，,；;]", "".join(line.text.text for line in block)):
        return None  # two or three lines without any stop: headline lines
    cut = [(i, line) for i, line in enumerate(block[:-1]) if not ENDS_SENTENCE.search(line.text.text)]
    if not cut:
        return None if measure > 60 else measure
    wraps = sum(
        line.width >= measure - (FIRST_LINE_SLACK if i == 0 or line.indent else SLACK) for i, line in cut
    )
    return measure if wraps >= 0.6 * len(cut) else None


def _set_as_first(line: Line, measure: float) -> bool:
    """Whether a line without indent is two characters short, as a first line that lost its indent."""
    short = measure - 2.6 <= line.width <= measure - 1.4
    return short and line.indent == 0 and not ENDS_SENTENCE.search(line.text.text)


def _starts_paragraph(piece: list[Line], line: Line, measure: float | None, following: str) -> bool:
    last = piece[-1]
    if _BULLET.match(line.text.text) and _BULLET.match(piece[0].text.text):
        return True
    if line.indent > last.indent or (line.indent >= 2 and len(piece) > 1):
        return True
    text = last.text.text
    ended = ENDS_SENTENCE.search(text) is not None
    if len(piece) == 1 and parse_byline(text):
        return True
    if measure is None:
        return False
    if ended and last.width < measure - SLACK + 1 and line.indent == 0 and last.indent == 0:
        return True
    if ended and len(piece) > 1 and _set_as_first(line, measure):
        return True
    if opens_lead(line.text.text, following) or parse_byline(line.text.text):
        return last.width < measure - 1 or not STOP.search(text)
    # a headline line above a body set in the same block
    return len(piece) == 1 and last.width < measure - FIRST_LINE_SLACK and not STOP.search(text)


def _fragment(lines: list[Line], measure: float, *, wrapped: bool) -> Fragment:
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
    return _fragment([*first.lines, *second.lines], max(first.measure, second.measure), wrapped=True)


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
