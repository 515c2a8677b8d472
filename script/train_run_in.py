"""Trains digest/summarize/run_in_weights.py: where a heading ends that the source has run into the text.

    python script/train_run_in.py HEADLINE.jsonl [PLAIN.jsonl]...

HEADLINE.jsonl holds rows {"id","year","title","text","summary"} of broadcasts whose `summary` repeats the
headings inside the text: where one stands there word for word, at the beginning of a sentence and with no
mark behind it, its end is known. PLAIN.jsonl are rows of articles whose sentences have none. Headings that
stand on lines of their own, and the titles of all rows, are joined to the sentence behind them for more
examples. Prints how the weights of the other years do on each year, and writes those of all. Development
only: pip install scipy
"""

from __future__ import annotations

import json
import math
import re
import sys
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from scipy.optimize import minimize

from digest.summarize.joints import NAMES, STOP, TAGS, Joint, joints
from digest.summarize.run_in import AROUND, FOLLOWING, SURE, may_hold_heading
from digest.summarize.standing import fold
from digest.text.sentences import split

TARGET = Path(__file__).resolve().parent.parent / "digest" / "summarize" / "run_in_weights.py"
HEADING, LINE, TITLE, PLAIN = "heading", "line", "title", "plain"
WEIGHT = {HEADING: 1.0, LINE: 0.6, TITLE: 0.1, PLAIN: 0.5}  # how much an example of each kind counts
PENALTY = 0.5  # of the squares of the weights
_LETTER = re.compile(r"[A-Za-z0-9.%\u4e00-\u9fff]")
_MARKS = "，。；：、？！"
Row = dict[str, Any]


class Example(NamedTuple):
    kind: str
    year: int | None
    sentence: str
    end: int  # of the heading, 0 where there is none
    first: bool
    joints: list[Joint]

    def right(self, joint: Joint) -> bool:
        return joint.end == self.end or (joint.end == self.end + 1 and self.sentence[self.end] in "”》")


def headings(text: str, summary: str) -> list[tuple[int, int]]:
    """Where parts of the summary stand in the text, marks and spaces not counted."""
    places = [at for at, char in enumerate(text) if _LETTER.match(char)]
    letters = "".join(text[at] for at in places)
    found: list[tuple[int, int]] = []
    for part in re.split("[；;。]", summary):
        clauses = part.split("，")
        at = 0
        while at < len(clauses):
            for stop in range(len(clauses), at, -1):
                sought = "".join(filter(_LETTER.match, "，".join(clauses[at:stop])))
                begins = letters.find(sought) if len(sought) >= 6 else -1
                if begins >= 0:
                    start, end = places[begins], places[begins + len(sought) - 1] + 1
                    if not re.search("[。；\n]", text[start:end]):
                        found.append((start, end))
                        at = stop - 1
                        break
            at += 1
    return sorted(found)


def examples(rows: Sequence[Row], kind: str) -> Iterator[Example]:
    for row in rows:
        copy = fold(row["text"])
        known = headings(row["text"], row["summary"]) if kind == HEADING else []
        first, line_at = True, 0
        for line in copy.split("\n"):
            for start, end in split(line):
                start, end = line_at + start, line_at + end
                ends = [e for s, e in known if abs(s - start) <= 1 and e < end and copy[e] not in _MARKS]
                yield _example(kind, row, copy, start, end, max(ends, default=start) - start, first)
                first = False
            line_at += len(line) + 1


def joined(rows: Sequence[Row], kind: str) -> Iterator[Example]:
    """Headings of their own lines, or titles, run into what follows them."""
    for row in rows:
        lines = [line.strip() for line in fold(row["text"]).split("\n") if line.strip()]
        for heading, item in pairwise(lines) if kind == LINE else [(fold(row["title"]).strip(), lines[0])]:
            if not 8 <= len(heading) <= 44 or STOP.search(heading) or heading[-1] in "：”）":
                continue
            if len(item) <= 20:
                continue
            text = heading + item
            start, end = split(text)[0]
            if start == 0:
                yield _example(kind, row, text, 0, end, len(heading), False)


def _example(kind: str, row: Row, copy: str, start: int, end: int, heading: int, first: bool) -> Example:
    around = copy[max(0, start - AROUND) : start + AROUND]
    found = list(joints(copy[start:end], copy[start : start + FOLLOWING], around))
    return Example(kind, row.get("year"), copy[start:end], heading, first, found)


LEFT, RIGHT = len(NAMES), len(NAMES) + len(TAGS)  # the first column of each; three more are of "no heading"
N_COLUMNS = len(NAMES) + 2 * len(TAGS) + 3


