"""What a short line around the body of a web article says: source, author, navigation, copyright."""

from __future__ import annotations

import re
from datetime import date
from typing import NamedTuple

from digest.page.fields import page_number, split_names
from digest.read.dates import parse_day

_SOURCE_WORDS = (
    r"(?:文章|本文|信息|稿件|消息|资料|新闻|內容|内容)?"
    r"(?:[来來]源(?:于)?|稿源|[转轉][载載]自|[出][处處])"
)
_OTHER_WORDS = (
    r"[责責]任?[编編](?:[辑輯])?|[编編][辑輯]|[审審][核稿校]|校[对對]|[时時][间間]|日期|[发發]布(?:[时時][间間]|日期)?"
    r"|(?:[浏瀏]|[点點])[览覽擊击][量数數]?|[阅閱][读讀][量数數次]?|字[体體號号]|分享到?|[关關][键鍵][词詞字]"
    r"|[标標][签籤]|原[标標][题題]|[栏欄]目"
)
_LABEL = re.compile(
    rf"(?P<source>{_SOURCE_WORDS})\s{{0,4}}[:：]\s{{0,4}}"
    r"|(?P<author>作者|[记記]者|撰[稿文]|文字)\s{0,4}[:：]\s{0,4}"
    rf"|(?P<other>{_OTHER_WORDS})\s{{0,4}}[:：]\s{{0,4}}"
)
_WRAPPING = "（）()[]【】〔〕《》 \t\u3000|｜·"
_DATE_TIME = re.compile(
    r"[\s(（]*(?:19|20)\d\d[-/.年]\d{1,2}[-/.月]\d{1,2}日?(?:[T\s]*\d{1,2}[:：]\d\d(?:[:：]\d\d)?)?[\s)）]*"
)
_NAVIGATION = re.compile(
    r"[\[【]?返回.{0,12}(?:首页|列表|顶部|目录|新闻|频道|版面)|[<《]?\s?上一[篇页頁版期]|下一[篇页頁版期]|[网本]?[站]?首\s?页\s*(?:$|[>|｜])"
    r"|更多(?:>|»|…|\s*$)|点击(?:查看|进入|阅读|下载)|[阅閱][读讀]原文|相[关關](?:[阅閱][读讀]|新[闻聞]|[链鏈][接結]|推[荐薦])|推[荐薦][阅閱][读讀]|延伸[阅閱][读讀]"
    r"|扫(?:码|描|一扫).{0,8}(?:[关關]注|下载|二维码|加入)|(?:[关關]注|下载)(?:我们|本报)?.{0,12}(?:公众号|微信|微博|客户端|APP)"
    r"|点击(?:上方|下方|标题|顶部|文末)?.{0,4}(?:蓝字|蓝色|名片|关注)|往期(?:推荐|回顾|精彩|精选)|点(?:个|亮|一下)?.{0,2}[“\"「]?在看"
    r"|(?:长按|识别).{0,6}二维码|(?:查看|阅读)全文\W{0,3}$"
    r"|分享到|^\W{0,3}(?:打印|关闭|收藏|举报|评论|纠错)\W{0,3}(?:本页|窗口)?\W{0,3}$"
)
_RIGHTS = re.compile(
    r"版[权權]所有|未[经經].{0,12}(?:授[权權]|[许許]可)|不得[转轉][载載]|[转轉][载載][请請]注明|免[责責][声聲]明|[侵]删"
    r"|ICP\s?[备備]|Copyright|©|All Rights Reserved|仅供(?:读者)?(?:参考|阅读)|不构成投资建议|风险自[担负]",
    re.IGNORECASE,
)
_PRINTED = re.compile(
    r"《\s?(?P<paper>[\u4e00-\u9fff](?:\s?[\u4e00-\u9fff]){1,11})\s?》\s?[（(]\s?(?P<day>(?:19|20)\d\d[-/.年]\s?\d{1,2}[-/.月]\s?\d{1,2}日?)"
    r"[^（）()]{0,10}?(?P<page>[A-Za-z]?\s?\d{1,3})\s?版"
)
_OUTLET = re.compile(
    r"(?:[報报網网社台臺]|[发發][布佈]|[编編][辑輯]部|[融全]媒[体體]?(?:中心)?|客户端|[观觀]察|[頻频]道|新[闻聞]|委|局|办)$"
)
_SENTENCE_CHARS = 120  # a line of furniture is shorter
_LONGEST_NAVIGATION = 30
_LONGEST_BEFORE = 14  # the name of a site may stand before the labels


class Labelled(NamedTuple):
    """A line of labelled fields: `来源：… 作者：…`."""

    paper: str
    authors: tuple[str, ...]


def parse_labelled(line: str) -> Labelled | None:
    """The fields of a line that holds nothing but labelled fields and dates, or None.

    `（文章来源：某某日报）`, `2024-01-05 08:00　来源：某某日报　作者：张三　编辑：李四`, `原标题：…`.
    """
    text = line.strip(_WRAPPING)
    if len(text) > _SENTENCE_CHARS:
        return None
    if _DATE_TIME.fullmatch(text):
        return Labelled("", ())
    labels = list(_LABEL.finditer(text))
    if not labels:
        return None
    before = _DATE_TIME.sub(" ", text[: labels[0].start()])
    if before and (len(before) > _LONGEST_BEFORE or not before.endswith(tuple(_WRAPPING)) or "，" in before):
        return None  # the label is the end of a phrase: 主要收入来源：…
    if any(mark in text for mark in "。？！?!"):
        return None  # a turn of an interview (记者：…？), a sentence
    paper = ""
    authors: tuple[str, ...] = ()
    for label, after in zip(labels, [*labels[1:], None], strict=True):
        value = text[label.end() : after.start() if after else len(text)]
        value = _DATE_TIME.sub(" ", value).strip(_WRAPPING + "，。;；")
        if label.lastgroup == "source" and not paper:
            paper = re.split(r"[\s\u3000|｜]", value, maxsplit=1)[0].strip(_WRAPPING)[:30]
        elif label.lastgroup == "author" and not authors:
            authors = split_names(value)
    return Labelled(paper, authors)


class Printed(NamedTuple):
    """Where an article stood in print: `《某某日报》（2024年03月21日 第04版）`."""

    paper: str
    published: date | None
    page: int | None


def parse_printed(line: str) -> Printed | None:
    """What a short line says of the paper, day and page that it was printed in, or None."""
    found = _PRINTED.search(line) if len(line) <= _SENTENCE_CHARS else None
    if found is None:
        return None
    return Printed(re.sub(r"\s", "", found["paper"]), parse_day(found["day"]), page_number(found["page"]))


def is_outlet(name: str) -> bool:
    """Whether a name in an author's place is a newsroom's: 某某发布, 某某日报."""
    return _OUTLET.search(name) is not None


def is_navigation(line: str, links: float) -> bool:
    """Whether the line leads elsewhere: mostly links, or words that do nothing but lead."""
    if links >= 0.8 and len(line) <= 4 * _LONGEST_NAVIGATION:
        return True
    return (
        len(line) <= _LONGEST_NAVIGATION
        and not line.endswith(("。", "！"))
        and bool(_NAVIGATION.search(line))
    )


def is_rights(line: str) -> bool:
    """Whether the line is about copyright or a disclaimer."""
    return (
        len(line) <= 2 * _SENTENCE_CHARS
        and bool(_RIGHTS.search(line))
        and (
            len(line) <= 40
            or len(_RIGHTS.findall(line)) >= 2
            or line.startswith(("版权", "免责", "声明", "特别声明"))
        )
    )
