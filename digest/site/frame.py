"""What stands around every page: names, ways to the other parts, provenance for machines."""

from __future__ import annotations

import json
import posixpath
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from digest.render.view import StoryView
from digest.render.wording import is_traditional
from digest.site import paths
from digest.site.view import Frame, Link

NAV = (
    ("首页", paths.HOME),
    ("地区", paths.index_page("region")),
    ("主题", paths.index_page("topic")),
    ("来源", paths.index_page("paper")),
    ("关键词", paths.index_page("keyword")),
    ("查找", paths.SEARCH),
    ("说明", paths.ABOUT),
)
DESCRIPTION_CHARS = 120
HANT = "zh-Hant"


@dataclass(frozen=True, slots=True)
class Site:
    """What is the same for all pages."""

    name: str
    publisher: str
    url: str  # with a slash at its end, or ""

    def address(self, path: str) -> str:
        """The absolute address of a path, or "" where the site has none."""
        return paths.absolute(self.url, path) if self.url else ""


def frame(
    site: Site,
    path: str,
    title: str,
    *,
    crumbs: Sequence[tuple[str, str]] = (),
    lang: str = "zh-Hans",
    kind: str = "website",
    description: str = "",
    feed_folder: str = "",
    json_ld: str = "",
) -> Frame:
    """The frame of the page at `path`; `crumbs` are names and paths from the top to the page above it."""
    section = path.partition("/")[0]
    depth = path.count("/")
    feed = posixpath.join(feed_folder, paths.ATOM)
    return Frame(
        title=title,
        title_lang=lang_of(title),
        site=site.name,
        root="../" * depth,
        path=path,
        canonical=site.address(path),
        lang=lang,
        kind=kind,
        description=_cut(description or title),
        feed=paths.href(path, feed),
        json_feed=paths.href(path, posixpath.join(feed_folder, paths.JSON_FEED)),
        nav=tuple(
            Link(name, paths.href(path, target), is_here=target == path or _is_within(target, section))
            for name, target in NAV
        ),
        crumbs=tuple(Link(name, paths.href(path, target), lang=lang_of(name)) for name, target in crumbs),
        json_ld=json_ld,
    )


def lang_of(text: str) -> str:
    """The language of a line of text, where it is not that of the page around it."""
    return HANT if is_traditional(text) else ""


def _is_within(target: str, section: str) -> bool:
    return "/" in target and target.partition("/")[0] == section


def _cut(text: str) -> str:
    return text if len(text) <= DESCRIPTION_CHARS else text[:DESCRIPTION_CHARS] + "……"


def news_article(site: Site, path: str, story: StoryView, day: date) -> str:
    """The story as schema.org's NewsArticle, with the reports that its sentences are taken from."""
    data: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": story.headline,
        "inLanguage": story.lang,
        "datePublished": day.isoformat(),
        "articleSection": story.topic.name,
        "contentLocation": {"@type": "Place", "name": story.region.name},
        "keywords": list(story.keywords),
        "articleBody": "".join((" " if s.space_before else "") + s.text for s in story.sentences),
        "publisher": {"@type": "Organization", "name": site.publisher or site.name},
        "isBasedOn": [_report(source) for source in story.sources],
    }
    if story.corrections:
        data["correction"] = [
            {"@type": "CorrectionComment", "text": one.text, "datePublished": one.date_iso}
            for one in story.corrections
        ]
    if site.url:
        data["@id"] = data["url"] = data["mainEntityOfPage"] = site.address(path)
    return script_json(data)


def _report(source: Any) -> dict[str, Any]:
    data: dict[str, Any] = {"@type": "NewsArticle", "headline": source.headline}
    data["publisher"] = {"@type": "NewsMediaOrganization", "name": source.name}
    if source.date_iso:
        data["datePublished"] = source.date_iso
    if source.page:
        data["pagination"] = source.page
    if source.url:
        data["url"] = source.url
    if source.authors:
        data["author"] = [{"@type": "Person", "name": name} for name in source.authors]
    return data


def script_json(data: Any) -> str:
    """JSON that can stand in a <script>: no `<` in it, and no character that ends a line of JavaScript."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    for char in "<>&\u2028\u2029":
        text = text.replace(char, f"\\u{ord(char):04x}")
    return text.encode("utf-8", "replace").decode("utf-8")
