"""Stories → Atom (RFC 4287) and JSON Feed 1.1, sitemaps (sitemaps.org), robots.txt (RFC 9309).

An entry's id is made of edition, date and story, and of nothing that may change: neither the address of the
site nor the place of the story in its issue. Times are those of the issue's date in China: nothing here asks
a clock, so that two builds give the same bytes.
"""

from __future__ import annotations

import json
import posixpath
import re
import uuid
from collections.abc import Callable, Iterable, Mapping, Sequence
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
    changed: date  # of the issue, or the day on which something of it was taken back
    is_as_before: bool  # whether the feed that stands tells it as it must be told
    story: Callable[[], StoryView]  # looked up only where it has to be told anew


def entry_id(key: Key) -> str:
    """A URN that is the same forever."""
    return uuid.uuid5(_SPACE, f"{key.edition}\n{key.day.isoformat()}\n{key.story}").urn


def atom(
    site: Site, path: str, title: str, page: str, entries: Sequence[Entry], before: bytes = b""
) -> bytes:
    """The Atom feed at `path` of the page at `page`; `before` is the one that stands."""
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
    known = {(told["id"], told["updated"]): told[0] for told in _ATOM_ENTRY.finditer(before.decode())}
    for entry in entries:
        told = known.get((entry_id(entry.key), _time(entry.changed))) if entry.is_as_before else None
        lines.append(told or _atom_entry(site, path, entry))
    return ("\n".join([*lines, "</feed>"]) + "\n").encode("utf-8", "replace")


_ATOM_ENTRY = re.compile(
    r"<entry .*\n<id>(?P<id>.*)</id>\n(?:.*\n)+?<updated>(?P<updated>.*)</updated>\n(?:.*\n)+?</entry>$", re.M
)


def _atom_entry(site: Site, path: str, entry: Entry) -> str:
    story, when = entry.story(), _time(entry.key.day)
    target = paths.story_page(entry.key)
    lines = (
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
    )
    return "\n".join(lines)


def json_feed(
    site: Site, path: str, title: str, page: str, entries: Sequence[Entry], before: bytes = b""
) -> bytes:
    """The JSON Feed at `path` of the page at `page`, an item a line; `before` is the one that stands."""
    data: dict[str, Any] = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": title,
        "language": "zh-Hans",
        "authors": [{"name": site.publisher or site.name}],
    }
    if site.url:
        data["home_page_url"] = site.address(page)
        data["feed_url"] = site.address(path)
    known = {}
    for line in before.decode().split("\n"):
        if line.startswith('{"id":'):
            told = line.removesuffix(",")
            item = json.loads(told)
            known[item["id"], item["date_modified"]] = told
    items = [
        (known.get((entry_id(entry.key), _time(entry.changed))) if entry.is_as_before else None)
        or _json(_json_entry(site, path, entry))
        for entry in entries
    ]
    text = ",\n".join(items)
    return f'{_json(data).removesuffix("}")}, "items": [\n{text}\n]}}\n'.encode("utf-8", "replace")


def _json(data: Mapping[str, Any]) -> str:
    return json.dumps(data, ensure_ascii=False)


def _json_entry(site: Site, path: str, entry: Entry) -> dict[str, Any]:
    story, target = entry.story(), paths.story_page(entry.key)
    return {
        "id": entry_id(entry.key),
        "url": site.address(target) or paths.href(path, target),
        "title": story.headline,
        "content_html": _html(story),
        "summary": _summary(story),
        "date_published": _time(entry.key.day),
        "date_modified": _time(entry.changed),
        "language": story.lang,
        "tags": list(dict.fromkeys((story.region.name, story.topic.name, *story.keywords))),
    }


def _summary(story: StoryView) -> str:
    return "".join((" " if s.space_before else "") + s.text for s in story.sentences) or _notes(story)


def _notes(story: StoryView) -> str:
    return "　".join([*(one.text for one in story.corrections), story.note]).strip()


def _html(story: StoryView) -> str:
    """The whole of a story: corrections, note, summary, what other papers add, sources."""
    notes = [(one.label, one.text) for one in story.corrections]
    notes += [("编者按", story.note)] if story.note else []
    parts = [f"<p><strong>{label}</strong>　{escape(text)}</p>" for label, text in notes]
    if story.sentences:
        said = "".join(_said(sentence) for sentence in story.sentences)
        parts.append(f"<p>{said}</p>")
    parts += [f"<p>另据{escape(one.paper)}：{escape(one.sentence.text)}</p>" for one in story.added]
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
    return _sitemaps(name, _urls(site, pages)) if site.url else {}


def sitemap_changed(
    site: Site, name: str, before: Iterable[bytes], gone: Iterable[str], added: Iterable[str]
) -> dict[str, bytes]:
    """The sitemap of the pages in the files `before` without those gone and with those added; as if new."""
    if not site.url:
        return {}
    lines = {line for part in before for line in part.split(b"\n") if line.startswith(_URL)}
    lines.difference_update(_urls(site, gone))
    return _sitemaps(name, lines.union(_urls(site, added)))


_URL = b"<url>"


def _urls(site: Site, pages: Iterable[str]) -> list[bytes]:
    return [f"<url><loc>{escape(site.address(path))}</loc></url>".encode() for path in pages]


def _sitemaps(name: str, lines: Iterable[bytes]) -> dict[str, bytes]:
    """In the order of the addresses, which needs nothing but themselves."""
    ordered = sorted(lines)
    parts = [ordered[n : n + SITEMAP_URLS] for n in range(0, len(ordered), SITEMAP_URLS)]
    return {
        f"sitemap-{name}{f'-{n}' if n else ''}.xml": _sitemap("urlset", part) for n, part in enumerate(parts)
    }


def sitemap_index(site: Site, parts: Iterable[str]) -> dict[str, bytes]:
    """sitemap.xml: the files that the addresses stand in; none without [site] url.

    A month has a file of its own, so that a day changes little.
    """
    names = [f"<sitemap><loc>{escape(site.address(name))}</loc></sitemap>".encode() for name in parts]
    return {paths.SITEMAP: _sitemap("sitemapindex", names)} if site.url else {}


def _sitemap(kind: str, lines: Sequence[bytes]) -> bytes:
    head = f'<?xml version="1.0" encoding="utf-8"?>\n<{kind} xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">'
    return b"\n".join([head.encode(), *lines, f"</{kind}>\n".encode()])


def robots(site: Site) -> bytes:
    """Everything may be read."""
    lines = ["User-agent: *", "Allow: /"]
    if site.url:
        lines.append(f"Sitemap: {site.address(paths.SITEMAP)}")
    return ("\n".join(lines) + "\n").encode("utf-8")
