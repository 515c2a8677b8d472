"""Days as fields, addresses and rows write them."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta, timezone
from email.utils import parsedate_to_datetime

CHINA = timezone(timedelta(hours=8))

_DAY = re.compile(
    r"(?<!\d)(?P<year>(?:19|20)\d\d)(?:\s?[-/.年]\s?(?P<month>\d{1,2})\s?[-/.月]\s?(?P<day>\d{1,2})(?!\d)"
    r"|(?P<run_month>0[1-9]|1[0-2])(?P<run_day>0[1-9]|[12]\d|3[01])(?!\d))"
)
_MOMENT = re.compile(r"(?:19|20)\d\d-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d(?:[.,]\d{1,9})?)?\s?(?:Z|[+-]\d\d:?\d\d)")
_MAIL_DATE = re.compile(r"(?:[A-Za-z]{3,9},\s{0,3})?\d{1,2}\s[A-Za-z]{3,9}\s\d{4}\s\d\d:\d\d.{0,20}")


def parse_day(text: str) -> date | None:
    """The first day in `text`, or None.

    A moment with a zone (ISO 8601, RFC 822) gives the day in China; a moment without one, and a mere day
    (`2024-3-5`, `2024/03/05`, `2024年3月5日`, `20240305`), is taken as it stands.
    """
    moment = _moment(text)
    if moment is not None:
        return moment.astimezone(CHINA).date() if moment.tzinfo else moment.date()
    for found in _DAY.finditer(text):
        month, day = found["month"] or found["run_month"], found["day"] or found["run_day"]
        try:
            return date(int(found["year"]), int(month), int(day))
        except ValueError:  # 2月30日: no day
            continue
    return None


def _moment(text: str) -> datetime | None:
    iso, mail = _MOMENT.search(text), _MAIL_DATE.match(text.strip())
    try:
        if iso:
            return datetime.fromisoformat(iso[0].replace(",", ".").replace(" ", "T", 1).replace(" ", ""))
        return parsedate_to_datetime(mail[0]) if mail else None
    except (ValueError, TypeError, OverflowError):
        return None
