"""How much recognition has spoiled a paragraph."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from digest.model import Article
from digest.page.language import reads_worse
from digest.page.lines import ends_sentence

#: Characters that stand alone between spaces, as a vertical headline or a second column leaves them.
_ALONE = re.compile(r"(?:(?<=^)|(?<=[\s\u3000]))[\u3400-\u9fff](?=[\s\u3000]|$)")
#: Characters with a space between each and the next: a line that a tool found spread over its column.
_SPREAD = re.compile(r"(?:(?<=^)|(?<=[\s\u3000]))(?:\S ){4,}\S(?=$|[\s\u3000]|\S)")
#: What a recogniser writes for what it could not read.
_JUNK = re.compile(r"\*\*|\d/(?=\s)|[\ufffd#^~|\\{}<>]{2}|(?<=[\u3400-\u9fff])[*^|](?=[\u3400-\u9fff])")
#: A clause of one character, not spoken: the rest of a lost line. It spoils the sentences on both sides.
_STUMP = re.compile(r"(?<=[^“\"‘：:][，,；;])[\u3400-\u9fff](?=[，,；;。])")
#: One stray character or mark of junk spoils about a line of a column.
SPOILED_BY_ONE = 16
#: Less text does not tell how a page is.
FEWEST_CHARS = 200
#: A paragraph that begins or ends in mid-sentence has at least this share of it spoiled.
TORN = 0.3


#: A line end whose seam reads worse than this is broken; of sound seams 5 % do (see `language`).
ALIEN = -5.0
#: So many broken seams, and such a share of them, show a column with lines missing.
FEWEST_BROKEN, BROKEN_SHARE = 3, 0.25


def broken_seams(lines: Sequence[str]) -> float:
    """The share of line ends in mid-sentence over which the text does not go on; 0 where they are few."""
    if len(lines) <= FEWEST_BROKEN:
        return 0.0
    seams = [(before, after) for before, after in pairwise(lines) if not ends_sentence(before)]
    wanted = max(FEWEST_BROKEN, BROKEN_SHARE * len(seams))
    broken = 0
    for left, (before, after) in zip(range(len(seams), 0, -1), seams, strict=True):
        if broken + left < wanted:
            return 0.0
        broken += reads_worse(before, after, ALIEN)
    return broken / len(seams) if broken >= wanted else 0.0


def damage(as_set: str, *, torn: bool) -> float:
    """The share of a paragraph, 0 to 1, that is likely spoiled.

    `as_set` is its text with the spaces of the page; `torn` says that it begins in mid-sentence without what
    it goes on from, or stops in mid-sentence without what follows.
    """
    if not as_set:
        return 0.0
    without_spaces = "".join(as_set.split())
    alone = 0
    if len(without_spaces) < len(as_set):
        as_set = _SPREAD.sub(lambda run: run.group().replace(" ", ""), as_set)
        alone = len(_ALONE.findall(as_set))
    marks = len(_JUNK.findall(as_set))
    marks += 3 * len(_STUMP.findall(without_spaces))
    marks += alone if alone > 1 else 0
    share = min(1.0, marks * SPOILED_BY_ONE / len(as_set))
    return round(max(share, TORN if torn else 0.0), 3)


def share_spoiled(articles: Sequence[Article]) -> float:
    """The share of a page's text, 0 to 1, that is likely spoiled; 0 where there is too little to tell."""
    paragraphs = [paragraph for article in articles for paragraph in article.paragraphs]
    length = sum(len(paragraph.text) for paragraph in paragraphs)
    if length < FEWEST_CHARS:
        return 0.0
    return sum(paragraph.damage * len(paragraph.text) for paragraph in paragraphs) / length
