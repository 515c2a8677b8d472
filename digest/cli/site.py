"""digest site"""

from __future__ import annotations

from pathlib import Path

import click

from digest.cli.console import Console, shown
from digest.cli.options import config_of, config_option, level_options, library_of, out_option
from digest.errors import LibraryError


@click.command("site", short_help="更新网站 the archive of all issues.")
@out_option
@config_option
@level_options
def site_command(out: Path, config_path: Path | None, quiet: bool, verbose: bool) -> None:
    """由资料库做出 DIR 里的网站：首页、各期、各条、原文、地区、主题、来源、关键词、查找、订阅。

    Makes the static site of all issues in the library, beside the folders of the issues, or brings it in
    step: only what changed is written, and no file that the site did not write is touched.

    \b
    例 Example:  digest site -o out
    """
    console = Console(quiet=quiet, verbose=verbose)
    config = config_of(config_path, console)
    path = library_of(out, config)
    if not path.is_file():
        raise LibraryError(f"{path}: 没有这个资料库 (there is no library)")
    from digest import pipeline

    for built in pipeline.correct_issues(path, out, config):
        console.corrected(built)
    with console.progress() as progress:
        made = pipeline.update_site(path, out, config, progress=progress)
    console.site(made)
    click.echo(shown(str(out / "index.html")))
