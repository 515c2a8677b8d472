"""Stories → Atom (RFC 4287) and JSON Feed 1.1, sitemaps (sitemaps.org), robots.txt (RFC 9309).

An entry's id is made of edition, date and story, and of nothing that may change: neither the address of the
site nor the place of the story in its issue. Times are those of the issue's date in China: nothing here asks
a clock, so that two builds give the same bytes.
"""

from __future__ import annotations

import json
import posixpath
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from digest.library.catalogue import Key
from digest.render.view import SentenceView, StoryView
from digest.site import paths
from digest.site.frame import Site

MAX_ENTRIES = 30
SITEMAP_URLS = 50_000  # of one file, sitemaps.org
_SPACE = uuid.uuid5(uuid.NAMESPACE_URL, "urn:digest:story")
_CONTROLS = {n: None for n in range(32) if n not in (9, 10, 13)} | {0xFFFE: None, 0xFFFF: None}


@dataclass(frozen=True, slots=True)
class Entry:
    """A story in a feed."""

    key: Key
    story: StoryView
    changed: date  # of the issue, or the day on which something of it was taken back


def entry_id(key: Key) -> str:
    """A URN that is the same forever."""
    return uuid.uuid5(_SPACE, f"{key.edition}\n{key.day.isoformat()}\n{key.story}").urn


def atom(site: Site, path: str, title: str, page: str, entries: Sequence[Entry]) -> bytes:
    """The Atom feed at `path` of the page at `page`."""
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>',
        '<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="zh-Hans">',
        f"<id>{uuid.uuid5(_SPACE, path).urn}</id>",
        f"<title>{_xml(title)}</title>",
        f"<updated>{_time(max((entry.changed for entry in entries), default=date(1970, 1, 1)))}</updated>",
        f"<author><name>{_xml(site.publisher or site.name)}</name></author>",
        "<generator>digest</generator>",
        f'<link rel="self" type="application/atom+xml" href={_link(site, path, path)}/>',
        f'<link rel="alternate" type="text/html" href={_link(site, path, page)}/>',
    ]
    for entry in entries:
        lines += _atom_entry(site, path, entry)
    return ("\n".join([*lines, "</feed>"]) + "\n").encode("utf-8", "replace")


def _atom_entry(site: Site, path: str, entry: Entry) -> list[str]:
    story, when = entry.story, _time(entry.key.day)
    target = paths.story_page(entry.key)
    return [
        f"<entry xml:lang={quoteattr(story.lang)}>",
        f"<id>{entry_id(entry.key)}</id>",
        f"<title>{_xml(story.headline)}</title>",
        f"<published>{when}</published>",
        f"<updated>{_time(entry.changed)}</updated>",
        f'<link rel="alternate" type="text/html" href={_link(site, path, target)}/>',
        f"<category term={quoteattr(_clean(story.region.name))}/>",
        f"<category term={quoteattr(_clean(story.topic.name))}/>",
        f"<summary>{_xml(_summary(story))}</summary>",
        f'<content type="html">{_xml(_html(story))}</content>',
        "</entry>",
    ]


def json_feed(site: Site, path: str, title: str, page: str, entries: Sequence[Entry]) -> bytes:
    """The JSON Feed at `path` of the page at `page`."""
    data: dict[str, Any] = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": title,
        "language": "zh-Hans",
        "authors": [{"name": site.publisher or site.name}],
        "items": [_json_entry(site, path, entry) for entry in entries],
    }
    if site.url:
        data["home_page_url"] = site.address(page)
        data["feed_url"] = site.address(path)
    text = json.dumps(data, ensure_ascii=False, indent=1)
    return (text + "\n").encode("utf-8", "replace")


def _json_entry(site: Site, path: str, entry: Entry) -> dict[str, Any]:
    story, target = entry.story, paths.story_page(entry.key)
    return {
        "id": entry_id(entry.key),
        "url": site.address(target) or paths.href(path, target),
        "title": story.headline,
        "content_html": _html(story),
        "summary": _summary(story),
        "date_published": _time(entry.key.day),
        "date_modified": _time(entry.changed),
        "language": story.lang,
        "tags": [story.region.name, story.topic.name, *story.keywords],
    }


def _summary(story: StoryView) -> str:
    return "".join((" " if s.space_before else "") + s.text for s in story.sentences) or story.note


def _html(story: StoryView) -> str:
    """The whole of a story: note, summary, sources."""
    parts = [f"<p>{escape(story.note)}</p>"] if story.note else []
    if story.sentences:
        said = "".join(_said(sentence) for sentence in story.sentences)
        parts.append(f"<p>{said}</p>")
    sources = "；".join(
        " ".join(filter(None, (escape(source.name), source.page, source.date)))
        for source in story.sources
        if not source.is_repeat
    )
    return "".join([*parts, f"<p>来源：{sources}</p>"])


def _said(sentence: SentenceView) -> str:
    speaker = f"〔{escape(sentence.speaker)}〕" if sentence.speaker else ""
    return speaker + (" " if sentence.space_before else "") + escape(sentence.text)


def _time(day: date) -> str:
    return f"{day.isoformat()}T00:00:00+08:00"


def _link(site: Site, path: str, target: str) -> str:
    return quoteattr(site.address(target) or paths.href(path, target) or posixpath.basename(target))


def _xml(text: str) -> str:
    return escape(_clean(text))


def _clean(text: str) -> str:
    """Without what XML 1.0 cannot say."""
    return text.translate(_CONTROLS)


# ---------------------------------------------------------------- for machines that read the whole site


def sitemap_parts(site: Site, name: str, pages: Sequence[str]) -> dict[str, bytes]:
    """The sitemap of some of the pages, in as many files as it takes; none without [site] url."""
    if not site.url:
        return {}
    addresses = [site.address(path) for path in pages]
    parts = [addresses[n : n + SITEMAP_URLS] for n in range(0, len(addresses), SITEMAP_URLS)]
    return {
        f"sitemap-{name}{f'-{n}' if n else ''}.xml": _sitemap("urlset", "url", part)
        for n, part in enumerate(parts)
    }


def sitemap_index(site: Site, parts: Iterable[str]) -> dict[str, bytes]:
    """sitemap.xml: the files that the addresses stand in; none without [site] url.

    A month has a file of its own, so that a day changes little.
    """
    names = [site.address(name) for name in parts]
    return {paths.SITEMAP: _sitemap("sitemapindex", "sitemap", names)} if site.url else {}


def _sitemap(outer: str, inner: str, addresses: Iterable[str]) -> bytes:
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>',
        f'<{outer} xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">',
        *(f"<{inner}><loc>{escape(address)}</loc></{inner}>" for address in addresses),
        f"</{outer}>",
    ]
    return ("\n".join(lines) + "\n").encode("utf-8")


def robots(site: Site) -> bytes:
    """Everything may be read."""
    lines = ["User-agent: *", "Allow: /"]
    if site.url:
        lines.append(f"Sitemap: {site.address(paths.SITEMAP)}")
    return ("\n".join(lines) + "\n").encode("utf-8")
