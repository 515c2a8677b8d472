"""The search engine of the extra `search`: pagefind, whose index a browser reads in small parts.

A month is indexed in three stretches, each a bundle of its own that the search page merges, so that a day's
issue costs the indexing of ten days at most, however many years there are. What is indexed are not the pages
but the whole texts of the stories in all papers' versions, as the library indexes them: by pairs of hanzi and
by single ones, as words between spaces. pagefind's own cutting of Chinese finds words of a dictionary only:
of 双碳 not 碳. The program for all languages is enough therefore, not the larger one for Chinese.
"""

from __future__ import annotations

import json
import os
import subprocess
import tempfile
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from html import escape
from importlib.metadata import version
from pathlib import Path

from digest.errors import RenderError
from digest.library.catalogue import Key
from digest.model import Item
from digest.render.view import StoryView
from digest.site import shards
from digest.text.grams import folded, indexed

LANGUAGE = "unknown"  # to pagefind: nothing is stemmed or cut
TIMEOUT_SECONDS = 300
HEADLINE_WEIGHT = 6  # as in the library
_BETWEEN = "0x0"  # a word that no phrase goes over: pagefind drops what is no letter or digit
_KEPT = ("pagefind.js", "pagefind-entry.json", f"wasm.{LANGUAGE}.pagefind")  # the rest is its own search page
_KEPT_SUFFIXES = (".pf_meta", ".pf_index", ".pf_fragment")
FACTS = "facts.json"
_SIGNATURE = b"pagefind_dcd"


@dataclass(frozen=True, slots=True)
class Engine:
    """The program, and its version."""

    program: Path
    version: str


def find_engine() -> Engine | None:
    """The program of the wheel `pagefind_bin`; None where the extra is not installed."""
    try:
        import pagefind_bin
    except ImportError:
        return None
    return Engine(Path(pagefind_bin.get_executable()), version("pagefind_bin"))


def stretch_of(day: date) -> str:
    """2026-03-1 for the first ten days of a month, then -2; -3 for the rest."""
    return f"{day.isoformat()[:7]}-{min((day.day - 1) // 10, 2) + 1}"


def document(key: Key, item: Item, story: StoryView) -> bytes:
    """A story for pagefind: its words, and what the search page shows of it."""
    lead = item.story.lead.article
    head = "\n".join((lead.kicker, lead.title, lead.subtitle, *(k.word for k in item.story.lead.keywords)))
    texts = [text for version in item.story.members for text in (version.article.title, version.article.text)]
    shown = escape(json.dumps(shards.record(key, story), ensure_ascii=False))
    return (
        f'<!DOCTYPE html><html lang="{LANGUAGE}"><body data-pagefind-body>'
        f'<i data-pagefind-meta="story[data-v]" data-v="{shown}"></i>'
        f'<p data-pagefind-weight="{HEADLINE_WEIGHT}">{_words(head)}</p><p>{_words(chr(10).join(texts))}</p>'
    ).encode("utf-8", "replace")


def _words(text: str) -> str:
    """In one script; and in its own too where that is another, since no browser can convert a query."""
    forms = dict.fromkeys((folded(text), text.lower()))
    return f" {_BETWEEN} ".join(" ".join(_tokens(form)) for form in forms)


def _tokens(text: str) -> Iterator[str]:
    return (token if token.isalnum() else _BETWEEN for token in indexed(text))


def bundle(engine: Engine, documents: Mapping[str, bytes]) -> dict[str, bytes]:
    """The files of the index of `documents`, which are named by their paths; the same give the same bytes.

    Raises RenderError where the program fails.
    """
    with tempfile.TemporaryDirectory() as folder:
        site, made = Path(folder) / "site", Path(folder) / "bundle"
        for name, data in documents.items():
            path = site / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
        told = ("--site", site, "--output-path", made, "--force-language", LANGUAGE, "--silent")
        _run((engine.program, *told), folder)
        paths = sorted(path for path in made.rglob("*") if path.is_file() and _is_kept(path.name))
        files = {path.relative_to(made).as_posix(): path.read_bytes() for path in paths}
        return files | {FACTS: _facts(files)}


def _facts(files: Mapping[str, bytes]) -> bytes:
    """By the id of a story in the index, what the search page narrows by: day, region, topic, papers.

    pagefind's own filters are written in another order each time, and two builds must give the same bytes.
    """
    found = {}
    for path, data in files.items():
        folder, _, name = path.partition("/")
        if folder == "fragment":
            fragment = json.loads(zlib.decompress(data, zlib.MAX_WBITS | 16).removeprefix(_SIGNATURE))
            _, day, _, region, topic, papers, *_ = json.loads(fragment["meta"]["story"])
            found[name.removesuffix(".pf_fragment")] = [day, region, topic, papers]
    return json.dumps(found, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")


def _run(command: Sequence[str | os.PathLike[str]], folder: str) -> None:
    # in a folder of its own, and without variables that would configure it
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PAGEFIND_")}
    try:
        done = subprocess.run(
            command,
            cwd=folder,
            env=environment,
            capture_output=True,
            stdin=subprocess.DEVNULL,
            timeout=TIMEOUT_SECONDS,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise RenderError(f"pagefind: 无法运行 (cannot be run): {error}") from error
    if done.returncode != 0:
        said = (done.stderr or done.stdout).decode("utf-8", "replace").strip().splitlines()
        raise RenderError(f"pagefind: 索引失败 (indexing failed): {said[-1] if said else done.returncode}")


def _is_kept(name: str) -> bool:
    return name in _KEPT or name.endswith(_KEPT_SUFFIXES)
