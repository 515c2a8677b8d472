"""What each fragment of a page is: body, headline, byline, caption, jump mark, furniture.

What a fragment says by itself is decided here (a credit, a byline, a masthead line). What is left is body or
headline, and that depends on the neighbours.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from digest.page import fields
from digest.page.labelled import BODY, BYLINE, CAPTION, FURNITURE, HEAD, JUMP, NOTICE, Labelled
from digest.page.language import goes_on
from digest.page.lines import ALIEN, Fragment, Line, adjoins, join_fragments, of_lines
from digest.page.neighbours import decide
from digest.page.runs import is_unbroken


def label(fragments: Sequence[Fragment], *, in_order: bool = False) -> list[Labelled]:
    """One label per fragment, in order; a caption's lines become one. Linear in the number of fragments.

    `in_order` tells that the columns have been brought into the order of the page.
    """
    alone = [part for fragment in _whole_leads(fragments) for part in _without_title(_by_itself(fragment))]
    fixed = _sections(_whole_captions(alone))
    return _adverts(decide(_notices(fixed), in_order=in_order))


#: A dateline without its byline, or with one that is not closed.
_LEAD_CUT = re.compile(
    r"(?:本[报報].{0,8}[讯訊电電]|新[华華]社.{2,14}[电電])[\s\u3000]*(?:[（(][^）)]{0,20})?$"
)
_LEAD_REST = re.compile(r"[\s\u3000]*(?:[（(][\s\u3000]*(?:[记記]者|通[讯訊])|[^（(。，]{0,16}[）)])")


_AGENCY = re.compile(r"据?(?:新[华華]社|本[报報])")


def _is_lead_cut(text: str, following: str) -> bool:
    """Whether a dateline is cut in its byline (本报讯（记者 / 张某某）) or in its date (4 月 / 28日电)."""
    if len(text) > 24:
        return False
    if _LEAD_CUT.match(text) and _LEAD_REST.match(following):
        return True
    return (
        bool(_AGENCY.match(text))
        and not fields.parse_lead(text)
        and fields.parse_lead(text + following) is not None
    )


def _whole_leads(fragments: Sequence[Fragment]) -> list[Fragment]:
    """A byline that a narrow column cut into fragments of its own goes back to its dateline."""
    out: list[Fragment] = []
    for fragment in fragments:
        before = out[-1] if out else None
        if before is not None and fragment.blanks <= 1 and _is_lead_cut(before.plain, fragment.plain):
            out[-1] = join_fragments(before, fragment)
        else:
            out.append(fragment)
    return out


#: A caption's lines are as wide as one another to so much, in full-width characters.
EVEN = 1.2


def _without_title(item: Labelled) -> list[Labelled]:
    """A caption with the headline lines that a tool wrote above it without a blank line taken off.

    They are of other widths than its own lines, hold no stop and do not read on.
    """
    lines = item.fragment.lines
    if item.kind != CAPTION or len(lines) < 3:
        return [item]
    n = 0
    while n < min(3, len(lines) - 2) and _is_title_line(lines, n):
        n += 1
    if not n:
        return [item]
    rest = _by_itself(replace(of_lines(item.fragment, lines[n:]), blanks=0))
    return [*(_by_itself(of_lines(item.fragment, [line])) for line in lines[:n]), rest]


def _is_title_line(lines: Sequence[Line], n: int) -> bool:
    text, following = lines[n].text.text, lines[n + 1].text.text
    column = max(line.width for line in lines[n + 1 : -1]) if len(lines) - n > 2 else lines[n + 1].width
    if re.search("[。，,；;]", text) or fields.opens_caption(text):
        return False
    seam = goes_on(text, following)
    return seam < ALIEN or (abs(lines[n].width - column) > EVEN and seam <= 0)


def _whole_captions(items: list[Labelled]) -> list[Labelled]:
    """A caption whose credit came out as a fragment of its own takes the lines above it."""
    out: list[Labelled] = []
    for i, item in enumerate(items):
        before = out[-1] if out else None
        if before is not None and _waits_for_credit(items, i, before):
            out[-1] = replace(before, fragment=join_fragments(before.fragment, item.fragment))
        elif item.kind == CAPTION:
            whole = item
            for _ in range(MOST_LINES):
                if not out or not _is_above_credit(out[-1], whole):
                    break
                whole = replace(whole, fragment=join_fragments(out.pop().fragment, whole.fragment))
            out.append(whole)
        else:
            out.append(item)
    return out


#: A caption has no more lines above its credit.
MOST_LINES = 5


def _is_above_credit(before: Labelled, caption: Labelled) -> bool:
    """Whether an undecided fragment is the line of a caption above the one that holds its credit."""
    if before.kind:
        return False
    if _only_credit(caption):
        return True
    above, below = before.fragment, caption.fragment
    if not adjoins(above, below) or above.ended or fields.opens_caption(below.plain):
        return False
    return above.measure >= below.measure - EVEN


def _waits_for_credit(items: Sequence[Labelled], i: int, before: Labelled) -> bool:
    """Whether a caption that is open goes on here, up to its credit a few lines below."""
    if before.kind != CAPTION or fields.find_credit(before.plain):
        return False
    for item in items[i : i + MOST_LINES]:
        if item.kind == CAPTION:
            return fields.find_credit(item.plain) is not None and not fields.opens_caption(item.plain)
        if item.kind or item.fragment.ended:
            return False
    return False


def _only_credit(item: Labelled) -> bool:
    credit = fields.find_credit(item.plain)
    return item.fragment.blanks <= 1 and credit is not None and credit[0] == 0


def _adverts(items: list[Labelled]) -> list[Labelled]:
    """Headline lines right above the word 公益广告 or an advert's telephone are its slogan."""
    out = list(items)
    blocks = not is_unbroken(items)
    for i in range(len(items) - 2, -1, -1):
        item, following = items[i], out[i + 1]
        if item.kind != HEAD or following.sub != "ad":
            continue
        if items[i + 1].sub == "ad" or (blocks and adjoins(item.fragment, items[i + 1].fragment)):
            out[i] = replace(item, kind=FURNITURE, reason="广告语", sub="ad")
    return out


