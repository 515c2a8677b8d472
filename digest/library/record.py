"""Writing an issue into the library, inside a transaction of the caller's."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from datetime import date

from digest.library.rows import Packed, StoryRow, packed, shell_of, story_rows
from digest.library.search import index_story
from digest.model import Article, Issue, SourceText


def insert_issue(connection: sqlite3.Connection, issue: Issue, sha256: str, files: Mapping[str, str]) -> None:
    """Everything of `issue` as a pending one; what other issues hold already is not kept twice.

    `sha256` is that of its issue.json; `files` has those of all its files by their names.
    """
    cursor = connection.execute(
        "INSERT INTO issues"
        " (edition, date, state, name, publisher, number, total_number, n_items, sha256, data)"
        " VALUES (?, ?, 'pending', ?, ?, ?, ?, ?, ?, ?)",
        (
            issue.edition,
            issue.date.isoformat(),
            _text(issue.name),
            _text(issue.publisher),
            issue.number,
            issue.total_number,
            len(issue.items),
            sha256,
            shell_of(issue),
        ),
    )
    issue_id = _id(cursor)
    connection.executemany(
        "INSERT INTO issue_files VALUES (?, ?, ?)", [(issue_id, name, of) for name, of in files.items()]
    )
    for position, source in enumerate(issue.sources):
        connection.execute(
            "INSERT INTO issue_sources VALUES (?, ?, ?)", (issue_id, position, _source_id(connection, source))
        )
    for row in story_rows(issue):
        _insert_story(connection, issue_id, row)


def publish_issue(connection: sqlite3.Connection, edition: str, day: date) -> None:
    """The pending issue of `day` becomes the published one, in the place of the one before it."""
    remove_issues(connection, edition, day, "published")
    row = connection.execute(
        "UPDATE issues SET state = 'published' WHERE edition = ? AND date = ? RETURNING id",
        (edition, day.isoformat()),
    ).fetchone()
    if row is not None:
        _count(connection, row[0], 1)


def _count(connection: sqlite3.Connection, issue_id: int, sign: int) -> None:
    """Add what an issue has of each label to the counts, or with -1 take it away."""
    counts = connection.execute(
        "SELECT kind, value, substr(date, 1, 7), count(*) * ?2 FROM issues JOIN stories ON issue = issues.id"
        " JOIN labels ON labels.story = stories.id WHERE issues.id = ?1 GROUP BY kind, value",
        (issue_id, sign),
    ).fetchall()
    connection.executemany(
        "INSERT INTO label_months VALUES (?1, ?2, ?3, ?4) ON CONFLICT DO UPDATE SET n = n + excluded.n",
        counts,
    )
    connection.executemany(
        "INSERT INTO label_counts VALUES (?1, ?2, ?4) ON CONFLICT DO UPDATE SET n = n + excluded.n", counts
    )
    if sign < 0:
        connection.executemany(
            "DELETE FROM label_months WHERE kind = ? AND value = ? AND month = ? AND n = 0",
            [row[:3] for row in counts],
        )
        connection.executemany(
            "DELETE FROM label_counts WHERE kind = ? AND value = ? AND n = 0", [row[:2] for row in counts]
        )


def remove_issues(connection: sqlite3.Connection, edition: str, day: date, state: str) -> None:
    """The issue of `day` in `state`, if there is one, with articles and sources that no other has."""
    row = connection.execute(
        "SELECT id FROM issues WHERE edition = ? AND date = ? AND state = ?",
        (edition, day.isoformat(), state),
    ).fetchone()
    if row is None:
        return
    if state == "published":
        _count(connection, row[0], -1)
    articles = connection.execute(
        "SELECT DISTINCT article FROM versions JOIN stories ON stories.id = versions.story WHERE issue = ?",
        row,
    ).fetchall()
    sources = connection.execute("SELECT DISTINCT source FROM issue_sources WHERE issue = ?", row).fetchall()
    connection.execute("DELETE FROM issues WHERE id = ?", row)
    connection.executemany(
        "DELETE FROM articles WHERE id = ?1 AND NOT EXISTS (SELECT 1 FROM versions WHERE article = ?1)",
        articles,
    )
    connection.executemany(
        "DELETE FROM sources WHERE id = ?1 AND NOT EXISTS (SELECT 1 FROM issue_sources WHERE source = ?1)",
        sources,
    )


def _insert_story(connection: sqlite3.Connection, issue_id: int, row: StoryRow) -> None:
    cursor = connection.execute(
        "INSERT INTO stories"
        " (issue, position, number, section, topic_group, story, headline, region, topic, data)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            issue_id,
            row.position,
            row.number,
            row.section,
            row.topic_group,
            row.story,
            _text(row.headline),
            _text(row.region),
            _text(row.topic),
            row.data,
        ),
    )
    story_id = _id(cursor)
    connection.executemany(
        "INSERT INTO versions VALUES (?, ?, ?, ?)",
        [
            (story_id, position, _article_id(connection, version.article, version.packed), version.analysis)
            for position, version in enumerate(row.versions)
        ],
    )
    connection.executemany(
        "INSERT OR IGNORE INTO labels VALUES (?, ?, ?)",
        [(kind, _text(value), story_id) for kind, value in row.labels],
    )
    connection.executemany(
        "INSERT INTO links VALUES (?, ?, ?, ?, ?, ?)",
        [
            (story_id, position, link.kind, link.to.edition, link.to.date.isoformat(), link.to.story)
            for position, link in enumerate(row.links)
        ],
    )
    if row.number is not None:
        index_story(connection, story_id)


def _article_id(connection: sqlite3.Connection, article: Article, content: Packed) -> int:
    known = connection.execute("SELECT id FROM articles WHERE digest = ?", (content.digest,)).fetchone()
    if known:
        return int(known[0])
    return _id(
        connection.execute(
            "INSERT INTO articles (digest, source, position, title, paper, published, data)"
            " VALUES (?, ?, ?, ?, ?, ?, ?)",
            (
                content.digest,
                _text(article.source),
                article.index,
                _text(article.title),
                _text(article.paper),
                article.published.isoformat() if article.published else None,
                content.data,
            ),
        )
    )


def _source_id(connection: sqlite3.Connection, source: SourceText) -> int:
    content = packed(source)
    known = connection.execute("SELECT id FROM sources WHERE digest = ?", (content.digest,)).fetchone()
    if known:
        return int(known[0])
    return _id(
        connection.execute(
            "INSERT INTO sources (digest, name, kind, sha256, data) VALUES (?, ?, ?, ?, ?)",
            (content.digest, _text(source.name), source.kind, source.sha256, content.data),
        )
    )


def _id(cursor: sqlite3.Cursor) -> int:
    assert cursor.lastrowid is not None
    return cursor.lastrowid


def _text(text: str) -> str:
    """`text` as SQLite takes it: a lone surrogate, which UTF-8 cannot say, is replaced."""
    return text.encode("utf-8", "replace").decode("utf-8")
