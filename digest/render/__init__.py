"""Issue → the files of an issue: index.html for the screen, digest.pdf for paper, issue.json for programs."""

from __future__ import annotations

from collections.abc import Iterable

from digest.config import RenderConfig
from digest.errors import ConfigError, RenderError
from digest.model import Issue, Rendition

HTML_NAME = "index.html"
PDF_NAME = "digest.pdf"
JSON_NAME = "issue.json"
EPUB_NAME = "digest.epub"
MARKDOWN_NAME = "digest.md"
TEXT_NAME = "digest.txt"
FORMATS = {"epub": EPUB_NAME, "md": MARKDOWN_NAME, "txt": TEXT_NAME}  # of render.formats


class Renditions(tuple[Rendition, ...]):
    """The files that were made. `failures` says, one line each, what was asked for and could not be made.

    The files are sound and may be published; whoever publishes them reports the failures and ends with the
    exit code of the first.
    """

    failures: tuple[RenderError, ...]

    def __new__(cls, files: Iterable[Rendition], failures: Iterable[RenderError] = ()) -> Renditions:
        made = super().__new__(cls, files)
        made.failures = tuple(failures)
        return made


def render(issue: Issue, config: RenderConfig) -> Renditions:
    """The files of `issue`, by the theme of `config`; the same issue and fonts give the same bytes.

    A PDF that cannot be set within the limits of `config` is a failure of the result, and the other files are
    still made. Raises UsageError where there is no such theme; ConfigError where a format is not known;
    RenderError where the theme is wrong; FontError where a PDF is asked for and no Chinese font is installed,
    or no font has a character of the issue: nothing should be published then.
    """
    from digest.render.epub import render_epub
    from digest.render.html import render_html
    from digest.render.issue_json import issue_json
    from digest.render.present import present
    from digest.render.text import render_text
    from digest.render.themes import find_theme

    theme = find_theme(config.theme)
    view = present(issue)
    files = [Rendition(HTML_NAME, render_html(view, theme)), Rendition(JSON_NAME, issue_json(issue))]
    for name in formats(config):
        data = render_epub(view, theme) if name == "epub" else render_text(view, theme, name)
        files.append(Rendition(FORMATS[name], data))
    if not config.pdf:
        return Renditions(files)
    from digest.render.pdf import print_html, set_pdf

    html = print_html(view, theme)
    try:
        files.insert(1, Rendition(PDF_NAME, set_pdf(html, view, theme, config)))
    except RenderError as error:
        return Renditions(files, [error])
    return Renditions(files)


def formats(config: RenderConfig) -> tuple[str, ...]:
    """The formats asked for beside HTML, PDF and JSON, each once. Raises ConfigError for one not known."""
    for name in config.formats:
        if name not in FORMATS:
            raise ConfigError(
                f"render.formats: 没有这种格式 {name} (unknown); 有 known: {', '.join(FORMATS)}"
            )
    return tuple(dict.fromkeys(config.formats))
