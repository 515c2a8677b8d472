"""Letters of an issue: a body a choice, the PDF of the choice, a link where it is too large."""

from __future__ import annotations

from dataclasses import replace
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

import pypdfium2
import pytest

from digest.config import RecipientConfig
from digest.mailing import Post, post
from digest.model import Issue
from digest.publish.message import Letter
from digest.render import PDF_NAME
from digest.render.fonts import installed
from tests.mailing.shelf import NOW, order
from tests.render.sample import make_issue

WHOLE = RecipientConfig("a@example.org", "王小满")
PART = RecipientConfig("b@example.org", regions=("山东/聊城",), topics=("经济", "产业"))
PDF = b"%PDF-1.7 as it was published"


def post_of(folder: Path, issue: Issue | None = None, **mail: object) -> Post:
    """An office with the PDF of the issue in its folder."""
    (folder / PDF_NAME).write_bytes(PDF)
    usual: dict[str, object] = {"attach_pdf": True, "site_url": "https://news.example.org/"}
    asked = order(folder, [], **(usual | mail))
    return Post(issue or make_issue(), asked.config, asked.sender, NOW, folder)


def parsed(letter: Letter) -> EmailMessage:
    message = message_from_bytes(letter.data, policy=policy.default)
    assert isinstance(message, EmailMessage)
    return message


def text_of(letter: Letter) -> str:
    part = parsed(letter).get_body(("plain",))
    assert part is not None
    return str(part.get_content())


def attachments(letter: Letter) -> list[tuple[str | None, bytes]]:
    return [(part.get_filename(), part.get_content()) for part in parsed(letter).iter_attachments()]


def test_the_whole_issue_carries_the_pdf_that_was_published(tmp_path: Path) -> None:
    """What is mailed is what stands in the output folder, byte for byte, and every item is in the text."""
    letter = post_of(tmp_path).letter(WHOLE)

    assert attachments(letter) == [("2026-03-18-每日要闻.pdf", PDF)]
    assert parsed(letter)["Subject"] == "每日要闻 第12期（2026年3月18日）"
    assert "网页版：https://news.example.org/2026-03-18/" in text_of(letter)
    assert all(f"{item.number}. " in text_of(letter) for item in make_issue().items)


@pytest.mark.skipif(not installed().chinese(), reason="no Chinese font is installed: no PDF")
def test_a_part_carries_a_pdf_of_its_own(tmp_path: Path) -> None:
    """Only the chosen items stand in text, HTML and PDF, under the numbers of the issue, and it says so."""
    letter = post_of(tmp_path).letter(PART)
    ((name, pdf),) = attachments(letter)
    document = pypdfium2.PdfDocument(pdf)
    printed = "".join(page.get_textpage().get_text_range() for page in document)
    document.close()

    assert name == "2026-03-18-每日要闻（选编）.pdf"
    assert "本件为选编，只收：山东·聊城；产业、经济" in text_of(letter)
    assert "7. 一根轴承的“朋友圈”" in text_of(letter)
    assert "基层读报" not in text_of(letter)
    assert "轴承" in printed
    assert "基层读报" not in printed


def test_a_body_is_made_once_for_all_who_chose_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A hundred recipients with two choices: two bodies; the letters differ in their heads alone."""
    made = []
    real = post.render_mail
    monkeypatch.setattr(post, "render_mail", lambda *a: made.append(a) or real(*a))
    office = post_of(tmp_path, attach_pdf=False)
    letters = [
        office.letter(replace(one, address=f"r{i}@example.org")) for i in range(50) for one in (WHOLE, PART)
    ]

    assert len(made) == 2
    assert len({letter.data.partition(b"\r\n\r\n")[2] for letter in letters}) == 2
    assert len({letter.message_id for letter in letters}) == 100


def test_a_letter_that_is_too_large_has_a_link(tmp_path: Path) -> None:
    """Above mail.max_bytes the PDF is replaced by where it can be had."""
    letter = post_of(tmp_path, max_bytes=30_000).letter(WHOLE)
    without_site = post_of(tmp_path, max_bytes=30_000, site_url="").letter(WHOLE)

    assert attachments(letter) == []
    assert "PDF：https://news.example.org/2026-03-18/digest.pdf" in text_of(letter)
    assert "PDF 过大，未随信附上，请向编发单位索取。" in text_of(without_site)


def test_the_same_issue_gives_the_same_letters(tmp_path: Path) -> None:
    """The time is an argument; nothing else changes from run to run."""
    assert post_of(tmp_path).letter(WHOLE) == post_of(tmp_path).letter(WHOLE)
    later = replace(post_of(tmp_path), now=NOW.replace(hour=9))
    assert later.letter(WHOLE).message_id == post_of(tmp_path).letter(WHOLE).message_id
    assert parsed(later.letter(WHOLE))["Date"] == "Wed, 18 Mar 2026 09:00:00 +0800"


def test_an_edition_has_pages_and_ids_of_its_own(tmp_path: Path) -> None:
    """Its letters lead below its own folder, and are other letters."""
    city = post_of(tmp_path, replace(make_issue(), edition="city")).letter(WHOLE)

    assert "https://news.example.org/city/2026-03-18/" in text_of(city)
    assert city.message_id != post_of(tmp_path).letter(WHOLE).message_id


@pytest.mark.parametrize("name", ["=?utf-8?q?x=0D=0ABcc:_evil@example.org?=", "每日\u3000要闻 <b>&amp;"])
def test_the_name_of_an_issue_stays_text(name: str, tmp_path: Path) -> None:
    """Whatever an issue is called, its subject says that and nothing else."""
    letter = post_of(tmp_path, replace(make_issue(), name=name)).letter(WHOLE)

    assert parsed(letter)["Subject"] == f"{name} 第12期（2026年3月18日）"
    assert "Bcc" not in parsed(letter)
