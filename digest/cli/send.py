"""digest send"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from digest.cli.console import Console, shown
from digest.cli.options import (
    config_of,
    config_option,
    folder_of_config,
    level_options,
    library_of,
    out_option,
    zone_of,
)
from digest.config import Config
from digest.errors import MailError, UsageError
from digest.model import DeliveryState

if TYPE_CHECKING:
    from digest.library import IssueEntry, Library
    from digest.mailing import Order, Outcome, Plan, Report, Way

WORDS = {
    DeliveryState.SENDING: "途中",
    DeliveryState.SENT: "已送出",
    DeliveryState.DEFERRED: "推迟",
    DeliveryState.REFUSED: "退回",
    DeliveryState.UNCERTAIN: "不明",
}


@click.command("send", short_help="把简报寄给收件人 mail an issue.")
@click.argument("issue", required=False, metavar="[ISSUE]")
@out_option
@click.option("--edition", metavar="NAME", help="只寄这一版。Only this edition.")
@click.option(
    "--to", "to", multiple=True, metavar="ADDRESS", help="只寄给此人，可多次。Only to this address."
)
@click.option(
    "--dry-run", is_flag=True, help="不寄，只把信写成 .eml。Send nothing, write the letters as .eml."
)
@click.option(
    "--save",
    "save",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="每封信存一份 .eml 到 DIR。Keep a copy of each letter in DIR.",
)
@click.option("--resend", is_flag=True, help="不明的、退回的也再寄。Also what is uncertain or was refused.")
@click.option("--allow-empty", is_flag=True, help="没有条目也寄。Also an issue without items.")
@click.option("--status", is_flag=True, help="只列出寄送情况。Only show what became of the letters.")
@click.option(
    "--bounces",
    "mbox",
    type=click.Path(path_type=Path),
    metavar="MBOX",
    help="读退信，记下收不到信的地址。Read delivery reports and mark addresses.",
)
@config_option
@level_options
def send_command(
    issue: str | None,
    out: Path,
    edition: str | None,
    to: tuple[str, ...],
    dry_run: bool,
    save: Path | None,
    resend: bool,
    allow_empty: bool,
    status: bool,
    mbox: Path | None,
    config_path: Path | None,
    quiet: bool,
    verbose: bool,
) -> None:
    """把一期简报寄给 digest.toml 和名单里的收件人；谁收到了记在资料库里，重复运行不会重寄。

    ISSUE is a date or a folder of an issue (out/2026-03-18); without it the newest issue. Who got it is kept
    in the library: running it again sends nothing twice. What is uncertain is listed, and sent again only
    with --resend.

    \b
    例 Example:  digest send 2026-03-18 --dry-run --save letters
    """
    console = Console(quiet=quiet, verbose=verbose)
    if mbox is not None and (issue or to or dry_run or save or resend or status):
        raise UsageError("--bounces 单独使用 (--bounces stands alone)")
    config = config_of(config_path, console)
    folder = folder_of_config(config_path)
    if mbox is not None:
        _read_bounces(mbox, library_of(out, config), config, console)
        return
    from digest import mailing

    day, edition_of_path = _issue_named(issue, out)
    edition = edition_of_path if edition is None else mailing.slug_of(edition, config)
    recipients = mailing.addressed(mailing.recipients_of(config, folder), to, edition)
    order = mailing.Order(
        config=config,
        out=out,
        sender=mailing.sender_of(config.mail),
        recipients=recipients,
        now=lambda: datetime.now(zone_of(config)),
        resend=resend,
        allow_empty=allow_empty,
        dry_run=dry_run,
    )
    with _library(library_of(out, config), changed=not (dry_run or status)) as library:
        editions = list(dict.fromkeys(one.edition for one in recipients))
        entries = mailing.entries_for(library, editions, day)
        if status:
            for entry in entries:
                _show_status(library, entry, order.plan(library, entry))
            return
        way = mailing.folder_way(save or out.with_name(f"{out.name}.mail")) if dry_run else None
        if way is None:
            way = mailing.way_of(config.mail, folder, os.environ, copies=save)
        send_all(order, library, entries, way, console)


def send_all(
    order: Order, library: Library, entries: Sequence[IssueEntry], way: Way, console: Console
) -> None:
    """Send each issue and say in one line what became of it.

    Raises MailError where someone who was due a letter did not surely get it, RenderError where a PDF failed.
    """
    reports = [_send_one(order, library, entry, way, console) for entry in entries]
    missed = sum(len(report.missed) for report in reports)
    if missed:
        raise MailError(
            f"{missed} 人未确定收到，见上；详情 digest send --status (not surely delivered to all)"
        )
    failures = [failure for report in reports for failure in report.failures]
    if failures:
        raise failures[0]


def _send_one(order: Order, library: Library, entry: IssueEntry, way: Way, console: Console) -> Report:
    from digest import mailing

    with console.progress() as progress:
        done = 0

        def on_letter(address: str, outcome: Outcome) -> None:
            nonlocal done
            done += 1
            progress("send", done, None)
            if outcome.state != DeliveryState.SENT:
                console.note(f"{_named(outcome.state)}: {address}: {outcome.detail}")

        report = order.send(library, entry, way, mailing.pace_of(order.config.mail), on_letter)
    for one in report.plan.held:
        console.note(f"待定未寄 held: {one.address}（--resend 才再寄 sent again only with --resend）")
    for one in report.plan.bounced:
        console.note(f"地址失效 bounced: {one.address}")
    click.echo(shown(summary_line(entry, report, dry_run=order.dry_run)))
    return report


def summary_line(entry: IssueEntry, report: Report, *, dry_run: bool = False) -> str:
    """One line of what a run did for one issue."""
    counts = [
        (_named(state), report.count(state))
        for state in (
            DeliveryState.SENT,
            DeliveryState.DEFERRED,
            DeliveryState.REFUSED,
            DeliveryState.UNCERTAIN,
        )
    ]
    if dry_run:
        counts = [("未寄，写成文件 written", report.count(DeliveryState.SENT))]
    counts += [
        ("此前已寄 sent before", len(report.plan.done)),
        ("待定未寄 held", len(report.plan.held)),
        ("地址失效 bounced", len(report.plan.bounced)),
        ("无所需内容 empty", len(report.empty)),
    ]
    told = "，".join(f"{name} {count}" for name, count in counts[: 1 if dry_run else 4])
    rest = "".join(f"，{name} {count}" for name, count in counts[1 if dry_run else 4 :] if count)
    return f"{entry.name} {entry.edition and entry.edition + ' '}{entry.day}: {told}{rest}"


def _issue_named(text: str | None, out: Path) -> tuple[date | None, str | None]:
    """Day and edition of an issue named by its date or by its folder below `out`."""
    if text is None:
        return None, None
    path = Path(text)
    try:
        day = date.fromisoformat(path.name)
    except ValueError as error:
        raise UsageError(f"{text}: 应为日期或简报目录，如 out/2026-03-18 (a date or a folder)") from error
    if path.name == text:
        return day, None
    above = path.absolute().parent
    if above == out.absolute():
        return day, None
    if above.parent == out.absolute():
        return day, above.name
    raise UsageError(f"{text}: 不在输出目录 {out} 之下，用 -o 指明 (not below the output folder)")


@contextmanager
def _library(path: Path, *, changed: bool) -> Iterator[Library]:
    """For reading, or for a run that sends: one at a time."""
    from digest.library import Library
    from digest.mailing import sending_library

    with sending_library(path) if changed else Library(path) as library:
        yield library


def _show_status(library: Library, entry: IssueEntry, plan: Plan) -> None:
    """A line for each row of the ledger, and for each recipient who has none."""
    rows = library.deliveries.of_issue(entry.edition, entry.day)
    for row in rows:
        _echo_fields(
            row.day, row.edition, row.address, _named(row.state), row.changed, row.choice, row.detail
        )
    known = {row.address for row in rows}
    marks = {bounce.address: bounce for bounce in library.deliveries.bounces()}
    for one in (*plan.due, *plan.bounced):
        address = one.address.casefold()
        if address in known:
            continue
        mark = marks.get(address)
        state, said = ("地址失效 bounced", f"{mark.status} {mark.detail}") if mark else ("未寄 not sent", "")
        _echo_fields(entry.day, entry.edition, address, state, mark.day if mark else "", "", said)


def _echo_fields(*fields: object) -> None:
    click.echo("\t".join(shown(str(field)) or "-" for field in fields))


def _named(state: DeliveryState) -> str:
    return f"{WORDS[state]} {state}"


def _read_bounces(mbox: Path, library_path: Path, config: Config, console: Console) -> None:
    from digest import mailing

    with mailing.sending_library(library_path) as library:
        noted = mailing.note_bounces(library.deliveries, mbox, datetime.now(zone_of(config)))
    for mark in noted.marks:
        console.note(f"地址失效 bounced: {mark.address}: {mark.status} {mark.detail}")
    click.echo(
        f"记下 {len(noted.marks)} 个失效地址 marked；{noted.n_foreign} 份退信不是本资料库寄出的 not ours；"
        f"{noted.n_other} 封不是退信 no failures"
    )
