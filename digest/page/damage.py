"""How much recognition has spoiled a paragraph."""

from __future__ import annotations

import re

#: Characters that stand alone between spaces, as a vertical headline or a second column leaves them.
_ALONE = re.compile(r"(?:(?<=^)|(?<=[\s\u3000]))[\u3400-\u9fff](?=[\s\u3000]|$)")
#: What a recogniser writes for what it could not read.
_JUNK = re.compile(r"\*\*|\d/(?=\s)|[\ufffd#^~|\\{}<>]{2}|(?<=[\u3400-\u9fff])[*^|](?=[\u3400-\u9fff])")
#: One stray character or mark of junk spoils about a line of a column.
SPOILED_BY_ONE = 16
#: A paragraph that begins or ends in mid-sentence has at least this share of it spoiled.
TORN = 0.3


def damage(as_set: str, *, torn: bool) -> float:
    """The share of a paragraph, 0 to 1, that is likely spoiled.

    `as_set` is its text with the spaces of the page; `torn` says that it begins in mid-sentence without what
    it goes on from, or stops in mid-sentence without what follows.
    """
    if not as_set:
        return 0.0
    marks = len(_JUNK.findall(as_set))
    alone = len(_ALONE.findall(as_set))
    marks += alone if alone > 1 else 0
    share = min(1.0, marks * SPOILED_BY_ONE / len(as_set))
    return round(max(share, TORN if torn else 0.0), 3)
