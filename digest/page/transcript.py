"""Transcripts of press conferences and interviews: who speaks, in what office, and what is said."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from digest.model import Article, Paragraph
from digest.page import fields
from digest.page.lines import Line, close_up, ends_sentence
from digest.text.tracked import Tracked, concat

#: So many turns make a text a transcript, if one of them at least is a question's or a host's.
FEWEST_TURNS = 3
_TURN = re.compile(
    r"^(?:(?P<asker>[\u3400-\u9fff·（）()A-Za-z0-9]{0,16}(?:[记記]者|主持人|提[问問]|[问問]))|(?P<answer>答)"
    r"|(?P<name>[\u3400-\u9fff·]{1,2}[ \u3000]?[\u3400-\u9fff]{1,2}))[ \u3000]{0,2}[:：](?P<rest>.*)$"
)
_CAST = re.compile(
    r"^(?:[发發]布人|主持人|出席(?:人[员員]|嘉[宾賓])|嘉[宾賓]|[发發]言人)[\s\u3000]*[:：]?[\s\u3000]*$"
)
#: A line that states a fact of the occasion; a turn of the host's has punctuation.
_FIELD = re.compile(
    r"[\s\u3000]*(?:[时時][间間]|日期|地[点點]|主[题題]|[发發]布人|主持人?|出席(?:人[员員]|嘉[宾賓])|嘉[宾賓]|[发發]言人|主[办辦](?:方|[单單]位)?)"
    r"[\s\u3000]*[:：][^，。？！；?!]{2,60}"
)
_OCCASION = re.compile(
    r"[发發]布[会會]|座[谈談][会會]|[专專][访訪]|答[记記]者[问問]|[吹风風]{2}[会會]|[访訪][谈談]|[记記]者[会會]"
)
_ANNEX = re.compile(r"\s?[（(](?:附|[图圖]|[视視])[^（）()]{0,12}[）)]$")
_END = re.compile(
    r"[（(—]{0,2}(?:完|全文完|[结結]束)[）)—]{0,2}"
    r"|(?:19|20)\d\d\s?[年/.-]\s?\d{1,2}\s?[月/.-]\s?\d{1,2}\s?日?\s?(?:[（(][^（）()]{1,6}[）)])?"
    r"|[\u3400-\u9fff]{0,4}[时時][间間]\s?\d{1,2}\s?[时時:：]\s?\d{1,2}\s?分?"
)
_ROLE_END = "长長任师師员員人记記授士席"
#: What stands before the first turn, the occasion and the cast, is no larger share of a transcript.
MOST_OPENING = 0.5
#: What stands on a newspaper page and in no transcript.
_OF_PAGE = frozenset({"masthead", "pagehead", "footer", "index", "notice", "weather", "ad"})
QUESTION_ROLE, HOST_ROLE = "记者", "主持人"
LONGEST_TITLE = 40


def read_transcript(lines: Sequence[Line], *, source: str) -> Article | None:
    """All lines as one article with a speaker for each paragraph; None where they are no transcript."""
    lines, stated = _without_fields(lines)
    turns = _turns(lines)
    if len(turns) < FEWEST_TURNS or not any(match["asker"] for _, match in turns):
        return None
    if _is_page(lines, turns[0][0]):
        return None
    names = {_plain(match["name"]) for _, match in turns if match["name"]}
    title, opening = _printed_title(lines[: turns[0][0]])
    opening, authors = _without_bylines(opening)
    lines, published = _without_end(lines)
    roles = _roles("\n".join([*(line.text.text for line in opening), *stated]), names)
    roles |= {name: HOST_ROLE for line in stated if "主持" in line for name in names if name in _plain(line)}
    paragraphs = _prose(_without_cast(opening), source, "", "")
    bounds = [i for i, _ in turns] + [max(len(lines), turns[-1][0] + 1)]
    for (start, match), end in zip(turns, bounds[1:], strict=True):
        speaker = _plain(match["name"] or match["asker"] or "")  # nobody is named by 答：
        role = QUESTION_ROLE if match["asker"] else roles.get(speaker, "")
        first = lines[start].text.slice(match.start("rest")).strip()
        head = [Line(first, 0, 0.0, lines[start].number, 0)] if first else []
        paragraphs += _prose([*head, *lines[start + 1 : end]], source, speaker, role)
    if not paragraphs:
        return None
    made = "" if title else _made_title(paragraphs)
    warnings = () if title else ("原文无标题，标题取自正文",) if made else ("未找到标题",)
    return Article(
        source=source,
        index=0,
        title=title or made,
        authors=authors,
        published=fields.date_in_name(source) or published or fields.date_in_text("\n".join(stated)),
        page=fields.page_in_name(source),
        paragraphs=tuple(paragraphs),
        warnings=warnings,
        id=f"{source}#0",
        title_is_made=bool(made),
    )


def _printed_title(opening: Sequence[Line]) -> tuple[str, Sequence[Line]]:
    """The headline, a line without a stop that stands alone above the rest, and the opening without it."""
    first = opening[0].text.text.strip() if opening else ""
    stands_alone = len(opening) == 1 or (len(opening) > 1 and opening[1].blanks > 0)
    if not stands_alone or not 4 <= len(first) <= LONGEST_TITLE or re.search("[。：:，,；;！!？?]$", first):
        return "", opening
    return ("", opening) if _CAST.match(first) else (_ANNEX.sub("", first), opening[1:])


def _without_fields(lines: Sequence[Line]) -> tuple[Sequence[Line], list[str]]:
    """The lines without those that state time, place and speakers (發布人：某局局長 某某某), and those."""
    found: list[int] = []
    for at, line in enumerate(lines):
        follows = lines[at + 1] if at + 1 < len(lines) else None
        is_field = _FIELD.fullmatch(line.text.text) is not None
        if is_field and (follows is None or follows.blanks or _FIELD.match(follows.text.text)):
            found.append(at)
        elif found and line.blanks:
            break  # they stand in one block
    left_out = set(found)
    kept = [line for at, line in enumerate(lines) if at not in left_out]
    return kept, [lines[at].text.text for at in found]


def _without_bylines(lines: Sequence[Line]) -> tuple[Sequence[Line], tuple[str, ...]]:
    bylines = [fields.parse_byline(line.text.text) for line in lines]
    kept = [line for line, byline in zip(lines, bylines, strict=True) if byline is None]
    return kept, tuple(name for byline in bylines if byline for name in byline.authors)


def _without_end(lines: Sequence[Line]) -> tuple[Sequence[Line], date | None]:
    """The lines without the end mark, day and hour below a transcript; the day."""
    end = len(lines)
    published = None
    while end and _END.fullmatch(lines[end - 1].text.text.strip()):
        end -= 1
        published = fields.date_in_text(lines[end].text.text) or published
    return lines[:end], published


def _is_page(lines: Sequence[Line], first: int) -> bool:
    """Whether the turns are an interview on a newspaper page, with other articles above or below it."""
    lengths = [len(line.text) for line in lines]
    if sum(lengths[:first]) > MOST_OPENING * sum(lengths):
        return True
    texts = [line.text.text for line in lines]
    if any(fields.furniture_kind(text) in _OF_PAGE for text in texts):
        return True
    return any(fields.parse_lead(text) or fields.parse_byline(text) for text in texts[first + 1 :])


def _turns(lines: Sequence[Line]) -> list[tuple[int, re.Match[str]]]:
    """The lines that give someone the word. A name is believed if it has a surname, is in the list of those
    who speak, or comes twice."""
    found = [(i, match) for i, line in enumerate(lines) if (match := _TURN.match(line.text.text))]
    labels = [_plain(match["name"]) for _, match in found if match["name"]]
    first = found[0][0] if found else 0
    cast = {re.split(r"[\s\u3000]", line.text.text, maxsplit=1)[0] for line in lines[:first]}
    return [
        (i, match)
        for i, match in found
        if match["asker"]
        or match["answer"]
        or fields.is_name(name := _plain(match["name"]))
        or name in cast
        or labels.count(name) > 1
    ]


def _plain(name: str) -> str:
    return re.sub(r"[\s\u3000]", "", name)


def _prose(lines: Sequence[Line], source: str, speaker: str, role: str) -> list[Paragraph]:
    """Lines as paragraphs; a line that stops in mid-sentence goes on in the next."""
    parts: list[list[Tracked]] = []
    going_on = False
    for line in lines:
        if not going_on:
            parts.append([])
        parts[-1].append(line.text)
        going_on = not ends_sentence(line.text.text)
    closed = [close_up(concat(one)).strip() for one in parts]
    return [Paragraph(p.text, p.runs, source, speaker=speaker, role=role) for p in closed if p]


def _without_cast(lines: Sequence[Line]) -> list[Line]:
    """The opening without the list of those who speak."""
    kept: list[Line] = []
    for line in lines:
        if _CAST.match(line.text.text):
            break
        kept.append(line)
    return kept


def _roles(text: str, names: set[str]) -> dict[str, str]:
    """The office of each speaker, as the list at the start names it: `梁某某 省科技厅副厅长`."""
    roles: dict[str, str] = {}
    for name in names:
        spaced = r"[ \u3000]?".join(map(re.escape, name))
        match = re.search(rf"{spaced}[ \u3000:：，,]+(?P<role>[^\s\u3000]{{2,40}})", text)
        if match:
            roles[name] = _cut_next_name(match["role"])
        elif before := re.search(
            rf"(?P<role>[^\s\u3000:：，,。]{{2,40}})[ \u3000]+{spaced}[ \u3000]*(?:\n|$)", text
        ):
            roles[name] = before["role"]
    return roles


def _cut_next_name(role: str) -> str:
    """`总工程师王某某` where the next name follows without a space: only the office."""
    for length in (3, 2, 1):
        head, tail = role[:-length], role[-length:]
        if head and head[-1] in _ROLE_END and tail[0] in fields.SURNAMES:
            return head
    return role


def _made_title(paragraphs: Sequence[Paragraph]) -> str:
    """A clause of the opening that names the occasion, else the first clause that is long enough."""
    clauses = [c for p in paragraphs[:2] for c in re.split(r"[，,。；;？?！!]", p.text) if c.strip()]
    fitting = [c for c in clauses if 6 <= len(c) <= LONGEST_TITLE]
    named = [c for c in fitting if _OCCASION.search(c)]
    return (named or fitting or [""])[0].strip()
