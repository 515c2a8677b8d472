"""Whether a sentence can stand alone, and which clauses at its edges may be left out.

All functions read the folded copy of a text (`fold`): Simplified, with full-width punctuation, and of the
same length as the original, so that offsets hold in both.
"""

from __future__ import annotations

import re
from enum import IntEnum

_FOLD = str.maketrans(
    {",": "，", ":": "：", ";": "；", "?": "？", "!": "！", "(": "（", ")": "）", "\xa0": " ", "\u3000": " "}
)


class Standing(IntEnum):
    """What a sentence needs to be understood; a lower value is better."""

    ALONE = 0
    AFTER_LEAD = 1  # 会议指出: some earlier sentence of the article must be in the summary
    AFTER_PREVIOUS = 2  # 他说, 对此: the sentence before it must be in the summary
    NEVER = 3  # an item of a list, a question, a heading, a sentence that is cut or spoilt


def fold(text: str) -> str:
    """`text` with ASCII punctuation made full-width; same length."""
    return text.translate(_FOLD)


_SAY = r"(?:说|称|道|表示|指出|强调|认为|介绍|告诉|提出|要求|透露|补充|坦言|直言|回忆|解释|呼吁|谈到|提到|问|答|写道|建议|希望|重申|宣布|警告|批评|承认)"
_ADVERB = r"(?:还|也|并|又|则|同时|特别|进一步|随后|最后|笑着|曾|再次|均|都)?"

_ITEM = re.compile(
    r"[“（]?(?:[一二三四五六七八九十]{1,3}(?:是|要|方面|则|来)|[一二三四五六七八九十]{1,3}、|（[一二三四五六七八九十0-9]{1,3}）"
    r"|第[一二三四五六七八九十]{1,3}(?:[，、：]|步|类|种|方面|点)|其[一二三四五][，、：是]?|[0-9]{1,2}[、．]|[0-9]{1,2}\.(?![0-9])"
    r"|[①-⑳⑴-⒇]|再次，|再者|首先|其次|然后|策略[一二三四]|[另再]一(?:方面|个|名|种|位|类|项|条))"
)
_PREVIOUS = re.compile(
    r"(?:[他她它]们?|[该其](?!他|他们|实|次|间)|此(?!次|间|后|外|前|举)|这(?!一?次|个?周|两天|几天)|那(?!曲|么多)|[对为据因由](?:此|这)|就此|至此|如此|上述|前述|前者|后者|两者|二者"
    r"|两人|二人|三人|双方|两国|彼此|同(?:日|年|月|天)|当(?:日|天|晚|时|年|月)(?!的我国)|次日|翌日|随(?:后|即|着这)|接着|紧接着|之后|此后|其后|之前|此前|此举|此外|另外|同时|与此同时"
    r"|因此|因而|所以|于是|从而|但(?!丁)是?|然而|不过|可是|可(?:他|她|这|是)|而(?!立之年)|并(?!购|网|州|轨|联|行)|且|况且|何况|其实|否则|要不|反之|相反|相比之下|同样|甚至|尤其|特别是|更(?!新|换|名|改)"
    r"|总之|综上|由此|可见|可以说|也就是说|换句话说|换言之|例如|比如|譬如|诸如|像|如(?=[^今东皋何果])|正因|正是|不仅如此|除此|除了这|至于|也(?!门)|还(?!原)|又|再(?!生|就业|制造)|就(?!业|是否|任|读|医|餐|职)|都(?!市|江堰|匀|安)|均(?!价)"
    r"|原来|果然|结果|最终|后来|当中|里面|期间|目的|原因|好在|幸运的是|遗憾的是|令人|让人|使得|看着|听到|说[起到罢完]|谈[到起]|得知|要(?!约|素|塞|闻)|应(?!急|用|县|届|城|对|聘)|必须|将(?!军|乐)|须|需(?!求)"
    r"|有的|有些人?|其余|剩下|这里|那里|这样|那样|这些|那些|以上|以下|如下|例外|话音|不止|何止|难怪|怎么|为什么|为何|多少|不然|虽然如此|尽管如此|即便如此|既然|不料|岂料|谁知|没想到|只有这样"
    r"|" + _ADVERB + _SAY + r"[，：“])"
)
_LEAD_NEEDED = re.compile(
    r"(?:会议|会上|会后|会见|会谈|座谈会|全会|大会|论坛|文章|报告|通知|意见|方案|规划|办法|条例|公报|声明|公告|通报|调查|活动|仪式|现场|比赛|事故|案件|项目|工程|平台|展会|展览|节目|研究|数据|影片|电影|作品|专家|记者|市民|村民|民警|警方|法院|检方|当事人|患者|医生|公司|企业|学校|校方|部门|负责人|工作人员|有关负责人|我们|我(?![国省市县区州院军校台社])|咱|你)"
    r"(?:[^，。]{0,8}?)?(?:" + _SAY + r"|上，|中，|期间，|结束后|当天|现场|将|还|也|要|的|从|，)"
)
_QUESTION = re.compile(r"(?:？|[吗呢]？?[”」\"]?)$")
_POINTS_AHEAD = re.compile(
    r"以下|如下|下列|下面|下图|见图|图为|下表|见表|扫描?二维码|点击|戳图|[：:、，；—]$"
)
_QUOTE_ONLY = re.compile(r"[“「\"][^”」\"]{0,400}[”」\"]?[。！？]?$")
_BROKEN_END = re.compile(r"…+[”」\"）]?$")
_CREDIT = re.compile(
    r"(?:记者|通讯员|摄|来源|责任?编辑?|编辑|校对|作者)[^，。]{0,24}(?:报道|摄影报道|摄|整理|：[^，。]{2,12})[。）]?$|[（(][^（()）]{0,30}(?:记者|完|据新华社)[^（()）]{0,30}[)）]$|^(?:图为|上图|左图|右图|下图|▲|△)"
)

