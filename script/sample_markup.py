"""Rows, posts, e-paper pages and the transcript: the samples that are no page of wrapped text."""

from __future__ import annotations

import html
import json
from typing import Any

import opencc
from sample_master import NOTICE, PUBLISHED, SUBHEAD, Master, Page, gold_article, gold_file
from sample_pages import Made, ascii_punctuation


def rows(page: Page) -> Made:
    """JSON lines: id, title, text, source, published, url. They are no page and have no gold."""
    lines: list[str] = []
    for article in page.articles:
        row = {
            "id": article.id,
            "title": article.title,
            "text": "\n".join([article.lead + article.paragraphs[0], *article.paragraphs[1:]]),
            "source": article.source,
            "published": article.published,
            "url": article.url,
        }
        lines.append(json.dumps(row, ensure_ascii=False))
    return Made(page["file"], ("\n".join(lines) + "\n").encode(), {})


def posts(page: Page) -> list[Made]:
    """Jekyll posts: front matter, HTML paragraphs, a source line, links."""
    return [_post(page, article) for article in page.articles]


def _post(page: Page, article: Master) -> Made:
    source = f"（文章来源：{page['paper']}）"
    number = article.file.rsplit("-", 1)[1].removesuffix(".md")
    url = f"https://ganpo.example/{PUBLISHED.replace('-', '/')}/{number}.html"
    category = f"返回{page['paper']}新闻"
    links = [
        f"<{url}>",
        f"[{category}](//ganpo.example/category/{page['slug']}.html)｜[返回首页](//ganpo.example/)",
    ]
    front = [
        "---",
        f"# {NOTICE}",
        "layout: post",
        f'title: "{article.title}"',
        f"date: {PUBLISHED} {article.time} +0800",
        f"categories: {page['slug']}",
        f"tags: {page['paper']}新闻",
        "---",
    ]
    body = [f"<p>{line}</p>" for line in _post_lines(article)]
    text = "\n".join(front) + "\n" + "\n ".join(body) + f'<p class="em_media">{source}</p>\n\n'
    text += "\n\n".join(links) + "\n"
    kinds = [("source", source), *(("link", link) for link in links)]
    about = {"source": page["paper"], "title_as_printed": article.title}
    gold = gold_article(article, article.file, 0, x=about)
    return Made(
        article.file,
        text.encode(),
        gold_file(article.file, [gold], kinds, paper=page["paper"], page=None, date=PUBLISHED, section=""),
    )


def _post_lines(article: Master) -> list[str]:
    """The paragraphs of a post, subheads and captions among them; a byline stands behind the first."""
    lines: list[str] = []
    n_paragraphs = 0
    for line in article.body.strip().splitlines():
        if line.startswith(SUBHEAD):
            lines.append(html.escape(line.removeprefix(SUBHEAD), quote=False))
            continue
        lines.append(html.escape((article.lead if n_paragraphs == 0 else "") + line, quote=False))
        n_paragraphs += 1
        if n_paragraphs == 1 and article.byline:
            lines.append(article.byline)
        if n_paragraphs == article.caption_after:
            lines += [f'<center><img src="{article.image}"></center>', article.caption]
    return lines


def transcript(page: Page) -> Made:
    """A press conference in Traditional script: speaker turns, enumerations, no headline."""
    file = page["file"]
    (article,) = page.articles
    to_traditional = opencc.OpenCC("s2t")

    def traditional(text: str) -> str:
        text = to_traditional.convert(ascii_punctuation(text))
        for wrong, right in page["repair"]:
            text = text.replace(wrong, right)
        return text

    printed: list[str] = []
    paragraphs: list[str] = []
    speakers: list[str] = []
    cast: list[str] = []
    speaker = ""
    for line in article.paragraphs:
        name, colon, words = line.partition("：")
        if line in page["cast"]:
            cast.append(traditional(line))
            printed.append(cast[-1])
            continue
        if colon and name in page["speakers"]:
            speaker, line = traditional(name), words
            # a reporter's name stands on a line of its own, an official's before the first word
            printed.append(f"{speaker}:" + ("\n" if name.endswith("记者") else "") + traditional(line))
        else:
            printed.append(traditional(line))
        paragraphs.append(traditional(line))
        speakers.append(speaker)
    gold = gold_article(article, file, 0, paragraphs=paragraphs, x={"speakers": speakers})
    kinds = [("cast", "\n".join(cast))]
    return Made(file, ("\n".join(printed) + "\n").encode(), gold_file(file, [gold], kinds, date=PUBLISHED))


