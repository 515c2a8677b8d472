"""Themes: folders of Jinja templates, CSS and scripts, each standing on the ones that are shipped.

A file is looked for in the theme's own folder first, then in those of `SHIPPED`, in that order. So a theme
holds only what it changes: `web` is the screen of every theme that brings none, `jianbao` its paper.
"""

from __future__ import annotations

import base64
import hashlib
import traceback
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache, partial
from pathlib import Path
from typing import Any

from jinja2 import (
    ChoiceLoader,
    Environment,
    FunctionLoader,
    PrefixLoader,
    StrictUndefined,
    TemplateError,
    TemplateNotFound,
    TemplateSyntaxError,
)
from jinja2.exceptions import SecurityError
from jinja2.runtime import Macro
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from digest.errors import RenderError, UsageError
from digest.render import markdown

DEFAULT = "default"  # no folder: web on the screen, jianbao on paper
THEMES = ("web", "jianbao", "newspaper", "plain")
# The order in which a file is looked for; stylesheets have a name of their own.
SHIPPED = (*THEMES, "epub", "shared", "mail", "site")
KEPT = 20_000  # of what macros gave by `once`
TEXT_SUFFIXES = (".txt.j2", ".md.j2", "text.j2")  # of templates that give no markup
_PACKAGE = Path(__file__).resolve().parent.parent
# In the source tree the templates stand beside the package, in an installed wheel inside it.
TEMPLATE_ROOTS = (_PACKAGE / "templates", _PACKAGE.parent / "templates")


@dataclass(frozen=True, slots=True)
class Theme:
    """Where the files of a theme lie; the first folder that has a file wins."""

    name: str
    folders: tuple[Path, ...]
    is_users: bool  # not shipped with the program: its templates run in a sandbox

    def environment(self) -> Environment:
        """The Jinja environment of this theme: everything is escaped, a missing value is an error."""
        own = FunctionLoader(partial(_source, self.folders))
        # {% extends "web/issue.html.j2" %} reaches the template that a user's file replaces.
        shipped: dict[str, tuple[Path, ...]] = {name: (folder,) for name, folder in _shipped_folders()}
        shipped[DEFAULT] = tuple(folder for _, folder in _shipped_folders())
        replaced = PrefixLoader(
            {name: FunctionLoader(partial(_source, folders)) for name, folders in shipped.items()}
        )
        kind = ImmutableSandboxedEnvironment if self.is_users else Environment
        environment = kind(
            loader=ChoiceLoader([replaced, own]),
            autoescape=_is_markup,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
        )
        environment.filters["md"] = markdown.escaped
        environment.globals["stylesheet"] = self._stylesheet
        environment.globals["script"] = self._script
        environment.globals["script_hash"] = self._script_hash
        environment.globals["once"] = lru_cache(maxsize=KEPT)(_called)
        return environment

    def _stylesheet(self, name: str) -> Markup:
        """The CSS file `name` for a <style> element: not escaped, and unable to end the element."""
        return Markup(self.text(name).replace("</", "<\\/"))

    def _script(self, name: str) -> Markup:
        """The script `name` for a <script> element: not escaped, and unable to end the element."""
        return Markup(self.text(name).replace("</", "<\\/").replace("<!--", "<\\!--"))

    def _script_hash(self, name: str) -> str:
        """What a Content-Security-Policy calls ``<script>{{ script(name) }}</script>``: sha256-…"""
        digest = hashlib.sha256(str(self._script(name)).encode("utf-8")).digest()
        return f"sha256-{base64.b64encode(digest).decode('ascii')}"

    def text(self, name: str) -> str:
        """The file `name` of the theme. Raises TemplateNotFound where there is none."""
        path = find_file(self.folders, name)
        if path is None:
            raise TemplateNotFound(name)
        return path.read_text(encoding="utf-8")


def _called(macro: Macro, *values: object) -> Any:
    """What a macro gives for these values, on which alone it must depend: `once` keeps it."""
    if not isinstance(macro, Macro):
        raise TypeError("once() takes a macro")
    return macro(*values)


