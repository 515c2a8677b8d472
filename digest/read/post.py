"""Posts of static site generators (Jekyll, Hugo): front matter, and a body in Markdown or HTML."""

from __future__ import annotations

import html
import posixpath
import re
from datetime import date

from digest.config import Limits
from digest.model import Article, Reading, Skipped
from digest.page.fields import date_in_name, page_number, split_names
from digest.read.body import is_title_line, read_body
from digest.read.clean import clean_text
from digest.read.dates import parse_day
from digest.read.front_matter import FrontMatter, read_front_matter
from digest.read.lines import is_outlet
from digest.read.markdown import markdown_blocks
from digest.read.notices import is_notice
from digest.read.opened import Opened
from digest.read.titles import made_title, same_headline, split_headline

_TITLE = ("title", "标题", "题目", "headline")
_KICKER = ("kicker", "introtitle", "pretitle", "引题")
_SUBTITLE = ("subtitle", "sub_title", "副题", "副标题")
_DATE = ("date", "published", "pubdate", "publishdate", "日期", "时间", "created")
_AUTHOR = ("author", "authors", "作者", "记者")
_PAPER = ("source", "paper", "newspaper", "from", "来源", "报纸")
_URL = ("source_url", "original_url", "link", "url", "canonical_url", "原文链接")
_PAGE = ("page", "版", "版次")
_TAG_PAPER = re.compile(
    r"([\u4e00-\u9fff]{1,10}(?:日报|晚报|晨报|早报|时报|商报|都市报|新闻网|周报|报))(?:新闻)?$"
)


def read_post(opened: Opened, limits: Limits) -> Reading:
    """The article of a post. Raises ReadError and LimitError for HTML that cannot be read."""
    text = clean_text(opened.text)
    matter = read_front_matter(text, opened.name, limits)
    blocks = markdown_blocks(text[matter.body_start :], opened.name, limits)
    printed = html.unescape(matter.first(*_TITLE))
    if not printed and is_title_line(blocks):
        printed = blocks.pop(0).text
    headline = split_headline(printed)
    kicker, subtitle = matter.first(*_KICKER), matter.first(*_SUBTITLE) or headline.subtitle
    body = read_body(blocks, headline.title, head=(kicker, headline.title, subtitle))
    whole = "\n".join(paragraph.text for paragraph in body.paragraphs)
    source = opened.source_text("post", body.text, matter.warnings)
    if not body.paragraphs:
        return Reading(skipped=(Skipped(opened.name, "没有正文 (a post without a body)"),), sources=(source,))
    if is_notice(headline.title, whole, signed=bool(body.agency or body.authors)):
        return Reading(
            skipped=(Skipped(opened.name, f"公告或广告 (notice): {headline.title}"),), sources=(source,)
        )
    page = page_number(matter.first(*_PAGE)[:8])
    article = Article(
        source=opened.name,
        index=0,
        title=headline.title or made_title(whole),
        title_is_made=not headline.title,
        kicker=kicker or body.kicker,
        subtitle=subtitle or ("" if same_headline(body.subtitle, headline.title) else body.subtitle),
        authors=body.authors or _authors(matter),
        agency=body.agency,
        dateline_place=body.dateline_place,
        published=_published(matter, opened.name),
        page=page,
        jump_to=body.jump_to,
        jump_from=body.jump_from,
        paragraphs=body.as_paragraphs(opened.name, page),
        captions=tuple(body.captions),
        subheads=tuple(body.subheads),
        warnings=(*opened.warnings, *matter.warnings),
        paper=body.paper or _paper(matter),
        url=_url(matter),
    )
    return Reading((article,), (), (source,))


def _published(matter: FrontMatter, name: str) -> date | None:
    value = matter.first(*_DATE)
    return parse_day(value) or date_in_name(posixpath.basename(name))


def _authors(matter: FrontMatter) -> tuple[str, ...]:
    return tuple(name for value in matter.all(*_AUTHOR) for name in split_names(value) if not is_outlet(name))


def _paper(matter: FrontMatter) -> str:
    """The paper that a field names, a tag such as `某某日报新闻`, or a newsroom in the author's place."""
    named = matter.first(*_PAPER)
    if named and not named.startswith(("http:", "https:")):
        return named
    tags = (*matter.all("tags", "tag", "标签"), *matter.all("categories", "category", "分类"))
    tagged = next((found[1] for tag in tags if (found := _TAG_PAPER.search(tag))), "")
    return tagged or next(filter(is_outlet, matter.all(*_AUTHOR)), "")


def _url(matter: FrontMatter) -> str:
    return next(
        (value for key in _URL if (value := matter.first(key)).startswith(("http://", "https://"))), ""
    )
