"""digest fetch"""

from __future__ import annotations

from pathlib import Path

import click

from digest.cli.console import Console, shown
from digest.cli.options import (
    config_of,
    config_option,
    date_option,
    folder_of_config,
    issue_day,
    level_options,
)


@click.command("fetch", short_help="取回当天的文件 fetch what is configured.")
@date_option
@config_option
@level_options
def fetch_command(day: str | None, config_path: Path | None, quiet: bool, verbose: bool) -> None:
    """取回 digest.toml 中 [[fetch]] 所列的网上文件（订阅源、网页），存到各自的目录。

    Fetches the files of [[fetch]] in digest.toml, feeds and pages, into their folders; their paths are
    printed. One that cannot be had does not keep the others; the exit code is 4 then.
    """
    console = Console(quiet=quiet, verbose=verbose)
    config = config_of(config_path, console)
    today = issue_day(day, config)
    from digest.fetch import fetch_all

    found = fetch_all(config.fetch, folder_of_config(config_path), today, config.limits.file_bytes)
    failures = [one.failure for one in found if one.failure]
    for one in found:
        if one.failure is None:
            click.echo(shown(str(one.path)))
    for failure in failures[1:]:
        click.echo(f"digest: {shown(str(failure))}", err=True)
    if failures:
        raise failures[0]
