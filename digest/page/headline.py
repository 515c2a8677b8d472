"""Kicker, title and subtitle out of the headline lines that were given to a body."""

from __future__ import annotations

import re
from collections.abc import Sequence, Set
from dataclasses import dataclass

from digest.page.clauses import is_clause, is_named
from digest.page.fields.marks import ANNOUNCES, SUBTITLE
from digest.page.labelled import Labelled
from digest.page.language import goes_on
from digest.page.lines import close_spaced_out
from digest.page.overlap import bigrams
from digest.page.pair import Headline
from digest.page.series import is_series

_DASH_INSIDE = re.compile(r"(?<=[^\s\u3000])[ \u3000]+(?=[—–-]{2})")
#: A last line that tells who attended: 某某主持 某某出席.
_WHO_CAME = re.compile(
    r"^(?!并|和|在)\S{4,26}(?:出席(?:[会會][议議])?|[参參]加|主持(?:[会會][议議])?|列席|致[辞辭]|作[报報]告)$"
)
_PHRASE_GAP = re.compile(r"[ \u3000]+")
#: A line that ends so announces what follows: the speaker's or the source's line, above the title.
_ANNOUNCES = re.compile(
    r"(?:[强強][调調]|指出|要求|表示|[获獲]悉|[宣提]布|[察研话話谈談见見议議席言问問访訪采]时|[察研話談見議席言問訪採]時|[会會]上|[审審][议議]|发文|[号號]召)$"
)
_ANNOUNCED = re.compile(r"(?<=[强強][调調]|指出|要求|表示|[获獲]悉)[ \u3000]+(?=\S)")


@dataclass(frozen=True, slots=True)
class _Line:
    text: str
    block: int


def headline_fields(
    items: Sequence[Labelled], headline: Headline, body: str, *, stacked: bool, recognised: bool = False
) -> tuple[str, str, str]:
    """Kicker, title and subtitle. `body` is the body's text; `stacked` tells that the lines of one headline
    stand on this page without blank lines between, so that a blank line parts kicker and title.

    Lines behind a dash are the subtitle. Lines above the title are the kicker where they announce it (…强调),
    are a place or a name (海南), say a clause of the body word for word, stand in a block of their own, or
    share no word with the body while the title does. A line that stands alone and is only a clause of the
    body is the kicker of a title that is lost.
    """
    lines, subtitle = _take_subtitle(_lines(items, headline))
    if not lines:
        return "", "", "".join(subtitle)
    if not subtitle and (clause := _clause_below(lines, body, stacked=stacked)):
        lines, subtitle = lines[:-1], [clause]
    lines = _kicker_first(lines, body)
    held = set(bigrams(body))
    lines = _without_prose(lines)
    if not lines:
        return "", "", "".join(subtitle)
    kicker: list[str] = []
    while len(lines) > 1 and _is_kicker(lines, body, held, stacked=stacked):
        kicker.append(lines.pop(0).text)
    if not kicker:
        phrases = _clause_in_front(lines, body) or ("" if stacked else _leading_phrases(lines, held))
        if phrases:
            kicker.append(phrases)
            lines[0] = _Line(lines[0].text[len(phrases) :].strip(), lines[0].block)
    if len(lines) == 1 and ANNOUNCES.search(lines[0].text):
        return " ".join([*kicker, lines[0].text]), "", "".join(subtitle)  # its title is lost
    if len(lines) == 1 and not kicker and not subtitle:
        short = len(lines[0].text) < (SURE_IF_LOST if recognised else SURE_TITLE)
        if short and is_clause(lines[0].text, _behind_first(body)):
            return lines[0].text, "", ""
    return " ".join(kicker), close_phrases(" ".join(line.text for line in lines), body), "".join(subtitle)


def _lines(items: Sequence[Labelled], headline: Headline) -> list[_Line]:
    lines: list[_Line] = []
    for number, block in enumerate(headline.blocks):
        for line in (line for i in block.lines for line in items[i].fragment.lines):
            text = close_spaced_out(line.text.strip()).text
            pieces = [
                piece for half in _DASH_INSIDE.split(text) for piece in _ANNOUNCED.split(half, maxsplit=1)
            ]
            lines += [_Line(piece.strip(), number) for piece in pieces if piece.strip()]
    return lines


