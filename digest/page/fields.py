"""The small set phrases of a Chinese newspaper: datelines, bylines, jump marks, credits, page furniture.

Each function looks at one line or paragraph and knows nothing of the page around it. Every pattern is
linear in its input: repeats are bounded, and no two of them can match the same characters.
"""

from __future__ import annotations

import re
from datetime import date
from typing import NamedTuple

CJK = "\u3400-\u4dbf\u4e00-\u9fff"
_SPACE = r"[ \t\u3000]{0,4}"
_OPEN, _CLOSE = "[（(]", "[）)]"
_MARK = "□■◆◇●○▲△◎★☆▪◼\u25fe"

#: The surnames that open nearly every byline; a name in brackets without 记者 is believed only with one.
SURNAMES = frozenset(
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖萧田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈"
    "姚卢姜崔钟谭陆汪范金石廖贾夏韦付傅方白邹孟熊秦邱江尹薛闫阎段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔"
    "向汤常温康施文牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕"
    "单季裴霍涂成苗谷盛曲翁冉骆蓝路游辛靳欧阳管柴蒙鲍华喻祁蒲房滕屈饶解牟艾尤阳时穆农司卓古吉缪简车项连芦"
    "麦褚娄窦戚岑景党宫费卜冷晏席卫米柏宗瞿桂全佟应臧闵苟邬边卞姬师和仇栾隋商刁沙荣巫寇桑郎甄丛仲虞敖巩明"
    "佘池查麻苑迟邝官封谈匡鞠惠荆乐冀郁胥南班储原栗燕楚鄢劳谌奚皮粟冼蔺楼盘满闻位厉伊仝区郜海阚花权强帅屠"
    "豆朴盖练廉禹井祖漆巴丰支卿国狄平计索宣晋相初门云容敬来扈晁芮都普阙浦戈伏鹿薄邸雍辜羊阿乌母裘亓修邰赫"
    "杭况那宿鲜印逯隆茹诺战慕危玉银亢嵇公哈湛宾戎勾茅利於呼居揭干但尉冶斯元束檀衣信展阴昝智幸奉植衡富尧闭"
    "溫鍾齊楚樂張劉陳楊黃趙吳孫馬羅鄭謝許韓馮鄧蕭蔣葉蘇魏呂盧鐘譚陸范賈韋鄒閻龍賀顧龔萬錢嚴湯龐顏莊魯歐關蘭寧畢單塗駱"
)
_NAME_CHAR = "\u4e00-\u9fff·"


class Lead(NamedTuple):
    """What stands before the first word of a body: ``text[:end]`` is byline and dateline."""

    end: int
    agency: str  # 新华社, 本报, …
    place: str
    authors: tuple[str, ...]
    month_day: tuple[int, int] | None
    own: bool  # 讯: the paper's own report; 电: by wire


class Byline(NamedTuple):
    authors: tuple[str, ...]
    agency: str


class TailByline(NamedTuple):
    """``text[start:]`` is a byline in brackets at the end of a body."""

    start: int
    authors: tuple[str, ...]


class Jump(NamedTuple):
    """``text[start:end]`` is the mark, brackets included. `page` counts from 1; letters are dropped."""

    direction: str  # "to" or "from"
    page: int
    start: int
    end: int
    title: str  # 《…》 in the mark, often absent


# ---------------------------------------------------------------- names

_REPORTER = "[记記]者"
_ROLE = re.compile(
    rf"(?P<correspondent>(?:[特]?[约約])?通[讯訊][员員])"
    rf"|(?P<reporter>(?:本[报報]|本台|本社)?(?:[{CJK}]{{2,8}}(?:[日晚晨时時]|都市)[报報]社?|新[华華]社)?"
    rf"(?:全媒体|融媒体|全媒體|融媒體|首席|[见見][习習]|特派|[实實][习習]|特[约約]|高[级級]|[区區]域){{0,3}}"
    rf"(?:{_REPORTER}(?:站)?|[评評][论論][员員]|[摄攝]影[师師]?|[实實][习習]生|撰稿人?|文[/／][图圖]))"
)
_NAME_SEPARATOR = re.compile(r"[、，,;；/／\s\u3000]+")
_NOT_NAMES = frozenset(
    {"文", "图", "圖", "摄", "攝", "报道", "報道", "摄影报道", "文图", "整理", "编译", "发自", "采写", "摄影"}
)


