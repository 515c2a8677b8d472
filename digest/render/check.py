"""What setting a PDF needs of the system, whether it is there, and how to get it."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import dataclass

from digest.errors import DigestError
from digest.render.fonts import HOW_TO_GET, PREFERRED, Inventory, installed

PANGO_REMEDY = (
    "Debian/Ubuntu: sudo apt install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0; "
    "macOS: brew install pango; 其他系统 elsewhere: doc.courtbouillon.org/weasyprint/stable/first_steps.html"
)
SUBSET_REMEDY = (
    "Debian/Ubuntu: sudo apt install libharfbuzz-subset0; macOS: brew install harfbuzz; "
    "其他系统 elsewhere: HarfBuzz 3 or later with hb-subset"
)
KAI_REMEDY = (
    "Debian/Ubuntu: sudo apt install fonts-lxgw-wenkai; macOS: brew install --cask font-lxgw-wenkai; "
    "其他系统 elsewhere: github.com/lxgw/LxgwWenKai"
)
CHINESE_FONT = "中文字体 Chinese font"
NOT_FOUND = "未找到 not found"
PROBE_SECONDS = 60
# Asked in a process of its own: a library that is broken may end the process that loads it.
_PROBE = """
import warnings
warnings.simplefilter("ignore")
from weasyprint.text import ffi
print(ffi.pango.pango_version())
print("subset" if ffi.harfbuzz_subset else "")
"""


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that setting a PDF needs."""

    name: str
    found: bool
    needed: bool  # False: works without, only slower or plainer
    detail: str
    remedy: str


def examine() -> tuple[Check, ...]:
    """Pango, the HarfBuzz subsetter and the Chinese fonts of this machine."""
    return (*_libraries(), *_fonts())


def _libraries() -> tuple[Check, Check]:
    try:
        probe = subprocess.run(
            [sys.executable, "-P", "-c", _PROBE],
            capture_output=True,
            text=True,
            timeout=PROBE_SECONDS,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        said, why = [], str(error)
    else:
        said, why = probe.stdout.split("\n"), (probe.stderr.strip().splitlines() or [""])[-1]
    pango = bool(said and said[0])
    subset = len(said) > 1 and said[1] == "subset"
    return (
        Check("Pango", pango, True, _version(said[0]) if pango else why or NOT_FOUND, PANGO_REMEDY),
        Check(
            "HarfBuzz subset",
            subset,
            False,
            "PDF 字体子集 (font subsets)" if subset else "没有它排版较慢 (works without, slower)",
            SUBSET_REMEDY,
        ),
    )


def _version(text: str) -> str:
    """15012 → 1.50.12, as Pango counts."""
    number = int(text)
    return f"{number // 10000}.{number // 100 % 100}.{number % 100}"


def _fonts() -> tuple[Check, ...]:
    try:
        inventory = installed()
    except DigestError as error:
        return (Check(CHINESE_FONT, False, True, str(error), HOW_TO_GET),)
    return font_checks(inventory)


def font_checks(inventory: Inventory) -> tuple[Check, ...]:
    """Whether there is a Chinese font at all, and which roles of a page have one of their own."""
    chinese = inventory.chinese()
    families = {family for font in inventory.fonts for family in font.families}
    checks = [Check(CHINESE_FONT, bool(chinese), True, "、".join(chinese[:3]) or NOT_FOUND, HOW_TO_GET)]
    if not chinese:
        return tuple(checks)
    roles = (
        ("宋体 serif", "song", HOW_TO_GET),
        ("黑体 sans", "hei", HOW_TO_GET),
        ("楷体 kai", "kai", KAI_REMEDY),
    )
    for name, role, remedy in roles:
        own = [family for family in PREFERRED[role] if family in families]
        detail = own[0] if own else "用其他中文字体代替 (another Chinese font stands in)"
        checks.append(Check(name, bool(own), False, detail, remedy))
    return tuple(checks)
