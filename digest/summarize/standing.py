"""Whether a sentence can stand alone.

All functions read the folded copy of a text (`fold`): Simplified, with full-width punctuation, and of the
same length as the original, so that offsets hold in both.
"""

from __future__ import annotations

import re
from enum import IntEnum

from digest.summarize.wordlists import word_list

_FOLDED = tuple(zip(",:;?!()\xa0\u3000\r\t", "，：；？！（）    ", strict=True))


class Standing(IntEnum):
    """What a sentence needs to be understood; a lower value is better."""

    ALONE = 0
    AFTER_LEAD = 1  # 会议指出: some earlier sentence of the article must be in the summary
    AFTER_PREVIOUS = 2  # 他说, 对此: the sentence before it must be in the summary
    QUESTION = 3  # answers nothing, or is spoken by one who is not named; only where there is nothing else
    NEVER = 4  # an item of a list, a heading, a sentence that is cut or spoilt


def fold(text: str) -> str:
    """`text` with ASCII punctuation made full-width; same length."""
    for sign, full in _FOLDED:  # eleven searches of C are faster than one translation
        if sign in text:
            text = text.replace(sign, full)
    return text


def _any(name: str) -> str:
    return "(?:" + "|".join(map(re.escape, word_list(name))) + ")"


_SAY = _any("say")
_NUMERAL = "[一二三四五六七八九十]{1,3}"
_ITEM = re.compile(
    rf"[“（]?(?:{_NUMERAL}(?:是|要|方面|则|来)|{_NUMERAL}、|（(?:{_NUMERAL}|[0-9]{{1,2}})）"
    rf"|第{_NUMERAL}(?:[，、：是]|步，|方面)"
    r"|其[一二三四五][，、：是]|[0-9]{1,2}(?:[、．）]|\.(?![0-9]))|[①-⑳⑴-⒇]|首先，|其次|再次，|再者|最后，|然后"
    r"|[0-9]{4}年(?:[0-9]{1,2}月)?(?:[0-9]{1,2}日)?：|[策对][略策]一|[另再]一(?:方面|个|名|种|位|类|项|条)|一方面)"
)

