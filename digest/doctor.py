"""What the program needs of the system, whether it is there, and how to get it."""

from __future__ import annotations

import ctypes
import platform
import sys
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec

from digest.errors import MissingDependencyError
from digest.render.fonts import HOW_TO_GET, installed

OLDEST_PYTHON = (3, 11)
EXTRAS = {
    "web": (("trafilatura",), "一般网页的正文 articles of any web page"),
    "ocr": (("rapidocr", "onnxruntime"), "识别扫描版面 scanned pages"),
    "cluster": (("distributed",), "Dask 集群 work on a cluster"),
}
# As WeasyPrint looks for them: the names on Linux, on macOS, in Homebrew's folders, on Windows.
PANGO = ("libpango-1.0.so.0", "libpango-1.0.0.dylib", "libpango-1.0-0.dll")
PANGOFT2 = ("libpangoft2-1.0.so.0", "libpangoft2-1.0.0.dylib", "libpangoft2-1.0-0.dll")
HARFBUZZ_SUBSET = ("libharfbuzz-subset.so.0", "libharfbuzz-subset.0.dylib", "libharfbuzz-subset-0.dll")
FOLDERS = ("", "/opt/homebrew/lib/", "/usr/local/lib/")
SHOWN_FONTS = 4


@dataclass(frozen=True, slots=True)
class Check:
    """One thing looked for: whether work stops without it, what was found, how to get it."""

    name: str
    needed: bool
    found: bool
    detail: str
    remedy: str = ""


def examine() -> tuple[Check, ...]:
    """All checks, in the order in which they are shown."""
    return (_python(), *_libraries(), _fonts(), *_extras())


def _python() -> Check:
    detail = f"{platform.python_version()} ({sys.executable})"
    return Check(
        "Python", True, sys.version_info[:2] >= OLDEST_PYTHON, detail, "python.org，3.11 或更新 or newer"
    )


def _libraries() -> Iterator[Check]:
    pango, pangoft2 = _load(PANGO), _load(PANGOFT2)
    detail = _pango_version(pango) if pango and pangoft2 else "没有找到，排不出 PDF (not found: no PDF)"
    remedy = "Debian/Ubuntu: sudo apt install libpango-1.0-0 libpangoft2-1.0-0; macOS: brew install pango"
    yield Check("Pango", True, bool(pango and pangoft2), detail, remedy)
    subset = _load(HARFBUZZ_SUBSET)
    detail = "有 found" if subset else "没有找到，PDF 排得慢 (not found: PDFs take much longer)"
    remedy = "Debian/Ubuntu: sudo apt install libharfbuzz-subset0; macOS: brew install harfbuzz"
    yield Check("HarfBuzz subset", False, bool(subset), detail, remedy)


def _load(names: tuple[str, ...]) -> ctypes.CDLL | None:
    for folder in FOLDERS:
        for name in names:
            with suppress(OSError):
                return ctypes.CDLL(folder + name)
    return None


def _pango_version(library: ctypes.CDLL) -> str:
    library.pango_version_string.restype = ctypes.c_char_p
    found: bytes = library.pango_version_string()
    return found.decode("ascii", "replace")


def _fonts() -> Check:
    name = "中文字体 Chinese fonts"
    try:
        chinese = installed().chinese()
    except MissingDependencyError as error:
        return Check(name, True, False, str(error), HOW_TO_GET)
    if not chinese:
        return Check(name, True, False, "没有找到，排不出 PDF (none found: no PDF)", HOW_TO_GET)
    more = f" 等 {len(chinese)} 种 of {len(chinese)}" if len(chinese) > SHOWN_FONTS else ""
    return Check(name, True, True, "、".join(chinese[:SHOWN_FONTS]) + more)


def _extras() -> Iterator[Check]:
    for extra, (modules, use) in EXTRAS.items():
        found = all(find_spec(module) is not None for module in modules)
        detail = f"{use}: {_versions(modules)}" if found else f"{use}: 未安装 not installed"
        yield Check(f"可选 extra {extra}", False, found, detail, f"pip install 'digest[{extra}]'")


def _versions(modules: tuple[str, ...]) -> str:
    known = []
    for module in modules:
        try:
            known.append(f"{module} {version(module)}")
        except PackageNotFoundError:
            known.append(module)
    return ", ".join(known)
