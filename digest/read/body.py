"""Blocks of a web article or a post become the parts of an article: authors, body, captions, 小标题."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from digest.model import Paragraph
from digest.page.fields import (
    Jump,
    Lead,
    find_jump,
    furniture_kind,
    is_caption,
    parse_byline,
    parse_lead,
    parse_tail_byline,
)
from digest.page.lines import to_lines
from digest.page.transcript import FEWEST_TURNS, read_transcript
from digest.read.blocks import Block
from digest.read.clean import clean_line
from digest.read.lines import is_navigation, is_rights, parse_labelled
from digest.read.titles import same_headline
from digest.text.tracked import Tracked, concat, inserted

_ENDS_SENTENCE = re.compile(r"[！？!?…；;：:][”’\"'）)》」』】\]]{0,4}$|。")
_RUNS_ON = ("，", ",", "、")
_PROSE_CHARS = 45  # a line without a full stop is a headline or a slogan below this length
_LEADS = 3  # a dateline stands in one of the first paragraphs (an editor's note may come first)
# what a teaser ends with; without it the last sentence is seen to be cut
_MORE = re.compile(
    r"\s*[\[【（(]?\s?(?:[点點][击擊])?(?:[阅閱][读讀]|查看|[继繼][续續][阅閱][读讀])(?:全文|原文|更多)"
    r"(?:[>»…]|\.{2,})*\s?[\]】）)]?$"
)
_LEAD_IN = re.compile(r"(?:[导導][语語读讀]|摘要|[内內]容提要|核心提示|提要)\s?[:：]\s?(?=\S)")
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_CAPTION_MARKS = re.compile(
    r"caption|piczs|(?:img|image|pic|picture|photo)[-_]?(?:desc|text|info|note|title)|pci_c|newspic|图说"
)
_WIRE_TITLE = ("题：", "题:", "题　")  # a wire story's own headline behind its dateline
_SUBTITLE_DASH = ("——", "――", "──", "--", "—")
_TURN = re.compile(r"[^。，：:]{1,20}[：:]")  # may give someone the word; spares other bodies the closer look
_SPOKEN_SHARE = 0.85  # without the speakers' names; an interview that would lose more is left as it is
_LONGEST_HEADLINE = 60
_LONGEST_CAPTION = 300


@dataclass(slots=True)
class Body:
    """What `read_body` found; text stands once in `text`, paragraphs point into it."""

    text: str = ""
    kicker: str = ""
    subtitle: str = ""
    authors: tuple[str, ...] = ()
    agency: str = ""
    dateline_place: str = ""
    jump_to: int | None = None
    jump_from: int | None = None
    paper: str = ""
    paragraphs: list[Tracked] = field(default_factory=list)
    captions: list[str] = field(default_factory=list)
    subheads: list[str] = field(default_factory=list)

    def as_paragraphs(self, source: str, page: int | None) -> tuple[Paragraph, ...]:
        """The body, with its speakers where it is an interview."""
        if sum(bool(_TURN.match(one.text)) for one in self.paragraphs) >= FEWEST_TURNS:
            turns = read_transcript(to_lines(concat(_with_line_ends(self.paragraphs))), source=source)
            if turns is not None and len(turns.text) >= _SPOKEN_SHARE * sum(map(len, self.paragraphs)):
                return tuple(replace(paragraph, page=page) for paragraph in turns.paragraphs)
        return tuple(Paragraph(one.text, one.runs, source, page) for one in self.paragraphs)


@dataclass(frozen=True, slots=True)
class _Line:
    block: Block
    tracked: Tracked

    @property
    def text(self) -> str:
        return self.tracked.text

    @property
    def is_heading(self) -> bool:
        return self.block.bold or self.block.tag in _HEADINGS


def read_body(
    blocks: list[Block], title: str, *, head: tuple[str, ...] = (), start: int = 0, of_site: bool = False
) -> Body:
    """The parts of an article whose headline is known.

    `head` (headline fields) opens `Body.text`, the ground of the offsets, which stands at `start` of the
    source's text. A short line without a full stop is a 小标题 where prose follows it, and is left out at the
    end, where papers and sites put slogans. `of_site`: the headline is stated elsewhere; no short line
    above the body is a part of it.
    """
    body = Body()
    lines = _lay_out(blocks, head, start, body)
    lines = [line for line in lines if line.block.is_image or not _take_field(line, title, body)]
    lines = _take_captions(lines, body)
    lines = [line for line in lines if not line.block.is_image]
    prose = [at for at, line in enumerate(lines) if _is_prose(line)]
    if not prose:
        body.paragraphs = [line.tracked for line in lines if not line.is_heading]
    else:
        above = lines[: prose[0]]
        _take_headlines([line for line in above if line.is_heading] if of_site else above, body)
        for line in lines[prose[0] : prose[-1] + 1]:
            if _is_prose(line):
                body.paragraphs.append(line.tracked)
            elif line.block.tag not in ("td", "th", "dt"):
                body.subheads.append(clean_line(line.text))
    _take_marks(body)
    return body


def is_title_line(blocks: list[Block]) -> bool:
    """Whether a document without a stated title opens with one: a heading or a short line without prose.

    A line that is a field (byline, source) is none.
    """
    if len(blocks) < 2 or not blocks[0].text:
        return bool(blocks) and blocks[0].tag in ("h1", "h2")
    first = _Line(blocks[0], Tracked.of(blocks[0].text))
    if first.is_heading:
        return True
    is_short = len(first.text) <= _PROSE_CHARS and not first.text.startswith(_SUBTITLE_DASH)
    return is_short and not _is_prose(first) and not _take_field(first, "", Body())


def _lay_out(blocks: list[Block], head: tuple[str, ...], start: int, body: Body) -> list[_Line]:
    """The blocks as lines of one text."""
    texts = [one for one in head if one]
    here = start + sum(len(one) + 1 for one in texts)
    lines: list[_Line] = []
    for block in blocks:
        text = _MORE.sub("", block.text.replace("\n", " "))
        lines.append(_Line(block, Tracked.of(text, here)))
        if text:
            texts.append(text)
            here += len(text) + 1
    body.text = "\n".join(texts)
    return lines


def _take_field(line: _Line, title: str, body: Body) -> bool:
    """Whether the line is no part of the body's text; a field that it holds goes to `body`."""
    text = line.text
    if same_headline(text, title):
        return True
    labelled = parse_labelled(text)
    if labelled is not None:
        body.paper = body.paper or labelled.paper
        body.authors = body.authors or labelled.authors
        return True
    jump = find_jump(text)
    if jump is not None and not (text[: jump.start] + text[jump.end :]).strip(" 。"):
        _keep_jump(jump, body)
        return True
    lead = parse_lead(text)
    if lead is not None and (lead.end == len(text) or text.startswith(_WIRE_TITLE, lead.end)):
        _keep_lead(lead, body)
        return True
    tail = parse_tail_byline(text)
    if tail is not None and tail.start == 0:
        body.authors = tuple(dict.fromkeys((*body.authors, *tail.authors)))
        return True
    byline = parse_byline(text)
    if byline is not None:
        body.authors = tuple(dict.fromkeys((*body.authors, *byline.authors)))
        body.agency = body.agency or byline.agency
        return True
    if is_navigation(text, line.block.links) or is_rights(text):
        return True
    kind = furniture_kind(text)
    return (
        kind is not None and (kind != "pagehead" or not line.is_heading) and not _ENDS_SENTENCE.search(text)
    )


