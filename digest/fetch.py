"""[[fetch]] of digest.toml: files from the web, kept in a folder before the build.

Only http and https, to the end of every redirect; a host of the public net does not lead to one of a private
net. A file is bounded in bytes and in time and appears whole or not at all.
"""

from __future__ import annotations

import http.client
import ipaddress
import os
import socket
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import IO
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit
from urllib.request import (
    HTTPDefaultErrorHandler,
    HTTPErrorProcessor,
    HTTPHandler,
    HTTPRedirectHandler,
    HTTPSHandler,
    OpenerDirector,
    ProxyHandler,
    Request,
)

from digest.config import FetchConfig
from digest.errors import ConfigError, FetchError, PublishError
from digest.publish.names import checked

SCHEMES = ("http", "https")
WAIT_SECONDS = 30.0  # for an answer, and for each piece of it
WHOLE_SECONDS = 300.0  # for a file
PIECE_BYTES = 64 * 1024
USER_AGENT = "digest (newspaper briefing)"


@dataclass(frozen=True, slots=True)
class Fetched:
    """What became of one entry: the file, or why there is none."""

    url: str
    path: Path
    failure: FetchError | None = None


def dated(text: str, day: date) -> str:
    """`text` with the day put in: ``{day}``, ``{day:%Y-%m/%d}``. Raises ConfigError for other braces."""
    try:
        return text.format(day=day)
    except (KeyError, IndexError, ValueError, AttributeError) as error:
        raise ConfigError(f"{text}: 花括号里只能写日期，如 {{day:%Y-%m/%d}} (only the day)") from error


def fetch_all(entries: Sequence[FetchConfig], folder: Path, day: date, max_bytes: int) -> tuple[Fetched, ...]:
    """Fetch every entry into its folder below `folder`; one that fails does not keep the others.

    Raises ConfigError where an entry is wrong.
    """
    targets = [_target(entry, folder, day) for entry in entries]
    return tuple(_fetched(url, path, max_bytes) for url, path in targets)


def _target(entry: FetchConfig, folder: Path, day: date) -> tuple[str, Path]:
    url = dated(entry.url, day)
    parts = urlsplit(url)
    if parts.scheme not in SCHEMES or not parts.hostname or not url.isprintable() or " " in url:
        raise ConfigError(f"[[fetch]] {url}: 只取 http、https 的网址 (http and https only)")
    try:
        name = checked(dated(entry.name, day))
    except PublishError as error:
        raise ConfigError(f"[[fetch]] {url}: name: {error}") from error
    return url, folder / dated(entry.folder, day) / name


def _fetched(url: str, path: Path, max_bytes: int) -> Fetched:
    part = path.with_name(f".{path.name}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        part.unlink(missing_ok=True)
        with part.open("xb") as file:
            _download(url, file, max_bytes)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    except (FetchError, OSError, http.client.HTTPException) as error:
        with suppress(OSError):
            part.unlink()
        return Fetched(url, path, _failure(url, error))
    return Fetched(url, path)


def _failure(url: str, error: Exception) -> FetchError:
    if isinstance(error, FetchError):
        return error
    if isinstance(error, HTTPError):
        error.close()  # it holds the connection
    reason = error.reason if type(error) is URLError else error
    return FetchError(f"{url}: 取回失败 (cannot fetch): {reason}")


def _download(url: str, file: IO[bytes], max_bytes: int) -> None:
    end = time.monotonic() + WHOLE_SECONDS
    request = Request(url, headers={"User-Agent": USER_AGENT, "Accept-Encoding": "identity"})
    with _opener().open(request, timeout=WAIT_SECONDS) as answer:
        size = 0
        while piece := answer.read1(PIECE_BYTES):
            size += len(piece)
            if size > max_bytes:
                raise FetchError(f"{url}: 超过 limits.file_bytes = {max_bytes} 字节 (too large)")
            if time.monotonic() > end:
                raise FetchError(f"{url}: {WHOLE_SECONDS:g} 秒还没有取完 (too slow)")
            file.write(piece)
        if answer.length:
            raise FetchError(f"{url}: 没有取全，还差 {answer.length} 字节 (cut short)")


class _Redirects(HTTPRedirectHandler):
    max_redirections = 5

    def redirect_request(
        self,
        req: Request,
        fp: IO[bytes],
        code: int,
        msg: str,
        headers: http.client.HTTPMessage,
        newurl: str,
    ) -> Request | None:
        host = urlsplit(newurl).hostname or ""
        if urlsplit(newurl).scheme not in SCHEMES or (is_private(host) and not is_private(req.host)):
            fp.close()
            raise FetchError(f"{req.full_url}: 被引向别处，未取 (led elsewhere): {newurl}")
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def is_private(host: str) -> bool:
    """Whether a host name, with a port or without, leads into a net that is not public."""
    name = urlsplit(f"//{host}").hostname or ""
    try:
        found = {str(entry[4][0]) for entry in socket.getaddrinfo(name, None)}
    except OSError:
        return False  # it leads nowhere
    return any(not ipaddress.ip_address(address.partition("%")[0]).is_global for address in found)


def _opener() -> OpenerDirector:
    """One that knows http and https alone: no files, no FTP."""
    opener = OpenerDirector()
    for handler in (
        ProxyHandler(),
        HTTPHandler(),
        HTTPSHandler(),
        HTTPDefaultErrorHandler(),
        HTTPErrorProcessor(),
        _Redirects(),
    ):
        opener.add_handler(handler)
    return opener
