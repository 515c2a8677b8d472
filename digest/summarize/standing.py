"""Whether a sentence can stand alone.

All functions read the folded copy of a text (`fold`): Simplified, with full-width punctuation, and of the
same length as the original, so that offsets hold in both.
"""

from __future__ import annotations

import re
from enum import IntEnum

_FOLDED = tuple(zip(",:;?!()\xa0\u3000\r\t", "，：；？！（）    ", strict=True))


class Standing(IntEnum):
    """What a sentence needs to be understood; a lower value is better."""

    ALONE = 0
    AFTER_LEAD = 1  # 会议指出: some earlier sentence of the article must be in the summary
    AFTER_PREVIOUS = 2  # 他说, 对此: the sentence before it must be in the summary
    QUESTION = 3  # answers nothing; only where there is nothing else
    NEVER = 4  # an item of a list, a heading, a sentence that is cut or spoilt


def fold(text: str) -> str:
    """`text` with ASCII punctuation made full-width; same length."""
    for sign, full in _FOLDED:  # eleven searches of C are faster than one translation
        if sign in text:
            text = text.replace(sign, full)
    return text


def _any(words: str) -> str:
    return "(?:" + "|".join(words.split()) + ")"


_SAY = _any(
    "说 称 道 表示 指出 强调 认为 介绍 告诉 提出 要求 透露 补充 坦言 直言 回忆 解释 呼吁 谈到 提到 问 答 写道 建议 希望 重申 宣布 警告 批评 承认 感慨"
)
_NUMERAL = "[一二三四五六七八九十]{1,3}"
_ITEM = re.compile(
    rf"[“（]?(?:{_NUMERAL}(?:是|要|方面|则|来)|{_NUMERAL}、|（(?:{_NUMERAL}|[0-9]{{1,2}})）|第{_NUMERAL}(?:[，、：是]|步，|方面)"
    r"|其[一二三四五][，、：是]|[0-9]{1,2}(?:[、．）]|\.(?![0-9]))|[①-⑳⑴-⒇]|首先，|其次|再次，|再者|最后，|然后"
    r"|[策对][略策]一|[另再]一(?:方面|个|名|种|位|类|项|条)|一方面)"
)

