"""digest init"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import click

from digest.cli.console import shown


@click.command("init", short_help="建一个每天做简报的目录 set up a folder for daily work.")
@click.argument("folder", required=False, default=".", metavar="[DIR]", type=click.Path(path_type=Path))
def init_command(folder: Path) -> None:
    """在 DIR（默认当前目录）写一份带注释的 digest.toml，建好目录，附 cron、systemd、容器的例子。

    Writes a commented digest.toml, makes the folders, and adds examples for cron, a systemd timer and a
    container. What is there already is left as it is.

    \b
    例 Example:  digest init briefing && cd briefing && digest run
    """
    from digest.starter import start

    program = shutil.which("digest") or str(Path(sys.executable).with_name("digest"))
    for path, is_new in start(folder, program):
        click.echo(f"{'写好 written' if is_new else '已有 kept'}\t{shown(str(path))}")
    click.echo(
        "下一步：把当天的报纸放进 incoming/日期/，再运行 digest run "
        "(next: put the day's papers into incoming/DATE/, then digest run)"
    )