def _take_captions(lines: list[_Line], body: Body) -> list[_Line]:
    """The lines without captions: a credit at the end, a caption element, or the line beside a picture.

    A line below a picture is a caption also where it repeats words of the body, as desks do.
    """
    whole = "\n".join(line.text for line in lines)
    kept: list[_Line] = []
    below_image = False
    for line in lines:
        text = line.text
        if line.block.is_image:
            below_image = True
            kept.append(line)
            continue
        marked = line.block.tag == "figcaption" or bool(_CAPTION_MARKS.search(line.block.marks))
        if (marked and len(text) <= _LONGEST_CAPTION) or is_caption(text):
            body.captions.append(clean_line(text))
            continue  # a second line below the same picture may be its credit
        if (below_image and len(text) <= _LONGEST_CAPTION and _repeats(text, whole)) or (
            below_image
            and len(text) <= _PROSE_CHARS
            and not _ENDS_SENTENCE.search(text)
            and not line.is_heading
        ):
            body.captions.append(clean_line(text))
        else:
            kept.append(line)
        below_image = False
    return kept


def _repeats(text: str, whole: str) -> bool:
    """Whether the words of `text` stand a second time in the document."""
    core = text.strip("（）()。 ")
    first = whole.find(core) if len(core) >= 8 else -1
    return first >= 0 and whole.find(core, first + len(core)) >= 0


