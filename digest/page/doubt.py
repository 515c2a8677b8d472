"""Headlines that are not to be relied on, on a page whose order a tool has lost.

There a headline line may belong to an article whose title is lost, a column's line may pass for one, and a
kicker for the title. A wrong headline is worse than none.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence

from digest.model import Article, Skipped
from digest.page.clauses import is_clause
from digest.page.labelled import Labelled, text_of
from digest.page.pair import Headline
from digest.page.seams import LINE, Seam, how_read
from digest.page.segment import Body
from digest.text.sentences import is_finished, split

#: A title that shares less with its body is as often wrong as right: 31 of 53 on drawn pages.
LEAST_SHARED = 0.15
#: On a page in order one line that shares nothing is a slogan or a label; several may be a title.
NONE_SHARED = 0.03
#: So many characters of a body are its lead.
LEAD = 150
#: A page with fewer articles has no headline of another one.
SEVERAL = 3
#: A line with a comma at its end, two commas, a reporter or a bracket that is not closed is a column's line.
_LINE = re.compile(r"[，、]$|^[（(，、）)]|本[报報][记記]者|[（(][记記]者|通[讯訊][员員]|，.*，")
_PAIRS = ("（）", "“”", "《》", "()")


def without_doubtful(
    items: Sequence[Labelled],
    bodies: Sequence[Body],
    headlines: Sequence[Headline],
    *,
    disordered: bool,
    lost: bool,
) -> list[Headline]:
    """The headlines, those that are doubtful empty.

    `disordered`: the page's order had to be found. `lost`: no blank line tells which headline stands where.
    """
    if not disordered and len(bodies) < SEVERAL:
        return list(headlines)
    return [
        Headline()
        if headline.blocks and _is_doubtful(items, body, headline, disordered=disordered, lost=lost)
        else headline
        for body, headline in zip(bodies, headlines, strict=True)
    ]


def _is_doubtful(
    items: Sequence[Labelled], body: Body, headline: Headline, *, disordered: bool, lost: bool
) -> bool:
    here = body.jump_from is None  # what goes on from another page says little of its headline
    lines = [items[i].plain for block in headline.blocks for i in block.lines]
    if here and headline.shared < (LEAST_SHARED if lost else NONE_SHARED if len(lines) == 1 else 0.0):
        return True
    text = text_of(items, body.fragments)
    if all(is_clause(line, text) and not is_clause(line, text[:LEAD]) for line in lines):
        return True  # kickers or subheads: what a title says word for word is said in the lead
    if not disordered:
        return False
    if here and headline.runner_up >= headline.shared:
        return True
    return any(_LINE.search(line) for line in lines) or any(
        sum(line.count(pair[0]) for line in lines) != sum(line.count(pair[1]) for line in lines)
        for pair in _PAIRS
    )


#: So many line ends of a page that seems to be in order, and so doubtful on average, show that it is not; of
#: 50 pages in order the most doubtful has 0.367.
MANY, NOT_IN_ORDER = 40, 0.375
#: The average doubt of an article's seams, less what chance may add (`SPREAD` over the root of their number),
#: from which on it is beyond reading: of drawn articles whose average is 0.53 and more all have most of their
#: lines wrong. From the second on it is where no sentence is free of a weak seam: at an average of 0.4 one in
#: three articles has a quarter of its lines wrong, at 0.35 one in twelve.
HOPELESS, DOUBTFUL, SPREAD = 0.42, 0.36, 0.25
#: Fewer seams tell nothing of an article; without a headline and a sound sentence it is a scrap.
TELLING = 6
#: A paragraph of which so much is spoiled is quoted no more.
MOST_DAMAGE = 0.2
#: A whole sentence has so many characters at least.
SHORTEST_SENTENCE = 10


def reads_mixed(seams: Iterable[Seam]) -> bool:
    """Whether the line ends of a page that seems to be in order read so badly that it is not."""
    every = list(seams)
    doubts = [doubt for seam, doubt in zip(every, _doubts(every), strict=True) if seam.kind == LINE]
    return len(doubts) >= MANY and sum(doubts) / len(doubts) >= NOT_IN_ORDER


def _doubts(seams: Sequence[Seam]) -> list[float]:
    """For each seam the probability that it is wrong, by the network alone, 0 to 1."""
    return [1.0 / (1.0 + math.exp(one)) for one in how_read(seams)]


def is_beyond_reading(article: Article, seams: Sequence[Seam]) -> bool:
    """Whether the lines of an article are so mixed with others that it cannot be read."""
    doubts = _doubts(seams)
    if len(doubts) < TELLING:
        return not article.title and not _has_sound_sentence(article)
    least = sum(doubts) / len(doubts) - SPREAD / math.sqrt(len(doubts))
    return least >= HOPELESS or (least >= DOUBTFUL and not _has_sound_sentence(article))


def _has_sound_sentence(article: Article) -> bool:
    at = 0
    for paragraph in article.paragraphs:
        if paragraph.damage <= MOST_DAMAGE:
            for start, end in split(paragraph.text):
                whole = is_finished(paragraph.text[start:end]) and end - start >= SHORTEST_SENTENCE
                if whole and not article.is_over_weak(at + start, at + end):
                    return True
        at += len(paragraph.text) + 1
    return False


def left_out(article: Article) -> Skipped:
    """What an article beyond reading is reported as."""
    text = article.title or article.text[:12]
    return Skipped(article.source, f"“{text}”等 {len(article.text)} 字与邻栏逐行相混，无法复原，未收")
