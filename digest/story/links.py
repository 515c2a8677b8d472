"""Which stories a reader of one may want to see: 相关. Conservative: a link that is missing does little harm.

Two stories are linked where headline and lead have much in common and they are still not the same
development, or where headlines say that they are parts of one series.
"""

from __future__ import annotations

import re
import unicodedata

from digest.model import Article
from digest.story.fingerprint import Fingerprint
from digest.story.measures import Measures
from digest.story.objections import other_figures, other_filling, other_opening, unknown_names

# Cosine of headline and lead together. On a development set, of 60 pairs of two stories drawn from the 229
# at 0.35 and above one had only the form in common, and all others one event, bulletin or campaign; of 30
# drawn from 0.28 to 0.35 three had only the form (one head of state receives another). What `_one_form`
# objects to costs 36 of the 203 at 0.36 and above.
LINKED = 0.36
COMMENT_LINKED = 0.30  # a comment that names the news in its headline
COMMENT_FOUND = 0.4  # share of a headline's words that the other article has
SAME_TITLE = 0.9  # cosine of headlines: a column or a bulletin
SAME_FORM = 0.5  # cosine of leads: the same bulletin with other figures

SERIES, COMMENTARY, DEVELOPMENT, EVENT = "series", "commentary", "development", "event"

_NUMERAL = "[一二三四五六七八九十百0-9]{1,4}"
_PART = re.compile(  # in half-width forms; what stands for the part is cut out, and the rest compared
    rf"之{_NUMERAL}(?=$|[\W_])|\((?:{_NUMERAL}|上|中|下|续)\)|[①-⑳]|第{_NUMERAL}(?:篇|集|讲|期|季|站|回)|^{_NUMERAL}论"
)
_NAMED_SERIES = re.compile(r"[“\"]([^”\"]{2,16})[”\"](?:系列|专栏|特别)")
MIN_SERIES_CHARS = 4
# What is given anew every day: yesterday's is of no use to the reader of today's.
_SERVICE = re.compile(
    r"气温|多云|阴天|晴转|转晴|小雨|天气预报|空气质量|限行|开奖|停水|停电|汇率|收盘|股指|菜价|油价|路况"
)


def link_kind(a: Fingerprint, b: Fingerprint, measured: Measures, days_between: int) -> str | None:
    """The kind of link between two articles of different stories, or None.

    `days_between` is how many days apart they were published, or printed.
    """
    if measured.title >= SAME_TITLE or (measured.lead >= SAME_FORM and other_figures(a, b)):
        # two cities' 市委常委会召开会议 have but the form in common
        return SERIES if a.voices & b.voices else None
    if a.is_comment != b.is_comment and (
        measured.both >= COMMENT_LINKED and measured.title_found >= COMMENT_FOUND
    ):
        return COMMENTARY
    if measured.both < LINKED or _one_form(a, b):
        return None
    if a.is_comment != b.is_comment:
        return COMMENTARY
    return DEVELOPMENT if days_between and not a.is_comment else EVENT


def _one_form(a: Fingerprint, b: Fingerprint) -> bool:
    """Whether the form alone is like: in its headline each has an actor, a name or words of its own."""
    return any(own(a, b) and own(b, a) for own in (other_opening, other_filling, unknown_names))


def is_service(article: Article) -> bool:
    """Whether an article is a forecast or a quotation of the day, by its headline."""
    return _SERVICE.search(article.title) is not None


def series_of(article: Article) -> str:
    """What the headline calls the series that an article is a part of; "" where it names none.

    “走进老街”系列报道之二 → 走进老街; 一论反对… and 四论反对… → the rest of the headline.
    """
    for line in (article.title, article.subtitle, article.kicker):
        text = unicodedata.normalize("NFKC", line)
        if not _PART.search(text):
            continue
        named = _NAMED_SERIES.search(text)
        name = named[1] if named else "".join(c for c in _PART.sub("", text) if c.isalnum())
        if len(name) >= MIN_SERIES_CHARS:
            return name
    return ""
