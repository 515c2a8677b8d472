"""digest.toml: what is read, and what is refused with the key named."""

from __future__ import annotations

from pathlib import Path

import pytest

from digest.config import Config, SourceConfig, load_config
from digest.errors import ConfigError


def _write(folder: Path, text: str) -> Path:
    path = folder / "digest.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_without_a_file_every_value_has_a_default() -> None:
    """No file is needed."""
    assert load_config(None) == Config()


def test_an_empty_file_means_the_defaults(tmp_path: Path) -> None:
    """A file that says nothing changes nothing."""
    assert load_config(_write(tmp_path, "")) == Config()


def test_values_are_taken_over(tmp_path: Path) -> None:
    """Tables become frozen data; lists become tuples, whole numbers become floats where floats are meant."""
    config = load_config(
        _write(
            tmp_path,
            """
            [issue]
            name = "松江简报"
            number = 12
            region_order = ["全国", "浙江/杭州"]
            [[source]]
            name = "江城日报"
            home = "浙江/杭州"
            path = "jiangcheng_*"
            weight = 2
            [order]
            words = { "抢险" = 2, "汛情" = 0.5 }
            [compose]
            quota = { "全国" = 5 }
            [limits]
            files = 10
            """,
        )
    )

    assert (config.issue.name, config.issue.number) == ("松江简报", 12)
    assert config.issue.region_order == ("全国", "浙江/杭州")
    assert config.source == (SourceConfig("江城日报", "浙江/杭州", "jiangcheng_*", 2.0),)
    assert config.order.words == (("抢险", 2.0), ("汛情", 0.5))
    assert config.compose.quota == (("全国", 5),)
    assert config.limits.files == 10


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("[isue]\nname = 'x'", "isue"),
        ("[issue]\nnmae = 'x'", "nmae"),
        ("[issue]\nnumber = 'one'", "number"),
        ("[issue]\nnumber = true", "number"),
        ("[issue]\nregion_order = '全国'", "region_order"),
        ("issue = 3", "issue"),
        ("[[source]]\nhome = '浙江'", "name"),
        ("[order]\nwords = ['抢险']", "words"),
        ("[order]\nwords = { '抢险' = 'x' }", "抢险"),
        ("[compose]\nquota = { '全国' = 1.5 }", "全国"),
        ("[[edition]]\nname = '城市版'\nslug = '../x'", "城市版"),
        ("[[edition]]\nname = '城市版'\nslug = '2026-03-18'", "城市版"),
        ("[[edition]]\nname = '周报'\nslug = 'w'\ndays = 0", "days"),
        ("[[edition]]\nname = '周报'\nslug = 'w'\nweekday = 8", "weekday"),
        ("[[edition]]\nname='a'\nslug='w'\n[[edition]]\nname='b'\nslug='w'", "slug"),
        ("[issue", "digest.toml"),
    ],
)
def test_a_mistake_is_named(tmp_path: Path, text: str, named: str) -> None:
    """An unknown key, a wrong type and broken TOML are errors that name the file and the key."""
    with pytest.raises(ConfigError, match=named) as caught:
        load_config(_write(tmp_path, text))

    assert "digest.toml" in str(caught.value)


def test_a_missing_file_is_an_error(tmp_path: Path) -> None:
    """A configuration that was asked for by name must be there."""
    with pytest.raises(ConfigError, match=r"nowhere\.toml"):
        load_config(tmp_path / "nowhere.toml")


def test_a_file_that_is_no_text_is_an_error(tmp_path: Path) -> None:
    """Bytes that are no UTF-8 are refused."""
    path = tmp_path / "digest.toml"
    path.write_bytes(b"\xff\xfe\x00")

    with pytest.raises(ConfigError, match=r"digest\.toml"):
        load_config(path)
