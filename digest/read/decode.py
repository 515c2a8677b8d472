"""Bytes to text: the encodings that Chinese newspapers come in, and a check that what comes out is readable.

UTF-8 bytes "decode" as GB18030 and as Big5 without an error, so an encoding is believed only where
the text that it gives consists of characters that are in use.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from digest.errors import DecodeError

# The most frequent characters of modern Chinese, with those of news. They make up 60 to 75 % of the
# hanzi of a news text in either script and under 12 % of a text decoded with a wrong table.
_FREQUENT = frozenset(
    "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多"
    "定行学法所民得经十三之进着等部度家电力里如水化高自二理起小物现实加量都两体制机当使点从业本去把性好应开它合还"
    "因由其些然前外天政四日那社义事平形相全表间样与关各重新线内数正心反你明看原又么利比或但质气第向道命此变条只没"
    "结解问意建月公无系军很情者最立代想已通并提直题党程展五果料象员革位入常文总次品式活设及管特件长求老头基资边流"
    "路级少图山统接知较将组见计别她手角期根论运农指几九区强放决西被干做必战先回则任取据处队南给色光门即保治北造百"
    "规热领七海口东导器压志世金增争济阶油思术极交受联什认六共权收证改清己美再采转更单风切打白教速花带安场身车例真"
    "务具万每目至达走积示议声报斗完类八离华名确才科张信马节话米整空元况今集温传土许步群广石记需段研界拉林律叫且究"
    "观越织装影算低持音众书布复容儿须际商非验连断深难近矿千周委素技备半办青省列习响约支般史感劳便团往酸历市克何除"
    "消构府称太准精值号率族维划选标写存候毛亲快效院查江型眼王按格养易置派层片始却专状育厂京适属圆包火住调满县局照"
    "参红细引听该铁价严首底液官德随病苏失尔死讲配女黄推显谈罪神艺呢席含企望密批营项防举球英氧势告李台落木帮轮破亚"
    "这国为个时来们会发动产种说过学经进着实现两体从业还应开关点义与间样无对见将认讯镇乡村创新服务居疫情"
    "這國為個時來們會發動產種說過學經進著實現兩體從業還應開關點義與間樣無對見將認訊鎮鄉創務黨員總統條議報設長問題"
    "機電當區縣廣東華萬書記農業團際際際勞運輸護導歷濟強領導處標準環親辦參戰術證據場邊車馬風門聯網頭裡讓買賣"
)
_UTF16_BOMS = {codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be"}
_UTF32_BOMS = {codecs.BOM_UTF32_LE: "utf-32-le", codecs.BOM_UTF32_BE: "utf-32-be"}
_GB18030_BOM = b"\x84\x31\x95\x33"

# gb2312 and gbk are declared on pages that use characters of GB18030
_SAME_AS = {
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "gb_2312-80": "gb18030",
    "cp936": "gb18030",
    "x-gbk": "gb18030",
    "hz-gb-2312": "hz",
    "big5": "big5hkscs",
    "big5-hkscs": "big5hkscs",
    "cp950": "big5hkscs",
    "x-x-big5": "big5hkscs",
    "utf8": "utf-8",
    "utf-16": "utf-16-le",
    "unicode": "utf-16-le",
}
_DECLARABLE = frozenset({"utf-8", "gb18030", "hz", "big5hkscs", "utf-16-le", "utf-16-be"})
_DECLARATION = re.compile(
    rb"""<(?:meta\b[^>]{0,200}?\bcharset|\?xml\b[^>]{0,100}?\bencoding)\s{0,9}=\s{0,9}["']?\s{0,9}([\w:.-]{2,20})""",
    re.IGNORECASE,
)
_HEAD_BYTES = 4096  # where a declaration is looked for
_SAMPLE_CHARS = 40_000  # judging more does not change the verdict
# Weighed on 200 stretches of 12 to 3,000 characters of news in both scripts, each encoded in five ways and
# decoded by every other table: the right table scored at least 0.59 at 12 characters and 0.80 from 300 on,
# the best wrong one 0.17 from 30 characters on; all 1,000 were decoded rightly.
_PLAUSIBLE = 0.45
_MAX_SPOILED = 0.002  # share of characters that may be lost where no encoding fits without an error
_MAX_LOST = 0.1  # share of replacement characters above which a text is not worth reading
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_MAX_CONTROL = 0.05
_SURE = 8  # characters beyond ASCII below which too little is there to judge by frequency


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text with the name of the encoding that gave it."""

    text: str
    encoding: str
    warnings: tuple[str, ...] = ()


def decode(data: bytes, name: str) -> Decoded:
    """The text of `data`; `name` is for the message.

    Tried in order: a byte order mark, strict UTF-8, the declared charset, then GB18030, Big5-HKSCS and
    UTF-16 without a mark, of which the most plausible wins; at last each of them with a few spoiled bytes.
    Raises DecodeError where nothing gives readable text.
    """
    marked = _by_mark(data, name)
    if marked is not None:
        return _checked(marked, name)
    text = _strictly(data, "utf-8")
    if text is not None and not _holds_many_controls(text):
        return _checked(Decoded(text, "utf-8"), name)
    declared = declared_encoding(data)
    candidates = ["gb18030", "big5hkscs", "utf-16-le", "utf-16-be"]
    if declared and declared not in candidates:
        candidates.insert(0, declared)
    scored = [(plausibility(text), encoding == declared, -rank, text, encoding)
              for rank, encoding in enumerate(candidates)
              if (text := _strictly(data, encoding)) is not None]  # fmt: skip
    scored.sort(key=lambda one: one[:3], reverse=True)
    if scored and scored[0][0] >= _PLAUSIBLE:
        return Decoded(scored[0][3], scored[0][4])
    nearly = _with_losses(data, [declared] if declared else ["utf-8", "gb18030", "big5hkscs"])
    if nearly is not None:
        return nearly
    raise DecodeError(f"{name}: 无法识别的编码 (cannot decode: no known encoding gives readable text)")


def declared_encoding(data: bytes) -> str | None:
    """The charset that an HTML meta element or an XML declaration names, as Python calls it; else None."""
    found = _DECLARATION.search(data[:_HEAD_BYTES])
    if not found:
        return None
    label = found[1].decode("ascii", "replace").lower()
    encoding = _SAME_AS.get(label, label)
    return encoding if encoding in _DECLARABLE else None


def plausibility(text: str) -> float:
    """How much `text` looks like Chinese in use, up to 1; a text without characters beyond ASCII gives 1.

    Each character beyond ASCII counts 1 if frequent or usual punctuation, 0.5 if in the first level of
    GB 2312 or Big5, and less than nothing otherwise. Below `_SURE` characters a text of nothing but
    characters of the first level is believed.
    """
    weights = [_weight(char) for char in text[:_SAMPLE_CHARS] if char > "\x7f"]
    if not weights:
        return 0.0 if _holds_many_controls(text) else 1.0
    if len(weights) < _SURE and min(weights) >= 0.5:
        return max(_PLAUSIBLE, sum(weights) / len(weights))
    return sum(weights) / len(weights)


def _weight(char: str) -> float:
    if char in _FREQUENT or char in _usual_marks():
        return 1.0
    if char in _first_level():
        return 0.5
    return -0.5


@cache
def _first_level() -> frozenset[str]:
    """The 3,755 hanzi of GB 2312 level 1 and the 5,401 of Big5 level 1: what is in everyday use."""
    gb = (bytes((lead, trail)) for lead in range(0xB0, 0xD8) for trail in range(0xA1, 0xFF))
    big5 = (
        bytes((lead, trail))
        for lead in range(0xA4, 0xC7)
        for trail in (*range(0x40, 0x7F), *range(0xA1, 0xFF))
    )
    chars = {code.decode("gb2312", "ignore") for code in gb} | {
        code.decode("big5", "ignore") for code in big5
    }
    return frozenset(char for char in chars if "\u4e00" <= char <= "\u9fff")


@cache
def _usual_marks() -> frozenset[str]:
    full_width = "".join(chr(code) for code in range(0xFF01, 0xFF5F))
    return frozenset(full_width + "　、。〈〉《》「」『』【】〔〕“”‘’—…·－～■□●○▲△★☆※→①②③④⑤℃％\u00a0\ufeff")


def _by_mark(data: bytes, name: str) -> Decoded | None:
    if data.startswith(codecs.BOM_UTF8):
        encoding, rest = "utf-8", data[3:]
    elif (encoding := _UTF32_BOMS.get(data[:4], "")) or (data[:4] == _GB18030_BOM):
        encoding, rest = encoding or "gb18030", data[4:]
    elif encoding := _UTF16_BOMS.get(data[:2], ""):
        rest = data[2:]
    else:
        return None
    text = _strictly(rest, encoding)
    if text is not None:
        return Decoded(text, encoding)
    nearly = _with_losses(rest, [encoding])
    if nearly is None:
        raise DecodeError(
            f"{name}: 有 {encoding} 标记但内容不符 (cannot decode as {encoding}, which its mark says)"
        )
    return nearly


def _strictly(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


def _with_losses(data: bytes, encodings: list[str]) -> Decoded | None:
    """The best reading that loses a few characters, with a warning that counts them."""
    best: tuple[float, str, str, int] | None = None
    for encoding in encodings:
        text = data.decode(encoding, "replace")
        lost = text.count("\ufffd")
        score = plausibility(text)
        if lost <= 1 + len(text) * _MAX_SPOILED and score >= _PLAUSIBLE and (best is None or score > best[0]):
            best = (score, text, encoding, lost)
    if best is None:
        return None
    _, text, encoding, lost = best
    return Decoded(text, encoding, (f"有 {lost} 处字节损坏，按 {encoding} 读出 ({lost} spoiled bytes)",))


def _checked(decoded: Decoded, name: str) -> Decoded:
    """`decoded`, unless it is binary data or text that somebody decoded wrongly before."""
    if _holds_many_controls(decoded.text):
        raise DecodeError(f"{name}: 不是文本 (binary data, not text)")
    if is_mojibake(decoded.text):
        raise DecodeError(
            f"{name}: 内容是乱码 (cannot decode: the text was spoiled by a wrong encoding before)"
        )
    return decoded


def _holds_many_controls(text: str) -> bool:
    sample = text[:_SAMPLE_CHARS]
    return len(_CONTROL.findall(sample)) > len(sample) * _MAX_CONTROL


def is_mojibake(text: str) -> bool:
    """True where text was once read by a wrong table and saved so (`浠婃棩`, `ä»Šå¤©`), or lost too much."""
    sample = text[:_SAMPLE_CHARS]
    n_beyond = sum(char > "\x7f" for char in sample)
    if not n_beyond or plausibility(sample) >= _PLAUSIBLE:
        return False
    if sample.count("\ufffd") > n_beyond * _MAX_LOST or sample.count("锟斤拷") * 3 > n_beyond * _MAX_LOST:
        return True
    return any(_reads_better(was, right) for was, right in _as_it_was(sample))


def _as_it_was(text: str) -> Iterator[tuple[bytes, str]]:
    """The bytes that a wrong table may have turned into `text`, each with the right table."""
    yield text.encode("gb18030", "ignore"), "utf-8"
    yield text.encode("big5hkscs", "ignore"), "utf-8"
    latin = b"".join(char.encode("latin-1" if char < "\u0100" else "cp1252", "ignore") for char in text)
    yield latin, "utf-8"
    yield latin, "gb18030"


def _reads_better(data: bytes, encoding: str) -> bool:
    """Whether most of `data` is Chinese in `encoding`; half of it may have been lost on the way."""
    text = data.decode(encoding, "replace")
    n_lost = text.count("\ufffd")
    kept = text.replace("\ufffd", "")
    n_beyond = sum(char > "\x7f" for char in kept)
    return n_beyond > 0 and n_lost <= n_beyond and plausibility(kept) >= _PLAUSIBLE