_COMPOUND_SURNAMES = frozenset(
    "欧阳 司马 上官 诸葛 东方 皇甫 尉迟 公孙 慕容 令狐 长孙 宇文 司徒 司空 夏侯 端木 百里 南宫".split()
)


def split_names(text: str) -> tuple[str, ...]:
    """The personal names in a list.

    Characters that stand alone belong to the name beside them (张 三, or a name that a line end cut in two);
    four to six characters without a separator are two names where that reads as surnames.
    """
    names: list[str] = []
    pending = ""
    for raw in _NAME_SEPARATOR.split(text):
        token = raw.strip("：:。.（）() ")
        if not token or token in _NOT_NAMES:
            continue
        if len(token) == 1 and "\u4e00" <= token <= "\u9fff":
            if pending:
                names.append(pending + token)
                pending = ""
            elif names and len(names[-1]) == 2 and token not in SURNAMES:
                names[-1] += token
            else:
                pending = token
            continue
        if pending and len(token) == 2:
            token, pending = pending + token, ""
        pending = ""
        if re.fullmatch(rf"[{_NAME_CHAR}]{{2,12}}|[A-Za-z][A-Za-z .'-]{{1,30}}", token):
            names.extend(_two_names(token) or (token,))
    return tuple(dict.fromkeys(names))


def _two_names(token: str) -> tuple[str, str] | None:
    if not 4 <= len(token) <= 6 or "·" in token or token[:2] in _COMPOUND_SURNAMES:
        return None
    cuts = [n for n in (3, 2) if 2 <= len(token) - n <= 3 and is_name(token[:n]) and is_name(token[n:])]
    return (token[: cuts[0]], token[cuts[0] :]) if len(cuts) == 1 else None


def _authors(text: str) -> tuple[str, ...] | None:
    """Names in a byline such as `记者 张三、李四 通讯员 王五`, reporters first; None where no role is named."""
    roles = list(_ROLE.finditer(text))
    if not roles:
        return None
    reporters: list[str] = []
    correspondents: list[str] = []
    for role, following in zip(roles, [*roles[1:], None], strict=True):
        names = split_names(text[role.end() : following.start() if following else len(text)])
        (correspondents if role.lastgroup == "correspondent" else reporters).extend(names)
    return tuple(dict.fromkeys(reporters + correspondents))


# ---------------------------------------------------------------- lead of a body

_AGENCY = (
    r"新\s?[华華]\s?社|新[华華][网網]|中[国國]?新[闻聞]?社|中新[网網]|人民[网網]|央[视視](?:[网網]|新[闻聞])|中[国國][网網]|中青[报報網网]"
    r"|本\s?[报報]|本台|本[网網]|本刊|本社|法新社|路透社|美[联聯]社|塔斯社|共同社|[韩韓][联聯]社|[经經][济濟]日[报報]|光明日[报報]|科技日[报報]"
)
#: Recognition reads a one as l or I and a nought as O.
_MONTH_DAY = r"(?P<month>[0-9lIO]{1,2})\s{0,2}月\s{0,2}(?P<day>[0-9lIO]{1,2})\s{0,2}日"
_DIGITS = str.maketrans("lIO", "110")
_LEAD = re.compile(
    rf"[\s\u3000{_MARK}]{{0,8}}(?P<via>[据據]\s?)?"
    rf"(?P<agency>{_AGENCY}|[{CJK}]{{2,6}}(?:日[报報]|晚[报報]|晨[报報]|都市[报報]|[时時][报報]|[广廣][电電])"
    rf"|[{CJK}]{{1,4}}社(?=[{CJK}\s]{{2,12}}[0-9]{{1,2}}\s?月\s?[0-9]{{1,2}}\s?日[电電]))"
    rf"{_SPACE}(?:(?P<place>[{CJK}·]{{2,12}}?){_SPACE})?(?:{_MONTH_DAY}{_SPACE})?"
    r"(?P<kind>[电電讯訊]|[专專][电電]|消息)"
)
_LEAD_BRACKET = re.compile(rf"\s{{0,3}}{_OPEN}(?P<inside>[^（）()]{{2,90}}){_CLOSE}")
_LEAD_OPEN_NAMES = re.compile(
    rf"\s{{0,3}}(?P<inside>(?:全媒体|融媒体)?{_REPORTER}{_SPACE}[{_NAME_CHAR}、\s\u3000]{{2,24}}?(?:通[讯訊][员員]{_SPACE}[{_NAME_CHAR}、\s\u3000]{{2,24}}?)?)"
    r"(?:[摄攝]影)?[报報][道導][：:]?"
)


