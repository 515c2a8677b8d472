from __future__ import annotations

import pytest

from digest.read.notices import is_notice

NEWS = "青岚河上的三座步行桥今天同时开放，两岸居民去市场的路近了八百多米。"


@pytest.mark.parametrize(
    ("title", "body"),
    [
        ("公告", "某某不慎遗失身份证，声明作废。"),
        ("公 告", NEWS),
        ("遗失声明", "公章一枚遗失。"),
        ("青岚第二小学食堂招标公告", "食堂配送服务公开招标，投标截止时间为五月一日。"),
        ("某小区物业服务", "本项目公开招标，投标人请于五月一日前报名。联系电话：0000-0000000"),
    ],
)
def test_notices_are_known_by_title_or_by_what_they_ask_for(title: str, body: str) -> None:
    """A notice's title decides; without one the body must address its reader."""
    assert is_notice(title, body)


@pytest.mark.parametrize(
    ("title", "body"),
    [
        ("桥修好了", NEWS),
        ("青岚首个远程招标项目完成", "项目从招标、投标到公示都在网上，竞价过程全程留痕。"),
        ("公告栏里的新鲜事", NEWS),
        ("公告", "本报讯（记者 方舟）" + NEWS),
        ("国务院关于某事项的公告", NEWS),
        ("", ""),
    ],
)
def test_news_about_notices_is_news(title: str, body: str) -> None:
    """A report on bidding or on a notice board is no notice."""
    assert not is_notice(title, body)


def test_what_is_signed_is_no_notice() -> None:
    """A byline makes it an article whatever its title."""
    assert not is_notice("公告", NEWS, signed=True)
