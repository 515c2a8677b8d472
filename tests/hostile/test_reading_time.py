"""Attack: text that makes a pattern or a parser go over the same characters again and again."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest

from digest.config import Limits
from digest.read import read_bytes

PROSE = "<p>青岚河上的步行桥今天开放，两岸居民去市场不再绕远。</p>"
FOUNDER = "<!--enpproperty <title>桥</title>/enpproperty-->"

ATTACKS: dict[str, tuple[str, Callable[[int], str]]] = {
    "brackets": ("a.md", lambda n: "（" * n),
    "links never closed": ("a.md", lambda n: "[" * n),
    "images never closed": ("a.md", lambda n: "![" * n),
    "stars": ("a.md", lambda n: "*a" * n),
    "backticks": ("a.md", lambda n: "`a" * n),
    "liquid never closed": ("a.md", lambda n: "桥{%" * n),
    "tags never closed": ("a.md", lambda n: "桥<" * n),
    "spaces": ("a.md", lambda n: " " * n + "桥。"),
    "ideographic spaces": ("a.md", lambda n: "　" * n + "桥。"),
    "blank lines": ("a.md", lambda n: "\n" * n + "桥。"),
    "datelines": ("a.md", lambda n: "本报讯（记者" * n),
    "jump marks": ("a.md", lambda n: "下转第" * n),
    "credits": ("a.md", lambda n: "记者 摄" * n),
    "sources": ("a.md", lambda n: "来源：" * n),
    "fences": ("a.md", lambda n: "---\n" * n),
    "front matter lines": ("a.md", lambda n: "---\n" + "键: 值\n" * n),
    "comments": ("a.html", lambda n: "<html>" + "<!--" * n),
    "paragraphs": ("a.html", lambda n: "<html><body>" + "<p>" * n + PROSE),
    "attributes": ("a.html", lambda n: "<html><body><p " + "a=1 " * n + ">" + PROSE),
    "areas": ("a.html", lambda n: "<html>" + "<area " * n),
    "pictures": ("a.html", lambda n: FOUNDER + '<img src="/res/a.jpg">' * n + PROSE),
    "headings": ("a.html", lambda n: "<html><body>" + "<h1>桥</h1>" * n + PROSE * 3),
    "breaks": ("a.html", lambda n: "<html><body><p>" + "桥上走路，<br>" * n),
    "body marks": ("a.html", lambda n: FOUNDER + "<!--enpcontent-->" * n),
    "bodies": ("a.html", lambda n: FOUNDER + f"<!--enpcontent-->{PROSE}<!--/enpcontent-->" * n),
    "fields": ("a.html", lambda n: "<!--enpproperty " + "<title>" * n),
    "zero-width": ("a.txt", lambda n: "\u200b桥" * n),
    "rows": ("a.jsonl", lambda n: '{"text":"桥。"}\n' * n),
}


def seconds(name: str, text: str) -> float:
    data = text.encode()
    best = float("inf")
    for _ in range(3):
        start = time.process_time()
        read_bytes(data, name, Limits())
        best = min(best, time.process_time() - start)
    return best


@pytest.mark.parametrize("attack", ATTACKS)
def test_twice_the_text_takes_at_most_three_times_as_long(attack: str) -> None:
    """Time grows with the length, not with its square."""
    name, make = ATTACKS[attack]
    once = seconds(name, make(1500))
    twice = seconds(name, make(3000))

    assert twice <= 3 * once + 0.02
