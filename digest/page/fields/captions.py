"""What tells a caption: a photographer's credit, or 图为…"""

from __future__ import annotations

import re
from functools import lru_cache

from digest.page.fields.marks import CACHED, CJK, CLOSE, MARK, NAME_CHAR, OPEN, REPORTER
from digest.page.fields.names import is_name, split_names

_HOUSE = rf"(?:新[华華]社|中新社|[{CJK}]{{2,6}}[日晚晨][报報]社?|本[报報]|本社)"
_OFFICE = (
    rf"(?:(?:全媒体|融媒体|特派|[见見][习習]|[实實][习習])?"
    rf"(?:{REPORTER}|通[讯訊][员員]|特[约約][摄攝]影[师師]?))"
)
_NAMES = rf"[{NAME_CHAR}]{{2,4}}(?:[、，\s\u3000/／]{{1,3}}[{NAME_CHAR}]{{2,4}}){{0,3}}?"
_TOOK_IT = r"(?:[摄攝]影?[报報][道導]|[摄攝]影?|图[/／]文|文[/／]图)"
_CREDIT = re.compile(
    rf"(?:[{MARK}\s\u3000]{{0,4}}{OPEN}?\s?(?P<house>{_HOUSE})?\s?(?P<office>{_OFFICE})?[\s\u3000]{{0,3}}"
    rf"(?P<name>{_NAMES})?[\s\u3000/／]{{0,3}}{_TOOK_IT}\s?{CLOSE}?"
    rf"|{OPEN}?新[华華]社\s?[发發]\s?(?:{OPEN}[^（）()]{{2,24}}{CLOSE})?{CLOSE}?"
    rf"|{OPEN}?\s?(?:[图圖]|[摄攝]影|照片)(?:\s?[/／：:]\s?|[ \u3000])"
    rf"{_HOUSE}?\s?{_OFFICE}?\s?(?P<taker>[{NAME_CHAR}]{{2,4}}(?:[、，\s/／]{{1,3}}[{NAME_CHAR}]{{2,4}}){{0,2}})\s?{CLOSE}?"
    rf"|{OPEN}?\s?(?:[资資]料[图圖]片?|网络图片|受[访訪]者供[图圖]|[{CJK}]{{2,12}}[ \u3000]?供[图圖]"
    rf"|[A-Z]{{2,5}}\s?供[图圖])\s?{CLOSE}?"
    r")[\s\u3000。]*$"
)
#: What may stand behind a credit, and what it ends with unless the name comes last: others have none.
_BEHIND_CREDIT = " \t\n\r\f\v\xa0\u3000。"
_CREDIT_ENDS = frozenset("摄攝影道導图圖片文发發)）")
_TAKER = re.compile(r"(?:[图圖]|[摄攝]影|照片)\s?[/／：: \u3000]")
_CAPTION_OPENING = re.compile(
    r"^[\s\u3000]*(?:[▲△▼▽◀▶←→↑↓◢◣]|[图圖][为為](?!此)|(?:[上下左右本题題]|大|小|主)[图圖][：:为為]"
    r"|[图圖][①-⑨\d]{1,2}[：:为為]|[图圖]片[说說]明)"
)


@lru_cache(maxsize=CACHED)
def find_credit(text: str) -> tuple[int, str] | None:
    """Where the photographer's credit at the end of a caption begins, and the credit; None without one."""
    stripped = text.rstrip(_BEHIND_CREDIT)
    if stripped[-1:] not in _CREDIT_ENDS and not _TAKER.search(stripped, max(0, len(stripped) - 30)):
        return None
    match = _CREDIT.search(text, max(0, len(text) - 60))
    if match is None or not match.group().strip():
        return None
    credit = match.group()
    named = match["name"] or match["taker"]
    if named is None and not re.search(rf"[发發图圖]|{REPORTER}", credit):
        return None
    if match["taker"] and not all(is_name(name) for name in split_names(match["taker"])):
        return None
    bare = match["name"] and not match["house"] and not match["office"]
    if bare and not all(is_name(name) for name in split_names(match["name"])):
        return None  # 他喜欢摄影: no name
    # the sentence before it must have ended, or the credit stand apart
    before = text[: match.start()].rstrip()
    if before and before[-1] not in '。！？!?.”"’）)》' and not re.match(rf"[\s\u3000{MARK}（(]", credit):
        return None
    return match.start(), credit.strip()


def opens_caption(text: str) -> bool:
    """Whether the text begins as a caption does: 图为…, ▲, 左图：…"""
    return _CAPTION_OPENING.match(text) is not None


def is_caption(text: str) -> bool:
    """Whether the text says by itself that it stands beside a picture: a credit at its end, or 图为…"""
    return bool(_CAPTION_OPENING.match(text)) or (len(text) <= 300 and find_credit(text) is not None)
