"""A message has exactly the headers that were meant, and an attachment name that every program reads."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from email import message_from_bytes, policy
from email.header import decode_header, make_header
from email.message import EmailMessage
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.errors import MailError
from digest.publish.message import (
    MAX_LINE,
    NAME_BYTES,
    Attachment,
    Head,
    Mailbox,
    attachment_name,
    body,
    check,
    letter,
    message_id,
)

HEAD = Head(
    sender=Mailbox("jianbao@example.org", "松江新闻简报"),
    to=Mailbox("wang@example.com", "王小满"),
    subject="松江新闻简报 第12期（2026年3月18日）",
    date=datetime(2026, 3, 18, 7, 0, tzinfo=ZoneInfo("Asia/Shanghai")),
    message_id=message_id("example.org", "", "2026-03-18", "", "wang@example.com"),
    list_name="松江新闻简报",
    list_id="jianbao.example.org",
    unsubscribe="jianbao@example.org",
)
PDF = Attachment("2026-03-18-松江新闻简报.pdf", b"%PDF-1.7 not really")
BODY = body("今天有雨。\n.\n", "<p>今天有雨。</p>", PDF)
HEADERS = [
    *("From", "To", "Subject", "Date", "Message-ID", "List-Id", "List-Unsubscribe", "Auto-Submitted"),
    *("X-Auto-Response-Suppress", "MIME-Version", "Content-Type"),
]
INJECTIONS = [
    "=?utf-8?q?x=0D=0ABcc:_evil@example.org?=",
    "=?utf-8?q?=0ABcc=3A_evil=40example.org=0A?= rest",
    "=?utf-8?b?eA0KQmNjOiBldmlsQGV4YW1wbGUub3Jn?=",
    "=?us-ascii?q?a=0D=0A=0D=0Abody?=",
    'Wang" <evil@example.org>, "x',
    "Bcc: evil@example.org",
    "a" * 5000,
    "长" * 3000,
    "=?utf-8?q?unfinished",
]
BROKEN = ["x\r\nBcc: evil@example.org", "x\nBcc: evil@example.org", "x\rBcc: e", "x\0", "x\u2028y", "x\ud800"]


def parsed(data: bytes) -> EmailMessage:
    message = message_from_bytes(data, policy=policy.default)
    assert isinstance(message, EmailMessage)
    return message


def raw_names(data: bytes) -> list[str]:
    lines = data.partition(b"\r\n\r\n")[0].split(b"\r\n")
    return [line.partition(b":")[0].decode() for line in lines if line[:1] not in (b" ", b"\t")]


def test_a_message_says_what_was_meant() -> None:
    """Every header reads back as it was given."""
    message = parsed(letter(HEAD, BODY).data)

    assert message.keys() == HEADERS
    assert message["Subject"] == HEAD.subject
    assert message["From"].addresses[0].display_name == "松江新闻简报"
    assert message["To"].addresses[0].addr_spec == "wang@example.com"
    assert message["Date"] == "Wed, 18 Mar 2026 07:00:00 +0800"
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["List-Unsubscribe"] == "<mailto:jianbao@example.org?subject=unsubscribe>"
    assert message["List-Id"].endswith("<jianbao.example.org>")
    assert message.defects == []


def test_parts_stand_in_the_usual_order() -> None:
    """mixed(alternative(text, HTML), PDF), each decoding to what was put in."""
    message = parsed(letter(HEAD, BODY).data)
    alternative, attachment = message.iter_parts()
    assert isinstance(alternative, EmailMessage)
    text, html = alternative.iter_parts()

    kinds = [part.get_content_type() for part in message.walk()]
    assert kinds == ["multipart/mixed", "multipart/alternative", "text/plain", "text/html", "application/pdf"]
    assert text.get_content() == "今天有雨。\r\n.\r\n"
    assert html.get_content() == "<p>今天有雨。</p>"
    assert attachment.get_content() == PDF.data
    assert not any(part.defects for part in message.walk())


def test_bytes_are_plain_ascii_lines() -> None:
    """Nothing in a message needs 8BITMIME or SMTPUTF8, and no line is too long for a server."""
    data = letter(HEAD, BODY).data

    assert data.isascii()
    assert max(map(len, data.split(b"\r\n"))) <= MAX_LINE
    assert b"\n" not in data.replace(b"\r\n", b"")


def test_the_same_parts_give_the_same_bytes() -> None:
    """Nothing in a message is made by chance or by the clock."""
    assert letter(HEAD, BODY).data == letter(HEAD, body("今天有雨。\n.\n", "<p>今天有雨。</p>", PDF)).data


@pytest.mark.parametrize("field", ["subject", "list_name", "to", "sender"])
@pytest.mark.parametrize("text", INJECTIONS)
def test_encoded_words_and_quotes_stay_text(field: str, text: str) -> None:
    """What looks like an encoded word, a header or an address in a text is nothing but text in the bytes."""
    value = Mailbox("someone@example.com", text) if field in ("to", "sender") else text
    data = letter(replace(HEAD, **{field: value}), BODY).data
    message = parsed(data)

    assert raw_names(data) == HEADERS
    assert message.keys() == HEADERS
    header = {"subject": "Subject", "list_name": "List-Id", "to": "To", "sender": "From"}[field]
    shown = str(make_header(decode_header(raw_value(data, header))))
    assert shown.startswith(text)
    assert len(message["To"].addresses) == 1


def raw_value(data: bytes, header: str) -> str:
    block = data.partition(b"\r\n\r\n")[0].decode().replace("\r\n ", " ")
    return next(line.partition(": ")[2] for line in block.split("\r\n") if line.startswith(f"{header}:"))


@pytest.mark.parametrize("field", ["subject", "list_name", "to", "sender"])
@pytest.mark.parametrize("text", BROKEN, ids=ascii)
def test_line_breaks_and_controls_are_refused(field: str, text: str) -> None:
    """A text that is not one line of printed characters makes no message."""
    value = Mailbox("someone@example.com", text) if field in ("to", "sender") else text
    with pytest.raises(MailError, match="控制字符"):
        letter(replace(HEAD, **{field: value}), BODY)


@pytest.mark.parametrize(
    "change",
    [
        {"to": Mailbox("a@example.org>\r\nBcc: <evil@example.org")},
        {"to": Mailbox("a@example.org>, <evil@example.org")},
        {"list_id": "x>\r\nBcc: <evil@example.org"},
        {"message_id": "x>\r\nBcc: <evil@example.org"},
        {"message_id": "x\n"},
        {"unsubscribe_url": "https://example.org/>\r\nBcc: <evil@example.org"},
        {"unsubscribe_url": "https://example.org/\r\n\r\nbody"},
    ],
    ids=lambda change: f"{change!r:.40}",
)
def test_a_header_that_was_not_meant_is_refused(change: dict[str, object]) -> None:
    """Whatever gets past the checks at the door is found in the finished bytes."""
    with pytest.raises(MailError):
        letter(replace(HEAD, **change), BODY)  # type: ignore[arg-type]


def test_the_check_finds_what_python_before_3_11_10_lets_in() -> None:
    """The bytes that an encoded word made with the standard library's own message class are refused."""
    data = b"From: <a@b.c>\r\nSubject: x\r\nBcc: evil@example.org\r\nContent-Type: text/plain\r\n\r\n"
    with pytest.raises(MailError, match="Bcc"):
        check(data, ["From", "Subject", "Content-Type"], HEAD)


