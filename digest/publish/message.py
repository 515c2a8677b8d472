"""A message as bytes: its body made once for all who get the same, its head for each of them.

Every header is written by this module and read back from the finished bytes: a header that was not meant,
wherever its text came from, is an error and nothing is sent. Python's own `EmailMessage` before 3.11.10 and
3.12.5 lets an encoded word in a value start a new header; here every text is encoded as a whole, so that what
looks like an encoded word in it stays text.
"""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass, field
from datetime import datetime
from email import policy
from email.header import Header
from email.parser import BytesHeaderParser
from email.utils import format_datetime
from unicodedata import category
from urllib.parse import quote

from digest.errors import MailError

CRLF = b"\r\n"
MAX_LINE = 998  # octets without the line end, RFC 5322, 2.1.1
NAME_BYTES = 46  # of an attachment's name: one encoded word of RFC 2047 holds 75 characters
_UNPRINTED = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})  # controls, formats, surrogates, line separators


@dataclass(frozen=True, slots=True)
class Attachment:
    name: str  # as readers see it
    data: bytes = field(repr=False)
    kind: str = "application/pdf"


@dataclass(frozen=True, slots=True)
class Mailbox:
    """An address with the name of whom it belongs to."""

    address: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class Head:
    """What the headers of one message say."""

    sender: Mailbox
    to: Mailbox
    subject: str
    date: datetime  # aware
    message_id: str  # without angle brackets
    list_name: str
    list_id: str
    unsubscribe: str  # an address
    unsubscribe_url: str = ""  # https; acts at once
    reply_to: Mailbox | None = None


@dataclass(frozen=True, slots=True)
class Letter:
    """A message to one recipient, ready to be sent."""

    sender: str
    recipient: str
    message_id: str
    data: bytes = field(repr=False)  # CRLF line ends, ASCII


def message_id(domain: str, *parts: str) -> str:
    """The same parts give the same id: whoever gets a message twice can tell, and so can a program."""
    mark = hashlib.sha256("\n".join(parts).encode()).hexdigest()[:32]
    return f"{mark}@{domain}"


# ---------------------------------------------------------------- the body


def body(text: str, html: str, attachment: Attachment | None = None) -> bytes:
    """mixed(alternative(text, HTML), attachment), or the alternative alone: MIME headers and content.

    The same parts give the same bytes.
    """
    inner = _multipart(
        "alternative", [_part("text/plain; charset=utf-8", text), _part("text/html; charset=utf-8", html)]
    )
    if attachment is None:
        return inner
    return _multipart("mixed", [inner, _attached(attachment)])


def _multipart(kind: str, parts: list[bytes]) -> bytes:
    # "=_" stands in no base64, so that the line cannot come up inside of a part
    boundary = b"=_" + hashlib.sha256(b"".join(parts)).hexdigest()[:32].encode()
    head = b'Content-Type: multipart/%s;\r\n boundary="%s"\r\n\r\n' % (kind.encode(), boundary)
    pieces = [b"--" + boundary + CRLF + part for part in parts]
    return head + b"".join(pieces) + b"--" + boundary + b"--\r\n"


def _part(kind: str, text: str) -> bytes:
    data = text.replace("\r\n", "\n").replace("\n", "\r\n").encode("utf-8", "replace")
    return f"Content-Type: {kind}\r\nContent-Transfer-Encoding: base64\r\n\r\n".encode() + _base64(data)


def _attached(attachment: Attachment) -> bytes:
    """A part with its name written twice.

    QQ and older Outlook read RFC 2047 in quotes, and show tcmime.*.bin for the continuations of RFC 2231;
    newer programs follow RFC 2231 and prefer filename*. Both names are whole, in one piece each.
    """
    name = attachment_name(attachment.name)
    word = f"=?utf-8?B?{base64.b64encode(name.encode()).decode()}?="
    lines = (
        f"Content-Type: {attachment.kind};",
        f' name="{word}"',
        "Content-Transfer-Encoding: base64",
        "Content-Disposition: attachment;",
        f' filename="{word}";',
        f" filename*=utf-8''{quote(name, safe='')}",
    )
    return "\r\n".join(lines).encode() + CRLF + CRLF + _base64(attachment.data)


