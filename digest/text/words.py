"""Words: rjieba by default, jieba where a user's dictionary is at work.

Both are the same dictionary and algorithm. jieba itself is imported only when a dictionary is given: it is
unmaintained, slow to load, and reads a cache file without asking who owns it, hence the private folder.
"""

from __future__ import annotations

import re
import tempfile
import warnings
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

# jieba's dictionary has no word longer than 16 characters; its graph over an endless unbroken run is
# quadratic, so a run is cut blindly where it passes this length. Prose breaks within about 60.
RUN_CHARS = 400

_LONG_RUN = re.compile(rf"[\u3400-\u9fff]{{{RUN_CHARS},}}|[^\u3400-\u9fff\s]{{{RUN_CHARS},}}")
SURROGATE = re.compile(r"[\ud800-\udfff]")

Cutter = Callable[[str], list[str]]


def cut(text: str) -> list[str]:
    """The words of `text` in order; joined they are `text` again, lone surrogates replaced by U+FFFD."""
    return _cut_with(_rust_cutter(), text)


def search_words(text: str) -> list[str]:
    """The words of `text`, and behind a long one the words inside of it, as a search engine wants them."""
    return _cut_with(dictionary().cut_for_search, text)


def cutter(dictionary: Path | None = None) -> Cutter:
    """A function like `cut` that also knows the words of a user's dictionary in jieba's format.

    Raises OSError where the file cannot be read, ValueError where it is not in jieba's format.
    """
    if dictionary is None:
        return cut
    return lambda text: _cut_with(_jieba_cutter(dictionary), text)


def _cut_with(cutter: Cutter, text: str) -> list[str]:
    if len(text) >= RUN_CHARS and _LONG_RUN.search(text):
        return [word for piece in _pieces(text) for word in _cut_piece(cutter, piece)]
    return _cut_piece(cutter, text)


def _cut_piece(cutter: Cutter, text: str) -> list[str]:
    try:
        return cutter(text)
    except UnicodeEncodeError:
        return cutter(SURROGATE.sub("\ufffd", text))


def _pieces(text: str) -> Iterator[str]:
    """The text in pieces, cut behind every RUN_CHARS characters of an unbroken run."""
    here = 0
    for run in _LONG_RUN.finditer(text):
        yield text[here : run.start()]
        for start in range(run.start(), run.end(), RUN_CHARS):
            yield text[start : min(start + RUN_CHARS, run.end())]
        here = run.end()
    if here < len(text):
        yield text[here:]


@cache
def dictionary() -> Any:
    """The one rjieba object, with the methods `cut` and `tag`; it takes 80 ms and 100 MB to make."""
    import rjieba

    return rjieba.Jieba()


@cache
def _rust_cutter() -> Cutter:
    segment: Callable[[str], list[str]] = dictionary().cut
    return segment


@cache
def _jieba_cutter(dictionary: Path) -> Cutter:
    tokenizer: Any = _jieba().Tokenizer()
    _initialise(tokenizer)
    with dictionary.open("rb") as lines:
        tokenizer.load_userdict(lines)
    segment: Callable[[str], list[str]] = tokenizer.lcut
    return segment


@cache
def initialise_jieba() -> None:
    """Make jieba's own tokenizer ready, for a library that uses it."""
    _initialise(_jieba().dt)


def _jieba() -> Any:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import jieba
    jieba.setLogLevel(60)
    return jieba


def _initialise(tokenizer: Any) -> None:
    # its cache would stand in the shared temporary folder and be read without asking who owns it
    if not tokenizer.initialized:
        with tempfile.TemporaryDirectory(prefix="digest-jieba-") as folder:
            tokenizer.tmp_dir = folder
            tokenizer.initialize()
