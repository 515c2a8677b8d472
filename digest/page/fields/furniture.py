"""Lines that belong to the page and to no article."""

from __future__ import annotations

import re
from functools import lru_cache

from digest.page.fields.jumps import find_jump
from digest.page.fields.marks import CACHED, MARK

_DAY_AND_HOUR = r"(?:19|20)\d\d[-/.年]\d{1,2}[-/.月]\d{1,2}日?(?:[T\s\u3000]*\d{1,2}[:：]\d\d(?:[:：]\d\d)?)?"
_FURNITURE = (
    (
        "staff",
        re.compile(
            rf"^[\s\u3000{MARK}（(]*(?:[一二三四五六七八九十本]版)?(?:(?:本期|值班|[责責]任|副)?"
            r"(?:主[编編]|[编編][辑輯]|[编編]委|[总總][编編]|[责責][编編]|校[对對]|版式|美[编編]|美[术術]|[审審][读讀校]|[组組排]版|[视視][觉覺]|[图圖][编編]|[检檢]校|主任))"
            r"(?:[\s\u3000]*[：:/／|｜]|[\s\u3000]+[\u4e00-\u9fff]{2,3}(?:[\s\u3000]|$))"
        ),
    ),
    (
        "footer",
        re.compile(
            r"^[\s\u3000]*(?:(?:本[报報])?(?:[常]年)?法律[顾顧][问問]|(?:本[报報])?(?:社|[报報]社)?地址|社址|[邮郵][编編]|[邮郵]政[编編][码碼]|(?:新[闻聞]|[广廣]告|[发發]行|[报報]料|[编編][辑輯]部|[订訂][报報]|[热熱])[热熱線线]{1,2}(?:[电電][话話])?|[广廣]告[许許经經]|[印]刷[：:]|零售[：:]?|定[价價]|全年[订訂][价價]|[邮郵][发發]代[号號]|投稿[邮郵]箱|[电電]子信箱|[传傳]真[：:]|[电電][话話][：:]|微信公[众眾][号號]|官方微[博信]|客[户戶]端)"
        ),
    ),
    (
        "masthead",
        re.compile(
            r"^[\s\u3000]*(?:[国國][内內][统統]一[连連][续續]出版物[号號]|CN[\s\u3000]?\d{2}-\d{4}|ISSN|第[\s\u3000]?\d{2,6}[\s\u3000]?期|[总總]第?\d{2,6}期|今日[\s\u3000]?\d{1,2}[\s\u3000]?版|[网網]址[：:]|中共[\u4e00-\u9fff]{2,12}(?:主[办辦]|主管|机关报|機關報)|[\u4e00-\u9fff]{2,12}(?:主管主[办辦]|主[办辦]|[报報]社出版)[\s\u3000]*$)"
        ),
    ),
    (
        "date",
        re.compile(
            r"^[\s\u3000]*(?:(?:公元)?\d{4}[\s\u3000]?年[\s\u3000]?\d{1,2}[\s\u3000]?月[\s\u3000]?\d{1,2}[\s\u3000]?日(?:[\s\u3000]|$)|星期[一二三四五六日天](?:[\s\u3000]|$)|[农農夏][历曆][\u4e00-\u9fff]{2,14}[\s\u3000]*(?:$|今日|第))"
        ),
    ),
    (
        "weather",
        re.compile(
            r"^[\s\u3000]*(?:(?:[今明][日天]|市[区區]|城[区區]|本市|全市|各地)?天[气氣](?:[预預][报報])?[\s\u3000]*$"
            r"|[\u4e00-\u9fff]{2,8}[：:][^。]{0,12}(?:晴|多云|多雲|阴|陰|雨|雪)[^。]{0,40}-?\d{1,2}[℃°])"
        ),
    ),
    (
        "ad",
        re.compile(
            r"^[\s\u3000【（(]*(?:(?:公益)?[广廣]告[\s\u3000】）)]*$|公益[广廣]告[\s\u3000]+\S{2,12}[宣制][\s\u3000]*$"
            r"|(?:售[楼樓]|[预預][约約]|[咨諮][询詢]|客服|[订訂][票购購房]|招商|加盟|[热熱]卖|服[务務])(?:[热熱][线線]|[电電][话話])"
            r"[：:][\s\u3000]?[0-9][0-9\s、，/-]{4,40}$)"
        ),
    ),
    (
        "notice",
        re.compile(
            r"^[\s\u3000]*[\u4e00-\u9fff（）()《》〔〕\d“”\"、·]{0,36}(?:[遗遺]失[声聲]明|招[标標]公告|拍[卖賣](?:出[让讓])?公告|出[让讓]公告|公[众眾][参參][与與]公示|停[电電水][预預]告|停[电電水](?:通知|公告)|[启啟]事|[注註][销銷]公告|[减減][资資]公告|招聘公告|[债債][权權][转轉][让讓](?:暨催收)?公告|征[询詢]公告|公示公告|[讣訃]告|催[缴繳]公告|[认認]尸公告)[\s\u3000]*$"
            r"|^[\s\u3000]*(?:公[\s\u3000]{0,4}告|公[\s\u3000]{0,4}示|通[\s\u3000]{0,4}告|[声聲][\s\u3000]{0,4}明|[启啟][\s\u3000]{0,4}事)[\s\u3000]*$"
        ),
    ),
    (
        "source",  # below the headline of a typed text or a page of the web
        re.compile(
            rf"^[\s\u3000（(【\[]*(?:{_DAY_AND_HOUR}[\s\u3000]*$|(?:{_DAY_AND_HOUR}[\s\u3000|｜]*)?"
            r"(?:文章|本文|信息|稿件|消息|[数數][据據]|[资資]料)?(?:[来來]源|稿源|原[标標][题題]|[转轉][载載]?自)"
            r"\s{0,2}[:：]\s{0,2}[^。，；！？]{2,60}$)"
        ),
    ),
    ("link", re.compile(r"^[\s\u3000]*<?(?:https?://|www\.|\[返回)")),
)
#: What stands above an index of the issue.
_INDEX_LABEL = re.compile(
    r"^[\s\u3000【]*(?:今日|本期|本版|要[闻聞])?[\s\u3000]?(?:[导導][\s\u3000]{0,4}[读讀]|看[点點])[\s\u3000】]*$"
)
_INDEX_ENTRY = re.compile(
    r"(?:[▶►→》>]{1,3}|[详詳][见見]|[见見]|…{1,3})[\s\u3000]{0,2}第?[A-D]?\d{1,2}[\s\u3000]?版[\s\u3000]*$"
    r"|(?:[▶►→]|>{1,3})[\s\u3000]{0,2}[A-D]?\d{1,2}$|[.…·]{2,40}[A-D]?\d{1,2}版?$"
)
#: The label of a column that papers have in common; those of their own are known by their form (`pair`).
_COLUMN = re.compile(
    r"[【〖\[■◆●★]?(?:[短时時快锐銳微]评|[今每]日[评評][论論]|本[报報][评評][论論]|社[论論]|[评評][论論][员員]文章|[图圖]片新[闻聞]|新[闻聞][图圖]片"
    r"|[图圖][说說]新[闻聞]|影像|(?:[简簡短快][讯訊])|要[闻聞](?:速[览覽]|[简簡][报報])|一句[话話]新[闻聞]|新[闻聞]速[递遞])[】〗\]■◆●★]?"
)
LONGEST_LABEL = 14
_SPACE = re.compile(r"[\s\u3000]+")
#: What a notice's headline and an entry of an index end with; nearly no other line does.
_NOTICE_ENDS = frozenset("明告示知事")
_INDEX_ENDS = frozenset("版读讀")
_PAGE_HEAD = re.compile(
    r"^[\s\u3000]*(?:第?[\s\u3000]?(?:[A-D]?\d{1,2}|[一二三四五六七八九十]{1,3})[\s\u3000]?版[\s\u3000·:：]*[\u4e00-\u9fff]{0,6}|[A-D]?\d{1,2}(?:[\s\u3000·]+|(?![人名个個项項件位家岁歲年月天日号號国國省市县縣地所条條场場次届屆类類亿億万萬千百元米吨噸公艘架辆輛座只处處成分大多年余餘]))(?:[\u4e00-\u9fff]{1,5})?|[\u4e00-\u9fff]{2,4}[\s\u3000]+[A-D]?\d{1,2}版?)[\s\u3000]*$"
)
_LETTER_SPACE = re.compile(r"(?<=[\u4e00-\u9fff]) (?=[\u4e00-\u9fff](?:$| ))")
_DATE_IN_HEAD = re.compile(
    r"\d{4}年\d{1,2}月\d{1,2}日[\s\u3000]*星期[一二三四五六日天]|星期[一二三四五六日天][\s\u3000]*[农農][历曆]"
)


@lru_cache(maxsize=CACHED)
def furniture_kind(line: str) -> str | None:
    """What a line is that belongs to the page and to no article; None where it may belong to one.

    Kinds: staff, footer, masthead, date, pagehead, weather, ad, notice (a notice's headline), index, source,
    link.
    """
    if len(line) > 160 or not line.strip():
        return None
    last = line.rstrip()[-1]
    for kind, pattern in _FURNITURE:
        if (kind != "notice" or last in _NOTICE_ENDS) and pattern.match(line):
            return kind
    ends_entry = len(line) <= 60 and (last.isdigit() or last in _INDEX_ENDS)
    if _INDEX_LABEL.match(line) or (ends_entry and _INDEX_ENTRY.search(line) and find_jump(line) is None):
        return "index"
    if len(line) <= LONGEST_LABEL and _COLUMN.fullmatch(_SPACE.sub("", line)):
        return "column"
    if _PAGE_HEAD.match(_LETTER_SPACE.sub("", line) if " " in line else line):
        return "pagehead"
    if len(line) <= 120 and "星期" in line and _DATE_IN_HEAD.search(line):
        return "pagehead"
    return None
