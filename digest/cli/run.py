"""digest run"""

from __future__ import annotations

import io
from contextlib import redirect_stderr, redirect_stdout
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from digest.cli.console import Console, shown
from digest.cli.options import (
    DEFAULT_CONFIG,
    config_of,
    config_option,
    date_option,
    issue_day,
    level_options,
    zone_of,
)
from digest.errors import DigestError, UsageError

if TYPE_CHECKING:
    from digest.daily import Done, Log, Step


@click.command("run", short_help="每天的全部工作 the whole work of a day.")
@date_option
@config_option
@level_options
@click.pass_context
def run_command(
    context: click.Context, day: str | None, config_path: Path | None, quiet: bool, verbose: bool
) -> None:
    """按 digest.toml 依次取回、做简报、做网站、寄送；供 cron 或 systemd 每天运行，重复运行无害。

    Does what digest.toml says: fetch, build, site, send. One run at a time; what the steps say goes to the
    log, one line of result to standard output. Running it again sends nothing twice.
    """
    console = Console(quiet=quiet, verbose=verbose)
    path = (config_path or DEFAULT_CONFIG).absolute()
    if not path.is_file():
        raise UsageError(f"{path}: 没有配置文件，先运行 digest init (no configuration)")
    config = config_of(path, console)
    today, zone = issue_day(day, config), zone_of(config)
    from digest.daily import at_work, steps

    assert context.parent is not None
    group = context.parent.command
    assert isinstance(group, click.Group)
    asked = [step for step in steps(config, path, today) if step.name in group.commands]
    done: list[Done] = []
    with at_work(path.parent, config, lambda: datetime.now(zone)) as log:
        for step in asked:
            done.append(_run(group.commands[step.name], step, log))
            if done[-1].stops_the_day:
                break
    if not quiet:
        click.echo(shown(f"{today}: " + "；".join(one.line for one in done)))
    failure = next((one.failure for one in done if one.failure), None)
    if failure:
        raise failure


def _run(command: click.Command, step: Step, log: Log) -> Done:
    """Run one command; what it says goes to the log."""
    from digest.daily import Done

    printed = io.StringIO()
    failure: DigestError | None = None
    log.write(f"$ digest {step.name} {' '.join(step.arguments)}\n")
    try:
        with redirect_stdout(printed), redirect_stderr(log):
            command.main(args=list(step.arguments), prog_name=f"digest {step.name}", standalone_mode=False)
    except DigestError as error:
        failure = error
        log.write(f"digest: {error}\n")
    log.write(printed.getvalue())
    return Done(step, "，".join(printed.getvalue().split("\n")[:-1]), failure)