def parse_lead(text: str) -> Lead | None:
    """The dateline and byline that open a body: `本报讯（记者 张三）`, `新华社长沙3月20日电（记者李四）`.

    None where the text opens with neither. The date that follows a byline (`3月20日上午，`) is body.
    """
    match = _LEAD.match(text)
    if not match:
        return None
    kind = match["kind"]
    if match["place"] and not match["month"] and kind not in ("电", "電"):
        # 本报九江讯（记者…）; without a byline a place stands only with a date
        if kind not in ("讯", "訊") or not re.match(
            rf"[\s\u3000]{{0,3}}[（(](?:[{CJK}]{{0,4}}{_REPORTER}|通[讯訊])", text[match.end() :]
        ):
            return None
    if match["place"] and re.search(_REPORTER + "|通[讯訊]", match["place"]):
        return None
    end = match.end()
    authors: tuple[str, ...] = ()
    bracket = _LEAD_BRACKET.match(text, end)
    if bracket and (names := _authors(bracket["inside"])) is not None:
        authors, end = names, bracket.end()
    elif opened := _LEAD_OPEN_NAMES.match(text, end):
        authors, end = _authors(opened["inside"]) or (), opened.end()
    elif not match["month"] and not match["place"] and kind == "消息":
        return None
    elif not match["month"] and text[match.end() : match.end() + 1] not in (
        "",
        " ",
        "\u3000",
        "（",
        "(",
        "\n",
    ):
        if kind not in ("讯", "訊") or re.match(r"[息号號]", text[match.end() :]):
            return None  # 本报电子版…: not a dateline
    trailing = re.compile(r"[\s\u3000]*[：:]?[\s\u3000]*").match(text, end)
    assert trailing is not None
    return Lead(
        end=trailing.end(),
        agency=_plain_agency(match["agency"]),
        place=re.sub(r"\s", "", match["place"] or ""),
        authors=authors,
        month_day=(
            (int(match["month"].translate(_DIGITS)), int(match["day"].translate(_DIGITS)))
            if match["month"]
            else None
        ),
        own="讯" in kind or "訊" in kind,
    )


_NEWS_OPENING = re.compile(
    r"[\s\u3000]*(?:(?:\d{4}年)?(?:\d{1,2}\s?月\s?)?\d{1,2}\s?日(?:[上下]午|晚|凌晨|[，,]|在|[至到]|，|从)|[记記]者[从從获獲]|[近日][日前][，,]|[昨今]日[，,]|[昨今]天[，,上下])"
)


def opens_news(text: str) -> bool:
    """Whether a text opens as a report does whose byline is lost: with the day, or 记者从…获悉."""
    return _NEWS_OPENING.match(text) is not None


def _plain_agency(text: str) -> str:
    return re.sub(r"\s", "", text).translate(str.maketrans("華報網聞", "华报网闻"))


# ---------------------------------------------------------------- bylines on their own

_BYLINE_MARK = re.compile(rf"^[\s\u3000]*(?:[{_MARK}—-]{{1,2}}[\s\u3000]*)?")
_BYLINE_TAIL = re.compile(
    r"(?:[/／\s\u3000]*(?:文[/／]?[图圖]|[摄攝]影?[报報][道導]|[报報][道導]|采写|整理|编译))?[\s\u3000]*$"
)


def parse_byline(line: str) -> Byline | None:
    """The byline that a whole line is: `■ 本报记者 张三 李四`, `□绵州日报社融媒体记者李四`.

    None for anything else, also for a transcript's turn (`某网记者：`).
    """
    if len(line) > 80 or line.rstrip().endswith(("：", ":", "。", "？", "！")):
        return None
    mark = _BYLINE_MARK.match(line)
    assert mark is not None
    inside = line[mark.end() :].strip("（）() \u3000")
    tail = _BYLINE_TAIL.search(inside)
    if tail:
        inside = inside[: tail.start()]
    if re.search(r"[摄攝]", inside[-2:]):
        return None  # a photographer's credit
    first = _ROLE.match(inside)
    if not first:
        return None
    names = _authors(inside) or ()
    rest = _ROLE.sub("", inside)
    rest = _NAME_SEPARATOR.sub("", rest)
    if len(rest) - sum(map(len, names)) > 1 or any(len(name) > 4 and "·" not in name for name in names):
        return None  # more than names: a sentence that opens with 记者
    if not names and not re.search("[评評][论論]", inside):
        return None
    agency = "新华社" if re.match("新[华華]社", inside) else "本报"
    return Byline(names, agency)


