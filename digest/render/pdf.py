"""View data → A4 PDF: fills the print template, checks its characters, and has a child process set it."""

from __future__ import annotations

import hashlib
import os
import re
import signal
import subprocess
import sys
from calendar import timegm
from dataclasses import fields, is_dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from markupsafe import Markup

from digest.config import RenderConfig
from digest.errors import ConfigError, RenderError
from digest.render.fonts import Inventory, check_glyphs, installed, printable
from digest.render.themes import Theme, fill
from digest.render.typeset import OUT_OF_MEMORY, Job
from digest.render.view import ArticleView, IssueView, TopicView

TEMPLATE = "print.html.j2"
# Those for readers with aids and for archives that WeasyPrint 70 writes; PDF/X is for printing presses, and
# ISO 19005-4 knows no level U, whatever WeasyPrint calls pdf/a-4u.
VARIANTS = ("", "pdf/ua-1", "pdf/ua-2", "pdf/a-2a", "pdf/a-2u", "pdf/a-3a", "pdf/a-3u")
# Of one field on paper. The longest of 14,644 sentences from 1,700 news texts has 322 characters; one run of
# 50,000 without a place to break it took WeasyPrint more than a minute, one of 1,000 takes no time.
MAX_CHARS = 1000
# The child imports the package that runs here, before an installed one and behind the standard library.
_START = """
import sys
sites = (i for i, path in enumerate(sys.path) if "site-packages" in path or "dist-packages" in path)
sys.path.insert(next(sites, len(sys.path)), sys.argv[1])
from digest.render.typeset import main
sys.exit(main())
"""
_PACKAGE_PARENT = Path(__file__).resolve().parent.parent.parent
_FONT_NAME = re.compile(r"[^\w .+-]")


def print_html(view: IssueView, theme: Theme, inventory: Inventory | None = None) -> str:
    """The HTML that is set as PDF.

    Raises FontError where no Chinese font is installed or no font has a character of the issue, RenderError
    where the theme fails.
    """
    inventory = installed() if inventory is None else inventory
    fonts = {role: _css_families(names) for role, names in inventory.stacks().items()}
    view = _clipped(_without_articles(view))
    text = printable(fill(theme, TEMPLATE, {"issue": view, "fonts": fonts}))
    check_glyphs(view, inventory)
    return text


def _without_articles(view: IssueView) -> IssueView:
    """The view as paper shows it: nobody can unfold an article there."""
    nothing = ArticleView((), 0, 0, False)

    def emptied(topic: TopicView) -> TopicView:
        return replace(topic, stories=tuple(replace(story, article=nothing) for story in topic.stories))

    sections = (replace(s, topics=tuple(map(emptied, s.topics))) for s in view.sections)
    return replace(view, sections=tuple(sections))


def _clipped(part: Any) -> Any:
    """The view with texts cut that no paper holds: layout is quadratic in a run that cannot be broken."""
    if isinstance(part, str):
        return part if len(part) <= MAX_CHARS else f"{part[:MAX_CHARS]}……（过长，全文见网页）"
    if isinstance(part, tuple):
        return tuple(_clipped(one) for one in part)
    if is_dataclass(part) and not isinstance(part, type):
        return replace(part, **{f.name: _clipped(getattr(part, f.name)) for f in fields(part)})
    return part


def set_pdf(html: str, view: IssueView, theme: Theme, config: RenderConfig) -> bytes:
    """The PDF of `html`; the same issue and the same fonts give the same bytes.

    Raises RenderError where the child process fails or passes a limit of `config`, ConfigError where the
    variant of PDF is not known.
    """
    if config.pdf_variant not in VARIANTS:
        known = ", ".join(filter(None, VARIANTS))
        raise ConfigError(f"render.pdf_variant: {config.pdf_variant} 未知 (unknown); 有 known: {known}")
    identifier = hashlib.sha256(html.encode("utf-8", "replace")).hexdigest()[:32]
    folders = tuple(str(folder) for folder in theme.folders)
    job = Job(html, folders, identifier, config.pdf_variant, config.pdf_seconds, config.pdf_memory_mb)
    return _run(job, _environment(date.fromisoformat(view.date_iso)))


def _run(job: Job, environment: dict[str, str]) -> bytes:
    # -P: the folder that the program is started in is no place to import from.
    command = [sys.executable, "-P", "-W", "ignore", "-c", _START, str(_PACKAGE_PARENT)]
    try:
        done = subprocess.run(
            command,
            input=job.to_json(),
            capture_output=True,
            env=environment,
            timeout=job.seconds,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise RenderError(_too_slow(job)) from error
    except OSError as error:
        raise RenderError(f"digest.pdf: {error.strerror}") from error
    if done.returncode == 0 and done.stdout.startswith(b"%PDF"):
        return done.stdout
    raise RenderError(_failure(done, job))


def _failure(done: subprocess.CompletedProcess[bytes], job: Job) -> str:
    said = done.stderr.decode("utf-8", "replace").strip().splitlines()
    if "cannot load library" in " ".join(said):
        return f"digest.pdf: 找不到 Pango，请看 digest doctor (Pango not found): {said[-1]}"
    if -done.returncode in (signal.SIGXCPU, signal.SIGKILL):
        return _too_slow(job)
    # Where memory ends Python says so, and the libraries under it break off with a signal.
    out_of_memory = "MemoryError" in said[-1] if said else False
    if done.returncode == OUT_OF_MEMORY or done.returncode < 0 or out_of_memory:
        return (
            f"digest.pdf: 排版中断，多半因内存超过 render.pdf_memory_mb = {job.memory_mb} "
            f"(the PDF needs more memory; exit status {done.returncode}); 可减少条目，或用 --no-pdf"
        )
    last = said[-1] if said else f"exit status {done.returncode}"
    return f"digest.pdf: 排版失败 (WeasyPrint failed): {last}"


def _too_slow(job: Job) -> str:
    return (
        f"digest.pdf: 排版超过 render.pdf_seconds = {job.seconds} 秒 (the PDF takes longer than that); "
        "可减少条目，或用 --no-pdf"
    )


def _environment(day: date) -> dict[str, str]:
    """That of this process, with what makes the bytes of a PDF the same in every run."""
    epoch = str(timegm(day.timetuple()))
    return {**os.environ, "SOURCE_DATE_EPOCH": epoch, "PYTHONHASHSEED": "0", "TZ": "UTC"}


def _css_families(names: tuple[str, ...]) -> Markup:
    """Family names as a CSS value; what is not a letter, digit, space or hyphen is dropped from a name."""
    return Markup(", ".join(f'"{_FONT_NAME.sub("", name)}"' for name in names))
