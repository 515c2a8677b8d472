"""digest send, as its users type it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from email import message_from_bytes, policy
from pathlib import Path

import pytest

from digest.cli import run
from tests.mailing.shelf import shelve
from tests.mailserver import HOST, PASSWORD, USER, Running, mail_server
from tests.publish.test_bounces import ORDINARY
from tests.render.sample import make_issue

CONFIG = """
[mail]
sender = "赣江新闻简报 <jianbao@example.org>"
attach_pdf = false
retry_seconds = 0.0
per_minute = 0
{mail}

[[recipient]]
address = "a@example.org"
name = "王小满"

[[recipient]]
address = "b@example.org"
topics = ["经济"]
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The current folder: a library with one issue, and a digest.toml that mails into a folder."""
    monkeypatch.chdir(tmp_path)
    shelve(Path("out"))
    write_config('way = "folder"')
    return tmp_path


@pytest.fixture
def running(tmp_path_factory: pytest.TempPathFactory, folder: Path) -> Iterator[Running]:  # noqa: ARG001
    with mail_server(tmp_path_factory.mktemp("server"), login=True) as server:
        write_config(
            f'host = "{HOST}"\nport = {server.port}\nca_file = "{server.ca_file}"\n'
            f'user = "{USER}"\npassword_file = "secret"'
        )
        yield server


def write_config(mail: str) -> None:
    Path("digest.toml").write_text(CONFIG.format(mail=mail), encoding="utf-8")


def test_letters_go_out_once(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The first run sends, the second says that it was done; each is one line on standard output."""
    assert run(["send"]) == 0
    assert run(["send"]) == 0
    first, second = capsys.readouterr().out.splitlines()

    assert first.startswith("每日要闻 2026-03-18: 已送出 sent 2，")
    assert "已送出 sent 0" in second
    assert "此前已寄 sent before 2" in second
    assert len(list((folder / "mail").iterdir())) == 2


def test_a_dry_run_writes_letters_and_remembers_nothing(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The letters are there to look at, and everyone is still due."""
    assert run(["send", "--dry-run", "--save", "letters", "--to", "a@example.org"]) == 0
    assert "written 1" in capsys.readouterr().out
    (path,) = (folder / "letters").iterdir()
    letter = message_from_bytes(path.read_bytes(), policy=policy.default)

    assert letter["To"] == "王小满 <a@example.org>"
    assert run(["send", "--status"]) == 0
    assert capsys.readouterr().out.count("未寄 not sent") == 2


@pytest.mark.parametrize("issue", ["2026-03-18", "out/2026-03-18", "./out/2026-03-18/"])
def test_an_issue_is_named_by_its_date_or_its_folder(issue: str, folder: Path) -> None:  # noqa: ARG001
    """Both say the same."""
    assert run(["send", issue, "--dry-run"]) == 0
    assert len(list(Path("out.mail").iterdir())) == 2


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["send", "yesterday"], 2, "应为日期或简报目录"),
        (["send", "elsewhere/2026-03-18"], 2, "不在输出目录"),
        (["send", "2026-03-01"], 1, "没有这一期"),
        (["send", "-o", "nowhere"], 8, "没有这个资料库"),
        (["send", "--edition", "city"], 2, "没有收件人"),
        (["send", "--to", "nobody"], 2, "--to"),
        (["send", "--bounces", "mbox", "--resend"], 2, "--bounces"),
        (["send", "--bounces", "nowhere"], 9, "nowhere"),
    ],
)
def test_what_cannot_be_done_is_said_in_one_line(
    arguments: list[str],
    code: int,
    said: str,
    folder: Path,  # noqa: ARG001
    capsys: pytest.CaptureFixture[str],
) -> None:
    """With the exit code of its kind."""
    assert run(arguments) == code
    err = capsys.readouterr().err
    assert said in err
    assert len(err.splitlines()) == 1


def test_status_shows_a_line_for_everyone(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:  # noqa: ARG001
    """Date, edition, address, state, time, choice, what the server said."""
    run(["send", "--to", "b@example.org"])
    capsys.readouterr()
    assert run(["send", "--status"]) == 0
    sent, due = (line.split("\t") for line in capsys.readouterr().out.splitlines())

    assert (sent[0], sent[2], sent[3], sent[5]) == ("2026-03-18", "b@example.org", "已送出 sent", "经济")
    assert (due[2], due[3]) == ("a@example.org", "未寄 not sent")


def test_over_smtp_with_a_password_from_a_file(
    running: Running, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The file must be private; the password shows nowhere; a copy of each letter is kept where asked."""
    secret = folder / "secret"
    secret.write_text(PASSWORD, encoding="utf-8")
    secret.chmod(0o644)
    assert run(["send"]) == 2
    assert "chmod 600" in capsys.readouterr().err
    secret.chmod(0o600)
    assert run(["send", "-v", "--save", "copies"]) == 0

    assert sorted(running.handler.recipients()) == ["a@example.org", "b@example.org"]
    assert len(list((folder / "copies").iterdir())) == 2
    captured = capsys.readouterr()
    assert PASSWORD not in captured.out + captured.err


def test_a_wrong_password_ends_with_nothing_sent(
    running: Running,
    folder: Path,  # noqa: ARG001
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Exit code 9, one line, and everyone is still due."""
    monkeypatch.setenv("DIGEST_SMTP_PASSWORD", "wrong-secret")
    assert run(["send"]) == 9
    err = capsys.readouterr().err
    assert "登录被拒" in err
    assert "wrong-secret" not in err
    run(["send", "--status"])
    assert capsys.readouterr().out.count("未寄 not sent") == 2
    assert running.handler.taken == []


def test_who_did_not_get_it_is_named(
    running: Running, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A refused recipient is a line on standard error and exit code 9; the others have their letter."""
    monkeypatch.setenv("DIGEST_SMTP_PASSWORD", PASSWORD)
    running.handler.rcpt["a@example.org"] = ["550 5.1.1 no such user\x1b[31m"]
    assert run(["send"]) == 9
    captured = capsys.readouterr()

    assert "退回 refused: a@example.org: 550 5.1.1 no such user" in captured.err
    assert "\x1b" not in captured.err
    assert "已送出 sent 1，推迟 deferred 0，退回 refused 1" in captured.out


def test_a_password_in_the_configuration_is_refused(
    folder: Path,  # noqa: ARG001
    capsys: pytest.CaptureFixture[str],
) -> None:
    """The key is named and the secret is not."""
    write_config('password = "hunter2"')
    assert run(["send"]) == 2
    err = capsys.readouterr().err
    assert "password" in err
    assert "hunter2" not in err


def test_an_empty_issue_is_not_sent(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Unless it is asked for."""
    monkeypatch.chdir(tmp_path)
    shelve(Path("out"), replace(make_issue(), sections=()))
    write_config('way = "folder"')
    assert run(["send"]) == 0
    assert not Path("mail").exists()
    assert run(["send", "--allow-empty"]) == 0
    assert len(list(Path("mail").iterdir())) == 2


def test_a_mailbox_of_reports_is_read(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """It is said what was found in it."""
    (folder / "mbox").write_text(ORDINARY, encoding="utf-8")
    assert run(["send", "--bounces", "mbox"]) == 0
    assert "记下 0 个失效地址" in capsys.readouterr().out
