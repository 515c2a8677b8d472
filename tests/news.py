"""Invented news for the tests; the papers, people and events do not exist."""

from __future__ import annotations

import json

FLOOD = (
    "本报讯（记者 陈知遥）3月17日，杭州市水利局召开防汛工作会议，部署今年汛期的各项准备。"
    "会议指出，全市已完成三百二十座水库的安全检查，发现隐患四十七处，其中三十九处已经整改到位。\n"
    "市水利局负责人说，今年将投入四亿二千万元加固堤防，重点是钱塘江北岸的老旧堤段。"
    "各区县要在4月15日前备足抢险物资，落实每一座水库的巡查责任人。\n"
    "据气象部门预测，今年入梅时间较常年偏早，梅雨量可能偏多两成。"
)
SCHOOL = (
    "本报讯（记者 罗一鸣）成都市教育局3月16日公布，"
    "今年秋季学期将新建和改扩建中小学四十二所，增加学位五万六千个。"
    "新建学校主要分布在人口增长较快的城区。\n"
    "市教育局介绍，新增学位中小学学位占六成，初中学位占四成。"
    "教师招聘将于5月启动，计划招聘教师三千一百名。"
)
WIRE = (
    "新华社北京3月17日电（记者 方大同）国家统计局17日发布数据，"
    "前两个月全国规模以上工业增加值同比增长百分之五点九。"
    "其中，装备制造业增长百分之九点二，高技术制造业增长百分之八点六。\n"
    "国家统计局有关负责人表示，工业生产保持平稳增长，新动能继续壮大，企业预期有所改善。"
    "下一阶段要着力扩大有效需求，增强经济回升的基础。\n"
    "数据还显示，前两个月全国社会消费品零售总额同比增长百分之四点一，网上零售额增长百分之七点三。"
)


def row(id_: str, title: str, text: str, **more: object) -> dict[str, object]:
    return {"id": id_, "title": title, "text": text, **more}


ROWS = [
    row("a1", "杭州部署今年防汛工作", FLOOD, source="江城日报", published="2026-03-18"),
    row("a2", "成都今年新增学位五万六千个", SCHOOL, source="蓉西晚报", published="2026-03-17"),
    row("a3", "前两个月工业生产平稳增长", WIRE, source="江城日报", published="2026-03-18"),
    row(
        "a4",
        "国家统计局：工业增加值增长5.9%",
        WIRE.rsplit("\n", 1)[0],
        source="蓉西晚报",
        published="2026-03-18",
    ),
]


def jsonl(rows: list[dict[str, object]]) -> bytes:
    return "".join(json.dumps(one, ensure_ascii=False) + "\n" for one in rows).encode()
