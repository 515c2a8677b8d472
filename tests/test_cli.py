"""The commands: arguments in, data on standard output, everything else on standard error, an exit code."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path
from typing import Any, NamedTuple

import click
import pytest

from digest import __version__
from digest.cli import digest, run
from tests.news import FLOOD, ROWS, jsonl, row


class Result(NamedTuple):
    code: int
    out: str
    err: str

    def rows(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.out.splitlines()]


class Program:
    """`digest`, run in this process."""

    def __init__(self, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
        self._capsys = capsys
        self._monkeypatch = monkeypatch

    def __call__(self, *arguments: str | Path, stdin: bytes = b"") -> Result:
        self._monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin), encoding="utf-8"))
        code = run([str(argument) for argument in arguments])
        return Result(code, *self._capsys.readouterr())


@pytest.fixture
def program(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Program:
    monkeypatch.chdir(tmp_path)
    return Program(capsys, monkeypatch)


@pytest.fixture
def rows_path(tmp_path: Path) -> Path:
    path = tmp_path / "rows.jsonl"
    path.write_bytes(jsonl(ROWS))
    return path


def test_the_version_is_shown(program: Program) -> None:
    """--version names the program and its version."""
    assert program("--version") == (0, f"digest {__version__}\n", "")


@pytest.mark.parametrize("name", sorted(digest.commands))
def test_help_speaks_chinese_and_english(program: Program, name: str) -> None:
    """Every command explains itself in both languages."""
    code, out, _ = program(name, "--help")

    assert code == 0
    assert any("\u4e00" <= char <= "\u9fff" for char in out)
    assert "Show this message" in out


@pytest.mark.parametrize("command", digest.commands.values(), ids=sorted(digest.commands))
def test_every_option_has_a_help_text(command: click.Command) -> None:
    """No option is left unexplained."""
    assert [p.name for p in command.params if isinstance(p, click.Option) and not p.help] == []


@pytest.mark.parametrize(
    "arguments",
    [
        ["unknown"],
        ["build"],
        ["build", "rows.jsonl", "--date", "tomorrow"],
        ["build", "rows.jsonl", "--executor", "moon"],
        ["read"],
        ["read", "rows.jsonl", "--config", "nowhere.toml"],
        ["summarize", "rows.jsonl", "--sentences", "2", "--chars", "80"],
        ["summarize", "rows.jsonl", "--sentences", "0"],
        ["summarize", "rows.jsonl", "--json", "--jsonl"],
        ["summarize", "rows.jsonl", "--engine", "oracle"],
    ],
    ids=" ".join,
)
def test_wrong_usage_is_exit_code_2(program: Program, rows_path: Path, arguments: list[str]) -> None:
    """A wrong command, option or value ends with 2, a message, and nothing on standard output."""
    assert rows_path.is_file()
    code, out, err = program(*arguments)

    assert code == 2
    assert out == ""
    assert err


def test_a_mistake_in_the_configuration_is_named(program: Program, rows_path: Path, tmp_path: Path) -> None:
    """digest.toml of the current folder is used, and its unknown key is exit code 2."""
    (tmp_path / "digest.toml").write_text("[summary]\nsentence = 2\n", encoding="utf-8")
    code, _, err = program("summarize", rows_path)

    assert code == 2
    assert "sentence" in err
    assert "digest.toml" in err


def test_the_configuration_of_the_folder_is_used(program: Program, rows_path: Path, tmp_path: Path) -> None:
    """A summary has as many sentences as digest.toml says."""
    (tmp_path / "digest.toml").write_text("[summary]\nsentences = 1\n", encoding="utf-8")

    assert [len(one["sentences"]) for one in program("summarize", rows_path, "--jsonl").rows()] == [
        1,
        1,
        1,
        1,
    ]


def test_read_shows_fields_and_ends_of_paragraphs(program: Program, rows_path: Path) -> None:
    """For people: the source, the headline, and the first and last words of every paragraph."""
    code, out, _ = program("read", rows_path)

    assert code == 0
    assert "杭州部署今年防汛工作" in out
    assert "…" in out


def test_read_json_has_the_agreed_fields(program: Program, rows_path: Path) -> None:
    """For programs: an array of objects with exactly the fields of the machine interface."""
    objects = json.loads(program("read", rows_path, "--json").out)

    fields = (
        "source kicker title subtitle authors agency dateline_place published page jump_to jump_from "
        "continues_in paragraphs captions subheads warnings"
    )
    assert [set(one) for one in objects] == [set(fields.split())] * len(ROWS)
    assert objects[0]["published"] == "2026-03-18"


def test_read_explains_a_page(program: Program, tmp_path: Path) -> None:
    """--explain says of every line of a page what it was taken for."""
    (tmp_path / "page.txt").write_text(f"杭州部署今年防汛工作\n\n{FLOOD}\n", encoding="utf-8")
    out = program("read", "page.txt", "--explain").out

    assert "headline" in next(line for line in out.splitlines() if "杭州部署" in line)
    assert "body" in next(line for line in out.splitlines() if "气象部门" in line)


def test_a_missing_file_does_not_stop_the_others(program: Program, rows_path: Path) -> None:
    """What cannot be read is one line on standard error; the rest is still given."""
    code, out, err = program("read", "nowhere.txt", rows_path, "--json")

    assert code == 0
    assert len(json.loads(out)) == len(ROWS)
    assert [line for line in err.splitlines() if "nowhere.txt" in line] == err.splitlines()
    assert len(err.splitlines()) == 1


def test_nothing_usable_is_exit_code_1(program: Program, tmp_path: Path) -> None:
    """Where no article is found the code is 1 and the reason is given."""
    (tmp_path / "empty.txt").write_bytes(b"")
    for command in ("read", "analyze", "summarize", "build"):
        code, _, err = program(command, "empty.txt")

        assert code == 1, command
        assert "empty.txt" in err


def test_quiet_says_nothing_but_errors(program: Program, rows_path: Path) -> None:
    """-q silences the lines on skipped inputs."""
    assert program("read", "-q", "nowhere.txt", rows_path).err == ""


def test_a_file_name_cannot_write_to_the_terminal(program: Program) -> None:
    """Control characters of a file name are not passed on."""
    err = program("read", "a\x1b[31mred\n\u202etxt").err

    assert not {"\x1b", "\u202e"} & set(err)


def test_a_wide_space_is_shown_as_it_is(program: Program) -> None:
    """The ideographic space of a text is no control character."""
    out = program("summarize", "-", stdin="会议于今天\u3000上午在市政府召开，部署防汛工作。".encode()).out

    assert "今天\u3000上午" in out


def test_analyze_answers_rows(program: Program) -> None:
    """Every row has an answer with the agreed fields, in the order of the rows."""
    result = program("analyze", "--jsonl", "-", stdin=jsonl(ROWS))

    assert result.code == 0
    assert [one["id"] for one in result.rows()] == ["a1", "a2", "a3", "a4"]
    fields = "id title source published regions topics sentences keywords story figures phrases"
    assert [set(one) for one in result.rows()] == [set(fields.split())] * len(ROWS)


def test_analyze_finds_regions_topics_and_stories(program: Program) -> None:
    """The region is the place of the news, and one wire story in two papers is one story."""
    first, second, *wire = program("analyze", "--jsonl", "-", stdin=jsonl(ROWS)).rows()

    assert first["regions"][0]["path"][:2] == ["浙江", "杭州"]
    assert second["regions"][0]["path"][:2] == ["四川", "成都"]
    assert second["topics"][0]["name"] == "科技教育"
    assert wire[0]["regions"][0]["path"] == ["全国"]
    assert wire[0]["story"] == wire[1]["story"]
    assert len({first["story"], second["story"], wire[0]["story"]}) == 3


@pytest.mark.parametrize("command", ["analyze", "summarize"])
def test_sentences_are_verbatim(program: Program, command: str) -> None:
    """Every sentence equals the stretch of the row's text that its offsets name."""
    texts = {one["id"]: one["text"] for one in ROWS}
    for one in program(command, "--jsonl", "-", stdin=jsonl(ROWS)).rows():
        assert one["sentences"]
        for sentence in one["sentences"]:
            assert texts[one["id"]][sentence["start"] : sentence["end"]] == sentence["text"]


