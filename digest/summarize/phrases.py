"""Who and what an article names: people with an office or a verb of speech, and organisations.

Words and tags are those of the cutter's dictionary. A person is believed where the name stands behind an
office (市长) or before a verb of speech or presence, an organisation where a name of a place or of its own
leads to a word like 公司, 大学, 委员会. Conservative: a broken name is worse than none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from digest.model import Phrase
from digest.summarize.document import MAX_DAMAGE, Document
from digest.summarize.keyphrases import SOUNDS
from digest.summarize.wordlists import word_list
from digest.text.names import tagged

MAX_PHRASES = 10  # of each kind
MAX_NAMES = 200  # different ones that are looked at; counting each costs a pass over the text
LONGEST_ORGANISATION = 20  # characters
FEWEST_CHARS = 6  # 县医院, 人民检察院 are any
_SURNAMES = tuple(word_list("surnames"))
_OFFICES = tuple(word_list("offices"))
_BODIES = tuple(word_list("bodies"))
_ACTS = re.compile(
    "(?:[0-9]{1,2}日|昨天|今天|日前|近日|还|在[^，。]{1,16}时)?"
    "(?:" + "|".join(word_list("say")) + "|出席|主持|参加|会见|讲话|带队|调研|获悉)"
)
_TWO = re.compile("[和与及]")
_INSIDE = frozenset({"n", "ns", "nt", "nz", "nr", "j", "vn", "nrt"})
_PERSON = frozenset({"nr", "nrfg"})
# what may follow a name; 廖|建文, 王某|红: with a noun or an adjective the cutter has likely broken it
_AFTER_NAMES = frozenset({"v", "x", "d", "p", "t", "m", "c", "u", "uj"})
_BROKEN = re.compile(".[说称讲问道]")  # 王建|明说
_PLACE_OR_NAME = frozenset({"ns", "nt", "nz"})


def find_phrases(document: Document, text: str, damage: Sequence[float]) -> tuple[Phrase, ...]:
    """People, then organisations, of an article with the text `text`: the oftenest named first."""
    first: dict[tuple[str, str], int] = {}
    at = 0
    for line, spoilt in zip(document.copy.split("\n"), damage, strict=True):
        if spoilt <= MAX_DAMAGE:
            for kind, start, end in _named(line):
                first.setdefault((kind, line[start:end]), at + start)
        if len(first) >= MAX_NAMES:
            break
        at += len(line) + 1
    found = [
        Phrase(text[start : start + len(name)], start, start + len(name), kind, document.copy.count(name))
        for (kind, name), start in first.items()
    ]
    found.sort(key=lambda phrase: (-phrase.count, phrase.start))
    return tuple(
        phrase
        for kind in ("person", "organisation")
        for phrase in _outermost([phrase for phrase in found if phrase.kind == kind])[:MAX_PHRASES]
    )


def _outermost(phrases: Sequence[Phrase]) -> list[Phrase]:
    """The phrases that are not part of a longer one."""
    texts = [phrase.text for phrase in phrases]
    return [one for one in phrases if not any(one.text != text and one.text in text for text in texts)]


def _named(line: str) -> Iterator[tuple[str, int, int]]:
    words: list[tuple[str, str, int]] = []
    at = 0
    for word, tag in tagged(line):
        words.append((word, tag, at))
        at += len(word)
    for index, (word, tag, start) in enumerate(words):
        if tag in _PERSON and _is_person(line, word, start, words[index + 1 : index + 2]):
            yield "person", start, start + len(word)
        elif word.endswith(_BODIES):
            begins, end = _organisation_begins(words, index), start + len(word)
            whole = begins >= 0 and _TWO.search(line, begins, start) is None
            if whole and FEWEST_CHARS <= end - begins <= LONGEST_ORGANISATION:
                yield "organisation", begins, end


def _is_person(line: str, name: str, start: int, following: Sequence[tuple[str, str, int]]) -> bool:
    if not 2 <= len(name) <= 4 or not name.startswith(_SURNAMES):
        return False
    if len(name) > 2 and SOUNDS.issuperset(name):  # the end of a foreign name
        return False
    acts = _ACTS.match(line, start + len(name)) is not None
    if line.endswith(_OFFICES, 0, start):
        whole = all(tag in _AFTER_NAMES and not _BROKEN.fullmatch(word) for word, tag, _ in following)
        return acts or whole
    begins = start == 0 or not line[start - 1].isalnum()
    return begins and acts and len(name) == 3


def _organisation_begins(words: Sequence[tuple[str, str, int]], index: int) -> int:
    """Where the name begins that ends with the word at `index`: at its first word, which must be a name."""
    first = index
    while first > 0 and words[first - 1][1] in _INSIDE and index - first < 6:
        first -= 1
    while first <= index and words[first][1] not in _PLACE_OR_NAME:
        first += 1
    return words[first][2] if first <= index else -1
