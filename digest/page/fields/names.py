"""Personal names in bylines."""

from __future__ import annotations

import re

from digest.page.fields.marks import CJK, NAME_CHAR, REPORTER

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

ROLE = re.compile(
    rf"(?P<correspondent>(?:[特]?[约約])?通[讯訊][员員])"
    rf"|(?P<reporter>(?:本[报報]|本台|本社)?(?:[{CJK}]{{2,8}}(?:[日晚晨时時]|都市)[报報]社?|新[华華]社)?"
    rf"(?:全媒体|融媒体|全媒體|融媒體|首席|[见見][习習]|特派|[实實][习習]|特[约約]|高[级級]|[区區]域){{0,3}}"
    rf"(?:{REPORTER}(?:站)?|[评評][论論][员員]|[摄攝]影[师師]?|[实實][习習]生|撰稿人?|文[/／][图圖]))"
)
NAME_SEPARATOR = re.compile(r"[、，,;；/／\s\u3000]+")
_NOT_NAMES = frozenset(
    {"文", "图", "圖", "摄", "攝", "报道", "報道", "摄影报道", "文图", "整理", "编译", "发自", "采写", "摄影"}
)


_COMPOUND_SURNAMES = frozenset(
    re.findall("..", "欧阳司马上官诸葛东方皇甫尉迟公孙慕容令狐长孙宇文司徒司空夏侯端木百里南宫闻人")
)


def split_names(text: str) -> tuple[str, ...]:
    """The personal names in a list.

    Characters that stand alone belong to the name beside them (张 三, or a name that a line end cut in two);
    four to six characters without a separator are two names where that reads as surnames.
    """
    names: list[str] = []
    pending = ""
    for raw in NAME_SEPARATOR.split(text):
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
        if re.fullmatch(rf"[{NAME_CHAR}]{{2,12}}|[A-Za-z][A-Za-z .'-]{{1,30}}", token):
            names.extend(_two_names(token) or (token,))
    if pending and names and len(names[-1]) == 2:
        names[-1] += pending
    return tuple(dict.fromkeys(names))


def _two_names(token: str) -> tuple[str, str] | None:
    if not 4 <= len(token) <= 6 or "·" in token or token[:2] in _COMPOUND_SURNAMES:
        return None
    cuts = [n for n in (3, 2) if 2 <= len(token) - n <= 3 and is_name(token[:n]) and is_name(token[n:])]
    return (token[: cuts[0]], token[cuts[0] :]) if len(cuts) == 1 else None


def named_authors(text: str) -> tuple[str, ...] | None:
    """Names in a byline (`记者 张三、李四 通讯员 王五`), reporters first; None where no role is named."""
    roles = list(ROLE.finditer(text))
    if not roles:
        return None
    reporters: list[str] = []
    correspondents: list[str] = []
    for role, following in zip(roles, [*roles[1:], None], strict=True):
        names = split_names(text[role.end() : following.start() if following else len(text)])
        (correspondents if role.lastgroup == "correspondent" else reporters).extend(names)
    return tuple(dict.fromkeys(reporters + correspondents))


def is_name(text: str) -> bool:
    """Whether the text could be a Chinese personal name: two to four characters, a surname first."""
    return 2 <= len(text) <= 4 and text[0] in SURNAMES
