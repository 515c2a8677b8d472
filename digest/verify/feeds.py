"""The feeds of the site, held against the issues that their entries are of."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import unescape
from xml.etree import ElementTree

from digest.errors import ReadError
from digest.verify.letters import Stories
from digest.verify.web import read_page
from digest.verify.words import bare, missing

_ATOM = "{http://www.w3.org/2005/Atom}"


@dataclass(frozen=True, slots=True)
class FeedEntry:
    id: str
    day: str  # YYYY-MM-DD
    title: str
    text: str


def read_atom(data: bytes) -> list[FeedEntry]:
    """The entries of an Atom feed of ours. Raises ReadError where it is none."""
    try:
        root = ElementTree.fromstring(data)
    except ElementTree.ParseError as error:
        raise ReadError(f"不是有效的 XML (no valid XML): {error}") from error

    def text(entry: ElementTree.Element, name: str) -> str:
        return entry.findtext(_ATOM + name) or ""

    return [
        FeedEntry(
            text(entry, "id"),
            text(entry, "published")[:10],
            text(entry, "title"),
            read_page(text(entry, "content")).text,
        )
        for entry in root.iter(f"{_ATOM}entry")
    ]


def read_json_feed(data: bytes) -> list[FeedEntry]:
    """The entries of a JSON Feed of ours. Raises ReadError where it is none."""
    try:
        items = json.loads(data)["items"]
        return [
            FeedEntry(
                item["id"],
                item["date_published"][:10],
                unescape(item["title"]),
                read_page(item["content_html"]).text,
            )
            for item in items
        ]
    except (ValueError, KeyError, TypeError) as error:
        raise ReadError(f"不是 JSON Feed (no JSON Feed): {error}") from error


def check_feed(entries: Sequence[FeedEntry], issues: Mapping[str, Sequence[Stories]]) -> Iterator[str]:
    """Entries that no issue of their day has, or that tell it otherwise; ids that stand twice."""
    ids = [entry.id for entry in entries]
    if len(set(ids)) < len(ids):
        yield "有重复的 id (an id stands twice)"
    for entry in entries:
        stories = [story for issue in issues.get(entry.day, ()) for story in issue]
        same = [story for story in stories if bare(story.headline) == bare(entry.title)]
        if not same:
            yield f"{entry.day} 的简报没有这一条 (no issue of that day has this story): {entry.title}"
            continue
        text = f"{entry.title}\n{entry.text}"
        yield from min((missing(text, [story]) for story in same), key=len)


def unlike(atom: Sequence[FeedEntry], other: Sequence[FeedEntry]) -> Iterator[str]:
    """Whether the two feeds of a page have the same entries in the same order."""
    if [entry.id for entry in atom] != [entry.id for entry in other]:
        yield "与 Atom 的条目不同 (not the entries of the Atom feed)"
