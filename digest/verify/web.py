"""An HTML page as a check sees it: its words, its links, and the places that links may lead to."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

_SILENT = frozenset({"script", "style", "template", "title"})
_LINKS = frozenset({"href", "src"})


@dataclass(frozen=True, slots=True)
class Page:
    text: str = field(repr=False)
    links: tuple[str, ...]
    ids: frozenset[str]


def read_page(html: str) -> Page:
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return Page("".join(reader.text), tuple(dict.fromkeys(reader.links)), frozenset(reader.ids))


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.text: list[str] = []
        self.links: list[str] = []
        self.ids: list[str] = []
        self._silent = 0
        self._marks = 0  # inside of a link that is the number of a sentence

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._silent += tag in _SILENT
        values = {name: value or "" for name, value in attrs}
        self._marks += tag == "a" and (self._marks > 0 or "ref" in values.get("class", "").split())
        self.links += [value for name, value in values.items() if name in _LINKS]
        self.ids += [value for name, value in values.items() if name in {"id", "name"}]

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        self._silent -= tag in _SILENT and self._silent > 0
        self._marks -= tag == "a" and self._marks > 0

    def handle_data(self, data: str) -> None:
        if not self._silent and not self._marks:
            self.text.append(data)


def dead_links(page: Page, path: Path, root: Path, ids_of: Callable[[Path], frozenset[str]]) -> Iterator[str]:
    """The links of the page at `path` that lead to nothing below `root`; none is followed out."""
    for link in page.links:
        try:
            parts = urlsplit(link)
        except ValueError:
            yield f"不是链接 (no link): {link}"
            continue
        if parts.scheme or parts.netloc:
            continue
        target, fragment = path, unquote(parts.fragment)
        if parts.path:
            base = root if parts.path.startswith("/") else path.parent
            target = base / unquote(parts.path).lstrip("/")
            target = target / "index.html" if target.is_dir() or parts.path.endswith("/") else target
        if not target.resolve().is_relative_to(root.resolve()) or not target.is_file():
            yield f"链接落空 (the link leads nowhere): {link}"
        elif fragment and target.suffix == ".html" and fragment not in ids_of(target):
            yield f"链接所指的位置不存在 (no such place in the page): {link}"