# A sentence that begins with one of these speaks of what stands before it …
_LEANING = _any(
    "他 她 它 该 其 此 这 那 对此 对这 为此 据此 因此 由此 就此 至此 如此 上述 前述 前者 后者 两者 二者 两人 二人 三人 双方 彼此"
    " 同日 同年 同月 同一天 当日 当天 当晚 当时 当年 次日 翌日 第二天 随后 随即 随之 随着这 接着 紧接着 之后 此后 其后 之前 不久 另外 另据 同时 与此同时"
    " 因而 所以 于是 从而 但 然而 不过 可是 可他 可她 可这 而 并 且 况且 何况 其实 否则 要不 反之 相反 相比之下 同样 甚至 尤其 特别是 更"
    " 总之 综上 可见 可以说 也就是说 换句话说 换言之 例如 比如 譬如 诸如 像这 像他 像她 如， 正因 正是 不仅如此 不仅仅 除此 除了这 至于 也 还 又 再比如 再如 再加上 再次 就这 就在这 就在此 都是 都在 均为 均在 均已 均由"
    " 原来 果然 结果 最终， 后来 期间 其间 目的是 原因是 原因在于 好在 幸运的是 遗憾的是 令人 让人 使得 看着 听到 说起 说到 说罢 说完 谈到 谈起 得知 要 应当 应该 必须 务必 将 须 需要 据他 据她 在他 在她 在这 在此 从这 从他 对他 对她 对于这 和他 与他 跟他 与之 通过这 经过这 面对这 针对这 针对此"
    " 有的 其余 剩下 以上 如下 话音 不止 何止 难怪 怎么 不然 不料 岂料 谁知 没想到 只有这样 围绕这 为了这 除这 向他 被他 把他 使他 让他 给他 这 另一 另有 另 后来 谈及 那么 可以看到 不难看出 期待 相信 一旁 旁边 不远处"
)
# … unless it goes on like this: names, and words that only look alike.
_UPRIGHT = re.compile(
    _any(
        "其他 其它 其实验 此次 此间 这次 这一次 这个周 这两天 那曲 但丁 而立 并购 并网 并轨 并行 并联 更新 更换 更名 更改 更多 也门 还原 这个国庆 这个春节 这个假期 又是一年 再生 要约 要素 要塞 要闻 将军 将乐 将于"
        " 针对此前 针对此次 在此次 在此前 须知 需求 该不该 另类 同时期 双方当事人 结果显示 可见光 因此前 当年明月 也许 还是 同时装"
    )
)
# Press prose drops the subject in the second sentence of a row: 举办了…, 加快推进…, 进一步完善…
_BARE = re.compile(
    _any(
        "实施 举办 聚焦 聚力 加强 强化 完善 推进 推动 推行 坚持 落实 建立 构建 打造 开展 组织 深化 优化 提升 提高 持续 健全 培育 引导 支持 鼓励"
        " 完成 大力 扎实 积极 着力 充分 全力 加快 加大 统筹 创新 深入 严格 全面 不断 努力 切实 进一步 稳步 有序 广泛 认真 采取 制定 出台 设立"
        " 奉劝 包括 继续 得到 用好 抓好 做好 牢固 牢牢 坚决 严厉 严守 守牢 发挥 突出 围绕 力争 确保 促进 带动 引领 争取 投入 投资建设 新建 新增 新培育"
        " 巩固 拓展 扩大 印发 探索 依托 紧盯 紧扣 立足 瞄准 锚定 高标准 高质量 把 修订 对标 抢抓 主动 强力 精准 科学 从严"
    )
    + r"(?!者|性|家|会)"
)
_HAS_SUBJECT = re.compile(r"是|有助|有利|让|使|意味|成为|需要|离不开|显示|[后时中下]，|以来，")
_BARE_BEHIND_SETTING = re.compile(
    rf"(?:通过|围绕|依托|按照|为了?|以|在|针对|结合|根据|随着|近年来|目前|如今|今年以来|同时)[^，。]{{0,40}}，(?:实现|要(?!求)|将|并|也|还|{_BARE.pattern})"
)
_SUBJECTLESS = re.compile(rf"(?:还|也|并|又|同时|特别|进一步|最后|曾|再次)?{_SAY}[，：“]")
_LEAD_NEEDED = re.compile(
    r"(?:我们(?!党|国家)|咱|你|我(?![国省市县区州院军校台社驻方党])|(?:会议|会上|会后|会见|会谈|座谈会|全会|大会|论坛|文章|报告|通知|意见|方案|规划|办法|条例|公报|声明|公告|通报|活动|仪式|现场"
    r"|比赛|事故|案件|项目|工程|展会|展览|节目|影片|电影|作品|警方|法院|检方|当事人|患者|医生|公司|企业|学校|校方|负责人|工作人员|有关负责人|相关负责人|座谈|调研|考察|检查)"
    rf"[^，。]{{0,4}}?(?:{_SAY}|上，|中，|期间，|结束后|当天|将|还|也|要求))"
)
_QUESTION = re.compile(r"？[”」\"]?$|[吗呢][。！]$")
_POINTS_AHEAD = re.compile(
    r"(?<!岁)(?:以下(?!简称)|如下|下列|下面)(?!游)|下图|见图|下表|见表|扫描二维码|点击(?!量|率|次|数)|戳图"
)
_QUOTE_ONLY = re.compile(r"[“「\"][^”」\"]{0,400}[”」\"]?[。！？]?$")
_BROKEN_END = re.compile(r"(?:…+|\.{3,})[”」\"）]?$|[：、，；—]$")
_CREDIT = re.compile(
    r"^.{0,30}(?:记者|通讯员|摄影|来源|编辑|校对|作者)[^，。]{0,24}(?:报道|摄|整理|：[^，。]{2,12})[。）]?$"
    r"|（[^（）]{0,30}(?:记者|完|新华社)[^（）]{0,30}）$|^(?:图为|上图|左图|右图|下图|▲|△)"
)
# 掌声雷动。 tells nothing; the shortest sentences that editors chose have nine characters.
_ENOUGH_HAN = re.compile(r"(?:[^\u3400-\u9fff]*[\u3400-\u9fff]){8}")
_TAIL = 12  # characters at the end that the patterns for endings look at


def standing(sentence: str, *, finished: bool) -> Standing:
    """What the folded `sentence` needs to be understood by a reader who has read nothing before it."""
    if not finished or not balanced(sentence) or not _ENOUGH_HAN.match(sentence):
        return Standing.NEVER
    tail = sentence[-_TAIL:]
    if _BROKEN_END.search(tail) or _ITEM.match(sentence) or _POINTS_AHEAD.search(sentence):
        return Standing.NEVER
    if _CREDIT.search(sentence):
        return Standing.NEVER
    if _QUESTION.search(tail):
        return Standing.QUESTION
    if _leans(sentence):
        return Standing.AFTER_PREVIOUS
    if _LEAD_NEEDED.match(sentence):
        return Standing.AFTER_LEAD
    return Standing.ALONE


_LEANING_START = re.compile(_LEANING)


def _leans(sentence: str) -> bool:
    if _QUOTE_ONLY.fullmatch(sentence) or _SUBJECTLESS.match(sentence):
        return True
    if (_BARE.match(sentence) or _BARE_BEHIND_SETTING.match(sentence)) and not _HAS_SUBJECT.search(
        sentence, 2, 60
    ):
        return True
    return _LEANING_START.match(sentence) is not None and _UPRIGHT.match(sentence) is None


def balanced(sentence: str) -> bool:
    """Whether every quotation mark and bracket that opens also closes."""
    return (
        sentence.count("“") == sentence.count("”")
        and sentence.count("（") == sentence.count("）")
        and sentence.count("《") == sentence.count("》")
        and sentence.count("「") == sentence.count("」")
        and sentence.count('"') % 2 == 0
    )
