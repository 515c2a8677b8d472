"""The child process that sets an issue with WeasyPrint; pdf.py starts it.

Reads a `Job` as JSON from standard input and writes the PDF to standard output. It runs apart because text
from strangers can make a layout engine slow, huge or crash; it limits its own memory and processor time
before it loads anything. Nothing but the theme's own files can be fetched from here.
"""

from __future__ import annotations

import gc
import json
import os
import sys
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from digest.render.themes import find_file

THEME_URL = (
    "https://theme.invalid/"  # `.invalid` never resolves (RFC 2606): relative URLs of a theme mean its files
)
OUT_OF_MEMORY = 77  # exit status


@dataclass(frozen=True, slots=True)
class Job:
    html: str
    folders: tuple[str, ...]  # of the theme, the first that has a file wins
    identifier: str  # of the PDF file, the same for the same issue
    variant: str  # pdf/ua-1, pdf/a-2u, … or "" for a PDF of no special kind
    seconds: int
    memory_mb: int

    def to_json(self) -> bytes:
        return json.dumps(asdict(self)).encode("ascii")


def main() -> int:
    job = Job(**json.loads(sys.stdin.buffer.read()))
    _limit(job)
    # A document is millions of objects that all live to its end: looking for garbage among them took 17 % of
    # the time of 100 pages, and found 6,000 objects.
    gc.disable()
    target = os.dup(1)
    os.dup2(2, 1)  # whatever a library prints must not get into the PDF
    try:
        pdf = typeset(job)
        with os.fdopen(target, "wb") as stream:
            stream.write(pdf)
    except MemoryError:
        return OUT_OF_MEMORY
    sys.stderr.flush()
    os._exit(0)  # taking them apart one by one would take a tenth of a second more


def typeset(job: Job) -> bytes:
    """The PDF of the job's HTML, in this process."""
    from weasyprint import HTML

    from digest.render import justify, leader, memo, tags

    for part in (justify, leader, memo, tags):
        part.install()
    fetcher = theme_fetcher([Path(folder) for folder in job.folders])
    document = HTML(string=job.html, base_url=THEME_URL, url_fetcher=fetcher, encoding="utf-8")
    pdf: bytes = document.write_pdf(
        pdf_identifier=job.identifier.encode("ascii"),
        pdf_tags=True,  # headings, paragraphs and lists for screen readers
        pdf_variant=job.variant or None,
    )
    return pdf


def theme_fetcher(folders: list[Path]) -> Any:
    """A fetcher that knows the files of the theme, and refuses everything else."""
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    class ThemeFetcher(URLFetcher):  # type: ignore[misc]
        def fetch(self, url: str, headers: Any = None) -> Any:  # noqa: ARG002  (WeasyPrint's signature)
            path = theme_file(url, folders)
            if path is None:
                raise ValueError(f"not a file of the theme: {url}")
            return URLFetcherResponse(url, path.read_bytes())

    return ThemeFetcher(allow_redirects=False)


def theme_file(url: str, folders: list[Path]) -> Path | None:
    """The file that a URL means inside one of the theme's folders, or None for every other URL."""
    if not url.startswith(THEME_URL):
        return None
    return find_file(folders, unquote(urlsplit(url).path).lstrip("/"))


def _limit(job: Job) -> None:
    try:
        import resource
    except ImportError:  # Windows has no such limits; the parent's time limit still holds
        return
    memory = job.memory_mb * 1024 * 1024
    for kind, limit in ((resource.RLIMIT_AS, memory), (resource.RLIMIT_CPU, job.seconds)):
        _, hard = resource.getrlimit(kind)
        if hard != resource.RLIM_INFINITY:
            limit = min(limit, hard)
        # macOS refuses limits on address space; the one on time is enough to end every run.
        try:
            resource.setrlimit(kind, (limit, hard))
        except (ValueError, OSError) as error:
            print(f"limit not set: {error}", file=sys.stderr)  # noqa: T201  (the log of this process)
