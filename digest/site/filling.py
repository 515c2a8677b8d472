"""Pages → bytes, by the templates of a theme."""

from __future__ import annotations

from digest.render.themes import Theme, theme_errors
from digest.site.stories import Page

TEMPLATES = (
    *("site_base.html.j2", "home_page.html.j2", "calendar_page.html.j2", "issue_page.html.j2"),
    *("story_page.html.j2", "article_page.html.j2", "list_page.html.j2", "index_page.html.j2"),
    *("search_page.html.j2", "about_page.html.j2", "not_found_page.html.j2", "site_parts.html.j2"),
    "story.html.j2",
)


class Filler:
    """Fills the site's templates; each is read once."""

    def __init__(self, theme: Theme) -> None:
        self._theme = theme
        self._environment = theme.environment()

    def fill(self, page: Page) -> bytes:
        """Raises RenderError, naming template and line, where the theme is wrong."""
        with theme_errors(self._theme, page.template):
            template = self._environment.get_template(page.template)
            text = template.render({"frame": page.frame, **page.values})
        return text.encode("utf-8", "replace")

    def sources(self) -> list[str]:
        """The text of every template of the site, whichever theme it is of."""
        return [self._theme.text(name) for name in TEMPLATES]

    def asset(self, names: tuple[str, ...]) -> bytes:
        """Files of the theme, one behind the other."""
        return "".join(self._theme.text(name) for name in names).encode("utf-8")
