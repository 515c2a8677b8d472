"""The dots between a title and its page number as one text; WeasyPrint 70 lays out and draws each by itself.

In a table of contents of 231 stories they were 7,000 texts, more than the lines of its 101 pages: 1 of 5.5
seconds to set it.
"""

from __future__ import annotations

from copy import copy
from typing import Any

from weasyprint.layout import leader

from digest.render.patch import replace_function, require_version

_handle_leader_of_weasyprint = leader.handle_leader


def install() -> None:
    """Replace WeasyPrint's leaders in this process.

    Raises RuntimeError for a version of WeasyPrint that this was not made for.
    """
    require_version()
    replace_function(_handle_leader_of_weasyprint, _handle_leader)


def _handle_leader(context: Any, line: Any, containing_block: Any) -> None:
    _handle_leader_of_weasyprint(context, line, containing_block)
    _, box = leader.leader_index(line)
    if box is None or len(box.children) < 2:
        return
    dot = box.children[-1]  # they were put from the right to the left
    dots = dot.copy_with_text(dot.text * len(box.children))
    dots.width = dot.width * len(box.children)
    dots.pango_layout = copy(dot.pango_layout)
    dots.pango_layout.text = dots.text
    box.children = (dots,)
