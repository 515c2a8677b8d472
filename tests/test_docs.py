"""The documents are a contract: the README's commands run, every option and every key is explained."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any, get_args, get_origin, get_type_hints

import click
import pytest

from digest.cli import digest
from digest.config import Config, load_config
from digest.render.fonts import installed

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
CLI = (ROOT / "docs" / "cli.md").read_text(encoding="utf-8")
CONFIGURATION = (ROOT / "docs" / "configuration.md").read_text(encoding="utf-8")
# They set up an environment and run these tests; the checks of every change run them.
NOT_RUN = {"script/run", "script/test", ". .venv/bin/activate"}


def _blocks(text: str, language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", text, re.DOTALL)


def _commands() -> list[str]:
    lines = (line.split("#")[0].strip() for block in _blocks(README, "sh") for line in block.splitlines())
    return list(dict.fromkeys(line for line in lines if line and line not in NOT_RUN))


@pytest.fixture
def shell(tmp_path: Path) -> dict[str, str]:
    """An environment whose `digest` is the one under test."""
    program = tmp_path / "bin" / "digest"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\nexec {sys.executable} -m digest "$@"\n')
    program.chmod(0o755)
    # recognising the scan takes half a minute where the extra is installed; it has tests of its own
    shutil.copytree(ROOT / "samples", tmp_path / "work" / "samples", ignore=shutil.ignore_patterns("*.png"))
    return os.environ | {"PATH": f"{program.parent}{os.pathsep}{os.environ['PATH']}"}


@pytest.mark.parametrize("command", _commands())
def test_a_command_of_the_readme_runs(command: str, shell: dict[str, str], tmp_path: Path) -> None:
    """A command that the README shows ends with 0 and says something."""
    if "build" in command and "--no-pdf" not in command and not installed().chinese():
        pytest.skip("no Chinese font is installed: no PDF")
    done = subprocess.run(
        command, shell=True, cwd=tmp_path / "work", env=shell, capture_output=True, check=False
    )

    assert done.returncode == 0, done.stderr.decode()
    assert done.stdout


def test_the_readme_shows_the_two_commands() -> None:
    """script/run and script/test are there, named in the README, and can be executed."""
    for name in ("script/run", "script/test"):
        assert name in README
        assert os.access(ROOT / name, os.X_OK)


@pytest.mark.parametrize(
    "path", sorted(ROOT.glob("*.md")) + sorted((ROOT / "docs").glob("*.md")), ids=lambda p: p.name
)
def test_links_between_documents_lead_somewhere(path: Path) -> None:
    """A relative link in a document names a file that is there."""
    links = re.findall(r"\]\(([^)#\s]+)", path.read_text(encoding="utf-8"))

    assert [link for link in links if "://" not in link and not (path.parent / link).exists()] == []


def test_every_document_can_be_found() -> None:
    """The README names each document."""
    documents = {f"docs/{path.name}" for path in (ROOT / "docs").glob("*.md")}

    assert documents <= set(re.findall(r"\]\(([^)#\s]+)", README))


@pytest.mark.parametrize("name", sorted(digest.commands))
def test_every_command_and_option_is_in_the_reference(name: str) -> None:
    """docs/cli.md has a section for the command that names each of its options."""
    section = re.search(rf"^## `digest {name}\b.*?(?=^## |\Z)", CLI, re.DOTALL | re.MULTILINE)
    assert section
    options = [
        option
        for parameter in digest.commands[name].params
        if isinstance(parameter, click.Option)
        for option in (*parameter.opts, *parameter.secondary_opts)
    ]

    assert [option for option in options if f"`{option}" not in _with_shared(section[0])] == []


def _with_shared(section: str) -> str:
    """A section, and the table of shared options where it refers to that."""
    return section + CLI.split("## `digest")[0] if "见上" in section else section


def test_the_reference_names_no_command_that_is_not_there() -> None:
    """Every section of docs/cli.md on a command is about a command of the program."""
    assert set(re.findall(r"^## `digest (\w+)", CLI, re.MULTILINE)) == set(digest.commands)


def _tables(kind: Any = Config) -> Iterator[tuple[str, Any]]:
    """The tables of digest.toml with the types that hold their keys."""
    for name, hint in get_type_hints(kind).items():
        yield name, get_args(hint)[0] if get_origin(hint) is tuple else hint


@pytest.mark.parametrize(
    ("name", "kind"), list(_tables()), ids=lambda part: part if isinstance(part, str) else ""
)
def test_every_key_is_in_the_reference(name: str, kind: Any) -> None:
    """docs/configuration.md has a section for the table that names each key with its default."""
    assert is_dataclass(kind)
    section = re.search(rf"^## `\[+{name}\]+`.*?(?=^## |\Z)", CONFIGURATION, re.DOTALL | re.MULTILINE)
    assert section
    rows = dict(re.findall(r"^\| `(\w+)` \| (.*?) \|", section[0], re.MULTILINE))

    keys = {field.metadata.get("key", field.name): field for field in fields(kind)}
    assert set(rows) == set(keys)
    for key, field in keys.items():
        shown = rows[key].strip("`")
        assert shown in _shown(field.default) or "required" in shown, field.name


def _shown(default: Any) -> tuple[str, ...]:
    """How a default may stand in the table."""
    if default is None:
        return ("无 none",)
    if isinstance(default, bool):
        return (str(default).lower(),)
    if isinstance(default, tuple):
        return (json.dumps(default, ensure_ascii=False),) if default else ("[]", "{}")
    return (f'"{default}"',) if isinstance(default, str) else (str(default),)


@pytest.mark.parametrize("text", _blocks(README, "toml") + _blocks(CONFIGURATION, "toml"))
def test_an_example_of_a_configuration_is_one(text: str, tmp_path: Path) -> None:
    """Every digest.toml shown in a document can be read."""
    (tmp_path / "digest.toml").write_text(text, encoding="utf-8")

    assert load_config(tmp_path / "digest.toml") != Config()
