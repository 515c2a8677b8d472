"""What a PDF must say to a screen reader and WeasyPrint 70 does not write (PDF/UA-1, ISO 14289-1).

Running heads and page numbers are artifacts, not text (7.8); a link says what it leads to and lies in a Link
element (7.18.5), annotations are printed (7.18.1); a header cell says what it heads (7.5); another language
than the document's is named (7.2).
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pydyf
from weasyprint.document import Page
from weasyprint.formatting_structure import boxes
from weasyprint.layout.absolute import AbsolutePlaceholder
from weasyprint.pdf import tags
from weasyprint.pdf.stream import Stream

from digest.render.patch import require_version

PRINTED = 4  # flag of an annotation (ISO 32000-1, 12.5.3)
_SCOPES = {"row": "/Row", "col": "/Column"}

_paint_of_weasyprint = Page.paint
_marked_of_weasyprint = Stream.marked
_build_box_tree_of_weasyprint = tags._build_box_tree


def install() -> None:
    """Replace WeasyPrint's tags in this process.

    Raises RuntimeError for a version of WeasyPrint that this was not made for.
    """
    require_version()
    Page.paint = _paint
    Stream.marked = _marked
    tags._build_box_tree = _build_box_tree


def _paint(self: Any, stream: Any, *args: Any) -> None:
    margins = [box for box in self._page_box.children if isinstance(box, boxes.MarginBox)]
    stream.digest_margins = {text for box in margins for text in box.descendants(placeholders=True)}
    _paint_of_weasyprint(self, stream, *args)


@contextmanager
def _marked(self: Any, box: Any, tag: str) -> Iterator[None]:
    if self._tags is not None and box in self.digest_margins:
        self.begin_marked_content("Artifact", pydyf.Dictionary({"Type": "/Pagination"}))
        try:
            yield
        finally:
            self.end_marked_content()
    else:
        with _marked_of_weasyprint(self, box, tag):
            yield


def _build_box_tree(box: Any, parent: Any, pdf: Any, page_number: int, *args: Any) -> Iterator[Any]:
    """The structure elements of a box, with what WeasyPrint leaves out of them."""
    if isinstance(box, AbsolutePlaceholder):
        box = box._box
    if isinstance(box, boxes.MarginBox):
        return
    words = _text(box) if box.link_annotation else ""
    if box.link_annotation and not words:
        # What is left of a link at the end of a line that had no room for it.
        page = pdf.objects[pdf.pages["Kids"][3 * page_number]]
        page["Annots"].remove(box.link_annotation.reference)
        box.link_annotation = None
    for element in _build_box_tree_of_weasyprint(box, parent, pdf, page_number, *args):
        if box.element is not None and box.element_tag == box.element.tag not in ("html", "body"):
            _describe(element, box.element)
        if words:
            element["S"] = "/Link"
            box.link_annotation["Contents"] = pydyf.String(words)
            box.link_annotation["F"] = PRINTED
        elif element["S"] == "/Link":
            element["S"] = "/NonStruct"
        yield element


def _describe(element: Any, source: Any) -> None:
    if lang := source.get("lang"):
        element["Lang"] = pydyf.String(lang)
    if element["S"] == "/TH" and (scope := _SCOPES.get(source.get("scope"))):
        element["A"]["Scope"] = scope


def _text(box: Any) -> str:
    """The words of a link without the dots behind them."""
    if box.is_leader:
        return ""
    if isinstance(box, boxes.TextBox):
        return str(box.text)
    return "".join(_text(child) for child in box.children).strip()
