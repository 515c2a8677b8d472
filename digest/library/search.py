"""Words → the articles that hold them, with the stretch of text where they stand.

The index is SQLite's FTS5 over pairs of characters and over words, see digest/text/grams.py. It belongs to
the library and is filled with it, inside transactions of the caller's.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from digest.library.codec import unpack
from digest.library.entries import Hit, Passage, Wanted
from digest.model import Article
from digest.text.grams import folded, indexed, sought, words

SNIPPET_CHARS = 80
_BEFORE = 24  # characters before the first word found
_ENDS = "。！？；\n"
# A headline says what an article is about; a word counts more where the dictionary cuts it too.
_WEIGHTS = "6.0, 1.0, 2.0, 0.0"
RANKED = 1000  # of more hits the newest, see `found`
_DAY_BITS = 24
_BATCH = 500
_LABELLED = "SELECT 1 FROM labels WHERE kind = ? AND value = ? AND labels.story = stories.id"

_NEWEST = "entry_words WHERE entry_words MATCH ? AND rowid BETWEEN ? AND ? ORDER BY rowid DESC LIMIT ?"
_FOUND = (
    "WITH matched AS MATERIALIZED"
    f" (SELECT rowid AS entry, bm25(entry_words, {_WEIGHTS}) AS rank FROM {_NEWEST})"
    " SELECT entries.article, stories.id, issues.date, rank"
    " FROM matched CROSS JOIN entries ON entries.id = matched.entry"
    " CROSS JOIN versions ON versions.article = entries.article"
    " CROSS JOIN stories ON stories.id = versions.story AND stories.number IS NOT NULL"
    " CROSS JOIN issues ON issues.id = stories.issue AND state = 'published'"
    " AND issues.date = entries.date AND issues.edition = entries.edition WHERE TRUE{}"
)
_LAST = f"SELECT rowid FROM {_NEWEST} OFFSET ?"


@dataclass(frozen=True, slots=True)
class Query:
    """What FTS5 is asked, and the folded terms to be shown in what is found."""

    match: str
    terms: tuple[str, ...]


def parse(text: str) -> Query | None:
    """The query of a user's words: all of them must be found, and none with a minus before it.

    None where nothing could be found: there is no letter or digit in it, or only words to be left out.
    """
    wanted: list[str] = []
    unwanted: list[str] = []
    terms: list[str] = []
    for term in folded(text).split():
        excluded = term.startswith("-") and len(term) > 1
        phrase = _phrase(term)
        if not phrase:
            continue
        (unwanted if excluded else wanted).append(phrase)
        if not excluded:
            terms.append(term)
    if not wanted:
        return None
    match = " AND ".join(wanted)
    if unwanted:
        match = f"({match}) NOT ({' OR '.join(unwanted)})"
    return Query(match, tuple(terms))


def _phrase(term: str) -> str:
    tokens = sought(term)
    if not tokens:
        return ""
    phrase = f'({{headline body}} : "{" ".join(tokens)}")'
    whole = list(words(term))
    # A word of the dictionary implies the phrase: it adds nothing to what is found, but to its rank.
    return f'({phrase} OR words : "{whole[0]}")' if len(whole) == 1 and whole[0] == term else phrase


def index(connection: sqlite3.Connection) -> None:
    """Index every printed story that is not yet; costs what there is to be done."""
    while rows := connection.execute("SELECT story FROM unindexed LIMIT ?", (_BATCH,)).fetchall():
        for (story,) in rows:
            index_story(connection, story)
        connection.executemany("DELETE FROM unindexed WHERE story = ?", rows)


def is_indexed(connection: sqlite3.Connection) -> bool:
    """Whether every printed story is indexed."""
    return connection.execute("SELECT 1 FROM unindexed LIMIT 1").fetchone() is None


def index_story(connection: sqlite3.Connection, story: int) -> None:
    """Index the versions of the printed story in the row `story`, as far as they are not."""
    rows = connection.execute(
        "SELECT articles.id, articles.data, edition, date, region, stories.topic FROM stories"
        " JOIN issues ON issues.id = issue JOIN versions ON versions.story = stories.id"
        " JOIN articles ON articles.id = versions.article WHERE stories.id = ?",
        (story,),
    ).fetchall()
    for row_id, data, edition, day, region, topic in rows:
        article = unpack(Article, data)
        facets = [_facet("edition", edition), _facet("paper", article.paper or article.source)]
        facets += [_facet("topic", topic), *(_facet("region", one) for one in _with_above(region))]
        entry = _new_entry(connection, row_id, edition, day, " ".join(facets))
        if entry is not None:
            _index_article(connection, entry, article, facets)


def _new_entry(
    connection: sqlite3.Connection, article: int, edition: str, day: str, facets: str
) -> int | None:
    """The id of an entry that was not there; None where it is."""
    key = (article, edition, day, facets)
    known = "SELECT 1 FROM entries WHERE article = ? AND edition = ? AND date = ? AND facets = ?"
    if connection.execute(known, key).fetchone():
        return None
    (number,) = connection.execute(
        "INSERT INTO entry_numbers VALUES (?, 1)"
        " ON CONFLICT (date) DO UPDATE SET last = last + 1 RETURNING last",
        (day,),
    ).fetchone()
    entry = _first_of(date.fromisoformat(day)) + int(number)
    connection.execute("INSERT INTO entries VALUES (?, ?, ?, ?, ?)", (entry, *key))
    return entry


def _first_of(day: date) -> int:
    """The number before the first that an entry of that day may have."""
    return day.toordinal() << _DAY_BITS


def _index_article(
    connection: sqlite3.Connection, entry: int, article: Article, facets: Iterable[str]
) -> None:
    head = folded("\n".join((article.kicker, article.title, article.subtitle)))
    body = folded(article.text)
    texts = (indexed(head), indexed(body), words(f"{head}\n{body}"), facets)
    connection.execute(
        "INSERT INTO entry_words (rowid, headline, body, words, facets) VALUES (?, ?, ?, ?, ?)",
        (entry, *(" ".join(tokens) for tokens in texts)),
    )


def _facet(kind: str, value: str) -> str:
    """One token for a value of any characters."""
    return "x" + hashlib.sha256(f"{kind}\n{value}".encode("utf-8", "replace")).hexdigest()[:12]


def _with_above(region: str) -> Iterator[str]:
    """山东/聊城, and 山东."""
    parts = region.split("/")
    return ("/".join(parts[: n + 1]) for n in range(len(parts)))


def found(connection: sqlite3.Connection, query: Query, wanted: Wanted) -> tuple[Hit, ...]:
    """The articles of printed stories that match, best first; each as it stood in its newest issue.

    Of more than `RANKED` the newest are ranked: to weigh all that have a common word would take seconds in a
    library of years, and the oldest of them are sought by their days.
    """
    match = " AND ".join((f"({query.match})", *(f'facets : "{one}"' for one in _facets(wanted))))
    where, values = _filters(wanted)
    room = max(RANKED, 2 * wanted.limit)
    last = _first_of(wanted.until) + (1 << _DAY_BITS) - 1
    places: dict[int, _Place] = {}  # by article
    while len(places) < room:
        rows = connection.execute(_FOUND.format(where), (match, _first_of(wanted.since), last, room, *values))
        for place in map(_Place._make, rows.fetchall()):
            known = places.get(place.article)
            if known is None or place.day > known.day:
                places[place.article] = place
        # What is not printed any more takes up room in the index: behind it there may be more.
        row = connection.execute(_LAST, (match, _first_of(wanted.since), last, 1, room - 1)).fetchone()
        if row is None:
            break
        last = row[0] - 1
    best = sorted(places.values(), key=lambda one: _order(one, newest_first=wanted.newest_first))
    return tuple(_hit(connection, one, query.terms) for one in best[: wanted.limit])


class _Place(NamedTuple):
    """Where an article that was found stands."""

    article: int
    story: int
    day: str
    rank: float  # the less, the better


def _order(place: _Place, *, newest_first: bool) -> tuple[object, ...]:
    age = -date.fromisoformat(place.day).toordinal()
    return (age, place.rank, place.article) if newest_first else (place.rank, age, place.article)


def _facets(wanted: Wanted) -> Iterator[str]:
    if wanted.edition is not None:
        yield _facet("edition", wanted.edition)
    for kind, value in (("region", wanted.region), ("topic", wanted.topic), ("paper", wanted.paper)):
        if value:
            yield _facet(kind, value)


def _filters(wanted: Wanted) -> tuple[str, list[object]]:
    """What an entry says of its article must be so still."""
    where = ""
    values: list[object] = []
    for kind, value in (("region", wanted.region), ("topic", wanted.topic)):
        if value:
            where += f" AND EXISTS ({_LABELLED})"
            values += [kind, value]
    return where, values


def _hit(connection: sqlite3.Connection, place: _Place, terms: Sequence[str]) -> Hit:
    (data,) = connection.execute("SELECT data FROM articles WHERE id = ?", (place.article,)).fetchone()
    edition, issue_number, number, story, region, topic = connection.execute(
        "SELECT edition, issues.number, stories.number, story, region, topic FROM stories"
        " JOIN issues ON issues.id = issue WHERE stories.id = ?",
        (place.story,),
    ).fetchone()
    article = unpack(Article, data)
    return Hit(
        edition=edition,
        day=date.fromisoformat(place.day),
        issue_number=issue_number,
        number=number,
        story=story,
        headline=article.title,
        paper=article.paper or article.source,
        page=article.page,
        region=tuple(region.split("/")),
        topic=topic,
        passage=passage(article.text, terms),
    )


def passage(text: str, terms: Sequence[str]) -> Passage:
    """The stretch of `text` around the first place where a term stands, or its beginning; verbatim."""
    copy = folded(text)
    first = min((at for term in terms if (at := copy.find(term)) >= 0), default=0)
    start = max(0, first - _BEFORE)
    # from the beginning of the sentence where that is near
    start = max(start, max(text.rfind(end, start, first) for end in _ENDS) + 1)
    end = min(len(text), start + SNIPPET_CHARS)
    line_end = text.find("\n", first, end)
    end = line_end if line_end > first else end
    marks = sorted(set(_places(copy[start:end], terms)))
    return Passage(text[start:end], start, end, tuple(marks))


def _places(text: str, terms: Sequence[str]) -> Iterator[tuple[int, int]]:
    for term in terms:
        at = text.find(term)
        while at >= 0:
            yield at, at + len(term)
            at = text.find(term, at + len(term))