_TAIL_BYLINE = re.compile(rf"{_OPEN}(?P<inside>[^（）()。]{{2,60}}){_CLOSE}[\s\u3000。]*$")


def parse_tail_byline(text: str) -> TailByline | None:
    """The byline in brackets that ends a body: `（记者 张三）`, `（张三 李四）`.

    Names without a role are believed only if each has two to four characters and opens with a surname.
    """
    match = _TAIL_BYLINE.search(text, max(0, len(text) - 80))
    if not match:
        return None
    inside = match["inside"]
    if re.search(r"[摄攝图圖]", inside):
        return None
    authors = _authors(inside)
    if authors:
        return TailByline(match.start(), authors)
    names = split_names(inside)
    joined = _NAME_SEPARATOR.sub("", inside)
    if names and "".join(names) == joined and all(is_name(name) for name in names) and len(names) <= 4:
        # one bare name in brackets is as likely an aside (（王安石）) as a byline
        if len(names) > 1:
            return TailByline(match.start(), names)
    return None


def is_name(text: str) -> bool:
    """Whether the text could be a Chinese personal name: two to four characters, a surname first."""
    return 2 <= len(text) <= 4 and text[0] in SURNAMES


# ---------------------------------------------------------------- jumps

_NUMERAL = {c: i for i, c in enumerate("零一二三四五六七八九")}
_JUMP = re.compile(
    r"[（(【\[]?[\s\u3000]{0,3}[▶►→※■●★]{0,2}\s?(?P<tight>[紧緊])?\s?(?P<kind>下\s?[转轉]|上\s?接|[转轉]\s?接)\s?第?\s?"
    r"(?P<page>[A-Da-d]?\s?[0-9０-９]{1,3}|[一二三四五六七八九十]{1,3})\s?版?"
    r"(?P<title>\s?《[^《》]{2,40}》)?(?:[\s\u3000]{0,2}[▶►→]{0,2})?[\s\u3000]{0,3}[）)】\]]?"
)


def find_jump(text: str) -> Jump | None:
    """The first 下转第N版 or 上接第N版 in the text, or None."""
    for match in _JUMP.finditer(text):
        number = re.sub(r"\s", "", match["page"])
        has_page_word = "版" in match.group()
        if not has_page_word and "第" not in match.group():
            continue
        page = page_number(number)
        if page is None:
            continue
        direction = "from" if "接" in match["kind"] else "to"
        title = (match["title"] or "").strip().strip("《》")
        return Jump(direction, page, match.start(), match.end(), title)
    return None


def page_number(text: str) -> int | None:
    """The number in `5`, `A04`, `五`, `十二`; None where there is none."""
    digits = re.search(r"[0-9０-９]+", text)
    if digits:
        return int(digits.group())
    if not text or any(c not in "零一二三四五六七八九十" for c in text):
        return None
    if "十" in text:
        tens, _, ones = text.partition("十")
        return 10 * (_NUMERAL[tens] if tens else 1) + (_NUMERAL[ones] if ones else 0)
    return _NUMERAL[text] if len(text) == 1 else None


# ---------------------------------------------------------------- captions

