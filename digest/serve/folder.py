"""One folder over HTTP, for the browser of this machine alone.

Only GET and HEAD, only plain files and folders below the root, nothing hidden, no symbolic link that leads
out. The Host header must name this machine: a page of the web whose name is made to point here (DNS
rebinding) reads nothing.
"""

from __future__ import annotations

import html
import os
from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from pathlib import Path
from typing import Any, BinaryIO
from urllib.parse import quote, unquote, urlsplit

LOCALHOST = "127.0.0.1"
HOSTS = frozenset({LOCALHOST, "localhost"})
REQUEST_SECONDS = 30  # a connection that says nothing for so long is closed
INDEX = "index.html"
_TYPES = {
    ".epub": "application/epub+zip",
    ".html": "text/html; charset=utf-8",
    ".json": "application/json; charset=utf-8",
    ".md": "text/plain; charset=utf-8",
    ".txt": "text/plain; charset=utf-8",
    ".xml": "application/xml; charset=utf-8",
}


def server_of(root: Path, port: int) -> ThreadingHTTPServer:
    """A server of the folder `root` on `port` of localhost, 0 for any that is free; not running yet.

    Raises OSError where the port is taken.
    """
    handler = partial(_Handler, directory=str(root.resolve(strict=True)))
    server = ThreadingHTTPServer((LOCALHOST, port), handler)
    server.daemon_threads = True
    return server


def file_of(root: Path, target: str) -> Path | None:
    """The file or folder below the resolved `root` that a request's target means; None for all else."""
    try:
        path = unquote(urlsplit(target).path, errors="strict")
    except (ValueError, UnicodeDecodeError):
        return None
    parts = [part for part in path.split("/") if part]
    if any(part.startswith(".") or "\\" in part or not part.isprintable() for part in parts):
        return None
    try:
        found = root.joinpath(*parts).resolve()
    except (OSError, ValueError):
        return None
    is_inside = found.is_relative_to(root) and not any(
        p.startswith(".") for p in found.relative_to(root).parts
    )
    return found if is_inside and (found.is_file() or found.is_dir()) else None


class _Handler(SimpleHTTPRequestHandler):
    server_version = "digest"
    sys_version = ""
    timeout = REQUEST_SECONDS

    def send_head(self) -> BytesIO | BinaryIO | None:
        if not _is_local(self.headers.get("Host", "")):
            self.send_error(HTTPStatus.FORBIDDEN)
            return None
        root = Path(self.directory)
        found = file_of(root, self.path)
        if found is None:
            self.send_error(HTTPStatus.NOT_FOUND)
            return None
        if found.is_file():
            return self._send_file(found)
        if not urlsplit(self.path).path.endswith("/"):
            self.send_response(HTTPStatus.MOVED_PERMANENTLY)
            place = "".join(f"/{quote(part)}" for part in found.relative_to(root).parts)
            self.send_header("Location", f"{place}/")
            self.send_header("Content-Length", "0")
            self.end_headers()
            return None
        index = file_of(root, f"{urlsplit(self.path).path}{INDEX}")
        return self._send_file(index) if index and index.is_file() else self._send_list(root, found)

    def _send_file(self, path: Path) -> BinaryIO | None:
        try:
            # What was checked is what is opened: a link put in its place meanwhile is not followed.
            stream = open(os.open(path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0)), "rb")  # noqa: SIM115
        except OSError:
            self.send_error(HTTPStatus.NOT_FOUND)
            return None
        self._send_header(self._type(path), os.fstat(stream.fileno()).st_size)
        return stream

    def _send_list(self, root: Path, folder: Path) -> BytesIO:
        names = sorted(
            (f"{path.name}/" if path.is_dir() else path.name)
            for path in folder.iterdir()
            if file_of(root, quote("/".join(path.relative_to(root).parts)))
        )
        title = html.escape("/".join(folder.relative_to(root).parts) or root.name)
        rows = "".join(
            f'<li><a href="{quote(name)}">{html.escape(name)}</a></li>\n' for name in reversed(names)
        )
        page = (
            '<!DOCTYPE html>\n<html lang="zh-Hans"><head><meta charset="utf-8">'
            '<meta name="viewport" content="width=device-width, initial-scale=1">'
            f"<title>{title}</title></head><body><main><h1>{title}</h1>\n<ul>\n{rows}</ul></main></body></html>\n"
        ).encode("utf-8", "replace")
        self._send_header("text/html; charset=utf-8", len(page))
        return BytesIO(page)

    def _send_header(self, kind: str, length: int) -> None:
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(length))
        self.send_header("Cache-Control", "no-store")  # what is rebuilt is seen at once
        self.send_header("X-Content-Type-Options", "nosniff")
        self.send_header("Cross-Origin-Resource-Policy", "same-origin")
        self.end_headers()

    def _type(self, path: Path) -> str:
        return _TYPES.get(path.suffix) or self.guess_type(path)

    def log_message(self, format: str, *args: Any) -> None:
        """Nothing: what the browser asks for is of no interest here."""


def _is_local(host: str) -> bool:
    return host.rpartition(":")[0] in HOSTS if ":" in host else host in HOSTS