_LEANING = re.compile(_any("leaning"))
_UPRIGHT = re.compile(_any("upright"))
# 局势令他们不安: a pronoun with nobody before it in the sentence that it could stand for.
_PRONOUN = re.compile(r"[他她]们")
_PERSON = re.compile(
    r"[人者们民员生师工长家户友兵警官童女男孩娃妈爸父母夫妻嫂哥弟姐妹叔伯爷奶记士手客迷匠农司局部委府媒队团台院校组]"
    r"|总[理统]|主席|[说称道]|“"
)
_BARE = re.compile(_any("bare") + "(?!者|性|家|会|的|多[日年天])")
_HAS_SUBJECT = re.compile(
    r"是|有助|有利|让|使|意味|成为|需要|离不开|显示|[后时中下]，|以来，|[0-9]日|召开|举行|开幕|揭牌"
    r"|，[\u3400-\u9fff]{2,10}(?:已经?|正在?|将)(?!来)"
)
_BARE_BEHIND_SETTING = re.compile(
    r"(?:通过|围绕|依托|按照|以|在|针对|结合|根据|随着|近年来|目前|如今|今年以来|同时)[^，。]{0,40}，"
    rf"(?:实现|要(?!求)|将|并|也|还|{_BARE.pattern})"
)
_BARE_BEHIND_DATE = re.compile(rf"(?:[0-9]{{1,2}}月)?[0-9]{{1,2}}[日号](?:[上下]午|晚)?，?{_BARE.pattern}")
_SUBJECTLESS = re.compile(rf"(?:还|也|并|又|同时|特别|进一步|最后|曾|再次)?{_SAY}[，：“]")
_LEAD_NEEDED = re.compile(
    r"(?:这[一两]?次|此次|我们(?!党|国家)"
    rf"|{_any('unnamed')}[^，。]{{0,4}}?(?:{_SAY}|上，|中，|期间，|结束后|当天|将|还|也|要求))"
)
# What somebody says of himself without quotation marks, and the words of one who is named like a caption
# (某县某村 某某某：我们家…): a briefing would have to say whose they are.
_SPOKEN = re.compile(
    r"(?:我(?![国省市县区州院军校台社驻方党们])|咱|你)"
    r"|[^，。：；“”（）《》0-9]{3,24} [\u3400-\u9fff·]{2,8}：(?![“《])"
)
_QUESTION = re.compile(r"？[”」\"]?$|[吗呢][。！]$")
# the look behind stands behind the first characters, so that the search can look for these
_POINTS_AHEAD = re.compile(
    r"(?:以下(?<!岁以下)(?!简称)|如下(?<!岁如下)|下列(?<!岁下列)|下面(?<!岁下面))(?!游)"
    r"|下图|见图|下表|见表|扫描二维码|点击(?!量|率|次|数)|戳图"
)
_QUOTE_ONLY = re.compile(r"[“「\"][^”」\"]{0,400}[”」\"]?[。！？]?$")
_BROKEN_END = re.compile(r"(?:…+|\.{3,})[”」\"）]?$|[：、，；—]$")
_CREDIT = re.compile(
    r".{0,30}(?:记者|通讯员|摄影|来源|编辑|校对|作者|电话|热线|微信|邮箱)[^，。]{0,24}(?:报道|摄|整理|：[^，。]{2,24})[。）]?$"
    r"|(?:来看|请看|再来看|下面|让我们|我们来|一起来|接下来|继续来看|欢迎收看)"
    # programmes speak of themselves and of their pictures: 今天来看本台记者的专访。 请继续收看… 这里是…
    r"|[^，。]{0,12}?(?:今[天晚日]|[0-9]日）|我们|接下来)(?:就|先|再|继续|一起|接着)?来(?:看(?!望|自)|听|了解|认识|关注)"
    r"|[^，。]{0,8}请(?:继续)?(?:收看|收听|关注)|这里(?:就)?是"
    r"|(?:图为|上图|左图|右图|下图|▲|△)"
)
_CREDIT_BEHIND = re.compile(r"（[^（）]{0,30}(?:记者|完|新华社)[^（）]{0,30}）$")
# 掌声雷动。 tells nothing; the shortest sentences that editors chose have nine characters.
_ENOUGH_HAN = re.compile(r"(?:[^\u3400-\u9fff]*[\u3400-\u9fff]){8}")
_PAIRED = re.compile(r"[“”（）《》「」\"]")
_TAIL = 12  # characters at the end that the patterns for endings look at


def standing(sentence: str, *, finished: bool) -> Standing:
    """What the folded `sentence` needs to be understood by a reader who has read nothing before it."""
    if not finished or not balanced(sentence) or not _ENOUGH_HAN.match(sentence):
        return Standing.NEVER
    tail = sentence[-_TAIL:]
    if _BROKEN_END.search(tail) or _ITEM.match(sentence) or _POINTS_AHEAD.search(sentence):
        return Standing.NEVER
    if _CREDIT.match(sentence) or (tail[-1] == "）" and _CREDIT_BEHIND.search(sentence)):
        return Standing.NEVER
    if _QUESTION.search(tail) or _SPOKEN.match(sentence):
        return Standing.QUESTION
    if _leans(sentence):
        return Standing.AFTER_PREVIOUS
    if _LEAD_NEEDED.match(sentence):
        return Standing.AFTER_LEAD
    return Standing.ALONE


def _leans(sentence: str) -> bool:
    if _QUOTE_ONLY.fullmatch(sentence) or _SUBJECTLESS.match(sentence):
        return True
    bare = _BARE.match(sentence) or _BARE_BEHIND_SETTING.match(sentence)
    if _BARE_BEHIND_DATE.match(sentence):
        return True
    if bare and not _HAS_SUBJECT.search(sentence, 2, 60):
        return True
    if _LEANING.match(sentence) is not None and _UPRIGHT.match(sentence) is None:
        return True
    pronoun = _PRONOUN.search(sentence)
    return pronoun is not None and _PERSON.search(sentence, 0, pronoun.start()) is None


def balanced(sentence: str) -> bool:
    """Whether every quotation mark and bracket that opens also closes."""
    if _PAIRED.search(sentence) is None:
        return True
    return (
        sentence.count("“") == sentence.count("”")
        and sentence.count("（") == sentence.count("）")
        and sentence.count("《") == sentence.count("》")
        and sentence.count("「") == sentence.count("」")
        and sentence.count('"') % 2 == 0
    )
