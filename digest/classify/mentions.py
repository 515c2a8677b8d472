"""Where a text names places: masked non-places, longest match, word bounds, and what stands around a name.

Works on Simplified text; every step is linear in the length of the text.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from digest.classify.dateline import datelines
from digest.classify.gazetteer import COUNTY, Entry, Gazetteer
from digest.text.words import cut

# A text longer than this is judged by its beginning; the longest article of the development pages has 9,000.
TEXT_CHARS = 20_000

# Weights by what stands around a name; 1.0 in running text. An authority acts where it sits; an
# institution's name tells where it sits, not where its news is; what gives its name to a mountain lies in
# several provinces.
AUTHORITY, SUBJECT, ORGANISATION, NATURE = 1.5, 1.5, 0.35, 0.35
LIST_LENGTH = 3  # a list of so many places in more than one province …
IN_A_LIST = 0.5  # … is about none of them alone

# What follows a place's name in the name of something else.
_ELSE = re.compile(
    r"[东西南北中]?(?:路(?![段上])|街(?![道头坊])|大道|舰(?!队)|会师|会战|战役|保卫战|[菜话式]|牌|共识|模式(?!下))"
    r"|[镇乡](?!村|里)|村(?!民)|社区|小区|新村"
)
_NATURE = re.compile(r"(?:山(?![东西]省?)|河(?![南北])|江(?![苏西])|湖(?![南北])|沟)(?!区)|山区")
_ORGANISATION = re.compile(
    r"[^，。；：、！？\s“”‘’《》（）()在与和的]{0,7}?"
    r"(?:公司|集团|大学|学院|医科大|银行|股份|研究院|研究所|实验室|航空|俱乐部|证券|基金|军区|电视台|日报|晚报"
    r"|出版社|中学|机场)"
)
_AUTHORITY = re.compile(
    r"(?:[省市县区州盟旗]|自治区|自治州)?"
    r"(?:党委|[省市县区州]?委(?!员|托)|人民政府|[省市县]?政府|[省市县州]长|人大|政协|纪委|监委|公安|检察|法院"
    r"|教育[厅局]|财政[厅局]|发改委|卫健委|应急|气象[台局]|消防)"
)
# A delegation, a tour of inspection, a place with a colon: the item is about that place, whoever came.
_SUBJECT = re.compile(r"(?:自治区|省|市)?(?:代表团|考察|调研|视察|篇|[:：])")
_OPEN_WORDS = frozenset(
    {
        "美国",
        "英国",
        "法国",
        "德国",
        "韩国",
        "泰国",
        "日本",
        "朝鲜",
        "印度",
        "越南",
        "伊朗",
        "埃及",
        "巴西",
        "希腊",
        "缅甸",
    }
)
_DEPARTMENT = frozenset("门队分")  # 教育部门 is anybody's, 教育部 the nation's
_LINKS = frozenset("、和与及，") | {"以及", "省、", "市、", "县、", "区、", "省和", "市和"}
# Surnames that end no common word before a place: 向长春 and 从常州 are no people.
_SURNAMES = frozenset(
    "王李张刘陈杨赵吴周徐孙朱胡郭罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘蒋蔡余杜叶程魏吕丁沈姚卢姜崔谭陆汪范廖贾"
    "韦邹孟熊邱尹薛阎侯陶黎贺顾毛郝龚邵钱戴莫孔汤"
)
_SPEAKS = re.compile(
    r"(?:同志|先生|女士|老人|书记|主任|局长|经理|医生|老师|教授)?"
    r"(?:说|表示|介绍|告诉|指出|强调|认为|同志|坦言|回忆)"
)


class Mention(NamedTuple):
    """One name in a text, with all that it may mean, and how strongly it speaks there."""

    word: str
    start: int
    end: int
    entries: tuple[Entry, ...]
    weight: float
    rule: str
    subject: bool = False  # the item is about this place


def find_mentions(text: str, table: Gazetteer) -> list[Mention]:
    """All names in `text`, in order, without overlaps. Offsets count in `text`."""
    text = text[:TEXT_CHARS]
    bounds = _word_bounds(text)
    found: list[Mention] = []
    before = -1
    for start, end, entries in _longest(text, table):
        # behind another place the cutter may have seen one word (辽宁沈阳): the name needs no bound of
        # its own
        if end - start == 2 and start != before and not _fits(text[start:end], entries, start, end, bounds):
            continue
        before = end
        mention = _weigh(text, start, end, entries)
        if mention is not None:
            found.append(mention)
    people = _people(text, found)
    return _damp_lists(text, [one for one in found if one.word not in people])


def is_county_only(entries: tuple[Entry, ...]) -> bool:
    return all(entry.level == COUNTY for entry in entries)


def _longest(text: str, table: Gazetteer) -> Iterator[tuple[int, int, tuple[Entry, ...]]]:
    """The longest name at each place, passing over masked words and datelines."""
    names, lengths = table.names, table.lengths
    skips = {line.start: line.end for line in datelines(text)}
    free = 0
    for here in [at for at in range(len(text) - 1) if text[at : at + 2] in lengths or at in skips]:
        if here < free:
            continue
        if here in skips:
            free = skips[here]
            continue
        for size in lengths[text[here : here + 2]]:
            word = text[here : here + size]  # shorter at the end of the text
            entries = names.get(word)
            if entries is not None:
                if entries[0].kind != "mask":
                    yield here, here + len(word), entries
                free = here + len(word)
                break


def _word_bounds(text: str) -> frozenset[int]:
    """Offsets where a word begins or ends; empty where the cutter did not return the text as it was."""
    bounds, here = [0], 0
    for word in cut(text):
        here += len(word)
        bounds.append(here)
    return frozenset(bounds) if here == len(text) else frozenset()


def _fits(word: str, entries: tuple[Entry, ...], start: int, end: int, bounds: frozenset[int]) -> bool:
    """Two characters are a name only where a word begins with them: not 大连 in 重大连续, not 长春 in 李长春.

    A province, a city or a great country may open a longer word (天津港, 韩国国防部); a county (not 大新 in
    五大新产业) and any other word for a country (not 以方 in 可以方便) must be one.
    """
    if not bounds or entries[0].kind == "national":
        return True
    may_open = word in _OPEN_WORDS or any(
        e.kind == "area" and e.level != COUNTY and not e.word for e in entries
    )
    return start in bounds and (may_open or end in bounds)


def _weigh(text: str, start: int, end: int, entries: tuple[Entry, ...]) -> Mention | None:
    """The name with its weight by what follows it; None where it is the name of something else."""
    word, kind, rest = text[start:end], entries[0].kind, text[end : end + 14]
    if kind == "national" and word[-1] == "部" and rest[:1] in _DEPARTMENT:
        return None
    if kind not in ("area", "country"):
        return Mention(word, start, end, entries, 1.0, kind)
    if kind == "area" and not entries[0].full:
        if _ELSE.match(rest):
            return None
        if _NATURE.match(rest):
            return Mention(word, start, end, entries, NATURE, "mountain or water")
    if _AUTHORITY.match(rest):
        return Mention(word, start, end, entries, AUTHORITY, "authority")
    if _SUBJECT.match(rest):
        return Mention(word, start, end, entries, SUBJECT, "subject", subject=True)
    if _ORGANISATION.match(rest):
        return Mention(word, start, end, entries, ORGANISATION, "organisation")
    return Mention(word, start, end, entries, 1.0, "place" if kind == "area" else "country")


def _people(text: str, found: Sequence[Mention]) -> frozenset[str]:
    """Names of two characters that always follow the same surname: 王长春, who speaks or comes again."""
    surnames: dict[str, list[str]] = defaultdict(list)
    speaks: set[str] = set()
    before = 0
    for one in found:
        if one.end - one.start == 2 and not one.entries[0].full:
            surnames[one.word].append(text[one.start - 1] if one.start > before else "")
            if _SPEAKS.match(text, one.end):
                speaks.add(one.word)
        before = one.end
    return frozenset(
        word
        for word, chars in surnames.items()
        if chars[0] in _SURNAMES and len(set(chars)) == 1 and (len(chars) > 1 or word in speaks)
    )


def _damp_lists(text: str, found: list[Mention]) -> list[Mention]:
    """山东、河南、河北等地: each place of a list over several provinces is one among others."""
    runs: list[list[int]] = []
    for i, one in enumerate(found):
        if i and one.rule != "national" and text[found[i - 1].end : one.start] in _LINKS:
            runs[-1].append(i)
        else:
            runs.append([i])
    listed = {
        i
        for run in runs
        if len(run) >= LIST_LENGTH and len({found[i].entries[0].place.path[0] for i in run}) > 1
        for i in run
    }
    return [
        one._replace(weight=one.weight * IN_A_LIST, rule="one of a list", subject=False)
        if i in listed
        else one
        for i, one in enumerate(found)
    ]