def _is_prose(line: _Line) -> bool:
    text = line.text
    if line.is_heading and len(text) <= _LONGEST_HEADLINE:
        return bool(re.search(r"。[”’\"'）)》」』】\]]*$", text)) and len(text) > 15
    return len(text) >= _PROSE_CHARS or text.endswith(_RUNS_ON) or bool(_ENDS_SENTENCE.search(text))


def _take_headlines(lines: list[_Line], body: Body) -> None:
    """The short lines above the body: a dash opens the subtitle; the first other one is the kicker."""
    for line in lines:
        text = clean_line(line.text)
        if text.startswith(_SUBTITLE_DASH) and not body.subtitle:
            body.subtitle = text
        elif line.is_heading or line.block.tag in ("td", "th", "li") or len(text) > _LONGEST_HEADLINE:
            body.subheads.append(text)
        elif not body.kicker:
            body.kicker = text
        elif not body.subtitle:
            body.subtitle = text
        else:
            body.subheads.append(text)


def _take_marks(body: Body) -> None:
    """Datelines, bylines and jump marks go from the paragraphs to their fields."""
    paragraphs = body.paragraphs
    for at, paragraph in enumerate(paragraphs):
        paragraphs[at] = _without_jump(paragraph, at, len(paragraphs), body)
    for at, paragraph in enumerate(paragraphs[:_LEADS]):
        labelled = _LEAD_IN.match(paragraph.text)
        if labelled is not None:
            paragraphs[at] = paragraph.slice(labelled.end())
    for at, paragraph in enumerate(paragraphs[:_LEADS]):
        lead = parse_lead(paragraph.text)
        if lead is not None:
            _keep_lead(lead, body)
            paragraphs[at] = paragraph.slice(lead.end)
            break
    if paragraphs:
        tail = parse_tail_byline(paragraphs[-1].text)
        if tail is not None:
            body.authors = tuple(dict.fromkeys((*body.authors, *tail.authors)))
            paragraphs[-1] = paragraphs[-1].slice(0, tail.start).strip()
    body.paragraphs = [paragraph for paragraph in paragraphs if paragraph]


def _without_jump(paragraph: Tracked, at: int, n_paragraphs: int, body: Body) -> Tracked:
    """A mark counts at the beginning of the first paragraph and at the end of one of the last two."""
    jump = find_jump(paragraph.text)
    if jump is None:
        return paragraph
    text = paragraph.text
    if jump.direction == "from" and at == 0 and not text[: jump.start].strip():
        _keep_jump(jump, body)
        return paragraph.slice(jump.end).strip()
    if jump.direction == "to" and at >= n_paragraphs - 2 and not text[jump.end :].strip(" 。"):
        _keep_jump(jump, body)
        return paragraph.slice(0, jump.start).strip()
    return paragraph


def _with_line_ends(paragraphs: list[Tracked]) -> Iterator[Tracked]:
    for paragraph in paragraphs:
        yield paragraph
        yield inserted("\n")


def _keep_lead(lead: Lead, body: Body) -> None:
    body.agency = lead.agency or body.agency
    body.dateline_place = lead.place or body.dateline_place
    body.authors = tuple(dict.fromkeys((*body.authors, *lead.authors)))


def _keep_jump(jump: Jump, body: Body) -> None:
    if jump.direction == "to":
        body.jump_to = jump.page
    else:
        body.jump_from = jump.page