def _is_markup(template: str | None) -> bool:
    """Whether a template gives HTML or XML, in which the words of others are escaped: all but text."""
    return not (template or "").endswith(TEXT_SUFFIXES)


def read_file(theme: Theme, name: str) -> str:
    """The text of one of the theme's own files. Raises RenderError where there is none."""
    path = find_file(theme.folders, name)
    if path is None:
        raise RenderError(f"{theme.name}: 缺少文件 {name} (file not found)")
    return path.read_text(encoding="utf-8")


def find_file(folders: Sequence[Path], name: str) -> Path | None:
    """The file `name` in the first of the folders that has it, or None.

    Nothing outside of a folder is ever found, by no path and by no symbolic link.
    """
    if not name or "\0" in name:
        return None
    for folder in folders:
        root = folder.resolve()
        path = (root / name).resolve()
        if path.is_relative_to(root) and path.is_file():
            return path
    return None


def _source(folders: Sequence[Path], name: str) -> tuple[str, str, None] | None:
    path = find_file(folders, name)
    return (path.read_text(encoding="utf-8"), str(path), None) if path else None


def find_theme(name: str) -> Theme:
    """The theme of that name, or in the folder of that path.

    Raises UsageError where there is neither.
    """
    shipped = dict(_shipped_folders())
    base = tuple(shipped.values())
    if name == DEFAULT:
        return Theme(name, base, is_users=False)
    if name in THEMES:
        return Theme(name, (shipped[name], *base), is_users=False)
    folder = Path(name).expanduser()
    if not name or not folder.is_dir():
        known = "、".join((DEFAULT, *THEMES))
        raise UsageError(f"{name}: 没有这个主题，也没有这个目录 (no such theme or folder); 有 known: {known}")
    return Theme(name, (folder.resolve(), *base), is_users=True)


def _shipped_folders() -> list[tuple[str, Path]]:
    """Name and folder of everything in `SHIPPED`. Raises RenderError where one is missing."""
    found = []
    for name in SHIPPED:
        folder = next((root / name for root in TEMPLATE_ROOTS if (root / name).is_dir()), None)
        if folder is None:
            raise RenderError(f"{TEMPLATE_ROOTS[-1] / name}: 缺少主题 (a theme is missing; reinstall)")
        found.append((name, folder))
    return found


def fill(theme: Theme, template: str, values: dict[str, Any]) -> str:
    """The text that the theme's `template` gives for `values`.

    Raises RenderError, naming the template and the line, for anything that a theme can do wrong.
    """
    with theme_errors(theme, template):
        return theme.environment().get_template(template).render(values)


@contextmanager
def theme_errors(theme: Theme, template: str) -> Iterator[None]:
    """What a theme does wrong is a RenderError of one line, naming the template and the line in it."""
    try:
        yield
    except TemplateNotFound as error:
        raise RenderError(f"{theme.name}: 缺少模板 {error.name} (template not found)") from error
    except SecurityError as error:
        raise RenderError(f"{theme.name}/{template}: 模板越权 (forbidden in a theme): {error}") from error
    except TemplateError as error:
        raise RenderError(f"{_place(error, theme, template)}: {_one_line(error)}") from error
    except Exception as error:
        # A user's template is code that runs: what it raises is the theme's fault, which its author can mend.
        if not theme.is_users:
            raise
        what = f"{type(error).__name__}: {_one_line(error)}"
        raise RenderError(f"{_place(error, theme, template)}: {what}") from error


def _place(error: Exception, theme: Theme, template: str) -> str:
    """File and line of the template that an error arose in; Jinja writes them into the traceback."""
    if isinstance(error, TemplateSyntaxError):
        return f"{error.filename or template}:{error.lineno}"
    roots = tuple(f"{folder}/" for folder in theme.folders)
    trace = traceback.extract_tb(error.__traceback__)
    frames = [frame for frame in trace if frame.filename.startswith(roots)]
    return f"{frames[-1].filename}:{frames[-1].lineno}" if frames else f"{theme.name}/{template}"


def _one_line(error: BaseException) -> str:
    return " ".join(str(error).split())
