"""Datelines and bylines that open a body."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from digest.page.fields.marks import CACHED, CJK, CLOSE, MARK, NAME_CHAR, OPEN, REPORTER, SPACE
from digest.page.fields.names import named_authors


class Lead(NamedTuple):
    """What stands before the first word of a body: ``text[:end]`` is byline and dateline."""

    end: int
    agency: str  # 新华社, 本报, …
    place: str
    authors: tuple[str, ...]
    month_day: tuple[int, int] | None
    own: bool  # 讯: the paper's own report; 电: by wire


_AGENCY = (
    r"新\s?[华華]\s?社|新[华華][网網]|中[国國]?新[闻聞]?社|中新[网網]|人民[网網]|央[视視](?:[网網]|新[闻聞])|中[国國][网網]|中青[报報網网]"
    r"|本\s?[报報]|本台|本[网網]|本刊|本社|法新社|路透社|美[联聯]社|塔斯社|共同社|[韩韓][联聯]社|[经經][济濟]日[报報]|光明日[报報]|科技日[报報]"
)
#: Recognition reads a one as l or I and a nought as O.
_MONTH_DAY = r"(?P<month>[0-9lIO]{1,2})\s{0,2}月\s{0,2}(?P<day>[0-9lIO]{1,2})\s{0,2}日"
_DIGITS = str.maketrans("lIO", "110")
_LEAD = re.compile(
    rf"[\s\u3000{MARK}]{{0,8}}(?P<via>[据據]\s?)?"
    rf"(?P<agency>{_AGENCY}|[{CJK}]{{2,6}}(?:日[报報]|晚[报報]|晨[报報]|都市[报報]|[时時][报報]|[广廣][电電])"
    rf"|[{CJK}]{{1,4}}社(?=[{CJK}\s]{{2,12}}[0-9lIO]{{1,2}}\s?月\s?[0-9lIO]{{1,2}}\s?日[电電]))"
    rf"{SPACE}(?:(?P<place>[{CJK}·]{{2,12}}?){SPACE})?(?:{_MONTH_DAY}{SPACE})?"
    r"(?P<kind>[电電讯訊]|[专專][电電]|消息)"
)
_LEAD_BRACKET = re.compile(rf"\s{{0,3}}{OPEN}(?P<inside>[^（）()]{{2,90}}){CLOSE}")
_LEAD_OPEN_NAMES = re.compile(
    rf"\s{{0,3}}(?P<inside>(?:全媒体|融媒体)?{REPORTER}{SPACE}[{NAME_CHAR}、\s\u3000]{{2,24}}?(?:通[讯訊][员員]{SPACE}[{NAME_CHAR}、\s\u3000]{{2,24}}?)?)"
    r"(?:[摄攝]影)?[报報][道導][：:]?"
)


_NUMERAL_DAY = (
    r"(?:(?:[0-9]{1,2}|[一二三四五六七八九十]{1,3})月)?(?:[0-9]{1,2}|[一二三四五六七八九十]{1,3})日"
)
_NAME = rf"(?:[{NAME_CHAR}]{{3}}|[{NAME_CHAR}]{{2}}|[{NAME_CHAR}]{{4}})"  # a place may follow without a gap
_BRACKETED = re.compile(
    rf"[\s\u3000{MARK}]{{0,4}}(?P<open>[【〔\[（(])\s{{0,2}}"
    rf"(?P<agency>本[报報台社]|{_AGENCY}|[{CJK}]{{1,6}}?[报報社])?"
    rf"(?:{SPACE}[{CJK}]{{0,4}}{REPORTER}{SPACE}(?P<names>{_NAME}(?:[、，\s]{{1,2}}{_NAME}){{0,3}}))?"
    rf"[\s/／]{{0,2}}(?P<place>(?![综綜]合|[专專][题題]|[连連][线線])[{CJK}]{{2,4}}?)?\s?(?:{_NUMERAL_DAY})?\s?"
    r"(?P<kind>[专專綜综]?合?(?:[电電]|[讯訊])|(?:[專专]題|[專专]题|[综綜]合|[连連][线線]|[摄攝]影)?[报報][导導道]|消息)\s{0,2}[】〕\]）)][\s\u3000]*[：:]?[\s\u3000]*(?=\S)"
)


_BYLINE_FOLLOWS = re.compile(rf"[\s\u3000]{{0,3}}[（(](?:[{CJK}]{{0,4}}{REPORTER}|通[讯訊])")


@lru_cache(maxsize=CACHED)
def parse_lead(text: str) -> Lead | None:
    """The dateline and byline that open a body: `本报讯（记者 张三）`, `新华社长沙3月20日电（记者李四）`.

    In brackets too, as in Hong Kong and Taiwan: `【本報訊】`, `（中央社記者張三台北21日電）`. None where the
    text opens with neither. The date that follows a byline (`3月20日上午，`) is body.
    """
    match = _LEAD.match(text)
    if not match:
        return _bracketed_lead(text)
    kind = match["kind"]
    # 本报九江讯（记者…）; without a byline a place stands only with a date
    if match["place"] and not match["month"] and kind not in ("电", "電") and not _own_from_afar(match, text):
        return None
    if match["place"] and re.search(REPORTER + "|通[讯訊]", match["place"]):
        return None
    end = match.end()
    authors: tuple[str, ...] = ()
    bracket = _LEAD_BRACKET.match(text, end)
    if bracket and (names := named_authors(bracket["inside"])) is not None:
        authors, end = names, bracket.end()
    elif opened := _LEAD_OPEN_NAMES.match(text, end):
        authors, end = named_authors(opened["inside"]) or (), opened.end()
    elif not match["month"] and not match["place"] and kind == "消息":
        return None
    elif not match["month"] and not _apart(text, match.end(), kind):
        return None  # 本报电子版…: not a dateline
    trailing = re.compile(r"[\s\u3000]*[：:]?[\s\u3000]*").match(text, end)
    assert trailing is not None
    return Lead(
        end=trailing.end(),
        agency=_plain_agency(match["agency"]),
        place=re.sub(r"\s", "", match["place"] or ""),
        authors=authors,
        month_day=(
            (int(match["month"].translate(_DIGITS)), int(match["day"].translate(_DIGITS)))
            if match["month"]
            else None
        ),
        own="讯" in kind or "訊" in kind,
    )


def _bracketed_lead(text: str) -> Lead | None:
    match = _BRACKETED.match(text)
    if match is None or not (match["agency"] or match["names"]):
        return None
    if match["open"] in "（(" and not (match["agency"] and match["kind"][-1] in "电電讯訊"):
        return None  # a byline that ends a body stands in such brackets
    authors: tuple[str, ...] = ()
    end = match.end()
    bracket = _LEAD_BRACKET.match(text, end)
    if match["names"]:
        authors = named_authors("记者 " + match["names"]) or ()
    elif bracket and (names := named_authors(bracket["inside"])) is not None:
        authors, end = names, bracket.end()
    elif opened := _LEAD_OPEN_NAMES.match(text, end):
        authors, end = named_authors(opened["inside"]) or (), opened.end()
    return Lead(
        end=end,
        agency=_plain_agency(match["agency"] or "本报"),
        place=match["place"] or "",
        authors=authors,
        month_day=None,
        own=match["kind"][-1] in "讯訊导導道",
    )


def _own_from_afar(match: re.Match[str], text: str) -> bool:
    return match["kind"] in ("讯", "訊") and _BYLINE_FOLLOWS.match(text, match.end()) is not None


def _apart(text: str, end: int, kind: str) -> bool:
    """Whether a dateline without date and byline is one: a space follows, or 讯 without 息 or 号."""
    following = text[end : end + 1]
    if following in ("", " ", "\u3000", "（", "(", "\n"):
        return True
    return kind in ("讯", "訊") and following not in "息号號"


_NEWS_OPENING = re.compile(
    r"[\s\u3000]*(?:(?:\d{4}年)?(?:\d{1,2}\s?月\s?)?\d{1,2}\s?日(?:[上下]午|晚|凌晨|[，,]|在|[至到]|，|从)|[记記]者[从從获獲]|[近日][日前][，,]|[昨今]日[，,]|[昨今]天[，,上下])"
)


def opens_news(text: str) -> bool:
    """Whether a text opens as a report does whose byline is lost: with the day, or 记者从…获悉."""
    return _NEWS_OPENING.match(text) is not None


def _plain_agency(text: str) -> str:
    return re.sub(r"\s", "", text).translate(str.maketrans("華報網聞", "华报网闻"))
