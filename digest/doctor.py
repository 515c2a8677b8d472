"""What the program needs of the system, whether it is there, and how to get it."""

from __future__ import annotations

import platform
import sys
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec

from digest.render import check
from digest.render.check import Check

OLDEST_PYTHON = (3, 11)
EXTRAS = {
    "web": (("trafilatura",), "一般网页的正文 articles of any web page"),
    "search": (("pagefind_bin",), "网站上查全文 search in the whole texts on the site"),
    "ocr": (("rapidocr", "onnxruntime"), "识别扫描版面 scanned pages"),
    "cluster": (("distributed",), "Dask 集群 work on a cluster"),
}


def examine() -> tuple[Check, ...]:
    """All checks, in the order in which they are shown."""
    return (_python(), *check.examine(), *_extras())


def _python() -> Check:
    detail = f"{platform.python_version()} ({sys.executable})"
    new_enough = sys.version_info[:2] >= OLDEST_PYTHON
    return Check("Python", new_enough, True, detail, "python.org，3.11 或更新 or newer")


def _extras() -> Iterator[Check]:
    for extra, (modules, use) in EXTRAS.items():
        found = all(find_spec(module) is not None for module in modules)
        detail = f"{use}: {_versions(modules)}" if found else f"{use}: 未安装 not installed"
        yield Check(f"可选 extra {extra}", found, False, detail, f"pip install 'digest[{extra}]'")


def _versions(modules: tuple[str, ...]) -> str:
    known = []
    for module in modules:
        try:
            known.append(f"{module} {version(module)}")
        except PackageNotFoundError:
            known.append(module)
    return ", ".join(known)