@pytest.mark.parametrize("command", ["analyze", "summarize"])
def test_a_bad_row_does_not_stop_the_others(program: Program, command: str) -> None:
    """A line that is no row is reported by its number; the code is 0 where other rows were good."""
    data = b"not json\n" + jsonl(ROWS[:1]) + b'{"id": "x"}\n'
    result = program(command, "--jsonl", "-", stdin=data)

    assert result.code == 0
    assert [one["id"] for one in result.rows()] == ["a1"]
    assert len(result.err.splitlines()) == 2


@pytest.mark.parametrize("command", ["analyze", "summarize"])
def test_no_good_row_is_exit_code_1(program: Program, command: str) -> None:
    """Rows of which none can be used are nothing usable."""
    assert program(command, "--jsonl", "-", stdin=b"[]\n").code == 1


def test_analyze_explains_itself(program: Program, rows_path: Path) -> None:
    """--explain shows the words that spoke for the region and where they stand."""
    code, out, _ = program("analyze", rows_path, "--explain")

    assert code == 0
    assert "浙江/杭州" in out
    assert "杭州" in out.split("地区 region", 1)[1]


def test_summarize_gives_at_most_the_sentences_asked_for(program: Program) -> None:
    """--sentences N gives N at most: a further sentence must add something."""
    rows = program("summarize", "--jsonl", "--sentences", "2", "-", stdin=jsonl(ROWS)).rows()

    assert [len(one["sentences"]) for one in rows] == [2, 1, 1, 1]