#: What a page of a paper is called, beside its number.
_SECTION = re.compile(
    r"(?:本地|本市|[国國][内內際际]|省[内內]|[县縣]域|[时時]政|[经經][济濟]|财经|財經|社[会會]|民生|法治|文[体體化旅]|[体體]育|教育|健康|科[教技]|[综綜]合|副刊|理[论論]|[评評][论論]|[专專][题題版])?"
    r"(?:要[闻聞]|新[闻聞]|[综綜]合|[国國][内內際际]|[时時]政|[经經][济濟]|民生|社[会會]|科[教技]|文[体體化]|[体體]育|健康|[县縣]域|副刊|理[论論])"
)
#: So near to the number or the date of its page stands the name of a section, in fragments.
NEAR_HEAD = 3
#: Such a name has no more characters, letter-spaced.
LONGEST_NAME = 8


def _sections(items: list[Labelled]) -> list[Labelled]:
    """A line that names a section of the paper, near the page's number or date, belongs to the page."""
    heads = [i for i, item in enumerate(items) if item.sub in ("pagehead", "date", "masthead")]
    out = list(items)
    for i, item in enumerate(items):
        near = item.kind == "" and any(abs(i - head) <= NEAR_HEAD for head in heads)
        if near and len(item.plain) <= LONGEST_NAME and _SECTION.fullmatch(re.sub(r"\s", "", item.plain)):
            out[i] = replace(item, kind=FURNITURE, reason="版名", sub="pagehead")
    return out


# ---------------------------------------------------------------- by itself

_BETWEEN_HAN = re.compile(r"(?<=[\u4e00-\u9fff])[ \u3000]+(?=[\u4e00-\u9fff])")
_ONLY_MARK = re.compile(r"[\s\u3000（(【\[）)】\]。▶►→—-]*")
_ROMAN_NAME = re.compile(r"[A-Z][A-Z .'-]{3,60}")
PAPER_NAME = re.compile(
    r"[\u4e00-\u9fff]{2,8}(?:日[报報]|晚[报報]|晨[报報]|都市[报報]|[时時][报報]|商[报報]|早[报報]|[晚快]报)"
)
_BULLET_SLOGAN = re.compile(r"^[-－·•●■◆★*]\s*[^。；;]{4,40}$")


