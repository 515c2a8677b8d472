"""The date and the page number of an issue."""

from __future__ import annotations

import re
from datetime import date

from digest.page.fields.jumps import page_number

_NAME_DATE = re.compile(r"(?<!\d)((?:19|20)\d{2})[-_.]?(0[1-9]|1[0-2])[-_.]?(0[1-9]|[12]\d|3[01])(?!\d)")
_TEXT_DATE = re.compile(
    r"(?<!\d)((?:19|20)\d{2})(?:[\s\u3000]?年[\s\u3000]?(\d{1,2})[\s\u3000]?月[\s\u3000]?(\d{1,2})[\s\u3000]?日"
    r"|([-/.])(\d{1,2})\4(\d{1,2})(?!\d))"
)
_NAME_PAGE = re.compile(r"(?:^|[_\-.])(?:page|p|版|node)?_?([A-D]?\d{1,2})(?=$|[_\-.])", re.I)


def date_in_name(name: str) -> date | None:
    """The date in a file's name: `liaocheng_2024-03-21_page1.txt`, `A01_x_20210604_01.txt`."""
    for match in _NAME_DATE.finditer(name):
        found = _date(match)
        if found:
            return found
    return None


def date_in_text(text: str) -> date | None:
    """The first full date in the text (`2024年3月21日`, `2024-03-21`), or None."""
    for match in _TEXT_DATE.finditer(text):
        found = _date(match)
        if found:
            return found
    return None


def page_in_name(name: str) -> int | None:
    """The page number in a file's name behind its date (`…_20210604_03.txt`, `…_page1.pdf.txt`), or None."""
    stem = name.rsplit("/", 1)[-1]
    dated = _NAME_DATE.search(stem)
    if not dated:
        return None
    match = _NAME_PAGE.search(stem, dated.end())
    return page_number(match.group(1)) if match else None


def _date(match: re.Match[str]) -> date | None:
    try:
        return date(*(int(group) for group in match.groups() if group and group.isdigit()))
    except ValueError:  # 2月30日: printed or scanned wrongly, so no date
        return None