def test_summarize_keeps_to_a_length(program: Program) -> None:
    """--chars N gives no more than N characters where one sentence fits."""
    rows = program("summarize", "--jsonl", "--chars", "100", "-", stdin=jsonl(ROWS)).rows()

    assert all(0 < sum(len(s["text"]) for s in one["sentences"]) <= 100 for one in rows)


def test_summarize_reads_plain_text(program: Program) -> None:
    """Without --jsonl, - is a text, and its sentences are printed one a line."""
    text = FLOOD.split("）", 1)[1]
    code, out, _ = program("summarize", "-", "--sentences", "2", stdin=text.encode())

    assert code == 0
    assert sum(line in text for line in out.splitlines() if line.endswith("。")) == 2


def test_summarize_json_is_one_array(program: Program, rows_path: Path) -> None:
    """--json writes one array with the fields of the rows, and figures and names."""
    objects = json.loads(program("summarize", rows_path, "--json").out)

    fields = {"id", "sentences", "keywords", "figures", "phrases"}
    assert [set(one) for one in objects] == [fields] * len(ROWS)


@pytest.mark.filterwarnings("ignore:unclosed file:ResourceWarning")  # textrank4zh leaves its stop words open
def test_the_reference_engine_is_there(program: Program) -> None:
    """--engine textrank4zh works with today's libraries and is verbatim too."""
    one = program("summarize", "--jsonl", "--engine", "textrank4zh", "-", stdin=jsonl(ROWS[:1])).rows()[0]

    assert one["sentences"]
    assert all(FLOOD[s["start"] : s["end"]] == s["text"] for s in one["sentences"])


def test_lone_surrogates_and_controls_do_no_harm(program: Program) -> None:
    """Text that cannot be encoded comes out as valid UTF-8 JSON with the offsets right."""
    bad = row("s", "t\ud800", "杭州\0市水利局3月17日召开会议，部署防汛工作\udc00准备。")
    result = program("analyze", "--jsonl", "-", stdin=json.dumps(bad).encode() + b"\n")

    assert result.code == 0
    result.out.encode("utf-8")


def test_build_writes_an_issue(program: Program, rows_path: Path, tmp_path: Path) -> None:
    """build prints the folder of the issue, which holds the page and the data."""
    code, out, _ = program("build", rows_path, "-o", tmp_path / "out", "--date", "2026-03-18", "--no-pdf")

    assert code == 0
    folder = Path(out.strip())
    assert folder == tmp_path / "out" / "2026-03-18"
    assert {"index.html", "issue.json"} <= {path.name for path in folder.iterdir()}


def test_build_explains_the_order(program: Program, rows_path: Path) -> None:
    """--explain shows the parts of every score, which add up, before the path."""
    code, out, _ = program(
        "build", rows_path, "--date", "2026-03-18", "--no-pdf", "--no-library", "--explain"
    )
    lines = out.splitlines()

    assert code == 0
    assert Path(lines[-1]).is_dir()
    sums = [line.strip().split(" = ") for line in lines if " = " in line]
    assert len(sums) == 3
    for total, parts in sums:
        values = [float(part.split()[-1]) for part in parts.split(" + ")]
        assert abs(float(total) - sum(values)) < 1e-3


