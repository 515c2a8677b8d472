"""View data → the page for the screen: one file that needs nothing else."""

from __future__ import annotations

from digest.render.themes import Theme, fill
from digest.render.view import IssueView

TEMPLATE = "issue.html.j2"


def render_html(view: IssueView, theme: Theme) -> bytes:
    """The issue as one HTML file in UTF-8. Raises RenderError where the theme fails."""
    # A lone surrogate, should one come this far, is shown as the replacement character.
    return fill(theme, TEMPLATE, {"issue": view}).encode("utf-8", "replace")
