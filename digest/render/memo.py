"""What WeasyPrint 70 works out again for every line and page, worked out once.

Each function here gives what the function of WeasyPrint that it stands for gives; a test sets the same pages
with and without them and compares the bytes. They are private functions, so `install` refuses every version
but the one that the test was made for. On 101 pages of jianbao they take a third off the processor's time and
half of the memory (`python -m bench.pdf --stories 231 --themes jianbao`).
"""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from copy import copy
from typing import Any

import pydyf
from weasyprint.css import StyleFor
from weasyprint.formatting_structure import boxes
from weasyprint.layout import background, percent
from weasyprint.layout.page import PageType
from weasyprint.pdf import fonts
from weasyprint.text import line_break
from weasyprint.text.constants import PANGO_DIRECTION
from weasyprint.text.ffi import ffi, gobject, pango, unicode_to_char_p

from digest.render.patch import replace_function, require_version

THREADS = 2


def install() -> None:
    """Replace the functions in this process.

    Raises RuntimeError for a version of WeasyPrint that this was not made for.
    """
    require_version()
    StyleFor.set_computed_styles = _set_computed_styles
    line_break.Layout.setup = _setup
    line_break._font_style_cache_key = _font_style_cache_key
    fonts.Font.file_content = property(_file_content, _set_file_content)
    fonts.get_hb_object_data = _Unread
    pydyf.PDF.page_references = property(_page_references)
    pydyf.PDF.write = _write
    pydyf.Stream.data = property(_stream_data)
    replace_function(_resolve_percentages_of_weasyprint, _resolve_percentages)
    replace_function(_resolve_radii_of_weasyprint, _resolve_radii)
    replace_function(_split_first_line_of_weasyprint, _split_first_line)


# ---------------------------------------------------------------- styles

_set_computed_styles_of_weasyprint = StyleFor.set_computed_styles
_NOTES = frozenset({"note-call", "note-callback", "note-marker"})  # WeasyPrint writes their anchors into them


def _set_computed_styles(
    self: Any, element: Any, parent: Any, *, pseudo_type: Any = None, **more: Any
) -> None:
    """A style follows from its parent's and its declarations: page 8 is styled as page 6 is.

    WeasyPrint knows that of elements, and styles pages, their margins and pseudo-elements one by one.
    """
    computed = self.get_computed_styles()
    declared = self.get_cascaded_styles().get((element, pseudo_type), {}).items()
    values = tuple((name, id(value), *weight[:2], *weight[2]) for name, (value, weight) in declared)
    key = (id(computed.get((parent, None))), pseudo_type, values)
    known = self.__dict__.setdefault("digest_styles", {})
    is_shared = (pseudo_type or isinstance(element, PageType)) and pseudo_type not in _NOTES
    if not is_shared or key not in known:
        _set_computed_styles_of_weasyprint(self, element, parent, pseudo_type=pseudo_type, **more)
        known[key] = computed[element, pseudo_type]  # keeps its parent and values alive: an id stays theirs
    computed[element, pseudo_type] = known[key]


# ---------------------------------------------------------------- boxes

_resolve_percentages_of_weasyprint = percent.resolve_percentages
_resolve_radii_of_weasyprint = background.resolve_radii_percentages
_RESOLVED = (
    *(f"{part}_{side}" for part in ("margin", "padding") for side in ("top", "right", "bottom", "left")),
    *(f"border_{side}_width" for side in ("top", "right", "bottom", "left")),
    *("width", "min_width", "max_width", "height", "min_height", "max_height"),
)
_CORNERS = tuple(
    f"border_{corner}_radius" for corner in ("top_left", "top_right", "bottom_right", "bottom_left")
)
_SQUARE = dict.fromkeys(_CORNERS, (0, 0))


def _resolve_percentages(box: Any, containing_block: Any) -> None:
    """The used values of a box follow from its style and the room it is in."""
    if isinstance(containing_block, boxes.Box):
        width, height = containing_block.width, containing_block.height
    else:
        width, height = containing_block
    style = box.style
    known = style.__dict__.setdefault("digest_used", {})
    key = (width, height, isinstance(box, boxes.PageBox))
    used = known.get(key)
    if used is not None and isinstance(box, boxes.Box):
        box.__dict__.update(used)
        return
    _resolve_percentages_of_weasyprint(box, (width, height))
    if style["border_collapse"] != "collapse":  # there the borders are the table's
        known[key] = {name: getattr(box, name) for name in _RESOLVED}


def _resolve_radii(box: Any) -> None:
    square = box.style.__dict__.get("digest_square")
    if square is None:
        square = box.style.digest_square = all((0, "px") in box.style[corner] for corner in _CORNERS)
    if square and isinstance(box, boxes.Box):  # no stand-in for one elsewhere
        box.__dict__.update(_SQUARE)
    else:
        _resolve_radii_of_weasyprint(box)


# ---------------------------------------------------------------- text

_setup_of_weasyprint = line_break.Layout.setup
_font_style_cache_key_of_weasyprint = line_break._font_style_cache_key
_split_first_line_of_weasyprint = line_break.split_first_line
_HAN = "[\u3400-\u4dbf\u4e00-\u9fff]"
_BREAKABLE = re.compile(_HAN + _HAN)


