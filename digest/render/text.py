"""View data → plain text or Markdown, to be pasted into a chat."""

from __future__ import annotations

from digest.render.themes import Theme, fill
from digest.render.view import IssueView


def render_text(view: IssueView, theme: Theme, suffix: str) -> bytes:
    """The issue by the theme's ``issue.SUFFIX.j2``, in UTF-8. Raises RenderError where the theme fails."""
    text = fill(theme, f"issue.{suffix}.j2", {"issue": view})
    return text.encode("utf-8", "replace")
