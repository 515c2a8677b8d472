"""Articles for the tests, all of them invented."""

from __future__ import annotations

from digest.model import Article, Paragraph

BRIDGE = (
    "3月5日，柳树县柳河大桥建成通车，两岸三万名群众告别了摆渡过河的历史。",
    "柳河大桥全长1260米，总投资2.3亿元，2021年6月开工建设。"
    "据悉，大桥通车后，从县城到河西镇的车程由一个小时缩短到十五分钟。他说，这是一座连心桥。",
    "“我在河边住了六十年，就盼着这一天。”河西镇村民赵大山说。",
    "为确保工程质量，柳树县交通局采取了以下措施。一是严把材料关。二是严把工序关。三是严把验收关。",
    "下一步，柳树县将建设沿河公路，把沿线八个村连成一片",
)


def article(*paragraphs: str | Paragraph, title: str = "", **fields: object) -> Article:
    """An article of these paragraphs."""
    body = tuple(p if isinstance(p, Paragraph) else Paragraph(p) for p in paragraphs)
    return Article(source="test", index=0, title=title, paragraphs=body, **fields)  # type: ignore[arg-type]


def bridge() -> Article:
    return article(*BRIDGE, title="柳树县柳河大桥建成通车")
