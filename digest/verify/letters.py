"""Letters that were saved, held against the issue that they bear the date of."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from email import message_from_bytes, policy
from email.message import EmailMessage

from digest.read.pdf_words import pdf_words
from digest.verify.view import Told
from digest.verify.words import bare, missing

_DATE = re.compile(r"^[^\n]*?(\d{4})年(\d{1,2})月(\d{1,2})日　星期.$", re.MULTILINE)
_ITEM = re.compile(r"^(\d+)\. (.+)$", re.MULTILINE)
_PART = "本件为选编"
Stories = tuple[Told, ...]


def check_letter(data: bytes, issues: Mapping[str, Sequence[Stories]]) -> list[str] | None:
    """What is wrong with a letter; `issues` are the stories of the issues of each day, YYYY-MM-DD.

    None where no issue of its day is among them. Of several editions it is held against the one it fits.
    """
    message = message_from_bytes(data, policy=policy.default)
    assert isinstance(message, EmailMessage)
    text = _text(message)
    dated = _DATE.search(text)
    day = f"{dated[1]}-{int(dated[2]):02}-{int(dated[3]):02}" if dated else ""
    tries = [list(_against(message, text, stories)) for stories in issues.get(day, ())]
    return min(tries, key=len, default=None)


def _against(message: EmailMessage, text: str, issue: Stories) -> Iterator[str]:
    stories = {story.number: story for story in issue}
    listed = {int(number): headline for number, headline in _ITEM.findall(text)}
    here = [stories[number] for number in listed if number in stories]
    for number, headline in listed.items():
        if number not in stories or bare(stories[number].headline) != bare(headline):
            yield f"多出一条 (a story that the issue has not): {number}. {headline}"
    if _PART not in text:
        yield from (f"缺第{number}条 (a story is missing)" for number in stories.keys() - listed.keys())
    yield from missing(text, here)
    for part in message.iter_attachments():
        if part.get_content_type() == "application/pdf":
            yield from (f"附件 (attachment): {line}" for line in missing(pdf_words(_bytes(part)), here))


def _text(message: EmailMessage) -> str:
    part = message.get_body(("plain",))
    return str(part.get_content()).replace("\r\n", "\n") if part is not None else ""


def _bytes(part: EmailMessage) -> bytes:
    content = part.get_content()
    return content if isinstance(content, bytes) else b""