_CREDIT = re.compile(
    rf"(?:"
    rf"[{_MARK}\s\u3000]{{0,4}}{_OPEN}?\s?(?:新[华華]社|中新社|[{CJK}]{{2,6}}[日晚晨][报報]社?|本[报報]|本社)?\s?"
    rf"(?:全媒体|融媒体|特派|[见見][习習]|[实實][习習])?(?:{_REPORTER}|通[讯訊][员員]|特[约約][摄攝]影[师師]?)?[\s\u3000]{{0,3}}"
    rf"(?P<name>[{_NAME_CHAR}]{{2,4}}(?:[、，\s\u3000/／]{{1,3}}[{_NAME_CHAR}]{{2,4}}){{0,3}}?)?[\s\u3000/／]{{0,3}}(?:[摄攝]影?[报報][道導]|[摄攝]影?|图[/／]文|文[/／]图)\s?{_CLOSE}?"
    rf"|新[华華]社\s?[发發]\s?(?:{_OPEN}[^（）()]{{2,24}}{_CLOSE})?"
    rf"|{_OPEN}?\s?(?:[资資]料[图圖]片?|网络图片|受[访訪]者供[图圖]|[{CJK}]{{2,12}}供[图圖])\s?{_CLOSE}?"
    rf")[\s\u3000。]*$"
)
_CAPTION_OPENING = re.compile(
    rf"^[\s\u3000]*(?:[▲△▼▽◀▶←→↑↓◢◣]|[图圖][为為](?!此)|(?:[上下左右本题題]|大|小|主)[图圖][：:为為]|[图圖][①-⑨\d]{{1,2}}[：:为為]|[图圖]片[说說]明)"
)


def find_credit(text: str) -> tuple[int, str] | None:
    """Where the photographer's credit at the end of a caption begins, and the credit; None without one."""
    start = max(0, len(text) - 60)
    best: re.Match[str] | None = None
    for match in _CREDIT.finditer(text, start):
        best = match
        break
    if best is None or not best.group().strip():
        return None
    credit = best.group()
    if best["name"] is None and not re.search(rf"[发發图圖]|{_REPORTER}", credit):
        return None
    # the sentence before it must have ended, or the credit stand apart
    before = text[: best.start()].rstrip()
    if before and before[-1] not in '。！？!?.”"’）)》' and not re.match(rf"[\s\u3000{_MARK}（(]", credit):
        return None
    return best.start(), credit.strip()


def opens_caption(text: str) -> bool:
    """Whether the text begins as a caption does: 图为…, ▲, 左图：…"""
    return _CAPTION_OPENING.match(text) is not None


def is_caption(text: str) -> bool:
    """Whether the text says by itself that it stands beside a picture: a credit at its end, or 图为…"""
    return bool(_CAPTION_OPENING.match(text)) or (len(text) <= 300 and find_credit(text) is not None)


# ---------------------------------------------------------------- furniture

