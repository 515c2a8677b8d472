"""View data → the two parts of a mail: plain text, and HTML that mail programs show as it is meant.

Mail programs keep little of a page: Outlook for Windows lays it out with Word, QQ and 163 drop style sheets,
Gmail cuts what is longer than 102 KB. So the HTML is tables with the CSS written into them (css-inline), it
loads nothing from anywhere, and it stays below `MAX_HTML_BYTES`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from html.parser import HTMLParser

import css_inline

from digest.errors import RenderError
from digest.render.themes import Theme, fill
from digest.render.view import IssueView
from digest.render.wording import safe_url

HTML_TEMPLATE = "mail.html.j2"
TEXT_TEMPLATE = "mail.txt.j2"
MAX_HTML_BYTES = 100_000  # Gmail shows 102 KB and hides the rest behind a link
PREHEADER_CHARS = 90  # what a phone's list of mails shows beside the subject
_FETCHING_TAGS = frozenset(
    {
        *("img", "image", "svg", "object", "embed", "video", "audio", "source", "track"),
        *("link", "script", "base", "iframe", "frame", "form", "input"),
    }
)
_FETCHING_ATTRIBUTES = frozenset({"src", "srcset", "background", "poster", "data", "action", "ping"})


@dataclass(frozen=True, slots=True)
class MailView:
    """What only the mail knows. Templates get it as `mail`, beside `issue`."""

    subject: str
    choice: str = ""  # 山东·聊城；经济, where the mail holds a selection
    page_url: str = ""  # of the issue on the web, or ""
    pdf_url: str = ""  # where the PDF can be had instead of the attachment, or ""
    pdf_name: str = ""  # of the attachment, or ""
    pdf_note: str = ""  # why there is no attachment, or ""
    unsubscribe: str = ""  # an address
    preheader: str = ""
    in_full: frozenset[str] = frozenset()  # anchors of the stories that have more than a headline here
    is_cut: bool = False  # some have not
    n_more: int = 0  # stories that are not even listed


@dataclass(frozen=True, slots=True)
class MailBody:
    text: str
    html: str


def render_mail(issue: IssueView, mail: MailView, theme: Theme) -> MailBody:
    """Both parts. The text has everything; where the HTML grows too long, the last stories have only their
    headline in it, and where there are hundreds, the last are counted.

    Raises RenderError where the theme fails, or makes a mail that would load something or lead to anything
    but a web page or an address.
    """
    anchors = [story.anchor for story in issue.stories]
    mail = replace(mail, preheader=_preheader(issue), in_full=frozenset(anchors))
    text = fill(theme, TEXT_TEMPLATE, {"issue": issue, "mail": mail}).strip() + "\n"
    html = _html(issue, mail, theme)
    n_full = n_listed = len(anchors)
    while (size := len(html.encode())) > MAX_HTML_BYTES and n_listed:
        if n_full:
            n_full = min(n_full - 1, n_full * MAX_HTML_BYTES // size)
        else:
            n_listed = min(n_listed - 1, n_listed * MAX_HTML_BYTES // size)
        n_more = len(anchors) - n_listed
        mail = replace(mail, in_full=frozenset(anchors[:n_full]), is_cut=True, n_more=n_more)
        html = _html(_first(issue, n_listed), mail, theme)
    return MailBody(text, html)


def _first(issue: IssueView, n: int) -> IssueView:
    """The view with its first `n` stories; the totals stay those of the issue."""
    kept = {story.anchor for story in issue.stories[:n]}
    sections = []
    for section in issue.sections:
        topics = (
            replace(topic, stories=tuple(story for story in topic.stories if story.anchor in kept))
            for topic in section.topics
        )
        sections.append(replace(section, topics=tuple(topic for topic in topics if topic.stories)))
    return replace(issue, sections=tuple(section for section in sections if section.topics))


def _preheader(issue: IssueView) -> str:
    headlines = "；".join(story.headline for story in issue.stories[:5])
    return headlines if len(headlines) <= PREHEADER_CHARS else headlines[:PREHEADER_CHARS] + "……"


def _html(issue: IssueView, mail: MailView, theme: Theme) -> str:
    # A lone surrogate, should one come this far, is no text that can be sent.
    page = fill(theme, HTML_TEMPLATE, {"issue": issue, "mail": mail}).encode("utf-8", "replace").decode()
    _refuse_remote(page, theme)  # before css-inline: it would read a style sheet on this machine
    inliner = css_inline.CSSInliner(load_remote_stylesheets=False, keep_at_rules=True, minify_css=True)
    try:
        inlined = inliner.inline(page)
    except css_inline.InlineError as error:
        raise RenderError(f"{theme.name}/{HTML_TEMPLATE}: 样式无法写入元素 (CSS): {error}") from error
    _refuse_remote(inlined, theme)
    return inlined


def _refuse_remote(html: str, theme: Theme) -> None:
    wrong = remote_parts(html)
    if wrong:
        raise RenderError(
            f"{theme.name}/{HTML_TEMPLATE}: 邮件不得引用外部资源 (a mail loads nothing): {wrong[0]}"
        )


def remote_parts(html: str) -> list[str]:
    """What in the HTML of a mail would load something, or leads elsewhere than to http, https, mailto."""
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
        if tag in _FETCHING_TAGS:
            self.found.append(f"<{tag}>")
        for name, value in attrs:
            if name in _FETCHING_ATTRIBUTES or name.startswith("on"):
                self.found.append(f"{tag}[{name}]")
            elif name == "href" and not _leads_to_a_page(value or ""):
                self.found.append(f"{tag}[href={value}]")
            elif name == "style" and _fetches(value or ""):
                self.found.append(f"{tag}[style]")

    def handle_endtag(self, tag: str) -> None:
        self._in_style = self._in_style and tag != "style"

    def handle_data(self, data: str) -> None:
        if self._in_style and _fetches(data):
            self.found.append("<style>")


def _leads_to_a_page(url: str) -> bool:
    return url.startswith(("mailto:", "#")) or bool(safe_url(url))


def _fetches(css: str) -> bool:
    # a backslash can hide any of these words, and no style of a mail needs one
    low = css.lower()
    return any(word in low for word in ("url(", "@import", "expression(", "image-set(", "\\"))
