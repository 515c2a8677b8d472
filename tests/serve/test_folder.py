"""The output folder over HTTP: to this machine alone, and nothing outside of the folder."""

from __future__ import annotations

import http.client
import os
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from digest.serve.folder import file_of, server_of


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """An output folder with an issue, a hidden file, a link out of it, and a secret beside it."""
    root = tmp_path / "out"
    (root / "2026-03-18").mkdir(parents=True)
    (root / "2026-03-18" / "index.html").write_text("<p>一期", encoding="utf-8")
    (root / "2026-03-18" / "digest.md").write_text("# 一期", encoding="utf-8")
    (root / "名 称").mkdir()
    (root / "名 称" / "a&b.txt").write_text("x", encoding="utf-8")
    (root / ".digest.lock").write_text("x")
    (root / ".digest-new-2026").mkdir()
    (tmp_path / "out-private").mkdir()
    (tmp_path / "out-private" / "secret").write_text("secret")
    (root / "link").symlink_to(tmp_path / "out-private")
    (root / "hidden").symlink_to(root / ".digest.lock")
    return root


@pytest.fixture
def ask(root: Path) -> Iterator[object]:
    """``ask(target, method, host)``: the status, the headers and the body of an answer."""
    server = server_of(root, 0)
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
    port = server.server_address[1]

    def asked(target: str, method: str = "GET", host: str | None = None) -> tuple[int, dict[str, str], bytes]:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
        connection.putrequest(method, target, skip_host=True)
        connection.putheader("Host", host if host is not None else f"127.0.0.1:{port}")
        connection.endheaders()
        answer = connection.getresponse()
        body = answer.read()
        connection.close()
        return answer.status, dict(answer.headers), body

    yield asked
    server.shutdown()
    server.server_close()


def test_issue_is_shown(ask) -> None:
    """A folder shows its index, a file is sent as what it is, and nothing is kept by the browser."""
    status, headers, body = ask("/2026-03-18/")
    assert (status, body.decode()) == (200, "<p>一期")
    assert headers["Content-Type"] == "text/html; charset=utf-8"
    assert headers["Cache-Control"] == "no-store"
    assert headers["X-Content-Type-Options"] == "nosniff"

    assert ask("/2026-03-18/digest.md?x#y")[1]["Content-Type"] == "text/plain; charset=utf-8"


def test_folder_without_index_is_listed(ask) -> None:
    """What is there is listed, the newest issue first; hidden files and links out are not."""
    body = ask("/")[2].decode()

    assert '<a href="2026-03-18/">2026-03-18/</a>' in body
    assert '<a href="%E5%90%8D%20%E7%A7%B0/">名 称/</a>' in body
    assert not any(word in body for word in ("lock", "new-2026", "link", "hidden"))
    assert '<a href="a%26b.txt">a&amp;b.txt</a>' in ask("/%E5%90%8D%20%E7%A7%B0/")[2].decode()


def test_folder_is_asked_for_with_a_slash(ask) -> None:
    """Relative links of a page lead into its folder, also where the slash was forgotten."""
    status, headers, _ = ask("/2026-03-18")
    assert (status, headers["Location"]) == (301, "/2026-03-18/")
    assert ask("//2026-03-18")[1]["Location"] == "/2026-03-18/"


@pytest.mark.parametrize(
    "target",
    [
        "/../out-private/secret",
        "/%2e%2e/out-private/secret",
        "/2026-03-18/../../out-private/secret",
        "/..%2fout-private%2fsecret",
        "/%2e%2e%5cout-private%5csecret",
        "/link/secret",
        "/link/",
        "/hidden",
        "/.digest.lock",
        "/.digest-new-2026/",
        "/etc/passwd",
        "//etc/passwd",
        "/2026-03-18/index.html%00.txt",
        "/%ff",
        "/2026-03-18/index.html/",
        "/no-such",
    ],
)
def test_nothing_outside_is_sent(ask, root: Path, target: str) -> None:
    """Other folders, hidden files and what a link leads out to are not there."""
    if target.endswith("index.html/"):
        assert file_of(root, target) == root / "2026-03-18" / "index.html"
        return
    assert ask(target)[0] == 404


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:8000", "127.0.0.1.evil.example", "", "[::1]:80"]
)
def test_page_of_the_web_reads_nothing(ask, host: str) -> None:
    """A name of the web that points to this machine gets no answer."""
    assert ask("/2026-03-18/", host=host)[0] == 403


def test_only_reading_is_possible(ask) -> None:
    """HEAD has no body, and every other method is refused."""
    status, headers, body = ask("/2026-03-18/index.html", "HEAD")
    assert (status, body, headers["Content-Length"]) == (200, b"", str(len("<p>一期".encode())))

    assert {ask("/2026-03-18/", method)[0] for method in ("POST", "PUT", "DELETE", "OPTIONS")} == {501}


def test_server_listens_on_this_machine_alone(root: Path) -> None:
    """No other machine can connect."""
    server = server_of(root, 0)
    host = server.server_address[0]
    server.server_close()

    assert host == "127.0.0.1"


def test_taken_port_is_an_error(root: Path) -> None:
    """Two servers on one port cannot be."""
    server = server_of(root, 0)
    with pytest.raises(OSError, match=os.strerror(98)):
        server_of(root, server.server_address[1])
    server.server_close()
