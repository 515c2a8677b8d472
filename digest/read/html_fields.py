"""What a web page says about itself: meta elements, JSON-LD, headings."""

from __future__ import annotations

import html
import json
import re
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from lxml.html import HtmlElement

from digest.page.fields import Byline, parse_byline, split_names
from digest.read.blocks import Block, blocks_of, heading_text, plain
from digest.read.clean import clean_line
from digest.read.dates import CHINA, parse_day
from digest.read.lines import is_outlet, is_rights
from digest.read.titles import join_lines, same_headline, without_site

_DATE_NAMES = """
article:published_time og:published_time pubdate publishdate publish-date publication_date
datepublished dc.date dcterms.created date publish_time firstpublishedtime
og:release_date weibo:article:create_at
"""
_DATE = _DATE_NAMES.split()
_AUTHOR_NAMES = """
author article:author og:article:author byl dc.creator contentauthor reporter
"""
_AUTHOR = _AUTHOR_NAMES.split()
_PAPER_NAMES = """
source contentsource mediaid article:source copyright_source og:site_name sitename application-name
"""
_PAPER = _PAPER_NAMES.split()
_NO_TITLE = re.compile(
    r"(?:[^\s]{0,4}(?:新[闻聞]|文章|信息|内容|资讯))?(?:首页|主页|正文|[详詳][情细細](?:[页頁]面?|内容)?|内容[页頁]|浏览|查看)"
    r"|新[闻聞]|无标题文档|index|home|untitled.{0,12}",
    re.IGNORECASE,
)
_SITES_TITLE = re.compile(
    r"(?:[^，。：:！？!?]{0,14}(?:政府|[网網报報社台臺]|门户|[发發][布佈]|委[员員][会會]|[厅廳局]))?"
)
_TITLE_MARK = re.compile(
    r"(?:^|[\s_-])(?:article|news|con(?:tent)?|info|detail|art|wz|xx|page|main)?[_-]?"
    r"(?:title|tit|headline|bt|biaoti)(?:[\s_-]|$)",
    re.IGNORECASE,
)
_LEAST_TITLE = 6
_ENUMERATED = re.compile(r"[（(]?[一二三四五六七八九十\d]{1,3}[）)、.．]")
_KICKER_MARK = re.compile(r"(?:intro|pre|yin|lead|shoulder)[-_]?(?:title|ti)|kicker|引题|肩题", re.IGNORECASE)
_SUBTITLE_MARK = re.compile(
    r"(?:sub|fu)[-_]?(?:title|biaoti|headline)|biaoti[-_]?fu|futi|副题|副标题", re.IGNORECASE
)
_LONGEST_BESIDE = 60
_SCRIPT_MOMENT = re.compile(r"""\bvar ct\s?=\s?["'](1\d{9})["']""")
_SITE_NAME = re.compile(r"[_|｜»-]\s{0,2}([^_|｜»\s-]{2,16})$")
# 《某某日报》（2024年03月21日 第 01 版） behind the names
_ISSUE = re.compile(r"\s*《[^《》]{2,12}》\s*[（(].{0,40}$")
_MAX_JSON = 200  # objects looked at in a page's JSON-LD
_ARTICLE_TYPE = re.compile("Article|NewsArticle|Report|BlogPosting", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class PageFields:
    """What is known of an article before its body is read."""

    title: str = ""
    published: date | None = None
    authors: tuple[str, ...] = ()
    paper: str = ""
    url: str = ""


def page_fields(root: HtmlElement) -> PageFields:
    """The fields of a page: JSON-LD first, then meta elements, then what is shown."""
    metas = _metas(root)
    stated = _json_ld(root)
    return PageFields(
        title=_title(root, metas, stated),
        published=_published(root, metas, stated),
        authors=_authors(metas, stated),
        paper=_name(stated.get("publisher")) or _first(metas, _PAPER) or _account(root) or _site(root),
        url=_url(root, metas),
    )


def beside_title(root: HtmlElement, title: str) -> tuple[str, str]:
    """Kicker and subtitle: the headings right above and below the title's, or elements named for them."""
    for heading in root.iter("h1", "h2", "h3", "div", "p", "td"):
        named = heading.tag not in ("h1", "h2", "h3") and _TITLE_MARK.search(_name_of(heading))
        shown = clean_line(plain(heading)) if named else heading_text(heading)
        if not same_headline(shown, title):
            continue
        above, below = heading.getprevious(), heading.getnext()
        return (
            heading_text(above) or _if_named(above, _KICKER_MARK),
            _unless_enumerated(heading_text(below)) or _if_named(below, _SUBTITLE_MARK),
        )
    return "", ""


def _name_of(element: HtmlElement) -> str:
    return f"{element.get('class', '')} {element.get('id', '')}"


def _unless_enumerated(text: str) -> str:
    return "" if _ENUMERATED.match(text) else text  # 一、…: the first heading of the body


def _if_named(element: HtmlElement | None, mark: re.Pattern[str]) -> str:
    """The text of an element whose class or id says what it is, if it is a short line."""
    if element is None or not mark.search(_name_of(element)):
        return ""
    text = clean_line(plain(element))
    return text if len(text) <= _LONGEST_BESIDE and "。" not in text else ""


def byline_above_body(blocks: list[Block]) -> Byline | None:
    """A byline in a line of its own above the first sentence."""
    for block in blocks:
        text = clean_line(block.text)
        if "。" in text and not is_rights(text):
            return None
        if byline := parse_byline(_ISSUE.sub("", text)):
            return byline
    return None


def _metas(root: HtmlElement) -> dict[str, str]:
    metas: dict[str, str] = {}
    for element in root.iter("meta"):
        key = (element.get("property") or element.get("name") or element.get("itemprop") or "").lower()
        content = clean_line(element.get("content") or "")
        if key and content:
            metas.setdefault(key, content)
    return metas


def _first(metas: dict[str, str], keys: list[str]) -> str:
    return next((metas[key] for key in keys if key in metas), "")


def _title(root: HtmlElement, metas: dict[str, str], stated: dict[str, Any]) -> str:
    """The heading that the page's own title agrees with; else what the page states; else a heading."""
    named = [
        clean_line(html.unescape(str(stated.get("headline") or "")[:400])),
        metas.get("og:title", ""),
        metas.get("articletitle", ""),
        clean_line(root.findtext(".//title") or ""),
    ]
    headings = [
        join_lines(block.text.split("\n"))
        for tag in ("h1", "h2")
        for element in root.iter(tag)
        for block in blocks_of(element)
        if block.text
    ]
    for heading in headings:
        if any(_agrees(heading, one) for one in named if one):
            return clean_line(heading)
    for one in named[:3]:
        if one:
            return without_site(one)
    main = [heading for heading in headings[:1] if len(heading) >= _LEAST_TITLE]
    if main:
        return clean_line(main[0])
    last = without_site(named[3])
    is_sites = bool(_NO_TITLE.fullmatch(last) or _SITES_TITLE.fullmatch(last))
    return _marked_title(root, named[3], is_sites=is_sites) or ("" if is_sites else last)


def _marked_title(root: HtmlElement, named: str, *, is_sites: bool) -> str:
    """The text of an element called title: the one that agrees with the page's own title, else, where that is
    the site's, the first."""
    found = ""
    for element in root.iter("div", "p", "td", "span", "dt", "li"):
        if not _TITLE_MARK.search(_name_of(element)):
            continue
        text = join_lines([block.text for block in blocks_of(element) if block.text and block.links < 0.5])
        if not _LEAST_TITLE <= len(text) <= _LONGEST_BESIDE or "。" in text:
            continue
        if _agrees(text, named):
            return clean_line(text)
        found = found or clean_line(text)
    return found if is_sites else ""


def _agrees(heading: str, named: str) -> bool:
    short = "".join(filter(str.isalnum, heading))
    return len(short) >= 4 and (same_headline(heading, named) or short in "".join(filter(str.isalnum, named)))


def _published(root: HtmlElement, metas: dict[str, str], stated: dict[str, Any]) -> date | None:
    times = [element.get("datetime") or "" for element in root.iter("time")]
    for text in (str(stated.get("datePublished") or ""), *(metas.get(key, "") for key in _DATE), *times):
        found = parse_day(text[:60])
        if found:
            return found
    return _script_day(root)


def _script_day(root: HtmlElement) -> date | None:
    """The moment that a WeChat page keeps in a script and shows by it."""
    for element in root.iter("script"):
        found = _SCRIPT_MOMENT.search(element.text or "")
        if found:
            return datetime.fromtimestamp(int(found[1]), CHINA).date()
    return None


def _authors(metas: dict[str, str], stated: dict[str, Any]) -> tuple[str, ...]:
    people = stated.get("author")
    names = [_name(one) for one in (people if isinstance(people, list) else [people])]
    text = " ".join(filter(None, names)) or _first(metas, _AUTHOR)
    byline = parse_byline(text)
    if byline:
        return byline.authors
    return tuple(name for name in split_names(text) if not is_outlet(name))


def _account(root: HtmlElement) -> str:
    """The public account of a WeChat page, which states it nowhere else."""
    return next(
        (clean_line(plain(one)) for one in root.iter("a", "strong") if one.get("id") == "js_name"), ""
    )


def _site(root: HtmlElement) -> str:
    """The newsroom that the page's title names behind the headline."""
    found = _SITE_NAME.search(clean_line(root.findtext(".//title") or ""))
    return found[1] if found and is_outlet(found[1]) else ""


def _name(value: Any) -> str:
    if isinstance(value, dict):
        value = value.get("name")
    return clean_line(value) if isinstance(value, str) else ""


def _url(root: HtmlElement, metas: dict[str, str]) -> str:
    links = [element.get("href") or "" for element in root.iter("link") if element.get("rel") == "canonical"]
    return next(
        (one for one in (*links, metas.get("og:url", "")) if one.startswith(("http://", "https://"))), ""
    )


def _json_ld(root: HtmlElement) -> dict[str, Any]:
    """The first object of an article type in the page's JSON-LD."""
    for element in root.iter("script"):
        if (element.get("type") or "").lower() != "application/ld+json":
            continue
        try:
            waiting = [json.loads(element.text or "")]
        except (ValueError, RecursionError):
            continue  # it adds to what the page shows, nothing is lost
        for _ in range(_MAX_JSON):
            if not waiting:
                break
            value = waiting.pop(0)
            if isinstance(value, list):
                waiting.extend(value[:_MAX_JSON])
            elif isinstance(value, dict):
                if _ARTICLE_TYPE.search(str(value.get("@type"))[:200]):
                    return value
                waiting.extend(one for one in value.values() if isinstance(one, dict | list))
    return {}
