"""digest withdraw"""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

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
from digest.model import Withdrawal

_ID = re.compile(r"(?:(?P<edition>[^/#]+)/)?(?P<day>[^/#]+)#(?P<number>\d+)(?:\.(?P<sentence>\d+))?")


@click.command("withdraw", short_help="撤回登过的内容 take back what was printed.")
@click.argument("what", required=False, metavar="[ID]")
@click.option("--reason", default="", metavar="TEXT", help="为何撤回，会登出来。Why; it is printed.")
@click.option("--date", "day", metavar="YYYY-MM-DD", help="撤回的日期，默认今天。The day it is taken back.")
@out_option
@config_option
@level_options
def withdraw_command(
    what: str | None,
    reason: str,
    day: str | None,
    out: Path,
    config_path: Path | None,
    quiet: bool,
    verbose: bool,
) -> None:
    """撤回 ID：2026-03-18#12 是那一期的第12条，2026-03-18#12.2 是它摘要的第2句；有版别时前面加 版别/。

    Takes back a story or one sentence of its summary. With the next build, or with `digest site`, a note with
    the reason stands in its place in every file of the issue, in the site and in the feeds. Without an ID the
    list of what was taken back is printed.

    \b
    例 Example:  digest withdraw 2026-03-18#12 --reason 报社已更正
    """
    console = Console(quiet=quiet, verbose=verbose)
    config = config_of(config_path, console)
    path = library_of(out, config)
    from digest.library import Library

    with Library(path) as library:
        if what is None:
            for one in library.withdrawals.all():
                click.echo(_line(one))
            return
        if not reason.strip():
            raise UsageError("请写明原因：--reason (say why)")
        from digest.withdrawal import withdrawal_of

        edition, of_day, number, sentence = _parsed(what)
        issue = library.issue(edition, of_day)
        if issue is None:
            raise LibraryError(f"{path}: 资料库里没有这一期 (no such issue in the library): {what}")
        withdrawn = issue_day(day, config)
        withdrawal = withdrawal_of(issue, number, sentence, " ".join(reason.split()), withdrawn)
        if withdrawal is None:
            raise NothingFoundError(f"{what}: 这一期没有这一条或这一句 (no such story or sentence)")
        library.withdrawals.add(withdrawal)
    console.note("已记下；下次 build 或 site 时换成说明 (noted; the next build or site puts the note there)")


def _parsed(what: str) -> tuple[str, date, int, int | None]:
    found = _ID.fullmatch(what)
    day = day_of("ID", found["day"]) if found else None
    if found is None or day is None:
        raise UsageError(f"{what}: 应写作 2026-03-18#12 或 2026-03-18#12.2 (wrong ID)")
    sentence = int(found["sentence"]) if found["sentence"] else None
    return found["edition"] or "", day, int(found["number"]), sentence


def _line(one: Withdrawal) -> str:
    fields = (one.day.isoformat(), one.edition or "-", one.story, one.withdrawn.isoformat(), one.reason)
    return "\t".join(shown(field) for field in (*fields, one.sentence or "整条 all of it"))
