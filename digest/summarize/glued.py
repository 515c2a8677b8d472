"""Headings that the source has run together with the sentence behind them.

    某市新增三条公交线路据市交通局介绍，新增的三条公交线路将于五月开通。

A heading repeats in other words what follows it, so most of its character pairs come again. It is believed
only where the sentence behind it visibly begins: with 据, 截至, 此外 and the like, with the heading's own
first word, or behind a wide space. Where a heading of two parts (a single space) or one that names a
speaker (某专家：…) is recognised but not its end, the first clause goes with it; but not where that clause
says who speaks (某国防长表示，): then the sentence begins with the speaker, or is given up where that place
is unclear.
"""

from __future__ import annotations

import re

from digest.summarize.standing import balanced
from digest.summarize.wordlists import word_list
from digest.text.names import tagged
from digest.text.words import cut

MIN_CHARS, MAX_CHARS = 8, 44
# Share of a heading's character pairs, its first word not counted, that come again behind it: of 400 joints
# found in broadcasts of 2019-2023 those below were mostly subjects of ordinary sentences.
MIN_REPEATED = 0.45

_BEGINS = re.compile(
    r"(?<![，、的和与及在对以把被为占数证依根票收割])(?:另?据(?!点|此|理|悉|守|说)|根据|截至|此外，|今年以来)"
    r"|[ ]{2,}(?=[^ ])"
)
# 某某人士：… opens a heading; 他说：“…”, 会议要求：…, 目标是：… do not.
_LABEL = re.compile(
    r"[^，。：；“”「」（）《》 ]{1,10}(?<![说道称是示出求调为绍定议题下事有原因])：(?![“「《0-9 ])"
)
_SPEAKER = re.compile(
    r"(?:人士|媒体?|专家|学者|总统|总理|首相|[外防财部]长|大使|代表|官员|政要|[中美俄英法德日韩乌以欧巴]方"
    r"|民调|机构|组织|分析师|经济学家|民众)：$"
)
MIN_REPEATED_LABEL = 0.2  # behind a label the heading's own first word comes again, which is evidence enough
_CLAUSE = re.compile(r"[，。；！？]")
_GOES_ON = re.compile(
    r"[，、：；的和与及在对以把被是自从由向到于让将称说给跟同针比了《“‘（]$|(?<![行作])为$|[0-9]日|[0-9]号|今天|昨天|近日|日前"
)
_SAYS = re.compile(
    "(?:"
    + "|".join(map(re.escape, word_list("say")))
    + "|报道|宣布|显示|撰文|文章|声明|谈话|发文|评论|警告|指责)$"
)
_SOURCE = re.compile(r"(?<![证依根票收割数])另?据(?=[^，。]{2,24}$)|《(?=[^《》]{2,12}》[^，。]{0,12}$)")
_SOME = re.compile("有|一些|部分|多名|据")
# 甲国和乙国专家, 甲国驻乙国大使: the names of one speaker
_JOINS = frozenset("和与、驻及")
_WHERE = re.compile(r"在[^，。]{2,16}[时中上][^，。]{0,4}$")  # 某大使18日在接受采访时表示
# verbs that stand in the names of institutions and in what they did: 疾病控制和预防中心公布的数据显示
_OF_SPEAKER = re.compile(
    f"(?:{_SAYS.pattern[:-1]}|驻|控制|预防|广播|研究|合作|发展|保护|管理|监督|监测|服务|援助|协调|公布|发布|发表)$"
)
SPEAKER_CHARS = 32  # 某国联邦委员会国际事务委员会副主席某某某24日在接受采访时 ends within so many
_SPACE = re.compile(r"(?<=[\u3400-\u9fff”》）0-9%])[ ](?=[\u3400-\u9fff“《0-9])")


