"""What may be left out at the start of a sentence: the dateline, and how the paper came to know."""

from __future__ import annotations

import re

_WHEN = r"(?:[^，。 ]{0,12}?(?:[日号]|上午|下午|今天|昨天|近日|日前)，?)?"
_LEAD_IN = re.compile(
    r"另(?=据)"
    r"|(?:不过|然而|但是|最终|最后|随后|此后|之后|同日|同一天|当[天日](?:上午|下午|晚上?|晚些时候)?|当晚)，"
    r"|(?:另?据(?:记者)?(?:悉|了解|介绍|报道|透露)"
    rf"|{_WHEN}(?:本报|本台|[\u4e00-\u9fff]{{2,6}}(?:[日晚晨]报|网))?记者(?:近日|日前|今天|昨天|昨日|今日|(?:[0-9]{{1,2}}月)?[0-9]{{1,2}}日)?"
    r"(?:从[^，。]{2,30}?)?(?:获悉|了解到|得知|获知)(?=[，：])"
    r"|值得(?:一提|注意|关注)的是|需要(?:指出|说明|注意)的是|总(?:的|体)来看|事实上|不仅如此|除此之外"
    r"|此外|另外|同时|与此同时"
    r"|(?:他|她|会议|文章|会上|会议还|他还|她还|会议同时|文章还)(?:强调|指出|介绍)(?=，))[，：]"
)
_PAPER = (
    r"(?:新华社|中新社|中新网|人民网|新华网|央视网|央视新闻|本报|本台|本网|本刊"
    r"|[\u4e00-\u9fff]{2,8}(?:日报|晚报|时报|早报|晨报|都市报|商报|在线))"
)
_DATELINE = re.compile(
    rf"[ □■◆●▲△▼◇]{{0,4}}据?{_PAPER}[^，。！？：]{{0,24}}?[电讯](?![视力子信梯商器网影脑池台话厂量站])"
    r"[ ]{0,3}(?:（[^（）]{2,60}）)?[ ：]{0,3}"
    r"|[\u4e00-\u9fff]{2,4}网[\u4e00-\u9fff]{0,6}[0-9]{1,2}月[0-9]{1,2}日(?:电|讯|消息)"
    r"(?:（[^（）]{2,60}）)?[ ：]{0,3}"
    # 某财经报社（香港）讯, 某网（晚间新闻）消息：
    r"|[A-Z0-9\u4e00-\u9fff]{2,12}（[\u4e00-\u9fff]{2,8}）讯[ ：]{0,3}"
    r"|[\u4e00-\u9fff]{2,7}[台网](?:消息（[^（）]{2,10}）|（[^（）]{2,10}）消息)[ ：]{1,3}"
    r"|新华社供本报特稿[ ]{0,3}|\[[^\[\]]{4,60}\]|【[^【】]{2,60}】|（[^（）]{2,10}）："
    # any other agency is known by the date of its wire: 法新社巴黎3月20日电
    r"|据?[\u4e00-\u9fff]{2,4}社[\u4e00-\u9fff]{0,12}(?:[0-9]{1,2}月)?[0-9]{1,2}日[电電]"
    r"[ ]{0,3}(?:（[^（）]{2,60}）)?[ ：，]{0,3}"
    rf"|{_PAPER}(?:消息|记者报道)[：，]?|[ □■◆●▲△▼◇]{{1,4}}"
    r"|（[^（），。]{0,12}记者[^（）。]{1,50}）[ ]{0,3}"
)


def opening(sentence: str) -> int:
    """How many characters at the start of a folded sentence are dateline, byline or a clause like 据悉，."""
    at = 0
    for _ in range(3):
        match = _DATELINE.match(sentence, at) or _LEAD_IN.match(sentence, at)
        if match is None or match.end() == at:
            break
        at = match.end()
    return at


def dateline(sentence: str) -> int:
    """How many characters at the start of a folded sentence are its dateline and byline alone."""
    at = 0
    while match := _DATELINE.match(sentence, at):
        at = match.end()
    return at