def _setup(self: Any, style: Any) -> None:
    """Layouts of one style share the context that they are made in and the description of their font."""
    known = style.__dict__.get("digest_text")
    if known is None:
        known = style.digest_text = _text_tools(style)
    if not known:
        _setup_of_weasyprint(self, style)
        return
    context, description, self.language = known
    self.style = style
    self.first_line_direction = 0
    self.layout = ffi.gc(pango.pango_layout_new(context), gobject.g_object_unref)
    pango.pango_layout_set_auto_dir(self.layout, False)
    pango.pango_layout_set_font_description(self.layout, description)
    self.ascent = self.underline_position = self.strikethrough_position = None


def _text_tools(style: Any) -> tuple[Any, ...]:
    """The context, font description and language of a style; nothing for one of a rarer kind."""
    if style["text_decoration_line"] != "none" or style["font_language_override"] != "normal":
        return ()
    if _has_features(style) or not style["lang"]:
        return ()
    new = pango.pango_font_map_create_context(style.font_config.font_map)
    context = ffi.gc(new, gobject.g_object_unref)
    pango.pango_context_set_round_glyph_positions(context, False)
    pango.pango_context_set_base_dir(context, PANGO_DIRECTION[style["direction"]])
    pointer, _ = unicode_to_char_p(style["lang"])
    language = pango.pango_language_from_string(pointer)
    pango.pango_context_set_language(context, language)
    return context, line_break.get_font_description(style), language


def _has_features(style: Any) -> bool:
    names = ("kerning", "variant_ligatures", "variant_position", "variant_caps", "variant_numeric")
    more = ("variant_alternates", "variant_east_asian", "feature_settings")
    return bool(line_break.font_features(*(style[f"font_{name}"] for name in names + more)))


def _font_style_cache_key(style: Any, include_size: bool = False) -> Any:
    known = style.__dict__.setdefault("digest_font_keys", {})
    if include_size not in known:
        known[include_size] = _font_style_cache_key_of_weasyprint(style, include_size)
    return known[include_size]


def _split_first_line(text: str, style: Any, context: Any, max_width: Any, *args: Any, **more: Any) -> Any:
    """Columns are laid out until they are even, contents again when the pages they name are known."""
    known = style.__dict__.setdefault("digest_lines", {})
    key = (text, max_width, args, *more.items())
    if key not in known:
        known[key] = _split_chinese_line(text, style, context, max_width, *args, **more)
    layout, *line = known[key]
    return copy(layout), *line


def _split_chinese_line(text: str, style: Any, context: Any, max_width: Any, *args: Any, **more: Any) -> Any:
    """WeasyPrint lays out four times the characters of a line; of Chinese one and a half times are enough."""
    n = int(1.5 * max_width / style["font_size"]) + 8 if max_width and max_width < 2**20 else 0
    if n and len(text) > n:
        line = _split_first_line_of_weasyprint(text[:n], style, context, max_width, *args, **more)
        resume = line[2]
        if resume is not None and _BREAKABLE.search(text[:n].encode()[resume:].decode()[1:-2]):
            return line
    return _split_first_line_of_weasyprint(text, style, context, max_width, *args, **more)


# ---------------------------------------------------------------- the file

_hb_object_data = fonts.get_hb_object_data
_write_of_pydyf = pydyf.PDF.write
_page_references_of_pydyf = pydyf.PDF.page_references.fget
_stream_data_of_pydyf = pydyf.Stream.data.fget


class _Unread:
    """The file of a font. WeasyPrint copies all 20 MB of each to have them where no subset can be made."""

    def __init__(self, face: Any) -> None:
        self.face = face

    def __bool__(self) -> bool:
        return bool(self.read())

    def read(self) -> Any:
        return _hb_object_data(self.face)


def _file_content(self: Any) -> Any:
    if isinstance(self.__dict__["file_content"], _Unread):
        self.file_content = self.__dict__["file_content"].read()
    return self.__dict__["file_content"]


def _set_file_content(self: Any, content: Any) -> None:
    self.__dict__["file_content"] = content


def _page_references(self: Any) -> Any:
    """Asked for each of the thousands of tags."""
    n = len(self.pages["Kids"])
    if self.__dict__.get("digest_references", ((), 0))[1] != n:
        self.digest_references = (_page_references_of_pydyf(self), n)
    return self.digest_references[0]


def _stream_data(self: Any) -> Any:
    known = self.__dict__.get("digest_data")
    return _stream_data_of_pydyf(self) if known is None else known


def _write(self: Any, *args: Any) -> None:
    """pydyf packs each stream twice, to write it and for the checksum; here once, and two at a time."""
    streams = [one for one in self.objects if isinstance(one, pydyf.Stream)]
    with ThreadPoolExecutor(THREADS) as pool:
        for stream, data in zip(streams, pool.map(_stream_data_of_pydyf, streams), strict=True):
            stream.digest_data = data
    _write_of_pydyf(self, *args)