#: A full stop or semicolon stands in no headline, two commas in none of 272.
_PROSE = re.compile(r"[。；](?=[^”’》）)])|，[^“”《》]*，")
#: A clause below a title has so many characters at least: a title's second line may be said by the body too.
SHORTEST_CLAUSE = 8
#: A line that stands alone, is shorter than this and a clause of its body behind the first sentence is no
#: title; the second where recognition loses lines. Reports of meetings begin with their title, and long
#: clauses are titles in print.
SURE_TITLE, SURE_IF_LOST = 10, 16
_STOP = re.compile("[。！？]")
#: What has fewer characters is a place or a name, above a title.
SHORTEST_TITLE = 6


def _kicker_first(lines: list[_Line], body: str) -> list[_Line]:
    """The lines, a clause of the body that a tool wrote below the title set above it."""
    last = lines[-1]
    alone = sum(line.block == last.block for line in lines) == 1
    others = "".join(line.text for line in lines[:-1])
    if len(others) < SHORTEST_TITLE or not alone or not is_clause(last.text, body):
        return lines
    return lines if any(is_clause(line.text, body) for line in lines[:-1]) else [last, *lines[:-1]]


def _without_prose(lines: list[_Line]) -> list[_Line]:
    """The lines without those that are a sentence of a body."""
    return [line for line in lines if not _PROSE.search(line.text)]


def _behind_first(body: str) -> str:
    """A body without its first sentence."""
    stop = _STOP.search(body)
    return body[stop.end() - 1 :] if stop else ""


def _clause_below(lines: Sequence[_Line], body: str, *, stacked: bool) -> str:
    """The last line of a block where the body says it, and not the title above, as a clause: a subtitle."""
    if len(lines) < 2 or (lines[-1].block != lines[-2].block and not stacked):
        return ""
    last = lines[-1].text
    above = "".join(line.text for line in lines[:-1] if line.block == lines[-2].block)
    if len(last) < SHORTEST_CLAUSE or len(above) < SHORTEST_TITLE or not is_clause(last, body):
        return ""
    runs_on = _is_cut(lines[-2].text, last) or _is_said(lines[-2].text, last, body)
    return "" if runs_on or is_clause(above, body) else last


def _take_subtitle(lines: list[_Line]) -> tuple[list[_Line], list[str]]:
    """The lines without those that a dash opens, and the subtitle that they make."""
    rest: list[_Line] = []
    subtitle: list[str] = []
    inside: int | None = None
    for line in lines:
        if SUBTITLE.match(line.text):
            inside = line.block
            subtitle.append(line.text)
        elif (inside is not None and line.block == inside) or (
            rest and not subtitle and line is lines[-1] and _WHO_CAME.search(line.text)
        ):
            subtitle.append(line.text)
        else:
            inside = None
            rest.append(line)
    return rest, subtitle


def _is_kicker(lines: Sequence[_Line], body: str, held: set[str], *, stacked: bool) -> bool:
    """Whether the first of the lines is a kicker above the others."""
    first, rest = lines[0], lines[1:]
    plain = _PHRASE_GAP.sub("", first.text)
    if _is_cut(first.text, rest[0].text) or _is_said(first.text, rest[0].text, body):
        return False
    if len(plain) <= 3 and len(rest[0].text) >= 6:
        return True
    if is_series(first.text, share(plain, held)):
        return True
    if len(rest) == 1 and is_named(rest[0].text, body):
        return True
    if _ANNOUNCES.search(plain) and rest[0].text[0] not in "的":
        return True
    if stacked and first.block < rest[0].block:
        return True
    if (
        first.block < rest[0].block
        and len(plain) <= 7
        and len(plain) < 0.6 * len(rest[0].text)
        and plain[-1] != "、"
        and not _reads_on(first.text, rest[0].text)
    ):
        return True
    if is_clause(first.text, body) and not is_clause("".join(line.text for line in lines), body):
        return True
    if stacked and first.block == rest[0].block:
        return False
    strange = _stranger(share(plain, held), max(share(line.text, held) for line in rest), stacked=stacked)
    whole = len(rest) == 1 and _is_balanced(first.text, rest[0].text)
    return strange and not whole and not _reads_on(first.text, rest[0].text)


_MARKS = re.compile(r"[^\w]+")
#: A title's two halves have so many characters each at least.
SHORTEST_HALF = 4


def _is_balanced(first: str, rest: str) -> bool:
    """Whether two phrases are of one length, as the halves of a title are: 弘扬老传统 守护新家园."""
    return len(_MARKS.sub("", first)) == len(_MARKS.sub("", rest)) >= SHORTEST_HALF


#: Log odds from which a line reads on in the next one. Of 69 development kickers above their titles 10 in 100
#: do, of 49 titles broken over two lines 51 in 100.
READS_ON = 0.4


