"""What the search page reads where there is no search engine: the stories of a month, as a script.

A script and not JSON, since a page that is opened from a file share may load a script beside it and fetch
nothing. Adding a day changes the file of its month alone.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence

from digest.library.catalogue import Key
from digest.render.view import StoryView
from digest.site import paths
from digest.site.frame import script_json
from digest.text.grams import folded

_NAME = re.compile(rb'digestIssue\(("(?:[^"\\]|\\.)*"),')
MONTHS = "search/months.js"


def shard_path(month: str) -> str:
    return f"search/{month}.js"


def record(key: Key, story: StoryView) -> list[object]:
    """A story as the search page knows it; where the script is Traditional, with a Simplified copy."""
    summary = "".join((" " if s.space_before else "") + s.text for s in story.sentences)
    words = "\n".join((story.kicker, story.headline, story.subtitle, summary, " ".join(story.keywords)))
    copy = folded(words)
    return [
        paths.href(paths.SEARCH, paths.story_page(key)),
        key.day.isoformat(),
        story.headline,
        story.region.name,
        story.topic.name,
        list(story.papers),
        summary,
        copy if copy != words.lower() else "",
        story.lang,
        " ".join((story.kicker, story.subtitle, *story.keywords)).strip(),
    ]


def line(name: str, records: Iterable[list[object]]) -> bytes:
    """The stories of an issue, one line of the shard of its month."""
    return f"digestIssue({script_json(name)},{script_json(list(records))});\n".encode()


def issue_line(name: str, views: Mapping[Key, StoryView]) -> bytes:
    """The line of an issue with these stories."""
    return line(name, (record(key, view) for key, view in views.items()))


def lines(shard: bytes) -> dict[str, bytes]:
    """The lines of a shard by the names of their issues."""
    found = {}
    for one in shard.splitlines(keepends=True):
        name = _NAME.match(one)
        if name:
            found[json.loads(name[1])] = one
    return found


def months_script(counts: Sequence[tuple[str, int]], stretches: Sequence[str]) -> bytes:
    """The months that there are shards of, newest first, with their number of stories; what is indexed."""
    data = [[list(pair) for pair in counts], *([list(stretches)] if stretches else [])]
    return f"digestMonths({','.join(map(script_json, data))});\n".encode()