def _table(held: Sequence[Example]) -> tuple[np.ndarray, np.ndarray]:
    """A row for every joint and for "no heading", example after example, and where each example begins."""
    rows: list[np.ndarray] = []
    begins: list[int] = []
    for example in held:
        begins.append(len(rows))
        for joint in example.joints:
            row = np.zeros(N_COLUMNS)
            row[: len(NAMES)] = joint.values
            row[LEFT + TAGS.index(joint.left)] = row[RIGHT + TAGS.index(joint.right)] = 1
            rows.append(row)
        none, stop = np.zeros(N_COLUMNS), STOP.search(example.sentence)
        length = stop.start() if stop else len(example.sentence)
        none[-3:] = 1, example.first, math.log(length / 20)
        rows.append(none)
    return np.array(rows), np.array(begins)


def fit(held: Sequence[Example]) -> np.ndarray:
    usable = [one for one in held if one.joints and (not one.end or any(map(one.right, one.joints)))]
    table, begins = _table(usable)
    sizes = np.diff([*begins, len(table)])
    right = begins + [
        max(
            (n for n, joint in enumerate(one.joints) if one.end and one.right(joint)), default=len(one.joints)
        )
        for one in usable
    ]
    weight = np.array([WEIGHT[one.kind] for one in usable])

    def loss(weights: np.ndarray) -> tuple[float, np.ndarray]:
        marks = table @ weights
        highest = np.repeat(np.maximum.reduceat(marks, begins), sizes)
        raised = np.exp(marks - highest)
        totals = np.repeat(np.add.reduceat(raised, begins), sizes)
        shown = (marks - highest - np.log(totals))[right]
        slope = table.T @ (raised / totals * np.repeat(weight, sizes)) - table[right].T @ weight
        return float(-(shown * weight).sum() + PENALTY / 2 * weights @ weights), slope + PENALTY * weights

    result: np.ndarray = minimize(loss, np.zeros(N_COLUMNS), jac=True, method="L-BFGS-B").x
    return result


def judge(held: Sequence[Example], weights: np.ndarray) -> str:
    seen = [one for one in held if one.joints and may_hold_heading(one.sentence)]
    table, begins = _table(seen)
    n_right = n_wrong = 0
    for at, one in zip(begins, seen, strict=True):
        raised = np.exp(table[at : at + len(one.joints) + 1] @ weights)
        best = int(raised[:-1].argmax())
        if raised[best] / raised.sum() >= SURE:
            right = one.end > 0 and one.right(one.joints[best])
            n_right, n_wrong = n_right + right, n_wrong + (not right)
    n_headings = sum(one.end > 0 for one in held)
    return f"{n_headings} headings, {n_right} found with the right end, {n_wrong} other cuts"


def write(weights: np.ndarray) -> None:
    def table(name: str, keys: Sequence[str], at: int) -> str:
        lines = (f'    "{key}": {weights[at + n]:.2f},\n' for n, key in enumerate(keys))
        return f"{name}: dict[str, float] = {{\n{''.join(lines)}}}\n"

    head, _, _ = TARGET.read_text(encoding="utf-8").partition("JOINT:")
    always, first, length = weights[-3:]
    TARGET.write_text(
        head
        + table("JOINT", NAMES, 0)
        + "# by the coarse tag of the word before the joint, and behind it\n"
        + table("LEFT", TAGS, LEFT)
        + table("RIGHT", TAGS, RIGHT)
        + "# what speaks for no heading: always, where the sentence opens the article, and for each log of\n"
        + "# its first clause's length over 20\n"
        + f"ALWAYS, FIRST, LENGTH = {always:.2f}, {first:.2f}, {length:.2f}\n",
        encoding="utf-8",
    )


def _rows(path: str) -> list[Row]:
    return [json.loads(line) for line in Path(path).read_text(encoding="utf-8").splitlines()]


def main() -> None:
    broadcasts, *plain = map(_rows, sys.argv[1:])
    held = [*examples(broadcasts, HEADING), *joined(broadcasts, LINE), *joined(broadcasts, TITLE)]
    for rows in plain:
        held += [*examples(rows, PLAIN), *joined([row for row in rows if row["title"]], TITLE)]
    for year in sorted({one.year for one in held if one.kind == HEADING and one.year}):
        others = fit([one for one in held if one.year != year])
        print(year, judge([one for one in held if one.year == year and one.kind == HEADING], others))
    write(fit(held))


if __name__ == "__main__":
    main()
