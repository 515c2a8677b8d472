"""Themes: folders of Jinja templates and CSS. A user's folder replaces any file of the default theme."""

from __future__ import annotations

import traceback
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
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
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from digest.errors import RenderError, UsageError

DEFAULT = "default"
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
        # {% extends "default/issue.html.j2" %} reaches the template that a user's file replaces.
        replaced = PrefixLoader({DEFAULT: FunctionLoader(partial(_source, self.folders[-1:]))})
        kind = ImmutableSandboxedEnvironment if self.is_users else Environment
        environment = kind(
            loader=ChoiceLoader([own, replaced]),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
        )
        environment.globals["stylesheet"] = self._stylesheet
        return environment

    def _stylesheet(self, name: str) -> Markup:
        """The CSS file `name` for a <style> element: not escaped, and unable to end the element."""
        path = find_file(self.folders, name)
        if path is None:
            raise TemplateNotFound(name)
        css = path.read_text(encoding="utf-8")
        return Markup(css.replace("</", "<\\/"))


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
    default = _shipped(DEFAULT)
    if default is None:
        raise RenderError(f"{TEMPLATE_ROOTS[-1]}: 缺少默认主题 (the default theme is missing; reinstall)")
    if name == DEFAULT:
        return Theme(name, (default,), is_users=False)
    shipped = _shipped(name)
    if shipped is not None:
        return Theme(name, (shipped, default), is_users=False)
    folder = Path(name).expanduser()
    if not name or not folder.is_dir():
        raise UsageError(f"{name}: 没有这个主题，也没有这个目录 (no such theme or folder)")
    return Theme(name, (folder.resolve(), default), is_users=True)


def _shipped(name: str) -> Path | None:
    if not name.isidentifier():
        return None
    found = (root / name for root in TEMPLATE_ROOTS if (root / name).is_dir())
    return next(found, None)


def fill(theme: Theme, template: str, values: dict[str, Any]) -> str:
    """The text that the theme's `template` gives for `values`.

    Raises RenderError, naming the template and the line, for anything that a theme can do wrong.
    """
    try:
        return theme.environment().get_template(template).render(values)
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