def _reads_on(first: str, rest: str) -> bool:
    """Whether a line is hardly a kicker, as the next one goes on with its phrase."""
    from digest.page.prose import read_on  # here, as numpy takes longer to load than most pages to read

    return read_on([(first, rest)])[0] > READS_ON


#: How much of a kicker the body may say, where its title is in the body to at least `FAMILIAR`.
STRANGE, FAMILIAR = 0.4, 0.3


def _stranger(first: float, rest: float, *, stacked: bool) -> bool:
    """Whether a first line or phrase shares so little with the body, beside the rest, that it is a kicker.

    Where kickers have a block of their own (`stacked`) only a line that shares nothing is taken for one.
    """
    return rest >= FAMILIAR and (first == 0.0 if stacked else first < STRANGE and rest - first >= FAMILIAR)


def share(text: str, held: Set[str]) -> float:
    """The share of the text's bigrams that are held."""
    wanted = bigrams(text)
    return sum(gram in held for gram in wanted) / len(wanted) if wanted else 0.0


def _clause_in_front(lines: Sequence[_Line], body: str) -> str:
    """The first phrase of the first line where the body has it, and not the rest, as a clause."""
    gap = _PHRASE_GAP.search(lines[0].text)
    if gap is None:
        return ""
    phrase, rest = lines[0].text[: gap.start()], lines[0].text[gap.end() :]
    return phrase if is_clause(phrase, body) and not is_clause(rest, body) and len(rest) >= 6 else ""


def _leading_phrases(lines: Sequence[_Line], held: set[str]) -> str:
    """The phrases that open the first line and are strange to the body while the rest is not: a kicker."""
    line = lines[0].text
    following = "".join(one.text for one in lines[1:])
    end = 0
    for gap in _PHRASE_GAP.finditer(line):
        rest = line[gap.end() :] + following
        if not _stranger(share(line[end : gap.start()], held), share(rest, held), stacked=False):
            break
        end = gap.start()
    phrase, rest = line[:end], line[end:] + following
    return "" if end and (_is_balanced(phrase, rest) or _reads_on(phrase, rest)) else phrase


def join_lines(lines: Sequence[str], body: str = "") -> str:
    """Headline lines as one: a space between separate phrases, nothing where one phrase runs on, by its form
    or because `body` has the words of both sides in one."""
    out = before = ""
    for line in lines:
        if out and not _is_said(before, line, body) and not _runs_on(out, line):
            out += " "
        out += line
        before = line
    return out


def _is_said(before: str, line: str, body: str) -> bool:
    """Whether the body has the words on both sides of a line end in one."""
    return before[-SEAM:] + line[:SEAM] in body and not _is_couplet(before, line)


def close_phrases(title: str, body: str = "") -> str:
    """A title without those spaces that only stand for a line end within a phrase."""
    return join_lines([phrase for phrase in _PHRASE_GAP.split(title) if phrase], body)


#: Characters on each side of a line end that the body must have in one.
SEAM = 2


#: Association at the seam, in nats, from which two lines are one phrase. On 120 development titles a lower
#: bound joined more pairs of separate phrases than it mended.
ONE_PHRASE = 2.0
#: A line that opens so has its subject in the line above.
_PREDICATE = re.compile(
    r"第[一二三四五六七八九十百\d]+(?:次|届|屆|届|批)|工作[会會座]|座[谈談][会會]|[会會][议議]|推[进進][会會]|[开開]幕|[闭閉]幕|召[开開]|[举舉]行|[启啟][动動]|出台|印[发發]"
    r"|取得|完成|[发發]生|成功|[达達]到|[达達][成致]|突破|超[过過]?\d|[报報]告[会會]|[启啟][动動][仪儀]式"
)


def _runs_on(before: str, after: str) -> bool:
    """Whether two lines of a headline are one phrase."""
    return _is_cut(before, after) or goes_on(before, after) >= ONE_PHRASE


def _is_couplet(before: str, after: str) -> bool:
    """Whether two lines are built alike, as 在山里种新茶 到城里开新店: two phrases, however they are said."""
    return len(before) == len(after) and sum(a == b for a, b in zip(before, after, strict=True)) >= 2


def _is_cut(before: str, after: str) -> bool:
    """Whether the form of two lines shows one phrase: an open quote, a particle, a verb without subject."""
    opened = before.count("“") > before.count("”") or before.count("《") > before.count("》")
    if opened or before[-1] in "的和与、，：《“及在对向为把将" or after[0] in "的和与、，》”《":
        return True
    return _PREDICATE.match(after) is not None
