"""An issue to render: invented news of invented papers, in sections by region and topic.

Places are real, since regions are; everything that happens in them is made up for these tests.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from digest.model import (
    Added,
    Analysed,
    Article,
    Evidence,
    Issue,
    Item,
    Keyword,
    LeftOut,
    Merge,
    Paragraph,
    PastDay,
    Place,
    Region,
    Run,
    Score,
    Section,
    Sentence,
    Skipped,
    Story,
    Topic,
    TopicGroup,
)

DAY = date(2026, 3, 18)
NATION = Place(("全国",))
LIAOCHENG = Place(("山东", "聊城"), "371500")
TAIYUAN = Place(("山西", "太原"), "140100")
MIANYANG = Place(("四川", "绵阳"), "510700")
HONGKONG = Place(("港澳台", "香港"), "810000")
ABROAD = Place(("国际",))

# place, topic, headline, sentences, keywords
STORIES: tuple[tuple[Place, str, str, tuple[str, ...], str], ...] = (
    (
        NATION,
        "时政",
        "全国基层读报工作座谈会在京召开",
        (
            "全国基层读报工作座谈会17日在北京召开，来自28个省（区、市）的130名代表参加会议。",
            "会议提出，要把读报、用报、评报结合起来，“让每一份报纸都有人读、每一条消息都有人办”。",
            "会议要求，各地要在6月底前建立台账，逐条销号。",
        ),
        "读报 座谈会 台账 代表",
    ),
    (
        NATION,
        "经济",
        "前两月社会物流总额同比增长5.8%",
        (
            "中国流通研究会17日发布的数据显示，1—2月，社会物流总额为51.2万亿元，按可比价格计算同比增长5.8%。",
            "其中，工业品物流总额增长6.1%，单位与居民物品物流总额增长9.4%。",
            "研究会分析认为，AI调度、无人配送等新业态对增量的贡献率达到23%。",
        ),
        "物流 增长 新业态 AI",
    ),
    (
        NATION,
        "科技教育",
        "“晨星三号”科学试验卫星发射成功",
        (
            "3月17日9时26分，我国在东海海域用“快舟”系列运载火箭，成功将“晨星三号”科学试验卫星送入预定轨道。",
            "卫星主要用于开展空间环境探测、GNSS掩星观测等试验——这是该系列的第3颗卫星。",
        ),
        "卫星 发射 轨道",
    ),
    (
        NATION,
        "生态环境",
        "今春首轮沙尘天气将影响北方十省份",
        (
            "气象部门预计，18日夜间至20日，新疆南部、甘肃、内蒙古、宁夏等地有扬沙或浮尘天气，局地有沙尘暴。",
            "专家提醒，沙尘天气期间PM10浓度上升较快，老人和儿童应减少外出……",
        ),
        "沙尘 天气 PM10",
    ),
    (
        LIAOCHENG,
        "时政",
        "市委理论学习中心组举行集体学习",
        (
            "3月17日，市委理论学习中心组举行集体学习，围绕“以案促改、以案促治”开展专题研讨。",
            "会议强调，要坚持问题导向、目标导向、结果导向相统一，把学习成果转化为推动发展的实际成效。",
        ),
        "学习 研讨 以案促改",
    ),
    (
        LIAOCHENG,
        "时政",
        "全市重点项目“晒进度、比质量”现场会召开",
        (
            "全市重点项目现场会召开，与会人员先后观摩了11个县（市、区）的22个项目。",
            "截至2月底，全市162个重点项目已开工147个，开工率90.7%，完成投资118.6亿元。",
        ),
        "项目 投资 开工率",
    ),
    (
        LIAOCHENG,
        "产业",
        "一根轴承的“朋友圈”：古运河畔小镇连起三十七国客商",
        (
            "走进临清市烟店镇的轴承市场，货架上3000多个型号的轴承整齐排列。",
            "“去年我们的出口额增长了41%，订单排到了今年9月。”商户刘明礼说。",
            "镇里建起的检测中心，把一项检测的时间从7天缩短到48小时。",
        ),
        "轴承 出口 检测 烟店",
    ),
    (
        LIAOCHENG,
        "三农",
        "千亩韭菜进棚来 春耕备耕管得细",
        (
            "在莘县古云镇的韭菜大棚里，村民正忙着收割头茬韭菜。",
            "今年全镇种植韭菜1200亩，亩均收入预计2.3万元。",
            "农技人员把课堂搬到田间，已培训农户26场1400人次。",
        ),
        "韭菜 大棚 农技 春耕",
    ),
    (
        LIAOCHENG,
        "城建交通",
        "雄商高铁聊城段铺轨过半",
        (
            "记者17日从项目部获悉，雄商高铁聊城段铺轨突破80公里，完成总量的53%。",
            "建成后，从聊城西站到雄安的时间将缩短至1小时20分钟左右。",
        ),
        "高铁 铺轨 聊城西站",
    ),
    (
        LIAOCHENG,
        "社会民生",
        "社区食堂一元早餐 老街坊吃出人情味",
        (
            "早上7点，柳园街道一家社区食堂里坐满了人，一碗粥、一个鸡蛋只要1元钱。",
            "“钱不多，但大家愿意来坐坐，说说话。”72岁的居民王桂兰说。",
        ),
        "食堂 早餐 社区",
    ),
    (
        LIAOCHENG,
        "卫生健康",
        "县域医共体里看病少跑路",
        (
            "依托远程影像中心，村民在卫生院拍片，结果由县医院的医生判读，平均用时31分钟。",
            "目前，全市8个县（市、区）均已建成紧密型医共体，基层诊疗量占比达到67.5%。",
        ),
        "医共体 基层 影像",
    ),
    (
        TAIYUAN,
        "时政",
        "太原市召开优化营商环境推进会",
        (
            "太原市优化营商环境推进会17日召开，会上发布了120条改革举措。",
            "会议明确，年内实现“高效办成一件事”新增20项，政务服务事项网上可办率达到99%以上。",
        ),
        "营商环境 改革 政务",
    ),
    (
        TAIYUAN,
        "产业",
        "太重造全球最大采矿装备下线",
        (
            "一台斗容75立方米的矿用挖掘机17日在太原下线，整机重2300吨，零部件国产化率超过95%。",
            "企业负责人介绍，设备搭载的智能控制系统可以使单班作业效率提高18%。",
        ),
        "挖掘机 下线 国产化",
    ),
    (
        TAIYUAN,
        "文化体育",
        "晋祠古建筑数字化保护工程启动",
        (
            "工程将用3年时间，对晋祠37座古建筑和112尊彩塑进行高精度三维采集，建立毫米级数字档案。",
            "“数字档案不是替代，而是为修缮留下一把尺子。”项目负责人李若溪说。",
        ),
        "晋祠 古建筑 数字化",
    ),
    (
        TAIYUAN,
        "法治安全",
        "今年首批燃气管网改造工程开工",
        (
            "今年太原市计划改造老旧燃气管网210公里，惠及居民6.8万户。",
            "工程采用非开挖技术，最大限度减少对交通的影响。",
        ),
        "燃气 管网 改造",
    ),
    (
        MIANYANG,
        "经济",
        "绵阳：科技小额贷让“实验室”走向“生产线”",
        (
            "一家做MEMS传感器的小企业，凭3项专利获得500万元贷款。",
            "截至2月末，绵阳科技型企业贷款余额达到1386亿元，同比增长16.9%。",
        ),
        "贷款 专利 科技型企业",
    ),
    (
        MIANYANG,
        "科技教育",
        "",
        (
            "春季学期以来，绵阳36所中小学开设了“院士讲一课”，学生们在课堂上亲手组装小卫星。",
            "课程由科学城的科研人员志愿讲授。",
        ),
        "课程 学生 院士",
    ),
    (
        MIANYANG,
        "文化体育",
        "李白故里诗歌节下月开幕",
        ("第九届李白故里诗歌节将于4月12日在江油开幕，设3大板块17项活动。",),
        "诗歌节 李白 江油",
    ),
    (
        HONGKONG,
        "城建交通",
        "海底隧道翻新工程分階段進行 政府籲市民預留時間",
        (
            "香港運輸部門發言人表示，隧道翻新工程將於下月起分三個階段進行，每晚封閉部分行車線。",
            "發言人說：「我們會密切監察交通情況，並適時調整安排。」",
        ),
        "隧道 工程 交通",
    ),
    (
        ABROAD,
        "外交军事",
        "多国学者在巴黎讨论数字档案的长期保存",
        (
            "“数字记忆”国际研讨会16日在巴黎举行，来自19个国家的学者呼吁建立通用的开放格式。",
            "会议通过的《巴黎倡议》提出，到2035年，公共档案的开放格式占比应达到80%。",
        ),
        "档案 开放格式 巴黎",
    ),
    (
        ABROAD,
        "经济",
        "东南亚多国下调今年增长预期",
        (
            "受外需放缓影响，越南、泰国等国近日下调经济增长预期。",
            "分析人士认为，区域内贸易和旅游业复苏仍将提供支撑，RCEP的作用正在显现。",
        ),
        "增长 预期 RCEP",
    ),
)


def article(
    index: int,
    headline: str,
    sentences: tuple[str, ...],
    *,
    source: str = "聊城_2026-03-18_1.txt",
    paper: str = "聊城晨报",
    **more: object,
) -> Article:
    """An article whose paragraphs are its sentences, and stand in the source one after the other."""
    paragraphs, start = [], 100 * index
    for sentence in sentences:
        paragraphs.append(Paragraph(sentence, (Run(0, start, len(sentence)),) if sentence else (), source, 1))
        start += len(sentence) + 1
    made = Article(
        source=source,
        index=index,
        title=headline,
        paper=paper,
        published=DAY,
        page=1,
        paragraphs=tuple(paragraphs),
        id=f"{source}#{index}",
    )
    return replace(made, **more)  # type: ignore[arg-type]


def analysed(article: Article, keywords: str = "", place: Place = NATION, topic: str = "其他") -> Analysed:
    """An article with all its sentences for a summary."""
    found, start = [], 0
    for number, paragraph in enumerate(article.paragraphs):
        end = start + len(paragraph.text)
        found.append(Sentence(paragraph.text, start, end, 1.0, number))
        start = end + 1
    evidence = (Evidence(place.path[-1], 0, 2, "电头", 1.5),)
    return Analysed(
        article=article,
        sentences=tuple(found),
        keywords=tuple(Keyword(word, 1.0) for word in keywords.split(" ") if word),
        regions=(Region(place, 1.0, evidence),),
        topics=(Topic(topic, "01", 1.0, (Evidence("会议", 3, 5, "专题词", 1.0),)),),
    )


PAPERS = {
    NATION: ("聊城_2026-03-18_1.txt", "聊城晨报"),
    LIAOCHENG: ("聊城_2026-03-18_1.txt", "聊城晨报"),
    TAIYUAN: ("taiyuan_2026-03-18_1.txt", "并州新报"),
    MIANYANG: ("2026-03-18-mianyang.md", ""),
    HONGKONG: ("hk.zh-Hant.txt", "香江早報"),
    ABROAD: ("rows.jsonl", "环球观察"),
}
SPECIAL: dict[str, dict[str, object]] = {
    "全国基层读报工作座谈会在京召开": {"agency": "新华社", "kicker": "把报纸读到心坎上"},
    "市委理论学习中心组举行集体学习": {"authors": ("张一鸣", "李双双"), "agency": "本报", "jump_to": 3},
    "一根轴承的“朋友圈”：古运河畔小镇连起三十七国客商": {
        "kicker": "高质量发展调研行",
        "subtitle": "——“小镇故事”系列报道之三",
        "authors": ("王小满",),
    },
    "多国学者在巴黎讨论数字档案的长期保存": {"url": "https://example.org/news/1?a=1&b=2"},
}


def make_story(
    place: Place, topic: str, headline: str, sentences: tuple[str, ...], keywords: str, n: int
) -> Story:
    source, paper = PAPERS[place]
    more: dict[str, object] = dict(SPECIAL.get(headline, {}))
    if not headline:
        more |= {"title_is_made": True}
        headline = sentences[0][:24]
    lead = analysed(
        article(n, headline, sentences, source=source, paper=paper, **more), keywords, place, topic
    )
    if n != 1:
        return Story(f"story-{n}", lead)
    source, paper = PAPERS[TAIYUAN]
    more_of_it = "并州冷链协会介绍，当地前两月新增冷库十二座，库容增加<8万>立方米。"
    other = analysed(
        article(n, "物流总额增5.8%", (*sentences, more_of_it), source=source, paper=paper, page=2),
        keywords,
        place,
    )
    merge = Merge(other.article.id, lead.article.id, "同一通稿：正文 96% 相同", 0.96)
    added = Added(1, other.sentences[-1])
    return Story(f"story-{n}", lead, (other,), (merge,), (added,))


def make_issue(repeat: int = 1) -> Issue:
    """The issue of 21 stories, or of 21 × `repeat`."""
    rows = [row for row in STORIES for _ in range(repeat)]
    sections: dict[Place, dict[str, list[Item]]] = {}
    for n, (place, topic, headline, sentences, keywords) in enumerate(rows):
        story = make_story(place, topic, headline, sentences, keywords, n)
        item = Item(n + 1, story, place, topic, Score(3.5, (("来源", 2.0), ("版面", 1.5))))
        sections.setdefault(place, {}).setdefault(topic, []).append(item)
    left = make_story(TAIYUAN, "其他", "关于停水的通知", ("因管道检修，17日停水。",), "", 900)
    return Issue(
        name="每日要闻",
        publisher="城西区政策研究室",
        date=DAY,
        number=12,
        sections=tuple(
            Section("·".join(place.path), place, tuple(TopicGroup(t, tuple(i)) for t, i in groups.items()))
            for place, groups in sections.items()
        ),
        left_out=(LeftOut(left, "正文过短，不足以单独成条：11 字，下限 60 字"),),
        skipped=(Skipped("扫描件_0317.jpg", "不是可读的格式"), Skipped("taiyuan_2026-03-18_1.txt", "广告")),
        warnings=("有 1 个来源没有日期",),
    )


#: The keywords of three issues before; some of them rose and fell since.
HISTORY = tuple(
    PastDay(date(2026, 3, n), 20, words)
    for n, words in (
        (15, (("沙尘", 4), ("项目", 1), ("项目库", 2))),
        (16, (("沙尘", 3), ("增长", 1))),
        (17, (("沙尘", 3), ("工程", 1), ("项目", 2))),
    )
)


def with_lead(issue: Issue, **changes: object) -> Issue:
    """The issue with fields of the first story's article replaced."""
    section = issue.sections[0]
    group = section.groups[0]
    item = group.items[0]
    lead = replace(item.story.lead, article=replace(item.story.lead.article, **changes))  # type: ignore[arg-type]
    first = replace(item, story=replace(item.story, lead=lead))
    groups = (replace(group, items=(first, *group.items[1:])), *section.groups[1:])
    return replace(issue, sections=(replace(section, groups=groups), *issue.sections[1:]))
