"""Character classes that the set phrases of a newspaper share, for use in patterns."""

from __future__ import annotations

import re

CJK = "\u3400-\u4dbf\u4e00-\u9fff"
SPACE = r"[ \t\u3000]{0,4}"
OPEN, CLOSE = "[（(]", "[）)]"
#: What stands before a byline.
MARK = "□■◆◇●○▲△◎★☆▪◼\u25fe"
NAME_CHAR = "\u4e00-\u9fff·"
#: What a subtitle begins with, its title above it.
SUBTITLE = re.compile(r"[—–-]{2}")
REPORTER = "[记記]者"
#: A line that ends so announces what follows: it is a kicker, and no title by itself.
ANNOUNCES = re.compile(r"(?:[强強][调調]|指出|表示|[获獲]悉|[时時上中]要求)$")

#: So many answers are kept: a line is asked the same several times while its page is read.
CACHED = 4096