def test_a_draft_is_written_edited_and_printed(program: Program, rows_path: Path, tmp_path: Path) -> None:
    """--draft publishes nothing; --from makes the issue that the edited draft asks for, with its date."""
    code, out, _ = program("build", rows_path, "--date", "2026-03-18", "--draft")
    assert (code, out) == (0, "draft.toml\n")
    assert not (tmp_path / "out").exists()
    assert not (tmp_path / "out.library").exists()
    assert program("build", rows_path, "--draft").code == 2

    draft = tmp_path / "draft.toml"
    text = draft.read_text(encoding="utf-8")
    draft.write_text(text.replace('note = ""', 'note = "供参考。"', 1), encoding="utf-8")
    code, out, _ = program("build", "--from", draft, "--no-pdf")
    assert code == 0
    folder = Path(out.strip())
    assert folder.name == "2026-03-18"
    page = (folder / "index.html").read_text(encoding="utf-8")
    assert "编者按" in page
    assert "供参考。" in page


def test_a_mistake_in_a_draft_is_one_line(program: Program, rows_path: Path, tmp_path: Path) -> None:
    """The line is named, the code is 2, and nothing is published or numbered."""
    program("build", rows_path, "--date", "2026-03-18", "--draft")
    draft = tmp_path / "draft.toml"
    text = draft.read_text(encoding="utf-8")
    draft.write_text(text.replace("order = 2", 'order = "first"', 1), encoding="utf-8")
    code, out, err = program("build", "--from", draft, "--no-pdf")

    assert (code, out) == (2, "")
    assert "第 2 条: order" in err
    assert not (tmp_path / "out").exists()
    assert program("build", "--from", draft, "--draft").code == 2


EDITIONS = """
[[edition]]
name = "成都版"
slug = "chengdu"
regions = ["四川/成都"]
length = 5
[[edition]]
name = "一周要闻"
slug = "weekly"
days = 7
"""


def test_editions_are_made_of_one_reading(program: Program, rows_path: Path, tmp_path: Path) -> None:
    """Each has a folder, a name and numbers of its own; a weekly one has the stories of its days."""
    (tmp_path / "digest.toml").write_text(EDITIONS, encoding="utf-8")
    later = tmp_path / "later.jsonl"
    metro = (
        "杭州地铁九号线二期3月20日开工，全长十一公里，设车站八座，计划四年建成。"
        "市地铁集团说，沿线道路将分段围挡，公交线路同步调整，首批围挡3月底开始。"
    )
    later.write_bytes(jsonl([row("b1", "杭州地铁九号线二期开工", metro, source="江城日报")]))
    assert program("build", rows_path, "--date", "2026-03-18", "--no-pdf").code == 0
    assert program("build", later, "--date", "2026-03-20", "--no-pdf").code == 0

    code, out, _ = program("build", "--edition", "chengdu", "--date", "2026-03-18", "--no-pdf")
    assert code == 0
    assert Path(out.strip()) == Path("out/chengdu/2026-03-18")
    issue = json.loads(Path(out.strip(), "issue.json").read_bytes())
    assert (issue["issue"]["name"], issue["issue"]["edition"], issue["issue"]["number"]) == (
        "成都版",
        "chengdu",
        1,
    )
    assert [section["title"] for section in issue["sections"]] == ["四川·成都"]
    assert issue["ledger"]["outside"] == 3

    code, out, _ = program("build", "--edition", "一周要闻", "--date", "2026-03-22", "--no-pdf")
    weekly = json.loads(Path(out.strip(), "issue.json").read_bytes())
    assert len(weekly["articles"]) == 5
    assert sum(len(g["items"]) for s in weekly["sections"] for g in s["groups"]) == 4
    assert [line.split("\t")[1] for line in program("library").out.splitlines()] == [
        "-",
        "chengdu",
        "-",
        "weekly",
    ]


