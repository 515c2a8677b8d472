"""digest withdraw"""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from digest.cli.console import Console, shown
from digest.cli.options import (
    config_of,
    config_option,
    day_of,
    issue_day,
    level_options,
    library_of,
    out_option,
)
from digest.errors import LibraryError, NothingFoundError, UsageError
from digest.model import Issue, Withdrawal

if TYPE_CHECKING:
    from digest.library import Library

_ID = re.compile(r"(?:(?P<edition>[^/#]+)/)?(?P<day>[^/#]+)#(?P<number>\d+)(?:\.(?P<sentence>\d+))?")


@click.command("withdraw", short_help="撤回登过的内容 take back what was printed.")
@click.argument("what", required=False, metavar="[ID]")
@click.option("--reason", default="", metavar="TEXT", help="为何撤回，会登出来。Why; it is printed.")
@click.option(
    "--undo", is_flag=True, help="取消撤回，ID 照所列的写。It stands again; the ID is that of the list."
)
@click.option("--date", "day", metavar="YYYY-MM-DD", help="撤回或取消的日期，默认今天。The day of it.")
@out_option
@config_option
@level_options
def withdraw_command(
    what: str | None,
    reason: str,
    undo: bool,
    day: str | None,
    out: Path,
    config_path: Path | None,
    quiet: bool,
    verbose: bool,
) -> None:
    """撤回 ID：2026-03-18#12 是那一期的第12条，2026-03-18#12.2 是它摘要的第2句；有版别时前面加 版别/。

    Takes back a story or one sentence of its summary. With the next build, or with `digest site`, a note with
    day and reason stands in its place in every file of the issue, in the site and in the feeds. With --undo
    it stands again as it was printed. Without an ID the list of what was taken back is printed.

    \b
    例 Example:  digest withdraw 2026-03-18#12 --reason 报社已更正
    """
    console = Console(quiet=quiet, verbose=verbose)
    config = config_of(config_path, console)
    path = library_of(out, config)
    from digest.library import Library

    with Library(path) as library:
        if what is None:
            if undo or reason:
                raise UsageError("请写明撤回的是哪一条 (say which: the ID is missing)")
            for one in library.withdrawals.all():
                click.echo(_line(library, one))
            return
        if undo == bool(reason.strip()):
            raise UsageError("请写明原因，或取消撤回：--reason 或 --undo (say why, or --undo: one of them)")
        edition, of_day, number, sentence = _parsed(what)
        issue = library.issue(edition, of_day)
        if issue is None:
            raise LibraryError(f"{path}: 资料库里没有这一期 (no such issue in the library): {what}")
        today = issue_day(day, config)
        if undo:
            said = _undone(library, issue, what, number, sentence, today)
        else:
            said = _withdrawn(library, issue, what, number, sentence, reason, today)
    console.note(f"{said}；下次 build 或 site 时照此重出 (noted; the next build or site prints it so)")


def _withdrawn(
    library: Library, issue: Issue, what: str, number: int, sentence: int | None, reason: str, day: date
) -> str:
    from digest.withdrawal import withdrawal_of

    found = withdrawal_of(issue, number, sentence, " ".join(reason.split()), day)
    if found is None:
        raise NothingFoundError(f"{what}: 这一期没有这一条或这一句 (no such story or sentence)")
    library.withdrawals.add(found)
    return f"已记下撤回 {_id(issue, found)} {_quoted(found)}"


def _undone(library: Library, issue: Issue, what: str, number: int, sentence: int | None, day: date) -> str:
    from digest.withdrawal import withdrawal_in

    found = withdrawal_in(issue, number, sentence, library.withdrawals.ever())
    if found is None:
        raise NothingFoundError(f"{what}: 没有撤回过 (it was not taken back)")
    if found.undone:
        return f"早已取消撤回 undone before, {found.undone}: {what}"
    library.withdrawals.undo(found, day)
    return f"已取消撤回 {what} {_quoted(found)}"


def _quoted(one: Withdrawal) -> str:
    return f"“{shown(one.sentence)}”" if one.sentence else "整条 all of it"


def _parsed(what: str) -> tuple[str, date, int, int | None]:
    found = _ID.fullmatch(what)
    day = day_of("ID", found["day"]) if found else None
    if found is None or day is None:
        raise UsageError(f"{what}: 应写作 2026-03-18#12 或 2026-03-18#12.2 (wrong ID)")
    sentence = int(found["sentence"]) if found["sentence"] else None
    return found["edition"] or "", day, int(found["number"]), sentence


def _line(library: Library, one: Withdrawal) -> str:
    issue = library.issue(one.edition, one.day)
    place = _id(issue, one) if issue else _id_of(one.edition, one.day, "?")
    fields = (place, one.withdrawn.isoformat(), one.reason, one.sentence or "整条 all of it")
    return "\t".join(shown(field) for field in fields)


def _id(issue: Issue, one: Withdrawal) -> str:
    """What `--undo` calls it: numbers as first printed."""
    from digest.withdrawal import place_of

    number, sentence = place_of(issue, one) or ("?", None)
    return _id_of(one.edition, one.day, f"{number}" if sentence is None else f"{number}.{sentence}")


def _id_of(edition: str, day: date, place: str) -> str:
    return f"{edition}/{day}#{place}" if edition else f"{day}#{place}"
