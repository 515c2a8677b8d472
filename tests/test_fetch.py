"""Files from the web: http and https only, bounded, whole or not at all."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from datetime import date
from functools import partial
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from digest import fetch
from digest.config import FetchConfig
from digest.errors import ConfigError
from digest.fetch import dated, fetch_all, is_private

DAY = date(2026, 3, 18)
PAGE = "<p>今天有雨。</p>".encode()


class Site(BaseHTTPRequestHandler):
    """A site on loopback; `paths` are what it was asked for."""

    paths: list[str]

    def do_GET(self) -> None:
        self.paths.append(self.path)
        leads = {
            "/moved": "/page",
            "/loop": "/loop",
            "/file": "file:///etc/passwd",
            "/ftp": "ftp://127.0.0.1/x",
        }
        if self.path in leads:
            self.send_response(302)
            self.send_header("Location", leads[self.path])
            self.end_headers()
        elif self.path == "/short":
            self._answer(200, PAGE, len(PAGE) + 10)
        elif self.path == "/gone":
            self._answer(404, b"gone", 4)
        else:
            self._answer(200, PAGE, len(PAGE))

    def _answer(self, code: int, data: bytes, length: int) -> None:
        self.send_response(code)
        self.send_header("Content-Length", str(length))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, format: str, *arguments: object) -> None:
        """Nothing is logged."""


@pytest.fixture
def site(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
    kind = type("Recording", (Site,), {"paths": []})
    server = HTTPServer(("127.0.0.1", 0), kind)
    thread = threading.Thread(target=partial(server.serve_forever, 0.01))
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


def test_a_file_is_kept_in_the_folder_of_its_day(site: str, tmp_path: Path) -> None:
    """The day is put into the address and the folder; what is there is replaced."""
    entry = FetchConfig(f"{site}/{{day:%Y-%m/%d}}/node_1.htm", "{day}-1.htm")
    for _ in range(2):
        (found,) = fetch_all([entry], tmp_path, DAY, 1000)

    assert found.failure is None
    assert found.url == f"{site}/2026-03/18/node_1.htm"
    assert found.path == tmp_path / "incoming" / "2026-03-18" / "2026-03-18-1.htm"
    assert found.path.read_bytes() == PAGE
    assert [path.name for path in found.path.parent.iterdir()] == [found.path.name]


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("/gone", "404"),
        ("/short", "没有取全|IncompleteRead"),
        ("/loop", "infinite loop"),
        ("/file", "not allowed"),
        ("/ftp", "被引向别处"),
    ],
)
def test_what_cannot_be_had_does_not_keep_the_others(path: str, said: str, site: str, tmp_path: Path) -> None:
    """The failure names the address; nothing half-written is left."""
    entries = [FetchConfig(f"{site}{path}", "one.htm"), FetchConfig(f"{site}/moved", "two.htm")]
    one, two = fetch_all(entries, tmp_path, DAY, 1000)

    assert one.failure is not None
    assert f"{site}{path}" in str(one.failure)
    assert re.search(said, str(one.failure))
    assert two.failure is None
    assert [file.name for file in two.path.parent.iterdir()] == ["two.htm"]


def test_a_file_that_is_too_large_or_too_slow_is_left(
    site: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The limit is named."""
    (found,) = fetch_all([FetchConfig(f"{site}/page", "x")], tmp_path, DAY, 10)
    assert "limits.file_bytes = 10" in str(found.failure)
    monkeypatch.setattr(fetch, "WHOLE_SECONDS", -1.0)
    (found,) = fetch_all([FetchConfig(f"{site}/page", "x")], tmp_path, DAY, 1000)
    assert "还没有取完" in str(found.failure)
    assert list(found.path.parent.iterdir()) == []


@pytest.mark.parametrize(
    "url", ["file:///etc/passwd", "ftp://example.org/x", "/etc/passwd", "http:///x", "http://a b/"]
)
def test_only_the_web_is_fetched(url: str, tmp_path: Path) -> None:
    """Another kind of address is an error of the configuration."""
    with pytest.raises(ConfigError, match="http"):
        fetch_all([FetchConfig(url, "x")], tmp_path, DAY, 1000)


@pytest.mark.parametrize("name", ["../x", "a/b", ".hidden", ""])
def test_a_name_is_one_file_name(name: str, tmp_path: Path) -> None:
    """It leads nowhere else."""
    with pytest.raises(ConfigError, match="name"):
        fetch_all([FetchConfig("http://example.org/", name)], tmp_path, DAY, 1000)


def test_only_the_day_stands_in_braces() -> None:
    """Anything else is named as an error."""
    assert dated("{day:%Y%m%d}/{day}", DAY) == "20260318/2026-03-18"
    for text in ("{night}", "{day.x}", "{}", "{"):
        with pytest.raises(ConfigError, match="花括号"):
            dated(text, DAY)


@pytest.mark.parametrize(
    ("host", "private"),
    [
        ("127.0.0.1", True),
        ("10.0.0.1:80", True),
        ("169.254.169.254", True),
        ("[::1]:8080", True),
        ("1.1.1.1", False),
    ],
)
def test_a_private_host_is_known(host: str, private: bool) -> None:
    """Loopback, link-local and private nets."""
    assert is_private(host) == private


def test_a_public_site_cannot_lead_into_a_private_net(
    site: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A redirect from outside to an address inside is not followed."""
    monkeypatch.setattr(fetch, "is_private", lambda host: "moved" not in host and host == "127.0.0.1")
    (found,) = fetch_all([FetchConfig(f"{site}/moved", "x")], tmp_path, DAY, 1000)

    assert "被引向别处" in str(found.failure)