def _by_itself(fragment: Fragment) -> Labelled:
    text = fragment.plain
    jump = fields.find_jump(text)
    if jump and _ONLY_MARK.fullmatch(text[: jump.start] + text[jump.end :]):
        return Labelled(fragment, JUMP, f"只有转版标记 {jump.direction} {jump.page}")
    if len(text) == 1:
        return Labelled(fragment, FURNITURE, "单个字", sub="damage")
    kind = fields.furniture_kind(text)
    if kind == "notice":
        return Labelled(fragment, NOTICE, "公告、声明一类的标题", sub="notice")
    if kind:
        return Labelled(fragment, FURNITURE, f"版面要素 {kind}", sub=kind)
    plain = text.replace(" ", "").replace("\u3000", "")
    if _ROMAN_NAME.fullmatch(text.strip()) or PAPER_NAME.fullmatch(plain):
        return Labelled(fragment, FURNITURE, "报头", sub="masthead")
    if fields.parse_byline(text):
        return Labelled(fragment, BYLINE, "整行为署名")
    lead = fields.parse_lead(text)
    if lead:
        return Labelled(fragment, BODY, "以电头或署名开头", lead=lead)
    if fields.is_caption(text) or fields.is_caption(_BETWEEN_HAN.sub("", text)):
        return Labelled(fragment, CAPTION, "以摄影署名结尾或以图为开头")
    if jump and jump.direction == "from" and jump.start <= 2:
        return Labelled(fragment, BODY, "以上接标记开头")
    if _BULLET_SLOGAN.match(text) and not fragment.ended:
        return Labelled(fragment, FURNITURE, "口号", sub="slogan")
    return Labelled(fragment, "", "")


_NOTICE_BODY = re.compile(
    r"[声聲]明作[废廢]|特此(?:公告|公示|通告|[声聲]明)|(?:[联聯]系|咨[询詢]|服[务務]|[报報]名)?(?:[电電][话話]|[热熱][线線])[：:]\s*\d|[报報]名截止|投[标標]截止|公开招[标標]|[见見][报報]之日起|供[电電]公司定于|逾期[视視]"
)


#: An entry of an index has no more characters.
LONGEST_ENTRY = 46
_GIVES_NOTICE = re.compile(
    r"[^，。；、：]{4,30}(?:公司|[局处處所院]|委[员員][会會]|中心|法院|[银銀]行|[学學]校|政府)"
)
_NOTICE_TITLE = re.compile(r"[^。，；]{2,32}(?:公告|公示|通告|[启啟]事|[声聲]明)(?:[（(][^）)]{1,12}[）)])?$")


def _announces_notice(items: Sequence[Labelled], i: int) -> bool:
    """Whether a line that ends in 公告 stands above a text with a notice's set phrases."""
    return _NOTICE_TITLE.fullmatch(items[i].plain) is not None and any(
        item.kind == "" and _NOTICE_BODY.search(item.plain) for item in items[i + 1 : i + 3]
    )


def _goes_on_with(before: Labelled, labelled: Labelled, item: Labelled) -> bool:
    """Whether a short line stands in one block below a line of the issue's index."""
    return (
        labelled.sub == "index"
        and len(item.plain) <= LONGEST_ENTRY
        and adjoins(before.fragment, item.fragment)
    )


def _signs_notice(items: Sequence[Labelled], i: int) -> bool:
    """Whether a line names who gives a notice, its date or another one below."""
    following = items[i + 1] if i + 1 < len(items) else None
    below = following is None or following.kind in (NOTICE, FURNITURE)
    return items[i].kind == "" and below and _GIVES_NOTICE.fullmatch(items[i].plain.strip()) is not None


def _notices(items: list[Labelled]) -> list[Labelled]:
    """The body of a notice follows its headline; a notice without one is known by its set phrases."""
    out: list[Labelled] = []
    inside = False
    blocks = not is_unbroken(items)
    for i, item in enumerate(items):
        if item.kind == "" and i and item.fragment.blanks == 0 and items[i - 1].sub == "weather":
            item = replace(item, kind=FURNITURE, reason="天气预报", sub="weather")
        elif blocks and item.kind == "" and i and _goes_on_with(items[i - 1], out[-1], item):
            item = replace(item, kind=FURNITURE, reason="导读的条目", sub="index")
        elif item.kind == NOTICE:
            inside = True
        elif inside and _signs_notice(items, i):
            item = replace(item, kind=NOTICE, reason="公告的落款")
        elif item.kind == "" and _announces_notice(items, i):
            item = replace(item, kind=NOTICE, reason="以公告结尾，下文有联系方式", sub="notice")
            inside = True
        elif item.kind == FURNITURE and item.sub in ("date", "pagehead") and inside:
            item = replace(item, kind=NOTICE, reason="公告的落款")
        elif item.kind == "" and (
            (
                inside
                and (
                    item.fragment.blanks == 0
                    or _NOTICE_BODY.search(item.plain)
                    or (items[i - 1].kind == NOTICE and items[i - 1].sub)
                )
            )
            or (
                len(item.plain) < 200
                and _NOTICE_BODY.search(item.plain)
                and re.search(r"[声聲]明作[废廢]|截止|供[电電]公司", item.plain)
            )
        ):
            item = replace(item, kind=NOTICE, reason="公告正文")
        else:
            inside = False
        out.append(item)
    return out
