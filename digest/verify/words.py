"""Whether a text holds another, however the two were set: only letters and digits are compared.

Between the words of a published file stand line ends, marks of references, page numbers; none of its letters
may be missing, and none may have come in.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

from digest.verify.view import Told


def bare(text: str) -> str:
    """The letters and digits of `text`."""
    return "".join(char for char in text if char.isalnum())


def missing(text: str | Sequence[str], stories: Iterable[Told]) -> list[str]:
    """What of the stories does not stand in `text`, or on its pages, a line each."""
    pages = [bare(page) for page in ([text] if isinstance(text, str) else text)]
    found = []
    for story in stories:
        if not _stands(bare(story.headline), pages):
            found.append(f"缺第{story.number}条的标题 (a headline is missing): {story.headline}")
        found += [
            f"第{story.number}条有一句不同或缺失 (a sentence differs or is missing): {sentence}"
            for sentence in story.sentences
            if not _stands(bare(sentence), pages)
        ]
    return found


def _stands(words: str, pages: Sequence[str]) -> bool:
    """On one page, or begun on one and ended on the next: what stands at the edges comes between."""
    if any(words in page for page in pages):
        return True
    for page, following in pairwise(pages):
        for end in range(1, len(words)):
            if words[:end] not in page:
                break
            if words[end:] in following:
                return True
    return False