def epaper(page: Page) -> list[Made]:
    """An e-paper's page index and its articles in GB18030, declared as gb2312."""
    folder, node = page["folder"], page["node"]
    links = [(f"content_{a.content}.htm", a.title) for a in page.articles]
    listed = "\n".join(f'<li><a href="{href}">{title}</a></li>' for href, title in links)
    index = _HTML.format(
        title=page["paper"],
        body='<p class="date">2026年3月18日　星期三</p>\n'
        f"<h2>第{page['page']:02d}版：{page['section']}</h2>\n"
        f'<div id="titleList"><ul>\n{listed}\n</ul></div>',
        foot=page["foot"],
    )
    name = f"{folder}/node_{node}.htm"
    about = _epaper_about(page)
    gold_links = [{"href": href, "title": title} for href, title in links]
    made = [_encoded(name, index, gold_file(name, [], [], kind="page_index", links=gold_links, **about))]
    return [*made, *(_content(page, article, about) for article in page.articles)]


def _content(page: Page, article: Master, about: dict[str, Any]) -> Made:
    name = f"{page['folder']}/content_{article.content}.htm"
    first, *rest = article.paragraphs
    lines = [*filter(None, [article.byline]), article.lead + first, *rest]
    paragraphs = "".join(f"<P>　　{html.escape(line, quote=False)}</P>\n" for line in lines)
    picture = "".join(
        f'<table class="pci_c" width="400"><tr><td><img src="../../res/{article.content}.jpg"></td></tr>'
        f"<tr><td><p>{caption}</p></td></tr></table>\n"
        for caption in article.captions
    )
    fields = {
        "articleid": str(article.content),
        "date": f"{PUBLISHED} 00:00:00.0",
        "author": "" if article.lead else " ".join(article.authors),
        "title": article.title,
        "keyword": "",
        "subtitle": article.subtitle,
        "introtitle": article.kicker,
        "siteid": "9",
        "nodeid": str(page["node"]),
        "nodename": page["section"],
        "url": f"http://tangshui.example/html/2026-03/18/content_{article.content}.htm",
    }
    comment = "".join(f"<{key}>{value}</{key}>" for key, value in fields.items())
    body = (
        f'<div class="rq">第{page["page"]:02d}版：{page["section"]}　2026年3月18日　星期三</div>\n'
        f'<div class="yt">{article.kicker}</div>\n<h1>{"<br/>".join(article.title_lines)}</h1>\n'
        f'<div class="ft">{article.subtitle}</div>\n{picture}'
        f'<div id="ozoom" style="zoom:100%"><founder-content><!--enpcontent-->{paragraphs}<!--/enpcontent-->'
        f"</founder-content>\n<!--enpproperty {comment}/enpproperty--></div>"
    )
    text = _HTML.format(title=f"{article.title}--{page['paper']}", body=body, foot=page["foot"])
    if article.notice:
        gold = gold_file(name, [], [("notice", "\n".join([article.title, *article.paragraphs]))], **about)
    else:
        gold = gold_file(name, [gold_article(article, name, 0)], [], kind="article", **about)
    return _encoded(name, text, gold)


def _encoded(name: str, text: str, gold: dict[str, Any]) -> Made:
    # gb2312 is what such sites declare; 鹮 is in GB18030 only
    return Made(name, text.replace("\n", "\r\n").encode("gb18030"), gold)


def _epaper_about(page: Page) -> dict[str, Any]:
    return {
        "paper": page["paper"],
        "page": page["page"],
        "date": PUBLISHED,
        "section": page["section"],
        "encoding": "gb18030",
    }


_HTML = f"""<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" \
"http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd">
<!-- {NOTICE} -->
<html xmlns="http://www.w3.org/1999/xhtml">
<head>
<meta http-equiv="Content-Type" content="text/html; charset=gb2312" />
<title>{{title}}</title>
<link href="../../tplimg/style.css" rel="stylesheet" type="text/css" />
</head>
<body>
<div class="main">
{{body}}
</div>
<div class="foot">{{foot}}</div>
</body>
</html>
"""
