"""Body or headline: what a fragment's neighbours say, by a Viterbi search over the page.

A body line that is cut off fills its column and goes on in the next fragment; a headline line does neither.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from digest.page import fields
from digest.page.fields.marks import SUBTITLE
from digest.page.labelled import BODY, BYLINE, CAPTION, HEAD, JUMP, Labelled
from digest.page.language import goes_on_within, straddles
from digest.page.lines import SLACK, STOP, Fragment, adjoins, width
from digest.page.runs import is_unbroken
from digest.page.scattered import is_recognised, is_scattered, scattered_score

#: A run of text with more characters than this is no headline line.
LONGEST_HEADLINE = 46
#: What a comma says against a headline: none of 272 on the development pages has one outside quotation marks.
COMMA = 2.5
#: A turn of an interview.
_SPOKEN = re.compile(r"(?:[记記]者|主持人|[问問]|答)[：:]")
_QUOTED = re.compile(r"“[^”]*”|\"[^\"]*\"|《[^》]*》")


def headline_score(fragment: Fragment, usual: float, *, opens: bool = False) -> tuple[float, str]:
    """How much a fragment looks like a headline line (above 0) or like body (below 0), and why.

    `usual` is the column width around it, in full-width characters; `opens` says that the body before it has
    ended, so that a body line here would be a paragraph's first, two characters short. The weights are
    log-odds in spirit; they were set by hand and checked on development pages of nine papers.
    """
    text = fragment.plain
    decided = _decided(fragment, text)
    if decided:
        return decided
    score, why = 1.0, ["短"]
    if re.search(r"[，,]$|[、]$", text):
        score -= 1.8
        why.append("以逗号、顿号结尾")
    commas = len(re.findall("[，,]", _QUOTED.sub("", text[:-1])))
    if commas:
        score -= COMMA * commas
        why.append("有逗号")
    if fragment.indented and not fragment.wrapped and len(text) > 12:
        score -= 1.0
    if fragment.wrapped and len(fragment.set_widths) >= 3:
        score -= 3.0
        why.append("多行等宽")
    elif not commas and (gap := re.search(r"[\u4e00-\u9fff”》][ \u3000]+[\u4e00-\u9fff“《]", text)):
        if straddles(text[: gap.start() + 1], text[gap.end() - 1 :]):
            score -= 1.0  # a line end within a word
        else:
            score += 2.0
            why.append("词间有空格")
    if re.match(r"[【〖■]", text):
        score += 2.0
    if usual and not fragment.wrapped:
        off = abs(fragment.last_width - usual)
        if opens and len(text) > 8:
            off = min(off, abs(fragment.last_width - usual + 2) + 0.6)
        if _two_lines_joined(text, usual):
            score -= 2.0
            why.append("两行相接")
        elif off <= SLACK - 1.5:
            score -= 1.2
            why.append("满栏宽")
        elif fragment.last_width < usual - SLACK:
            score += 1.6
            why.append("短于栏宽而未完句")
        elif fragment.last_width > usual + SLACK:
            score += 1.0
            why.append("宽于栏宽")
    if len(text) <= 8:
        score += 0.6
    return score, "、".join(why)


def _decided(fragment: Fragment, text: str) -> tuple[float, str] | None:
    """The score and reason where one mark settles it, whatever else the fragment looks like."""
    if len(text) > LONGEST_HEADLINE and not (
        fragment.wrapped and len(text) < 60 and not re.search("[。，,]", text)
    ):
        return -9.0, "太长"
    if SUBTITLE.match(text):
        return 6.0, "破折号引出的副题"
    if fragment.ended and not text.rstrip().endswith(("？", "！", "?", "!", "”", '"', "》", "）", ")")):
        return -6.0, "以句号结尾"
    if fragment.ended and text.rstrip().endswith(("。”", '."', '。"', "。）")):
        return -5.0, "以句号结尾"
    if re.search("[。；;]", text):
        return -5.0, "句中有句号或分号"
    if _SPOKEN.match(text):
        return -5.0, "问答"
    if re.search(r"[？?！!](?=[\u4e00-\u9fff]{1,2}$)", text):
        return -4.0, "句号后只有一两字"
    return None


def _two_lines_joined(text: str, usual: float) -> bool:
    """Whether a text reads as two lines of its column that recognition put on one line."""
    pieces = [width(piece, ascii_stops=True) for piece in re.split(r"[ \u3000]+", text)]
    return (
        len(pieces) == 2
        and re.search("[，,。；;、]", text) is not None
        and usual - 5.5 <= pieces[0] <= usual + 1.6
        and pieces[1] <= usual + 1.6
    )


def _usual_width(items: Sequence[Labelled], i: int) -> float:
    """The width of the nearest wrapped columns; 0 where the page is not wrapped."""
    own = items[i].fragment.last_width
    for step in range(1, 7):
        columns = [
            items[j].fragment.column
            for j in (i - step, i + step)
            if 0 <= j < len(items) and items[j].fragment.wrapped and len(items[j].fragment.set_widths) >= 3
        ]
        if columns:
            return min(columns, key=lambda column: abs(column - own))
    return 0.0


#: A short line right above a byline or dateline is a headline line far more often than a cut-off body line.
ABOVE_LEAD = 1.6
#: The same above a text that opens with the day, as a report does whose byline is lost.
ABOVE_NEWS = 1.2


#: A line without any stop behind a sentence that ended is the beginning of a torn paragraph very seldom.
BY_ITSELF = 1.2


def _stands_by_itself(items: Sequence[Labelled], i: int) -> bool:
    fragment = items[i].fragment
    if i == 0 or len(fragment.lines) > 1 or fragment.blanks == 0 or STOP.search(fragment.plain):
        return False
    before = items[i - 1]
    return before.kind in ("", BODY) and before.fragment.ended and len(before.fragment.lines) == 1


#: Right below a byline that stands below headline lines the body begins, and goes on as wide.
BELOW_BYLINE = 4.0


def _below_byline(items: Sequence[Labelled], i: int) -> bool:
    """Whether a line without a stop is the first, second or third of the body that a byline opens."""
    for n in range(i - 1, max(-1, i - 4), -1):
        if not adjoins(items[n].fragment, items[n + 1].fragment):
            return False
        if items[n].kind or items[n].fragment.ended:
            return items[n].kind == BYLINE
    return False


def _lead_follows(items: Sequence[Labelled], i: int) -> bool:
    following = next((item for item in items[i + 1 : i + 4] if item.kind != CAPTION), None)
    return following is not None and (following.lead is not None or following.kind == BYLINE)


#: A line two characters short, above text whose first line fills its column, is that text's first line.
FIRST_LINE = 3.0


def _sets_first_lines_short(items: Sequence[Labelled]) -> bool:
    """Whether paragraphs of this page begin two characters short of their column, though without indent."""
    columns = [
        item.fragment for item in items if item.fragment.wrapped and len(item.fragment.set_widths) >= 3
    ]
    short = [
        1.4 <= fragment.column - fragment.set_widths[0] <= 2.6 or fragment.indented for fragment in columns
    ]
    return len(columns) >= 3 and sum(short) >= len(columns) / 2


def _is_first_line_of(line: Fragment, text: Fragment) -> bool:
    if not (text.wrapped and len(text.set_widths) >= 3 and len(line.lines) == 1):
        return False
    short = text.column - line.last_width
    return 1.4 <= short <= 3.6 and text.column - text.set_widths[0] <= 0.6 and not text.indented


#: What it costs to leave a sentence without its end: much in print, less where recognition drops lines.
LOST_IN_PRINT, LOST, LOST_SCATTERED = 3.0, 1.6, 3.0


def _seams(items: Sequence[Labelled]) -> list[float]:
    """For each fragment how well it goes on from the one before it, within ±SEAM_LIMIT."""
    return [0.0] + [
        goes_on_within(before.plain, item.plain, -SEAM_LIMIT, SEAM_LIMIT)
        if before.kind in ("", BODY) and before.fragment.open
        else 0.0
        for before, item in pairwise(items)
    ]


def _opens(items: Sequence[Labelled], i: int) -> bool:
    return i > 0 and items[i - 1].fragment.wrapped and items[i - 1].fragment.ended


def decide(items: list[Labelled], *, in_order: bool = False) -> list[Labelled]:
    """Viterbi over (open, last kind); only undecided fragments branch.

    `in_order` tells that the columns have been brought into the order of the page.
    """
    undecided = [i for i, item in enumerate(items) if not item.kind]
    scores = {}
    indented = _sets_first_lines_short(items)
    scattered = not in_order and is_scattered(items) and not is_unbroken(items)
    columns = "，".join(item.plain for item in items if len(item.fragment.lines) > 1) if scattered else ""
    for i in undecided:
        score, why = headline_score(items[i].fragment, _usual_width(items, i), opens=_opens(items, i))
        if indented and i + 1 < len(items) and _is_first_line_of(items[i].fragment, items[i + 1].fragment):
            score, why = score - FIRST_LINE, why + "、下文不从段首起"
        if scattered:
            more, reason = scattered_score(items, i, columns)
            score, why = score + more, why + reason
        if _below_byline(items, i):
            score, why = score - BELOW_BYLINE, why + "、上为署名"
        if _stands_by_itself(items, i):
            score, why = score + BY_ITSELF, why + "、无标点而上文已完句"
        if score > -3.0 and _lead_follows(items, i):
            score, why = score + ABOVE_LEAD, why + "、下接电头"
        elif score > -1.0 and i + 1 < len(items) and fields.opens_news(items[i + 1].plain):
            score, why = score + ABOVE_NEWS, why + "、下接消息开头"
        scores[i] = score, why
    lost = LOST if is_recognised(items) else LOST_SCATTERED if scattered else LOST_IN_PRINT
    heads = _search(items, {i: score for i, (score, _) in scores.items()}, lost)
    out: list[Labelled] = []
    for i, (item, head) in enumerate(zip(items, heads, strict=True)):
        if item.kind:
            out.append(item)
        else:
            out.append(
                replace(
                    item,
                    kind=HEAD if head else BODY,
                    reason=f"{'标题' if head else '正文'}（{scores[i][1]}，{scores[i][0]:+.1f}）",
                )
            )
    return out


_State = tuple[bool, str]  # whether a sentence is open, and the kind of the last fragment


def _search(items: Sequence[Labelled], scores: Mapping[int, float], lost: float) -> list[bool]:
    """Which fragments the best reading of the page takes for headline lines."""
    back: list[dict[_State, tuple[_State, bool]]] = []
    best: dict[_State, float] = {(False, ""): 0.0}
    seams = _seams(items)
    for i, item in enumerate(items):
        following: dict[_State, float] = {}
        came: dict[_State, tuple[_State, bool]] = {}
        options = [item.kind] if item.kind else [BODY, HEAD]
        for state, score in best.items():
            for kind in options:
                gain = _gain(item, kind, state, scores.get(i, 0.0), seams[i], lost)
                reached = _next_state(item, kind, state)
                total = score + gain
                if reached not in following or total > following[reached]:
                    following[reached] = total
                    came[reached] = (state, kind == HEAD)
        best = following
        back.append(came)
    state = max(best, key=lambda s: best[s] - (2.0 if s[0] else 0.0))  # a page does not end in mid-sentence
    kinds: list[bool] = []
    for came in reversed(back):
        state, head = came[state]
        kinds.append(head)
    kinds.reverse()
    return kinds


#: What the language says of a seam counts no more than this many nats, and is divided by SEAM_WEIGHT.
SEAM_LIMIT, SEAM_WEIGHT = 6.0, 4.0


def _gain(item: Labelled, kind: str, state: _State, head_score: float, seam: float, lost: float) -> float:
    is_open, last = state
    gain = 0.0
    if kind == HEAD:
        gain += head_score / 2
        if is_open:
            gain -= lost / 2  # a sentence is waiting to go on
        if last == HEAD:
            gain += 0.3
    elif kind == BODY:
        gain -= head_score / 2
        if item.lead or item.fragment.indented:
            if is_open and item.lead:
                gain -= lost  # the sentence that waited
            elif is_open:
                gain -= 1.0
        elif last == BODY and is_open:
            gain += 0.8 + seam / SEAM_WEIGHT
        elif last == HEAD and is_open:
            gain -= 0.3
    elif kind == BYLINE and is_open:
        gain -= lost
    return gain


def _next_state(item: Labelled, kind: str, state: _State) -> _State:
    if kind == BODY:
        jump = fields.find_jump(item.plain)
        closed = not item.fragment.open or (
            jump is not None and jump.direction == "to" and jump.end >= len(item.plain) - 2
        )
        return (not closed, BODY)
    if kind == JUMP:
        return (False, JUMP)
    if kind == BYLINE:
        return (False, BYLINE)
    return (state[0], kind)