def attachment_name(name: str) -> str:
    """`name` without what file systems refuse, the stem cut so that it has at most `NAME_BYTES`."""
    name = "".join("-" if c in '/\\:*?"<>|' or not c.isprintable() else c for c in name).strip(" .")
    stem, dot, suffix = name.rpartition(".")
    if not dot:
        stem, suffix = name, ""
    tail = f"{dot}{suffix}"
    return stem.encode()[: NAME_BYTES - len(tail.encode())].decode("utf-8", "ignore") + tail


def _base64(data: bytes) -> bytes:
    return base64.encodebytes(data).replace(b"\n", CRLF)


# ---------------------------------------------------------------- the head


def letter(head: Head, content: bytes) -> Letter:
    """The message of `head` with the body `content`.

    Raises MailError where the finished bytes do not have exactly the headers that were meant.
    """
    values = _values(head)
    lines = [f"{name}: {value}" for name, value in values]
    data = "\r\n".join(lines).encode("ascii", "strict") + CRLF + content
    meant = [name for name, _ in values] + ["Content-Type"]
    check(data, meant, head)
    return Letter(head.sender.address, head.to.address, head.message_id, data)


def _values(head: Head) -> list[tuple[str, str]]:
    values = [
        ("From", _mailbox("From", head.sender)),
        ("To", _mailbox("To", head.to)),
        ("Subject", encoded("Subject", head.subject)),
        ("Date", format_datetime(head.date)),
        ("Message-ID", f"<{head.message_id}>"),
    ]
    if head.reply_to:
        values.append(("Reply-To", _mailbox("Reply-To", head.reply_to)))
    ways = [f"<{head.unsubscribe_url}>"] if head.unsubscribe_url else []
    ways.append(f"<mailto:{quote(head.unsubscribe, safe='@.+-_')}?subject=unsubscribe>")
    values += [
        ("List-Id", f"{encoded('List-Id', head.list_name)} <{head.list_id}>"),
        ("List-Unsubscribe", ",\r\n ".join(ways)),
    ]
    if head.unsubscribe_url:
        values.append(("List-Unsubscribe-Post", "List-Unsubscribe=One-Click"))
    values += [
        ("Auto-Submitted", "auto-generated"),
        ("X-Auto-Response-Suppress", "All"),  # Exchange: no notes of absence in return
        ("MIME-Version", "1.0"),
    ]
    return values


def _mailbox(header: str, box: Mailbox) -> str:
    return f"{encoded(header, box.name)} <{box.address}>" if box.name else f"<{box.address}>"


def encoded(header: str, text: str) -> str:
    """`text` as the value of a header: encoded words whatever it says, folded.

    Raises MailError where it is not one line of printed characters.
    """
    if any(category(char) in _UNPRINTED for char in text):
        raise MailError(f"邮件头 {header} 含有换行或控制字符 (a line break or a control in it): {text!r}")
    return Header(text, "utf-8", header_name=header, maxlinelen=76).encode(linesep="\r\n")


def check(data: bytes, meant: list[str], head: Head) -> None:
    """Raises MailError where a finished message has other headers than those meant, in their order.

    Looked at twice: the lines themselves, as a server sees them, and what a parser makes of them; subject,
    sender and recipient must read back as they are in `head`.
    """
    block, _, _ = data.partition(CRLF + CRLF)
    lines = block.split(CRLF)
    names = [line.partition(b":")[0].decode("ascii", "replace") for line in lines if line[:1] not in b" \t"]
    if names != meant:
        raise MailError(f"邮件头与所写的不符，未发送 (unexpected headers, not sent): {', '.join(names)}")
    if any(len(line) > MAX_LINE or set(line) & set(b"\r\n\0") or not line.strip() for line in lines):
        raise MailError("邮件头有不能用的行，未发送 (a bad line in the headers, not sent)")
    parsed = BytesHeaderParser(policy=policy.default).parsebytes(block + CRLF + CRLF)
    if parsed.keys() != meant or parsed.defects:
        raise MailError(f"邮件头与所写的不符，未发送 (unexpected headers, not sent): {parsed.keys()}")
    boxes = {"From": head.sender.address, "To": head.to.address}
    read = {name: [str(box.addr_spec) for box in parsed[name].addresses] for name in boxes}
    if str(parsed["Subject"]) != head.subject or read != {name: [box] for name, box in boxes.items()}:
        raise MailError(f"邮件头与所写的不符，未发送 (not what was meant, not sent): {read}")
