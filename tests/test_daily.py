"""digest init and digest run: a folder for daily work, and the work of a day in it."""

from __future__ import annotations

import re
import shutil
import threading
import tomllib
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import click
import pytest

from digest import daily
from digest.cli import digest, run
from digest.config import Config, EditionConfig, FetchConfig, MailConfig, RunConfig, load_config
from digest.daily import Done, Log, Step, steps
from digest.errors import ConfigError, MailError, PublishError
from digest.library import Library
from digest.publish.lock import locked
from digest.starter import start
from tests.news import ROWS, jsonl

DAY = "2026-03-18"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder as `digest init` makes it, with the papers of a day, mailing into a folder."""
    monkeypatch.chdir(tmp_path)
    assert run(["init", "briefing"]) == 0
    folder = tmp_path / "briefing"
    text = (folder / "digest.toml").read_text(encoding="utf-8").replace("pdf = true", "pdf = false")
    text = text.replace(
        "[mail]\n",
        '[[recipient]]\naddress = "a@example.org"\n\n[mail]\nsender = "jianbao@example.org"\nway = "folder"\n'
        "attach_pdf = false\n",
    )
    (folder / "digest.toml").write_text(text, encoding="utf-8")
    papers = folder / "incoming" / DAY
    papers.mkdir()
    (papers / "rows.jsonl").write_bytes(jsonl(ROWS))
    return folder


def daily_run(folder: Path) -> int:
    return run(["run", "--date", DAY, "--config", str(folder / "digest.toml")])


# ---------------------------------------------------------------- init


def test_a_new_folder_is_ready(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Configuration, folders, list and examples are there, with this folder's path in them."""
    assert run(["init", str(tmp_path / "briefing")]) == 0
    made = {str(path.relative_to(tmp_path / "briefing")) for path in (tmp_path / "briefing").rglob("*")}
    said = capsys.readouterr().out

    assert made == {
        *("digest.toml", "recipients.csv", "incoming", "out", "examples", "examples/crontab"),
        *("examples/digest.service", "examples/digest.timer", "examples/Containerfile"),
    }
    assert said.count("写好 written") == 6
    for name in ("crontab", "digest.service"):
        text = (tmp_path / "briefing" / "examples" / name).read_text(encoding="utf-8")
        assert str(tmp_path / "briefing") in text
        assert not re.search("@[A-Z]+@", text)