def glued_heading(sentence: str, following: str) -> int:
    """How many characters at the start of a folded sentence are a heading glued to it; 0 where none is."""
    clause = _CLAUSE.search(sentence)
    limit = clause.start() if clause else len(sentence)
    if limit < MIN_CHARS + 4:
        return 0
    label = _LABEL.match(sentence)
    needed = MIN_REPEATED_LABEL if label else MIN_REPEATED
    rest = sentence + following
    for at in _joints(sentence, min(limit, MAX_CHARS + 8)):
        heading = sentence[:at].rstrip()
        if MIN_CHARS <= len(heading) <= MAX_CHARS and _is_heading(heading, rest[at:], needed):
            return at
    if label and _SPEAKER.search(label.group()) and limit >= label.end() + MIN_CHARS:
        return _clause_goes(sentence, limit, label.group().rstrip("：").strip())
    return _two_parts(sentence, limit, following)


def _clause_goes(sentence: str, limit: int, speaker: str = "") -> int:
    """The end of the first clause, but where it says who speaks, the place where the speaker begins.

    The whole sentence where that place cannot be told: without its speaker the claim would be the paper's.
    """
    clause = sentence[:limit]
    if _SAYS.search(clause) is None:
        return min(limit + 1, len(sentence))
    again = clause.find(speaker, len(speaker) + 1) if speaker else -1
    if again < 0:
        again = _speaker_begins(clause)
    if again < MIN_CHARS:
        return len(sentence)
    before = _SOME.search(clause, again - 2, again)
    return before.start() if before else again


def _speaker_begins(clause: str) -> int:
    """Where the words that name the speaker at the end of `clause` begin; -1 where that cannot be told.

    At 据, or at the last place, with the places joined to it: 某国国防部9日表示. A person's name is no sure
    sign, because the cutter breaks foreign ones.
    """
    source = _SOURCE.search(clause, max(MIN_CHARS, len(clause) - SPEAKER_CHARS))
    if source and source.group() != "《":
        return source.start()
    begins = source.start() if source else -1
    for at, end in reversed(_places_of_speaker(clause, begins if source else len(clause))):
        between = clause[end:begins]
        if begins >= 0 and between not in _JOINS and (between or clause[begins] != "《"):
            break
        begins = at
    return begins


def _places_of_speaker(clause: str, limit: int) -> list[tuple[int, int]]:
    """Where places stand before `limit` in the tail of `clause`, behind the last verb of the heading."""
    found: list[tuple[int, int]] = []
    at = 0
    where = _WHERE.search(clause)
    for word, tag in tagged(clause):
        end = at + len(word)
        if tag == "ns" and len(word) > 1 and len(clause) - SPEAKER_CHARS <= at and end <= limit:
            found.append((at, end))
        elif tag == "v" and not _OF_SPEAKER.fullmatch(word) and not (where and where.start() <= at):
            found.clear()
        at = end
    return found


def _two_parts(sentence: str, limit: int, following: str) -> int:
    """The end of the first clause, where that begins with a heading of two parts without a visible end."""
    space = _SPACE.search(sentence, 4, min(limit, MAX_CHARS))
    if space is None or limit < space.end() + MIN_CHARS or "：" in sentence[space.end() : space.end() + 8]:
        return 0
    heading, rest = sentence[: space.start()], sentence[limit:] + following
    return _clause_goes(sentence, limit) if _is_heading(heading, rest, MIN_REPEATED) else 0


def _is_heading(heading: str, rest: str, needed: float) -> bool:
    if _GOES_ON.search(heading) or not balanced(heading):
        return False
    pairs = {heading[i : i + 2] for i in range(2, len(heading) - 1)}
    return sum(pair in rest for pair in pairs) >= needed * len(pairs)


def _joints(sentence: str, limit: int) -> list[int]:
    """Where the sentence behind a heading may begin, leftmost first."""
    joints = {
        match.end() if match.group()[0] == " " else match.start()
        for match in _BEGINS.finditer(sentence, MIN_CHARS, limit)
    }
    again = sentence.find(sentence[:2], MIN_CHARS, limit)
    if again > 0 and "\u3400" <= sentence[again] <= "\u9fff":
        edges = {0}
        for word in cut(sentence[:limit]):
            edges.add(max(edges) + len(word))
        if again in edges:
            joints.add(again)
    return sorted(joints)