# Clauses that tell how the paper came to know, not what happened.
_LEAD_IN = re.compile(
    r"(?:另?据(?:记者)?(?:悉|了解|介绍|统计|报道|透露|测算|估算|估计|不完全统计|初步统计|最新统计|统计显示)(?:显示)?|(?:\S{0,12}?(?:日|日上午|日下午|今天|昨天|近日|日前))?[，]?(?:本报|本台|[\u4e00-\u9fff]{2,6}[日晚]报)?记者(?:近日|日前|今天|昨天|昨日|今日|[0-9]{1,2}日)?(?:从[^，。]{2,26}?)?"
    r"(?:上|处|方面)?(?:获悉|了解到|得知|获知|注意到)"
    r"|值得(?:一提|注意|关注)的是|需要(?:指出|说明|注意)的是|总(?:的|体)来看|事实上|此外|另外|同时|与此同时|不仅如此|除此之外"
    r"|(?:他|她|会议|文章|会上|会议还|他还|她还|会议同时|文章还)(?:强调|指出|介绍))，"
)
_DATELINE = re.compile(
    r"(?:[据据]?(?:新华社|中新社|中新网|人民网|央视网|央视新闻|本报|本台|本网|新华网|[\u4e00-\u9fff]{2,8}(?:日报|晚报|时报|早报|晨报|都市报|商报|网|在线))"
    r"[^，。！？：\n]{0,24}?(?:电|讯|消息|报道)[ ]{0,3}(?:[（(][^（()）]{2,60}[)）]|记者[ ]{0,2}[\u4e00-\u9fff 、]{2,12}?报道)?[ ：]{0,3}"
    r"|[（(](?:本报|全媒体|首席|见习|通讯员)?[^（()），。]{0,12}记者[^（()）。]{1,50}[)）][ ]{0,3}|[ □■◆●▲△▼◇]{1,4})"
)


def standing(sentence: str, finished: bool) -> Standing:
    """What the folded `sentence` needs to be understood by a reader who has read nothing before it."""
    if not finished or not balanced(sentence) or _CREDIT.search(sentence):
        return Standing.NEVER
    if _ITEM.match(sentence) or _POINTS_AHEAD.search(sentence) or _BROKEN_END.search(sentence):
        return Standing.NEVER
    if _QUESTION.search(sentence) or _n_han(sentence) < 6:
        return Standing.NEVER
    if _PREVIOUS.match(sentence) or _QUOTE_ONLY.fullmatch(sentence):
        return Standing.AFTER_PREVIOUS
    if _LEAD_NEEDED.match(sentence):
        return Standing.AFTER_LEAD
    return Standing.ALONE


def opening(sentence: str) -> int:
    """How many characters at the start of a folded sentence are dateline, byline or a clause like 据悉，."""
    at = 0
    for _ in range(3):
        match = _DATELINE.match(sentence, at) or _LEAD_IN.match(sentence, at)
        if match is None or match.end() == at:
            break
        at = match.end()
    return at


def balanced(sentence: str) -> bool:
    """Whether every quotation mark and bracket that opens also closes."""
    return (
        sentence.count("“") == sentence.count("”")
        and sentence.count("（") == sentence.count("）")
        and sentence.count("《") == sentence.count("》")
        and sentence.count("「") == sentence.count("」")
        and sentence.count("‘") <= sentence.count("’")
        and sentence.count('"') % 2 == 0
    )


_HAN = re.compile(r"[\u3400-\u9fff]")


def _n_han(sentence: str) -> int:
    return len(_HAN.findall(sentence))
