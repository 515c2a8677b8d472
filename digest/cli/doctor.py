"""digest doctor"""

from __future__ import annotations

import click

from digest.errors import MissingDependencyError


@click.command("doctor", short_help="检查系统组件与字体 check what is installed.")
def doctor_command() -> None:
    """检查排版所需的系统组件、中文字体与可选组件：缺什么，怎样安装。

    Checks Python, Pango, the HarfBuzz subsetter, Chinese fonts and the optional extras.
    """
    from digest.doctor import examine

    checks = examine()
    for check in checks:
        mark = "✓" if check.found else ("✗" if check.needed else "–")
        click.echo(f"{mark} {check.name}: {check.detail}")
        if not check.found:
            click.echo(f"    安装 to install: {check.remedy}")
    missing = [check.name for check in checks if check.needed and not check.found]
    if missing:
        raise MissingDependencyError(f"缺少 missing: {'、'.join(missing)}")
