"""Notices and classified advertisements, which stand in a paper like articles and are none."""

from __future__ import annotations

import re

from digest.page.fields import furniture_kind, parse_byline, parse_lead

_SIGNS = re.compile(
    r"[声聲]明作[废廢]|[遗遺]失|投[标標]|招[标標]|[拍竞競][卖賣价價]|[标標]的物|[详詳]情[请請]?(?:登[录錄]|[咨諮][询詢]|[致来來][电電])|服[务務][热熱][线線]"
    r"|[联聯]系[电電][话話]|[咨諮][询詢][电電][话話]|停[电電水][范範][围圍]|影[响響][范範][围圍]|[债債][权權]人|[清注註][算销銷]|特此(?:公告|通知|[声聲]明)|[报報]名[电電][话話]"
)
_ADDRESSES = re.compile(
    r"[声聲]明作[废廢]|[联聯]系[电電][话話]|[咨諮][询詢][电電][话話]|[报報]名[电電][话話]|服[务務][热熱][线線]|特此(?:公告|通知|[声聲]明)"
    r"|[详詳]情[请請]?(?:登[录錄]|[咨諮][询詢]|[致来來][电電])"
)
_AUTHORITY = re.compile(r"(?:国务院|人民政府|人大常委会|代表大会|中共中央|委员会).{0,40}(?:公告|通告|公示)$")
_NOTICE_CHARS = 500  # a notice under a headline of its own is short
_SIGNS_NEEDED = 3


def is_notice(title: str, body: str, *, signed: bool = False) -> bool:
    """Whether an article is a notice or an advertisement: by its title, and by what its body does.

    What is signed, by a byline or a dateline, is none. A title such as 公告 or 遗失声明 decides alone; under
    any other the body must address its reader (联系电话, 特此公告) and have several signs of a notice.
    """
    first_line = body.split("\n", 1)[0]
    if signed or parse_lead(first_line) or parse_byline(first_line):
        return False
    if title and furniture_kind(title) in ("notice", "ad"):
        return not _AUTHORITY.search(title) or bool(_SIGNS.search(body[:_NOTICE_CHARS]))
    if len(body) >= _NOTICE_CHARS or not _ADDRESSES.search(body):
        return False
    return len({found[0] for found in _SIGNS.finditer(body)}) >= _SIGNS_NEEDED
