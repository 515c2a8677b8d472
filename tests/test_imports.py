"""The import rule: who may know whom, read off the import statements."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "digest"

BASE = {"model", "errors", "config"}
STAGES = {"read", "page", "text", "summarize", "classify", "story", "compose", "render", "publish", "site"}
ALLOWED = {
    "model": set(),
    "errors": set(),
    "progress": set(),
    "config": {"errors"},
    "origin": {"model"},
    "keys": {"model"},
    "withdrawal": {"model"},
    "machine": {"model", "origin"},
    "executor": {"errors"},
    "text": BASE,
    "page": BASE | {"text"},
    "read": BASE | {"page", "text"},
    "summarize": BASE | {"text"},
    "classify": BASE | {"text"},
    "story": BASE | {"text"},
    "compose": BASE | {"keys", "story", "text", "withdrawal"},
    "render": BASE | {"origin", "withdrawal"},
    "publish": BASE,
    "library": BASE | {"text"},
    "draft": BASE | {"compose", "story", "text"},
    "keep": BASE | {"library", "publish", "render", "withdrawal"},
    "fetch": BASE | {"publish"},
    "daily": BASE | {"fetch", "publish"},
    "starter": BASE,
    "recipients": BASE,
    "serve": set(),
    "mailing": BASE | {"classify", "compose", "recipients", "render", "publish", "library", "keep"},
    "site": BASE | {"library", "render", "publish", "progress", "text", ""},
    "verify": BASE | {"read", "render", "library", "publish"},
    "doctor": BASE | {"render"},
    "summary": BASE | {"summarize", "executor"},
    "pipeline": BASE | STAGES | {"draft", "keep", "keys", "executor", "progress", "origin"},
    "cli": BASE
    | {"withdrawal"}
    | {"pipeline", "doctor", "executor", "library", "machine", "mailing", "fetch", "daily", "starter", ""}
    | {"draft", "progress", "read", "serve", "summary"}
    | {"verify", "site"},
    "__main__": {"cli"},
    "__init__": set(),
}
ONE_HOME = {  # libraries that only one package may import
    "jieba": "text",
    "rjieba": "text",
    "opencc": "text",
    "jinja2": "render",
    "weasyprint": "render",
    "css_inline": "render",
    "smtplib": "publish",
    "click": "cli",
    "rich": "cli",
    "textrank4zh": "summarize",
    "networkx": "summarize",
    "lxml": "read",
    "yaml": "read",
    "pypdfium2": "read",
    "sqlite3": "library publish",  # each keeps a file of its own
    "tomlkit": "draft",
}


def _modules() -> list[Path]:
    return sorted(PACKAGE.rglob("*.py"))


def _unit(path: Path) -> str:
    """The package or the single module below digest/ that a file belongs to."""
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def _imported(path: Path) -> Iterator[str]:
    """Full names of all that a file imports, wherever the statement stands."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def _unit_of_name(name: str) -> str:
    """The unit of digest that a full name points into; "" for a name in the package itself."""
    unit = name.split(".")[1] if "." in name else ""
    return unit if (PACKAGE / unit).is_dir() or (PACKAGE / f"{unit}.py").is_file() else ""


@pytest.mark.parametrize("path", _modules(), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_a_module_imports_only_what_stands_below_it(path: Path) -> None:
    """Every module imports only the units that the design allows it."""
    unit = _unit(path)
    units = {_unit_of_name(name) for name in _imported(path) if name.split(".")[0] == "digest"}

    assert units - {unit} - ALLOWED[unit] == set()


@pytest.mark.parametrize("library", ONE_HOME)
def test_a_library_is_imported_in_one_place(library: str) -> None:
    """A library that carries a risk of its own is imported by one package alone."""
    homes = {_unit(path) for path in _modules() for name in _imported(path) if name.split(".")[0] == library}

    assert homes <= set(ONE_HOME[library].split())


def test_every_unit_has_a_rule() -> None:
    """A new module cannot come in without a rule for it."""
    assert {_unit(path) for path in _modules()} <= set(ALLOWED)
