"""Delivery reports (RFC 3464) in a mailbox: which addresses take no mail."""

from __future__ import annotations

import mailbox
import re
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import Message
from pathlib import Path

from digest.errors import MailError
from digest.model import Bounce

MAX_FILE_BYTES = 256 * 1024 * 1024
MAX_DETAIL = 300
_STATUS = re.compile(r"[245]\.\d{1,3}\.\d{1,3}")
_ID_LINE = re.compile(r"^Message-ID:\s*<([^<>\s]+)>", re.IGNORECASE | re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Bounces:
    """What a mailbox holds."""

    failed: tuple[Bounce, ...]  # for good: action failed, status 5.x.x
    n_other: int  # delays and successes, and messages that are no delivery report


def read_bounces(path: Path) -> Bounces:
    """The reports in the mbox at `path`, which is not changed.

    Raises MailError, naming the file, where it cannot be read or is larger than `MAX_FILE_BYTES`.
    """
    try:
        size = path.stat().st_size
        if not path.is_file():
            raise MailError(f"{path}: 不是 mbox 文件 (not an mbox file)")
        if size > MAX_FILE_BYTES:
            raise MailError(f"{path}: {size} 字节，上限 {MAX_FILE_BYTES} 字节 (too large)")
        box = mailbox.mbox(path, create=False)
    except OSError as error:
        raise MailError(f"{path}: {error.strerror}") from error
    failed: list[Bounce] = []
    n_other = 0
    try:
        for message in box:
            found = list(failures(message))
            failed += found
            n_other += not found
    except OSError as error:
        raise MailError(f"{path}: {error.strerror}") from error
    finally:
        box.close()
    return Bounces(tuple(failed), n_other)


def failures(message: Message) -> Iterator[Bounce]:
    """The recipients that a report says have failed for good."""
    if message.get_content_type() != "multipart/report":
        return
    parts = [part for part in message.walk() if part is not message]
    original = next((found for part in parts if (found := _original_id(part))), "")
    for part in parts:
        if part.get_content_type() != "message/delivery-status":
            continue
        for group in _messages(part):
            status = _STATUS.search(_line(group, "Status"))
            address = _address(_line(group, "Original-Recipient"))
            address = address or _address(_line(group, "Final-Recipient"))
            if address and status and status[0][0] == "5" and _line(group, "Action").lower() == "failed":
                yield Bounce(address, status[0], _line(group, "Diagnostic-Code")[:MAX_DETAIL], original)


def _messages(part: Message) -> list[Message]:
    """The messages that a part consists of: the groups of fields of a report, or the message it carries."""
    payload = part.get_payload()
    return [one for one in payload if isinstance(one, Message)] if isinstance(payload, list) else []


def _original_id(part: Message) -> str:
    """The Message-ID of what was sent, from the copy of it or of its head that the report carries."""
    kind = part.get_content_type()
    if kind == "message/rfc822":
        return next((_line(inner, "Message-ID").strip("<>") for inner in _messages(part)), "")
    found = _ID_LINE.search(str(part.get_payload())) if kind.endswith("/rfc822-headers") else None
    return found[1] if found else ""


def _address(field: str) -> str:
    """someone@example.org of `rfc822; Someone@Example.org`."""
    kind, _, address = field.partition(";")
    address = address.strip().strip("<>").casefold()
    return address if kind.strip().lower() == "rfc822" and "@" in address else ""


def _line(message: Message, name: str) -> str:
    text = str(message.get(name, ""))
    return " ".join("".join(char if char.isprintable() else " " for char in text).split())