def test_an_edition_can_be_read_from_files(program: Program, rows_path: Path, tmp_path: Path) -> None:
    """With sources an edition needs nothing in the library."""
    (tmp_path / "digest.toml").write_text(EDITIONS, encoding="utf-8")
    code, out, _ = program(
        "build", rows_path, "--edition", "chengdu", "--date", "2026-03-18", "--no-pdf", "--no-library"
    )

    assert code == 0
    assert Path(out.strip(), "index.html").is_file()


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["--edition", "moon"], 2),
        (["--edition", "weekly", "--no-library"], 2),
        (["--edition", "weekly"], 1),
    ],
)
def test_an_edition_that_cannot_be_made(
    program: Program, tmp_path: Path, arguments: list[str], code: int
) -> None:
    """An unknown edition and one without material are said, and nothing is made."""
    (tmp_path / "digest.toml").write_text(EDITIONS, encoding="utf-8")

    assert program("build", *arguments, "--date", "2026-03-22").code == code
    assert not (tmp_path / "out").exists()


def test_build_keeps_the_issue_in_the_library(program: Program, rows_path: Path) -> None:
    """The library beside the output folder lists what was built, with its numbers; it can be checked."""
    for day in ("2026-03-18", "2026-03-19"):
        assert program("build", rows_path, "--date", day, "--no-pdf").code == 0
    code, out, _ = program("library")

    assert code == 0
    assert [line.split("\t")[:4] for line in out.splitlines()] == [
        ["2026-03-18", "-", "第1期", "总第1期"],
        ["2026-03-19", "-", "第2期", "总第2期"],
    ]
    assert program("library", "--check").code == 0


def test_the_library_stands_where_the_configuration_says(
    program: Program, rows_path: Path, tmp_path: Path
) -> None:
    """A relative folder starts at the configuration, wherever the program is run."""
    (tmp_path / "etc").mkdir()
    config = tmp_path / "etc" / "digest.toml"
    config.write_text('[library]\npath = "archive"\n', encoding="utf-8")
    arguments = ("build", rows_path, "--date", "2026-03-18", "--no-pdf", "--config", config)

    assert program(*arguments).code == 0
    assert (tmp_path / "etc" / "archive" / "digest.sqlite3").is_file()
    assert program("library", "--config", config).out.startswith("2026-03-18")
    config.write_text('[library]\npath = "../out/archive"\n', encoding="utf-8")
    assert program(*arguments).code == 2


def test_build_without_the_library_leaves_none(program: Program, rows_path: Path, tmp_path: Path) -> None:
    """--no-library is for a one-off: no number, no record."""
    code, out, _ = program("build", rows_path, "--date", "2026-03-18", "--no-pdf", "--no-library")

    assert code == 0
    assert json.loads((Path(out.strip()) / "issue.json").read_bytes())["issue"]["number"] is None
    assert not (tmp_path / "out.library").exists()
    assert program("library").code == 8


def test_a_library_is_backed_up_and_set_aside(program: Program, rows_path: Path, tmp_path: Path) -> None:
    """The copy is whole, and after setting the library aside a new one is made; nothing is lost."""
    program("build", rows_path, "--date", "2026-03-18", "--no-pdf")
    path = tmp_path / "out.library" / "digest.sqlite3"
    path.with_name("digest.sqlite3").write_bytes(path.read_bytes()[:5000])
    code, out, err = program("build", rows_path, "--date", "2026-03-19", "--no-pdf")
    assert (code, out) == (8, "")
    assert "digest library --set-aside" in err.splitlines()[-1]
    assert not (tmp_path / "out" / "2026-03-19").exists()

    assert program("library", "--set-aside").out.strip().endswith("digest.sqlite3.aside-1")
    assert program("build", rows_path, "--date", "2026-03-19", "--no-pdf").code == 0
    assert program("library", "--backup", "copy.sqlite3").code == 0
    assert program("library", "--backup", "copy.sqlite3").code == 8
    assert program("library", "--check", "--set-aside").code == 2


def test_the_issue_date_is_of_the_configured_time_zone(
    program: Program, rows_path: Path, tmp_path: Path
) -> None:
    """An unknown time zone is a mistake in the configuration."""
    (tmp_path / "digest.toml").write_text('[issue]\ntime_zone = "Mars/Olympus"\n', encoding="utf-8")
    code, _, err = program("build", rows_path)

    assert code == 2
    assert "Mars/Olympus" in err


def test_row_ids_may_be_numbers(program: Program) -> None:
    """An id that is a number comes back as its digits."""
    one = program("summarize", "--jsonl", "-", stdin=jsonl([row("7", "t", FLOOD) | {"id": 7}])).rows()[0]

    assert one["id"] == "7"
