"""Jump marks: 下转第5版, 上接第1版; and page numbers however they are written."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from digest.page.fields.marks import CACHED


class Jump(NamedTuple):
    """``text[start:end]`` is the mark, brackets included. `page` counts from 1; letters are dropped."""

    direction: str  # "to" or "from"
    page: int
    start: int
    end: int
    title: str  # 《…》 in the mark, often absent


_NUMERAL = {c: i for i, c in enumerate("零一二三四五六七八九")}
_JUMP = re.compile(
    r"[（(【\[]?[\s\u3000]{0,3}[▶►→※■●★]{0,2}\s?(?P<tight>[紧緊])?\s?(?P<kind>下\s?[转轉]|上\s?接|[转轉]\s?接|(?<=[紧緊])接)\s?第?\s?"
    r"(?P<page>[A-Da-d]?\s?[0-9０-９]{1,3}|[一二三四五六七八九十]{1,3})\s?版?"
    r"(?P<title>\s?《[^《》]{2,40}》)?(?:[\s\u3000]{0,2}[▶►→]{0,2})?[\s\u3000]{0,3}[）)】\]]?"
)


@lru_cache(maxsize=CACHED)
def find_jump(text: str) -> Jump | None:
    """The first 下转第N版 or 上接第N版 in the text, or None."""
    if "版" not in text and "第" not in text:
        return None
    for match in _JUMP.finditer(text):
        number = re.sub(r"\s", "", match["page"])
        has_page_word = "版" in match.group()
        if not has_page_word and "第" not in match.group():
            continue
        page = page_number(number)
        if page is None:
            continue
        # 紧接第3版 stands at the end of a text: it goes on there; at its beginning it comes from there
        from_there = match.start() <= 2 if match["kind"] == "接" else "接" in match["kind"]
        direction = "from" if from_there else "to"
        title = (match["title"] or "").strip().strip("《》")
        return Jump(direction, page, match.start(), match.end(), title)
    return None


def page_number(text: str) -> int | None:
    """The number in `5`, `A04`, `五`, `十二`; None where there is none."""
    digits = re.search(r"[0-9０-９]+", text)
    if digits:
        return int(digits.group())
    if not text or any(c not in "零一二三四五六七八九十" for c in text):
        return None
    if "十" in text:
        tens, _, ones = text.partition("十")
        return 10 * (_NUMERAL[tens] if tens else 1) + (_NUMERAL[ones] if ones else 0)
    return _NUMERAL[text] if len(text) == 1 else None
