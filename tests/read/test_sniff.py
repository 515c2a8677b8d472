from __future__ import annotations

import pytest

from digest.read.sniff import binary_kind, text_kind


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"%PDF-1.7\n", "pdf"),
        (b"\x00\x00%PDF-1.4", "pdf"),
        (b"\x89PNG\r\n\x1a\n", "image"),
        (b"\xff\xd8\xff\xe0", "image"),
        (b"BM\x36\x00\x00\x00\x00\x00", "image"),
        (b"BMW opens a plant in Shenyang this spring.", None),
        (b"PK\x03\x04", "ZIP"),
        (b"\x1f\x8b\x08", "gzip"),
        ("青岚".encode(), None),
    ],
)
def test_binary_formats_are_known_by_their_first_bytes(data: bytes, kind: str | None) -> None:
    """The content decides, not the name; two letters alone do not."""
    assert binary_kind(data) == kind


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ('{"id":1,"text":"文"}\n{"id":2,"text":"文"}', "a.txt", "rows"),
        ('[{"text":"文"}]', "a", "rows"),
        ('{\n "title": "桥"\n}\n正文。', "a.md", "post"),
        ("---\ntitle: 桥\n---\n正文。", "a.txt", "post"),
        ("\ufeff---\n标题: 桥\n---\n正文。", "a.html", "post"),
        ("+++\ntitle = '桥'\n+++\n正文。", "a", "post"),
        ("---\n青岚河边修桥。\n", "a.txt", "page"),
        ("# 桥\n正文。", "a.markdown", "post"),
        ("<!DOCTYPE html><html><body><p>文</p>", "a.txt", "html"),
        ('<?xml version="1.0"?>\n<html><p>文</p></html>', "a", "html"),
        ('<?xml version="1.0"?>\n<!-- x --><rss version="2.0">', "a.html", "feed"),
        ("<feed xmlns='http://www.w3.org/2005/Atom'>", "a", "feed"),
        ("<html><!--enpproperty <title>桥</title>/enpproperty-->", "a", "epaper"),
        ("<html><founder-content>文</founder-content>", "a", "epaper"),
        ('<html><MAP NAME="PagePicMap"><area href="content_1.htm"></MAP>', "a", "index"),
        ("<?xml version='1.0'?><data><x/></data>", "a", "xml"),
        ("[导读] 青岚河边修桥。", "a.txt", "page"),
        ("青岚河边修桥。\n两岸通行。", "a.md", "page"),
        ("桥\n<p>一。</p>\n<p>二。</p>\n<p>三。</p>", "a.txt", "post"),
        ("桥长</br>三百米。", "a.txt", "page"),
        ("<青岚晚报> 第三版", "a.txt", "page"),
        ("<?xml encoding='gb2312'?>青岚河边修桥。", "a.txt", "page"),
    ],
)
def test_text_formats_are_known_by_their_content(text: str, name: str, kind: str) -> None:
    """A file is what it holds; the name helps only where the content leaves it open."""
    assert text_kind(text, name) == kind
