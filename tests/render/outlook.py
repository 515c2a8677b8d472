"""What Outlook for Windows can do with the HTML of a mail: it lays it out with Word.

Source: Microsoft, "Word 2007 HTML and CSS Rendering Capabilities in Outlook 2007" (the engine of Outlook 2007
to 2021), whose three classes of properties these are, and which elements have which. What is listed as
`HARMLESS` is ignored there, and the mail is right without it.
"""

from __future__ import annotations

import re
from html.parser import HTMLParser

CORE = frozenset(
    {
        *("color", "background-color", "font", "font-family", "font-size", "font-style", "font-variant"),
        *("font-weight", "letter-spacing", "line-height", "text-align", "text-decoration", "text-transform"),
        *("vertical-align", "white-space", "border", "border-collapse", "border-color", "border-style"),
        *("border-width", "border-bottom", "border-left", "border-right", "border-top"),
    }
)
EXTENDED = CORE | {"text-indent", "margin", "margin-bottom", "margin-left", "margin-right", "margin-top"}
FULL = EXTENDED | {
    *("height", "width", "padding", "padding-bottom", "padding-left", "padding-right", "padding-top"),
}
PROPERTIES = {
    **dict.fromkeys(("html", "body", "span", "a", "b", "strong", "em", "i", "br"), CORE),
    **dict.fromkeys(("div", "p", "ul", "ol", "li"), EXTENDED),
    **dict.fromkeys(("table", "tbody", "tr", "td", "th", "h1", "h2", "h3", "h4", "h5", "h6"), FULL),
}
HARMLESS = {
    ("body", "margin"),  # Outlook has margins of its own
    ("body", "padding"),
    ("body", "-webkit-text-size-adjust"),
    ("table", "max-width"),  # a table of fixed width stands around it there, in a conditional comment
    ("div", "display"),  # the preheader: mso-hide hides it there
    ("div", "max-height"),
    ("div", "overflow"),
}
NOT_DRAWN = {"html", "head", "meta", "title", "style", "body"}
ATTRIBUTES = frozenset(
    {
        *("align", "bgcolor", "border", "cellpadding", "cellspacing", "charset", "class", "content", "href"),
        *("lang", "name", "role", "style", "valign", "width", "xmlns:o"),
    }
)
_LENGTH = re.compile(r"-?\d+(?:\.\d+)?(?:rem|vw|vh|ch)\b")


def objections(html: str) -> list[str]:
    """Everything in the HTML that Word does not do and that is not known to be harmless."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader.found


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self._in_style = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._in_style = tag == "style"
        if tag not in PROPERTIES and tag not in NOT_DRAWN:
            self.found.append(f"element <{tag}>")
        for name, value in attrs:
            if name not in ATTRIBUTES:
                self.found.append(f"attribute {tag}[{name}]")
            if name == "style":
                self._style(tag, value or "")
            if name == "width" and not re.fullmatch(r"\d+%?", value or ""):
                self.found.append(f"{tag}[width={value}]")

    def handle_data(self, data: str) -> None:
        if not self._in_style:
            return
        for name, condition in re.findall(r"@([\w-]+)\s*([^{]*)\{", data):
            if (name, condition.strip()) != ("media", "(prefers-color-scheme: dark)"):
                self.found.append(f"@{name} {condition}")

    def _style(self, tag: str, style: str) -> None:
        for declaration in filter(None, (part.strip() for part in style.split(";"))):
            name, _, value = (part.strip() for part in declaration.partition(":"))
            if not (name.startswith("mso-") or name in PROPERTIES.get(tag, CORE) or (tag, name) in HARMLESS):
                self.found.append(f"{tag} {{ {name} }}")
            if _LENGTH.search(value) or "calc(" in value or "var(" in value or "!important" in value:
                self.found.append(f"{tag} {{ {declaration} }}")
            if re.search(r"rgba|hsla|#[0-9a-f]{8}\b", value):
                self.found.append(f"{tag} {{ {declaration} }}")