def test_what_is_there_is_kept(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A second init changes nothing, and says so."""
    (tmp_path / "digest.toml").write_text("# mine\n", encoding="utf-8")
    run(["init", str(tmp_path)])
    run(["init", str(tmp_path)])

    assert (tmp_path / "digest.toml").read_text(encoding="utf-8") == "# mine\n"
    assert capsys.readouterr().out.count("已有 kept") == 7


def test_the_commented_configuration_is_right(tmp_path: Path) -> None:
    """As it is, and with every comment mark before a key taken away."""
    list(start(tmp_path, "digest"))
    path = tmp_path / "digest.toml"
    text = path.read_text(encoding="utf-8")
    assert load_config(path) == Config()

    path.write_text(re.sub(r"(?m)^# (?=\[|\w+ = )", "", text), encoding="utf-8")
    config = load_config(path)
    assert len(tomllib.loads(path.read_text(encoding="utf-8"))) >= 7
    assert config.mail.sender
    assert config.recipient[0].regions == ("山东/聊城", "全国")
    assert config.fetch[0].name == "news.xml"


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    """One line with the path."""
    (tmp_path / "briefing").write_text("a file", encoding="utf-8")
    with pytest.raises(PublishError, match="briefing"):
        list(start(tmp_path / "briefing", "digest"))


# ---------------------------------------------------------------- run


def test_the_work_of_a_day_is_done_once(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Built, kept and sent; run again, the same issue stands there and nobody gets it twice."""
    capsys.readouterr()
    assert daily_run(folder) == 0
    assert daily_run(folder) == 0
    captured = capsys.readouterr()
    first, second = captured.out.splitlines()

    assert captured.err == ""
    assert first.startswith(f"{DAY}: build: {folder}/out/{DAY}；")
    assert "已送出 sent 1" in first
    assert "此前已寄 sent before 1" in second
    assert len(list((folder / "mail").iterdir())) == 1
    with Library(folder / "out.library" / "digest.sqlite3") as library:
        assert [entry.number for entry in library.issues()] == [1]
    log = (folder / "digest.log").read_text(encoding="utf-8").splitlines()
    assert all(re.match(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+08:00 ", line) for line in log)
    assert sum("$ digest build" in line for line in log) == 2
    assert any("条 stories" in line for line in log)


def test_a_day_without_papers_sends_nothing(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Exit code 1, one line that says why, and no letter."""
    shutil.rmtree(folder / "incoming" / DAY)
    capsys.readouterr()

    assert daily_run(folder) == 1
    captured = capsys.readouterr()
    assert "没有找到可用的文章" in captured.err
    assert "send" not in captured.out
    assert not (folder / "mail").exists()


def test_a_file_that_cannot_be_fetched_does_not_stop_the_day(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The issue is made and sent from what is there; the exit code tells."""
    path = folder / "digest.toml"
    entry = '\n[[fetch]]\nurl = "http://127.0.0.1:9/feed.xml"\nname = "news.xml"\n'
    path.write_text(path.read_text(encoding="utf-8") + entry, encoding="utf-8")
    capsys.readouterr()

    assert daily_run(folder) == 4
    assert "已送出 sent 1" in capsys.readouterr().out


def test_two_runs_at_once_are_one(folder: Path) -> None:
    """The second ends at once, with its own exit code."""
    codes: list[int] = []
    with locked(folder / "out"):
        thread = threading.Thread(target=lambda: codes.append(daily_run(folder)))
        thread.start()
        thread.join()

    assert codes == [7]


def test_without_a_configuration_nothing_runs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The message names digest init."""
    monkeypatch.chdir(tmp_path)
    assert run(["run"]) == 2
    assert "digest init" in capsys.readouterr().err


def test_a_site_is_made_where_there_is_a_command_for_it(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Its error is told and the letters still go out."""
    called = []

    @click.command("site")
    @click.option("--out")
    @click.option("--config")
    def site(out: str, config: str) -> None:
        called.append((out, config))
        raise PublishError("the site cannot be written")

    monkeypatch.setitem(digest.commands, "site", site)
    capsys.readouterr()
    assert daily_run(folder) == 6
    captured = capsys.readouterr()

    assert called == [(str(folder / "out"), str(folder / "digest.toml"))]
    assert "site: 失败 failed (the site cannot be written)" in captured.out
    assert "已送出 sent 1" in captured.out


def test_steps_follow_from_the_configuration(tmp_path: Path) -> None:
    """Fetch where something is to be fetched, send where there is a sender; paths start at the folder."""
    path = tmp_path / "digest.toml"
    plain = Config(run=RunConfig(sources=("papers/{day:%m%d}",)))
    full = replace(plain, fetch=(FetchConfig("http://x/", "x"),), mail=MailConfig(sender="a@b.c"))
    day = date(2026, 3, 18)

    assert [step.name for step in steps(plain, path, day)] == ["build", "site"]
    assert [step.name for step in steps(full, path, day)] == ["fetch", "build", "site", "send"]
    assert steps(plain, path, day)[0].arguments[0] == str(tmp_path / "papers" / "0318")
    with pytest.raises(ConfigError, match=r"run\.sources"):
        steps(Config(run=RunConfig(sources=())), path, day)


def test_editions_are_made_on_their_days(tmp_path: Path) -> None:
    """Behind the main issue, every day or on a day of the week; one that fails does not stop the day."""
    editions = (EditionConfig("城市版", "city"), EditionConfig("周报", "weekly", days=7, weekday=4))
    config = Config(run=RunConfig(sources=("papers",)), edition=editions)
    for day, slugs in ((date(2026, 3, 18), ["city"]), (date(2026, 3, 19), ["city", "weekly"])):
        main, *others = (s for s in steps(config, tmp_path / "digest.toml", day) if s.name == "build")

        assert [step.arguments[:2] for step in others] == [("--edition", slug) for slug in slugs]
        assert Done(main, "", ConfigError("")).stops_the_day
        assert not any(Done(step, "", ConfigError("")).stops_the_day for step in others)


def test_a_log_line_is_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What steps say cannot break the log's lines; a log that has grown is put aside."""
    path = tmp_path / "digest.log"
    with path.open("w", encoding="utf-8") as file:
        log = Log(file, lambda: datetime(2026, 3, 18, 6, 30))
        log.write("one\x1b[31m\rtwo")
        log.write(" three\nfour\n")
    assert path.read_text(encoding="utf-8") == (
        "2026-03-18T06:30:00 one\ufffd[31m\ufffdtwo three\n2026-03-18T06:30:00 four\n"
    )
    monkeypatch.setattr(daily, "MAX_LOG_BYTES", 10)
    with daily.at_work(tmp_path, Config(), lambda: datetime(2026, 3, 18)) as log:
        log.write("new\n")
    assert path.read_text(encoding="utf-8") == "2026-03-18T00:00:00 new\n"
    assert (tmp_path / "digest.log.1").exists()


def test_a_failure_stands_in_the_line_of_its_step() -> None:
    """With what was printed before it."""
    done = daily.Done(Step("send", ()), "已送出 sent 1", MailError("one is missing"))

    assert done.line == "send: 已送出 sent 1，失败 failed (one is missing)"
    assert not done.stops_the_day
    assert daily.Done(Step("build", ()), "", PublishError("x")).stops_the_day
