"""Where a heading that was run into the text may end, and what speaks for each such joint.

    某市新增三条公交线路据市交通局介绍，新增的三条公交线路将于五月开通。

A joint lies between two words of the first clause. What is behind a right one begins as news items do: with
a name and a date, with how the paper knows, with the actor of the heading under his full name; and it says
the heading again. `run_in.py` weighs what is found here.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from operator import add
from typing import NamedTuple

from digest.summarize.standing import balanced
from digest.text.names import tagged

MIN_CHARS, MAX_CHARS = 8, 46  # of a heading
READ = 90  # characters of the sentence that are cut into words, at most
STOP = re.compile(r"[，。；！？]")
_LABEL = re.compile(r"[^，。：；“”「」（）《》 ]{1,12}：(?![“「《0-9 ])")
_NO_END = frozenset("：、，，（“《「")
_NO_BEGINNING = frozenset("：，、。；！？”》）」 ")
_DAY = re.compile(
    r"(?:当地时间|北京时间)?(?:[0-9]{1,2}月)?[0-9]{1,2}日|今天|昨天|近日|日前|近期|近来|目前|今年|当天|当前|[0-9]{4}年|上周|本周"
)
_DAY_NEAR = re.compile(
    r"[^，。；：]{0,14}?(?:[0-9]{1,2}[日号]|今天|昨天|近日|日前|近期|目前|今年|去年|当天|当地时间|上周|本周|[0-9]月)"
)
_WHOLE_DAY = re.compile(
    r"(?:[0-9]{1,2}月)?[0-9]{1,2}[日号](?:上午|下午|凌晨|晚间?|夜间?)?|今[天晚]|昨天|近日|日前"
)
_SOURCE = re.compile(r"(?:另)?据(?!点|此|理|守)|根据|截至")
_SETTING = re.compile(
    r"此外，|另外，|同时，|针对|对于|由于|随着|为了|鉴于|自从|在[^，。]{2,20}[，中上后]|受[^，。]{2,20}影响|作为|尽管|虽然"
    r"|因[^，。]{2,20}，|自[^，。]{2,10}以来"
)
_SAID = re.compile(r"表示|指出|认为|称|说|报道|宣布|显示|强调|数据|透露|证实|通报|发布|公布|呼吁|警告|批评")
_SAYS = re.compile(
    r"[^，。]{2,34}?(?:表示|指出|认为|称|说|报道|宣布|显示|强调|透露|证实|通报|发布|公布|呼吁|警告|批评|撰文|发表)"
)
_SAID_INSIDE = re.compile(r"表示|指出|认为|报道|显示|强调|透露|证实|通报")
_WORK = re.compile(r"《[^》]{2,14}》")
_SECOND_SPACE = re.compile(r"[^，。；]{4,16} [^ ]")

_COARSE = (
    {
        tag: tag
        for tag in (
            "ns",
            "nt",
            "nz",
            "n",
            "vn",
            "v",
            "a",
            "ad",
            "d",
            "p",
            "c",
            "f",
            "m",
            "q",
            "r",
            "t",
            "j",
            "l",
            "i",
            "x",
            "eng",
            "s",
            "b",
            "y",
            "k",
        )
    }
    | dict.fromkeys(("nr", "nrt", "nrfg"), "nr")
    | dict.fromkeys(("ng", "an"), "n")
    | dict.fromkeys(("vg", "vi", "vd", "vq"), "v")
    | dict.fromkeys(("uj", "ul", "uz", "ug", "uv", "ud"), "u")
    | {"ag": "a"}
)
TAGS = (*sorted(set(_COARSE.values())), "o")
_NAMED = frozenset(("ns", "nt", "nr", "j", "nz"))
_NOMINAL = frozenset(
    ("ns", "nt", "nz", "nr", "n", "vn", "j", "m", "q", "t", "x", "eng", "s", "b", "l", "c", "f")
)
_NOUNS = frozenset(("ns", "nt", "nz", "nr", "n", "j", "b", "s"))
_VERBS = frozenset(("v", "vn"))
# words of these kinds stood at 3 of 564 joints, and at one in five places that could be one
_NOT_BEHIND = frozenset(("u", "d", "ad", "a", "b", "i", "k", "l", "o", "q", "y", "eng"))
_NOT_BEFORE = frozenset(("u", "c", "p"))
_ENDS = frozenset(("v", "vn", "n", "a", "q", "m", "l", "i"))

# what is behind the joint, the heading before it, and both
_BEHIND = (
    "source", "setting", "day_near", "work", "begins", "colon_behind", "clause_left", "short_clause",
    "subject_and_day", "subject_and_day_length", "name_and_day", "subject_says", "second_space",
    "no_subject",
)  # fmt: skip
_HEADING = (
    "too_short", "too_long", "odd_length", "space_inside", "space_at", "label", "verb", "begins_with_name",
    "n_names", "nouns_before", "day_inside", "said_inside", "open_preposition",
)  # fmt: skip
_BOTH = (
    "again", "again_word", "again_first", "same_run", "name_near", "named_actor", "n_said_again",
    "said_again_begun", "said_again_near", "said_again_near_begun", "space_begun", "label_again",
    "speaker_again", "speaker_says", "label_says", "verb_behind", "names_meet", "end_meets_name",
)  # fmt: skip
NAMES = _BEHIND + _HEADING + _BOTH


class Joint(NamedTuple):
    """`end` is the end of the heading, `begins` of what is behind it; both count from the sentence's start.

    `left` and `right` are the coarse tags of the words that meet there, `values` stand by `NAMES`.
    `states` where the heading has a verb or a label.
    """

    end: int
    begins: int
    left: str
    right: str
    values: tuple[float, ...]
    states: bool


class _Word(NamedTuple):
    """A word of the sentence, and what the words before it say of a heading that ends in front of it."""

    start: int
    word: str
    tag: str
    day: bool  # a day begins here
    n_names: int
    n_nouns: int  # that stand directly before it
    verb: bool  # with nothing that makes it an attribute
    preposition: bool  # one without a verb behind it


class _Sentence(NamedTuple):
    """A sentence in words, and what is the same for all of its joints."""

    text: str
    around: str
    words: list[_Word]
    verbs: list[int]  # where its verbs begin
    limit: int  # the end of the first clause
    second: int  # and of the next
    label: str
    # for each pair of its first characters the last place where it is said again, and -2 where it is no pair
    said: list[int]
    pairs: list[str]


def label(sentence: str) -> str:
    """The label that a sentence begins with, with its colon: 某国专家：; "" where there is none."""
    found = _LABEL.match(sentence) if "：" in sentence[:13] else None
    return found.group() if found else ""


def joints(sentence: str, window: str, around: str) -> Iterator[Joint]:
    """The joints of a folded sentence, in order. Time is linear in the length of its first clause.

    `window` begins with the sentence and holds what follows, `around` is the text that it stands in.
    """
    stop = STOP.search(sentence)
    limit = stop.start() if stop else len(sentence)
    if limit < MIN_CHARS + 4:
        return
    after = STOP.search(sentence, limit + 1)
    second = after.start() if after else len(sentence)
    words = list(_words(sentence[: min(second + 1, READ)]))
    first = sentence[: min(limit + 1, MAX_CHARS + 3)]
    pairs = list(map(add, first, first[1:]))
    said = [window.rfind(pair) if pair.isalnum() else -2 for pair in pairs]
    held = _Sentence(
        sentence,
        around,
        words,
        [word.start for word in words if word.tag in _VERBS],
        limit,
        second,
        label(sentence),
        said,
        pairs,
    )
    for number, word in enumerate(words):
        begins = word.start
        if begins > min(MAX_CHARS + 2, limit - 2):
            break
        if begins < MIN_CHARS - 2 or word.tag in _NOT_BEHIND or word.word[0] in _NO_BEGINNING:
            continue
        if begins > limit - 4 and not word.day:
            continue
        joint = _joint(held, number)
        if joint is not None:
            yield joint


def _words(sentence: str) -> Iterator[_Word]:
    at = n_names = n_nouns = 0
    verb = preposition = False
    for word, full_tag in tagged(sentence):
        tag = _COARSE.get(full_tag, "o")
        day = tag in _DAY_TAGS and _DAY.match(sentence, at) is not None
        yield _Word(at, word, tag, day, n_names, n_nouns, verb, preposition)
        at += len(word)
        n_names += tag in _NAMED
        n_nouns = n_nouns + 1 if tag in _NOUNS else 0
        if word == "的":  # what stood before it belongs to a noun: 参加运动会的代表队
            verb = False
        elif tag in _VERBS:
            verb, preposition = True, False
        elif tag == "p":
            preposition = True


def _joint(held: _Sentence, number: int) -> Joint | None:
    left = number - 1
    while left > 0 and not held.words[left].word.strip():
        left -= 1
    before, word = held.words[left], held.words[number]
    end = before.start + len(before.word)
    heading = held.text[:end]
    if end < MIN_CHARS or before.tag in _NOT_BEFORE or heading[-1] in _NO_END or not balanced(heading):
        return None
    # two characters that stand side by side elsewhere too are no joint: they were so at 6 of 464
    if held.around.count(heading[-1] + word.word[0]) > 1 or _acts_on_day(held.text, held.words, number):
        return None
    limit = held.limit if word.start <= held.limit - 9 else held.second
    ahead = _behind(held, number, limit)
    inside = _heading(held, word, heading)
    both = _both(held, number, heading, limit, ahead)
    states = bool(inside[_VERB] or inside[_LABELLED])
    return Joint(end, word.start, before.tag, word.tag, (*ahead, *inside, *both), states)


def _behind(held: _Sentence, number: int, limit: int) -> tuple[float, ...]:
    """What is behind the joint: how visibly a news item begins there."""
    text, words = held.text, held.words
    begins, tag = words[number].start, words[number].tag
    source = _SOURCE.match(text, begins) is not None
    setting = _SETTING.match(text, begins) is not None
    here = number
    while (
        here < len(words)
        and words[here].start < limit
        and words[here].tag in _NOMINAL
        and not words[here].day
    ):
        here += 1
    next_word = words[here] if here < len(words) else None
    day = next_word is not None and next_word.day and next_word.start < limit
    length = (next_word.start - begins) / 10 if next_word and day else 0.0
    return (
        source,
        setting,
        _DAY_NEAR.match(text, begins) is not None,
        _WORK.match(text, begins) is not None,
        source or setting or tag in _BEGIN or words[number].day,
        text.find("：", begins, limit) >= 0,
        math.log((limit - begins) / 16),
        limit - begins < 6,
        day,
        length,
        day and tag in _NAMED and length < 1.2,
        next_word is not None and next_word.tag in _VERBS and _SAID.match(next_word.word) is not None,
        _SECOND_SPACE.match(text, begins, limit) is not None,
        not (source or setting) and _lacks_subject(words, number),
    )


def _lacks_subject(words: list[_Word], number: int) -> bool:
    """Whether a verb or a circumstance comes first, perhaps behind a day and a comma.

    Then what is before the joint is more likely its subject than a heading.
    """
    here = number
    while here < len(words) and (words[here].day or words[here].tag in _OF_DAY or words[here].word == "，"):
        here += 1
    return here < len(words) and words[here].tag in _NO_SUBJECT and words[here].word != "有"


def _acts_on_day(text: str, words: list[_Word], number: int) -> bool:
    """Whether a day and a verb follow, so that what is before them is their subject: 15日发表声明."""
    day = _WHOLE_DAY.match(text, words[number].start)
    if day is None:
        return False
    next_tag = next((word.tag for word in words[number:] if word.start >= day.end()), "")
    return next_tag in _NO_SUBJECT or next_tag in ("l", "i")


def _heading(held: _Sentence, word: _Word, heading: str) -> tuple[float, ...]:
    """The heading before the joint, which ends in front of `word`: whether it is one, and whole."""
    end = len(heading)
    return (
        max(0, 10 - end) / 4,
        max(0, end - 26) / 10,
        math.log(end / 16) ** 2,
        " " in heading,
        word.start > end,
        0 < len(held.label) < end,
        word.verb,
        held.words[0].tag in _NAMED,
        word.n_names / 3,
        min(word.n_nouns, 4) / 2,
        any(one.day and one.start < end for one in held.words),
        _SAID_INSIDE.search(heading) is not None,
        word.preposition,
    )


def _both(
    held: _Sentence, number: int, heading: str, limit: int, behind: Sequence[float]
) -> tuple[float, ...]:
    """What comes again: the heading's words and its actor."""
    text, words = held.text, held.words
    begins, word, tag = words[number][:3]
    end = len(heading)
    begun, subject_says = behind[_BEGINS], behind[_SUBJECT_SAYS]
    said = held.said[: end - 1]
    again = sum(map(begins.__le__, said))
    near = text[begins:limit]
    said_near = sum(map(near.__contains__, held.pairs[2 : end - 1])) / max(1, end - 3)
    same = 0
    while same < end and text[same : same + 1] == text[begins + same : begins + same + 1]:
        same += 1
    name_near = len(words[0].word) > 1 and words[0].word in near[:18]
    label_again = speaker_again = says = 0.0
    labelled = 0 < len(held.label) < end
    if labelled:
        says = _SAYS.match(text, begins, limit) is not None
        speaker = held.label[:-1]
        label_again = speaker[-2:] in near
        if len(speaker) > 1:
            speaker_again = sum(map(near[:20].count, map(add, speaker, speaker[1:]))) / (len(speaker) - 1)
    left = words[number - 1].tag
    verb_behind = bisect_right(held.verbs, begins)
    return (
        same > 1,
        (len(word) > 1 and word in heading) or (tag in ("ns", "j") and word[0] in heading),
        same > 0 and tag in _NAMED,
        math.log1p(same),
        name_near,
        name_near and bool(behind[_SUBJECT_DAY] or subject_says),
        math.log1p(again),
        begun * again / max(1, len(said) - said.count(-2)),
        said_near,
        begun * said_near,
        begun * (" " in heading),
        label_again,
        speaker_again,
        speaker_again * says,
        labelled and bool(says or subject_says),
        verb_behind < len(held.verbs) and held.verbs[verb_behind] < limit,
        left in _NAMED and tag in _NAMED,
        left in _ENDS and (tag in _NAMED or tag == "t"),
    )


_OF_DAY = frozenset(("m", "t", "f", "q"))
_NO_SUBJECT = frozenset(("v", "vn", "d", "p"))
_BEGIN = _NAMED | {"n", "s"}
_DAY_TAGS = frozenset(("m", "t", "n", "f", "d", "r", "s", "x", "eng"))
_BEGINS, _SUBJECT_DAY, _SUBJECT_SAYS = map(_BEHIND.index, ("begins", "subject_and_day", "subject_says"))
_LABELLED, _VERB = map(_HEADING.index, ("label", "verb"))