def test_one_click_needs_an_endpoint() -> None:
    """The header that promises to act at once is there only with an address that does."""
    plain = parsed(letter(HEAD, BODY).data)
    clicked = parsed(letter(replace(HEAD, unsubscribe_url="https://example.org/u?a=b"), BODY).data)

    assert "List-Unsubscribe-Post" not in plain
    assert clicked["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert clicked["List-Unsubscribe"].startswith("<https://example.org/u?a=b>, <mailto:")


def test_an_attachment_has_its_name_in_both_writings() -> None:
    """RFC 2047 in quotes for QQ and old Outlook, RFC 2231 without continuations for the others."""
    data = letter(HEAD, BODY).data
    (attachment,) = (part for part in parsed(data).walk() if part.get_content_maintype() == "application")
    quoted = data.partition(b'filename="')[2].partition(b'"')[0].decode()
    extended = data.partition(b"filename*=")[2].partition(b"\r\n")[0]

    assert attachment.get_filename() == PDF.name
    assert str(make_header(decode_header(quoted))) == PDF.name
    assert extended.startswith(b"utf-8''2026-03-18-%E6%9D%BE")
    assert quoted.count("=?") == 1
    assert len(quoted) <= 75
    assert b"filename*0" not in data


@pytest.mark.parametrize(
    "name", ["简" * 60 + ".pdf", "a/b\\c:d?.pdf", "…/../../x.pdf", "新闻\n简报.pdf", "x" * 300]
)
def test_an_attachment_name_is_one_short_file_name(name: str) -> None:
    """Whatever the issue is called, its file has a name that fits one encoded word and any file system."""
    made = attachment_name(name)

    assert 0 < len(made.encode()) <= NAME_BYTES
    assert not set(made) & set('/\\:*?"<>|\n')
    assert made.endswith(".pdf") == name.endswith(".pdf")


def test_message_ids_differ_by_every_part() -> None:
    """Issue, edition, choice and recipient make the id, and nothing else does."""
    parts = ("city", "2026-03-18", "城建", "a@example.org")
    ids = {message_id("example.org", *parts[:n], "other", *parts[n + 1 :]) for n in range(4)}

    assert len(ids | {message_id("example.org", *parts)}) == 5
    assert message_id("example.org", *parts) == message_id("example.org", *parts)


@given(subject=st.text(max_size=80), name=st.text(max_size=40))
def test_no_text_makes_another_header(subject: str, name: str) -> None:
    """Any text at all is refused, or stands in its header and nowhere else."""
    try:
        data = letter(replace(HEAD, subject=subject, to=Mailbox("a@example.org", name)), BODY).data
    except MailError:
        return

    assert raw_names(data) == HEADERS
    assert parsed(data)["Subject"] == subject
    assert parsed(data)["To"].addresses[0].addr_spec == "a@example.org"