_FURNITURE = (
    (
        "staff",
        re.compile(
            rf"^[\s\u3000{_MARK}]*(?:[一二三四五六七八九十本]版)?(?:(?:本期|值班|[责責]任|副)?"
            r"(?:主[编編]|[编編][辑輯]|[编編]委|[总總][编編]|[责責][编編]|校[对對]|版式|美[编編]|美[术術]|[审審][读讀校]|[组組排]版|[视視][觉覺]|[图圖][编編]|[检檢]校|主任))"
            r"(?:[\s\u3000]*[：:/／|｜]|[\s\u3000]+[\u4e00-\u9fff]{2,3}(?:[\s\u3000]|$))"
        ),
    ),
    (
        "footer",
        re.compile(
            r"^[\s\u3000]*(?:(?:本[报報])?(?:[常]年)?法律[顾顧][问問]|(?:本[报報])?(?:社|[报報]社)?地址|[邮郵][编編]|[邮郵]政[编編][码碼]|(?:新[闻聞]|[广廣]告|[发發]行|[报報]料|[编編][辑輯]部|[订訂][报報]|[热熱])[热熱線线]{1,2}(?:[电電][话話])?|[广廣]告[许許经經]|[印]刷[：:]|零售[：:]?|定[价價]|全年[订訂][价價]|[邮郵][发發]代[号號]|投稿[邮郵]箱|[电電]子信箱|[传傳]真[：:]|[电電][话話][：:]|微信公[众眾][号號]|官方微[博信]|客[户戶]端)"
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
    ("weather", re.compile(r"^[\s\u3000]*(?:今[日天]天[气氣]|天[气氣][预預][报報])[\s\u3000]*$")),
    ("ad", re.compile(r"^[\s\u3000【（(]*(?:公益)?[广廣]告[\s\u3000】）)]*$")),
    (
        "notice",
        re.compile(
            r"^[\s\u3000]*[\u4e00-\u9fff（）()《》〔〕\d“”\"、·]{0,36}(?:[遗遺]失[声聲]明|招[标標]公告|拍[卖賣](?:出[让讓])?公告|出[让讓]公告|公[众眾][参參][与與]公示|停[电電水][预預]告|停[电電水](?:通知|公告)|[启啟]事|[注註][销銷]公告|[减減][资資]公告|招聘公告|[债債][权權][转轉][让讓](?:暨催收)?公告|征[询詢]公告|公示公告|[讣訃]告|催[缴繳]公告|[认認]尸公告)[\s\u3000]*$"
            r"|^[\s\u3000]*(?:公[\s\u3000]{0,4}告|公[\s\u3000]{0,4}示|通[\s\u3000]{0,4}告|[声聲][\s\u3000]{0,4}明|[启啟][\s\u3000]{0,4}事)[\s\u3000]*$"
        ),
    ),
    ("link", re.compile(r"^[\s\u3000]*<?(?:https?://|www\.|\[返回)")),
)
_INDEX_ENTRY = re.compile(
    r"(?:[▶►→]|[详詳][见見]|[见見])[\s\u3000]{0,2}第?[A-D]?\d{1,2}[\s\u3000]?版[\s\u3000]*$|^[\s\u3000]*[导導][\s\u3000]{0,4}[读讀][\s\u3000]*$|[.…·]{3,40}[A-D]?\d{1,2}版?$"
)
_PAGE_HEAD = re.compile(
    r"^[\s\u3000]*(?:第?[\s\u3000]?(?:[A-D]?\d{1,2}|[一二三四五六七八九十]{1,3})[\s\u3000]?版[\s\u3000·:：]*[\u4e00-\u9fff]{0,6}|[A-D]?\d{1,2}[\s\u3000·]*(?:[\u4e00-\u9fff]{1,5})?|[\u4e00-\u9fff]{2,4}[\s\u3000]+[A-D]?\d{1,2}版?)[\s\u3000]*$"
)
_DATE_IN_HEAD = re.compile(
    r"\d{4}年\d{1,2}月\d{1,2}日[\s\u3000]*星期[一二三四五六日天]|星期[一二三四五六日天][\s\u3000]*[农農][历曆]"
)


def furniture_kind(line: str) -> str | None:
    """What a line is that belongs to the page and to no article; None where it may belong to one.

    Kinds: staff, footer, masthead, date, pagehead, weather, ad, notice (a notice's headline), index, link.
    """
    if len(line) > 160 or not line.strip():
        return None
    for kind, pattern in _FURNITURE:
        if pattern.match(line):
            return kind
    if _INDEX_ENTRY.search(line) and len(line) <= 60 and find_jump(line) is None:
        return "index"
    if _PAGE_HEAD.match(line) or (_DATE_IN_HEAD.search(line) and len(line) <= 120):
        return "pagehead"
    return None


# ---------------------------------------------------------------- date and page of an issue

_NAME_DATE = re.compile(r"(?<!\d)((?:19|20)\d{2})[-_.]?(0[1-9]|1[0-2])[-_.]?(0[1-9]|[12]\d|3[01])(?!\d)")
_TEXT_DATE = re.compile(
    r"((?:19|20)\d{2})[\s\u3000]?年[\s\u3000]?(\d{1,2})[\s\u3000]?月[\s\u3000]?(\d{1,2})[\s\u3000]?日"
)
_NAME_PAGE = re.compile(r"(?:^|[_\-.])(?:page|p|版|node)?_?([A-D]?\d{1,2})(?=$|[_\-.])", re.I)


def date_in_name(name: str) -> date | None:
    """The date in a file's name: `liaocheng_2024-03-21_page1.txt`, `A01_x_20210604_01.txt`."""
    for match in _NAME_DATE.finditer(name):
        found = _date(match)
        if found:
            return found
    return None


def date_in_text(text: str) -> date | None:
    """The first full date in the text (`2024年3月21日`), or None."""
    for match in _TEXT_DATE.finditer(text):
        found = _date(match)
        if found:
            return found
    return None


def page_in_name(name: str) -> int | None:
    """The page number in a file's name behind its date (`…_20210604_03.txt`, `…_page1.pdf.txt`), or None."""
    stem = name.rsplit("/", 1)[-1]
    dated = _NAME_DATE.search(stem)
    if not dated:
        return None
    match = _NAME_PAGE.search(stem, dated.end())
    return page_number(match.group(1)) if match else None


def _date(match: re.Match[str]) -> date | None:
    try:
        return date(*(int(group) for group in match.groups()))
    except ValueError:  # 2月30日: printed or scanned wrongly, so no date
        return None
