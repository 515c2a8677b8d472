"""Words → the articles that hold them, with the stretch of text where they stand.

The index is SQLite's FTS5 over pairs of characters and over words, see digest/text/grams.py. It belongs to
the library and is filled with it, inside transactions of the caller's.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from digest.library.codec import unpack
from digest.library.entries import Hit, Passage, Wanted
from digest.model import Article
from digest.text.grams import folded, pairs, sought, words

SNIPPET_CHARS = 80
_BEFORE = 24  # characters before the first word found
_ENDS = "。！？；\n"
# A headline says what an article is about; a word counts more where the dictionary cuts it too.
_WEIGHTS = "6.0, 1.0, 2.0"
_BATCH = 500
_LABELLED = "SELECT 1 FROM labels WHERE kind = ? AND value = ? AND labels.story = stories.id"


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
    tokens, is_beginning = sought(term)
    if not tokens:
        return ""
    phrase = f'({{headline body}} : "{" ".join(tokens)}"{" *" if is_beginning else ""})'
    whole = list(words(term))
    # A word of the dictionary implies the phrase: it adds nothing to what is found, but to its rank.
    return f'({phrase} OR words : "{whole[0]}")' if len(whole) == 1 and whole[0] == term else phrase


def index(connection: sqlite3.Connection) -> None:
    """Index every article that is not yet; costs what there is to be done."""
    while rows := connection.execute(
        "SELECT id, data FROM articles WHERE id NOT IN (SELECT article FROM entries) LIMIT ?", (_BATCH,)
    ).fetchall():
        for article, data in rows:
            index_article(connection, article, unpack(Article, data))


def is_indexed(connection: sqlite3.Connection) -> bool:
    """Whether every article is indexed."""
    row = connection.execute(
        "SELECT (SELECT count(*) FROM articles) = (SELECT count(*) FROM entries)"
    ).fetchone()
    return bool(row[0])


def index_article(connection: sqlite3.Connection, row_id: int, article: Article) -> None:
    """Index the article that stands in the row `row_id`."""
    head = folded("\n".join((article.kicker, article.title, article.subtitle)))
    body = folded(article.text)
    entry = connection.execute("INSERT INTO entries (article) VALUES (?)", (row_id,)).lastrowid
    connection.execute(
        "INSERT INTO entry_words (rowid, headline, body, words) VALUES (?, ?, ?, ?)",
        (entry, " ".join(pairs(head)), " ".join(pairs(body)), " ".join(words(f"{head}\n{body}"))),
    )


def found(connection: sqlite3.Connection, query: Query, wanted: Wanted) -> tuple[Hit, ...]:
    """The articles of printed stories that match, best first; each as it stood in its newest issue."""
    where, values = _filters(wanted)
    order = "issues.date DESC, rank" if wanted.newest_first else "rank, issues.date DESC"
    rows = connection.execute(
        f"WITH matched AS MATERIALIZED (SELECT rowid AS entry, bm25(entry_words, {_WEIGHTS}) AS rank"
        " FROM entry_words WHERE entry_words MATCH ?)"
        " SELECT articles.data, edition, issues.date, issues.number, stories.number, stories.story,"
        " stories.region, stories.topic, rank, max(issues.date)"
        " FROM matched JOIN entries ON entries.id = matched.entry"
        " JOIN articles ON articles.id = entries.article"
        " JOIN versions ON versions.article = articles.id JOIN stories ON stories.id = versions.story"
        " JOIN issues ON issues.id = stories.issue"
        f" WHERE state = 'published' AND stories.number IS NOT NULL{where}"
        f" GROUP BY articles.id ORDER BY {order}, articles.id LIMIT ?",
        (query.match, *values, wanted.limit),
    ).fetchall()
    return tuple(_hit(row, query.terms) for row in rows)


def _filters(wanted: Wanted) -> tuple[str, list[object]]:
    where = " AND issues.date BETWEEN ? AND ? AND edition = coalesce(?, edition)"
    values: list[object] = [wanted.since.isoformat(), wanted.until.isoformat(), wanted.edition]
    for kind, value in (("region", wanted.region), ("topic", wanted.topic)):
        if value:
            where += f" AND EXISTS ({_LABELLED})"
            values += [kind, value]
    if wanted.paper:
        where += " AND CASE articles.paper WHEN '' THEN articles.source ELSE articles.paper END = ?"
        values.append(wanted.paper)
    return where, values


def _hit(row: Sequence[object], terms: Sequence[str]) -> Hit:
    data, edition, day, issue_number, number, story, region, topic, *_ = row
    assert isinstance(data, bytes)
    article = unpack(Article, data)
    return Hit(
        edition=str(edition),
        day=date.fromisoformat(str(day)),
        issue_number=issue_number if isinstance(issue_number, int) else None,
        number=int(str(number)),
        story=str(story),
        headline=article.title,
        paper=article.paper or article.source,
        page=article.page,
        region=tuple(str(region).split("/")),
        topic=str(topic),
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
