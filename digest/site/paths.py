"""Where each page of the site stands below the output folder, and how one leads to another.

A path depends on what the page is about and on nothing else, so that it stays when issues are added or built
again. Names of regions, topics, papers and keywords are folders in Chinese, as a reader would type them.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from datetime import date
from functools import lru_cache
from urllib.parse import quote

from digest.library.catalogue import Key, Label
from digest.model import Article
from digest.publish.names import shortened
from digest.render.wording import paper_of_file

HOME = "index.html"
SEARCH = "search/index.html"
ABOUT = "about/index.html"
NOT_FOUND = "404.html"
ATOM = "feed.xml"
JSON_FEED = "feed.json"
SITEMAP = "sitemap.xml"
ROBOTS = "robots.txt"
SEGMENT_BYTES = 120
_PLAIN = re.compile(r"[^\w\-]+")
_ID = re.compile(r"[0-9a-f]{12}")
_DEVICES = frozenset({"con", "prn", "aux", "nul", "index", "feed"})  # names that mean something already


def issue_page(edition: str, day: date) -> str:
    return f"issue/{_folder(edition)}{day.isoformat()}.html"


def story_page(key: Key) -> str:
    return f"story/{_folder(key.edition)}{key.day.isoformat()}/{_story(key.story)}.html"


def article_page(edition: str, day: date, article: Article) -> str:
    return f"article/{_folder(edition)}{day.isoformat()}/{article_id(article)}.html"


def article_id(article: Article) -> str:
    """Twelve hexadecimal digits of the article's place and words."""
    words = f"{article.source}#{article.index}\n{article.title}\n{article.text}"
    return hashlib.sha256(words.encode("utf-8", "surrogatepass")).hexdigest()[:12]


def label_folder(label: Label) -> str:
    """The folder of the pages of a label; 山东/聊城 lies in that of 山东."""
    if label.kind == "region":
        parts = [segment(part) for part in label.value.split("/")]
    elif (name := label_name(label)) != label.value:
        parts = [f"{segment(name)}-{_mark(label.value)}"]  # two files may be named alike
    else:
        parts = [segment(label.value)]
    return "/".join([FOLDERS[label.kind], *parts])


def label_name(label: Label) -> str:
    """What a reader calls it. A paper that is not known goes by the name of its file, never by its folder."""
    if label.kind == "region":
        return label.value.replace("/", "·")
    is_file = label.kind == "paper" and ("/" in label.value or "." in label.value)
    return paper_of_file(label.value) if is_file else label.value


def label_page(label: Label, month: str = "") -> str:
    """The newest stories of a label, or those of a month."""
    return f"{label_folder(label)}/{month or 'index'}.html"


def index_page(kind: str) -> str:
    """All labels of a kind."""
    return f"{FOLDERS[kind]}/index.html"


def year_page(year: int) -> str:
    return f"calendar/{year}.html"


FOLDERS = {"region": "region", "topic": "topic", "paper": "source", "keyword": "keyword"}


def segment(name: str) -> str:
    """One part of a path for any name; two names never have the same, on any file system.

    Letters, digits and hyphens stay; what had to be changed for it has a hash of the name behind it.
    """
    plain = _PLAIN.sub("-", unicodedata.normalize("NFKC", name)).strip("-_")
    if plain and plain == name == name.casefold() and plain not in _DEVICES and not plain[:2].isdigit():
        return shortened(plain, SEGMENT_BYTES)
    mark = _mark(name)
    return shortened(f"{plain}-{mark}" if plain else mark, SEGMENT_BYTES)


def _mark(name: str) -> str:
    return hashlib.sha256(name.encode("utf-8", "surrogatepass")).hexdigest()[:8]


def href(page: str, target: str) -> str:
    """The link from one page to another path, as it is written into HTML; it may end in #an-anchor."""
    path, mark, anchor = target.partition("#")
    # By way of the output folder: longer than need be, and made in no time.
    relative = "../" * page.count("/") + _quoted(path) if path else ""
    return relative + (f"#{quote(anchor)}" if mark else "")


_quoted = lru_cache(maxsize=100_000)(quote)


def absolute(url: str, target: str) -> str:
    """The address of a path below the address of the site; that of a folder for its index.html."""
    path, mark, anchor = target.partition("#")
    if path == "index.html" or path.endswith("/index.html"):
        path = path.removesuffix("index.html")
    way = "/".join(map(_quoted, path.split("/")))
    return f"{url.rstrip('/')}/{way}" + (f"#{quote(anchor)}" if mark else "")


def _story(story: str) -> str:
    return story if _ID.fullmatch(story) else segment(story)


def _folder(edition: str) -> str:
    return f"{segment(edition)}/" if edition else ""
