"""The letters of an issue: a body for each choice, made once, and a head for each recipient."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

from digest.compose.selection import Choice, choice_of, select
from digest.config import Config, RecipientConfig
from digest.errors import RenderError
from digest.keep import folder_of
from digest.mailing.sender import Sender
from digest.model import Issue
from digest.publish.message import (
    Attachment,
    Head,
    Letter,
    Mailbox,
    attachment_name,
    body,
    letter,
    message_id,
)
from digest.render import PDF_NAME, render
from digest.render.mail import MailView, render_mail
from digest.render.present import present
from digest.render.themes import Theme, find_theme
from digest.render.view import IssueView

HEAD_BYTES = 4096  # more than any head here; a body may have the rest of mail.max_bytes


@dataclass(frozen=True, slots=True)
class Body:
    """What all who chose the same get."""

    subject: str
    list_name: str
    content: bytes = field(repr=False)
    n_items: int
    failure: RenderError | None = None  # why there is no PDF


@dataclass(frozen=True, slots=True)
class Post:
    """Makes letters of one issue; bodies are made once for each choice and kept."""

    issue: Issue
    config: Config
    sender: Sender
    now: datetime  # aware, in the issue's zone
    folder: Path | None = None  # where the issue is published
    bodies: dict[Choice, Body] = field(default_factory=dict, repr=False)

    def body(self, choice: Choice) -> Body:
        if choice not in self.bodies:
            self.bodies[choice] = self._made(choice)
        return self.bodies[choice]

    def letter(self, recipient: RecipientConfig) -> Letter:
        choice = choice_of(recipient)
        made = self.body(choice)
        sender, issue = self.sender, self.issue
        identity = (issue.edition, issue.date.isoformat(), choice.key, recipient.address.casefold())
        head = Head(
            sender=sender.box,
            to=Mailbox(recipient.address, recipient.name),
            subject=made.subject,
            date=self.now,
            message_id=message_id(sender.domain, *identity),
            list_name=made.list_name,
            list_id=sender.list_id,
            unsubscribe=sender.unsubscribe,
            unsubscribe_url=sender.unsubscribe_url_of(recipient.address),
            reply_to=sender.reply_to,
        )
        return letter(head, made.content)

    def _made(self, choice: Choice) -> Body:
        mail = self.config.mail
        part = select(self.issue, choice)
        view = present(part)
        number = f" {view.number}" if view.number else ""
        pdf, failure = self._pdf(part, choice) if mail.attach_pdf and part.items else (None, None)
        folder = folder_of(Path(), self.issue.edition, self.issue.date).as_posix()
        page_url = f"{self.sender.site_url}{folder}/" if self.sender.site_url else ""
        about = MailView(
            subject=f"{part.name}{number}（{view.date}）",
            choice=choice.label,
            page_url=page_url,
            unsubscribe=self.sender.unsubscribe,
            pdf_note="本次未能排出 PDF。" if failure else "",
            pdf_name=attachment_name(f"{view.date_iso}-{part.name}.pdf") if pdf else "",
        )
        theme = find_theme(self.config.render.theme)
        made = _content(view, about, theme, pdf)
        if pdf and len(made) + HEAD_BYTES > mail.max_bytes:
            note = "PDF 过大，未随信附上" + ("。" if page_url else "，请向编发单位索取。")
            pdf_url = f"{page_url}{PDF_NAME}" if page_url else ""
            made = _content(view, replace(about, pdf_name="", pdf_note=note, pdf_url=pdf_url), theme, None)
        return Body(about.subject, part.name, made, len(part.items), failure)

    def _pdf(self, part: Issue, choice: Choice) -> tuple[bytes | None, RenderError | None]:
        """The PDF: of the whole issue the one that is published, of a part one of its own."""
        published = self.folder / PDF_NAME if self.folder else None
        if choice.is_whole and published is not None and published.is_file():
            return published.read_bytes(), None
        files = render(part, replace(self.config.render, pdf=True))
        pdf = next((file.data for file in files if file.name == PDF_NAME), None)
        return pdf, files.failures[0] if files.failures else None


def _content(view: IssueView, about: MailView, theme: Theme, pdf: bytes | None) -> bytes:
    parts = render_mail(view, about, theme)
    return body(parts.text, parts.html, Attachment(about.pdf_name, pdf) if pdf else None)
