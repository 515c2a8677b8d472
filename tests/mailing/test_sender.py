"""[mail] and the lists of recipients are checked before anything is sent."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from digest.config import AreaConfig, ColumnConfig, Config, EditionConfig, MailConfig, RecipientConfig
from digest.errors import ConfigError, UsageError
from digest.mailing import addressed, pace_of, recipients_of, sender_of, way_of
from digest.publish.message import Mailbox
from digest.publish.smtp import SmtpWay

MAIL = MailConfig(sender="赣江新闻简报 <jianbao@Example.org>", host="smtp.example.org")


def test_what_is_not_written_follows_from_the_sender() -> None:
    """List id and address to unsubscribe at are the sender's where nothing else is said."""
    sender = sender_of(MAIL)

    assert sender.box == Mailbox("jianbao@example.org", "赣江新闻简报")
    assert (sender.list_id, sender.unsubscribe) == ("digest.example.org", "jianbao@example.org")
    assert sender_of(replace(MAIL, site_url="https://x.org/a")).site_url == "https://x.org/a/"


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"sender": ""}, "mail.sender"),
        ({"sender": "nobody"}, "mail.sender"),
        ({"sender": "a@example.org>\r\nBcc: <b@example.org"}, "mail.sender"),
        ({"reply_to": "x"}, "mail.reply_to"),
        ({"list_id": "a b>"}, "mail.list_id"),
        ({"site_url": "javascript:alert(1)"}, "mail.site_url"),
        ({"unsubscribe": "x"}, "mail.unsubscribe"),
        ({"unsubscribe_url": "http://example.org/u"}, "https"),
        ({"unsubscribe_url": "https://example.org/ >x"}, "mail.unsubscribe_url"),
    ],
)
def test_what_cannot_stand_in_a_letter_is_named(change: dict[str, str], said: str) -> None:
    """Each key that is wrong is named."""
    with pytest.raises(ConfigError, match=said):
        sender_of(replace(MAIL, **change))


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"way": "pigeon"}, "mail.way"),
        ({"host": ""}, "mail.host"),
        ({"host": "user:secret@smtp.example.org"}, "mail.host"),
        ({"security": "ssl"}, "mail.security"),
        ({"port": 70000}, "mail.port"),
        ({"user": "u", "security": "plaintext"}, "明文"),
        ({"user": "u"}, "DIGEST_SMTP_PASSWORD"),
        ({"user": "u", "password_file": "nowhere"}, "nowhere"),
    ],
)
def test_a_way_that_cannot_be_gone_is_named(change: dict[str, object], said: str, tmp_path: Path) -> None:
    """Each key that is wrong is named."""
    with pytest.raises(ConfigError, match=said):
        way_of(replace(MAIL, **change), tmp_path, {})  # type: ignore[arg-type]


def test_a_password_is_taken_from_the_environment(tmp_path: Path) -> None:
    """And shows nowhere."""
    way = way_of(replace(MAIL, user="u"), tmp_path, {"DIGEST_SMTP_PASSWORD": "hunter2"})

    assert isinstance(way, SmtpWay)
    assert "hunter2" not in repr(way) + str(vars(way))


@pytest.mark.parametrize("change", [{"tries": 0}, {"retry_seconds": -1.0}, {"per_minute": -1}])
def test_a_pace_that_makes_no_sense_is_refused(change: dict[str, float]) -> None:
    """No tries at all, or a wait backwards."""
    with pytest.raises(ConfigError, match="mail"):
        pace_of(replace(MAIL, **change))  # type: ignore[arg-type]


def test_regions_and_topics_must_be_there(tmp_path: Path) -> None:
    """A region or topic that no issue can have is named with its row; own columns and areas are known."""
    own = Config(
        mail=replace(MAIL, recipients="list.csv"),
        area=(AreaConfig("长三角", ("上海",)),),
        column=(ColumnConfig("营商环境", any=("营商环境",)),),
    )
    path = tmp_path / "list.csv"
    path.write_text(
        "address,regions,topics\na@x.org,山东/聊城;长三角;全国,营商环境;经济;其他\n", encoding="utf-8"
    )
    (one,) = recipients_of(own, tmp_path)
    assert one.regions == ("山东/聊城", "长三角", "全国")

    path.write_text("address,regions,topics\na@x.org,山东/太源,\n", encoding="utf-8")
    with pytest.raises(ConfigError, match=r"list\.csv:2: 没有这个地区 .*山东/太源"):
        recipients_of(own, tmp_path)
    path.write_text("address,topics\na@x.org,经挤\n", encoding="utf-8")
    with pytest.raises(ConfigError, match="没有这个栏目"):
        recipients_of(own, tmp_path)


def test_an_edition_has_its_recipients(tmp_path: Path) -> None:
    """Those named with the edition, and those who name it, by its name or its slug."""
    config = Config(
        edition=(EditionConfig("城市版", "city", recipients=("a@x.org",)),),
        recipient=(
            RecipientConfig("b@x.org", edition="城市版"),
            RecipientConfig("c@x.org", edition="city"),
            RecipientConfig("d@x.org"),
        ),
    )

    assert {one.address: one.edition for one in recipients_of(config, tmp_path)} == {
        "a@x.org": "city",
        "b@x.org": "city",
        "c@x.org": "city",
        "d@x.org": "",
    }


def test_an_edition_may_be_called_by_its_name(tmp_path: Path) -> None:
    """By name or by slug; those that an edition lists itself are among its recipients; others are named."""
    path = tmp_path / "list.csv"
    own = Config(
        mail=replace(MAIL, recipients="list.csv"),
        edition=(EditionConfig("城市版", "city", recipients=("c@x.org",)),),
    )
    path.write_text("address,edition\na@x.org,城市版\nb@x.org,city\nb@x.org,\n", encoding="utf-8")
    assert [(one.address, one.edition) for one in recipients_of(own, tmp_path)] == [
        *(("c@x.org", "city"), ("a@x.org", "city"), ("b@x.org", "city"), ("b@x.org", "")),
    ]

    path.write_text("address,edition\na@x.org,乡村版\n", encoding="utf-8")
    with pytest.raises(ConfigError, match=r"list\.csv:2: 没有这一版"):
        recipients_of(own, tmp_path)


def test_one_can_be_sent_to_alone() -> None:
    """--to picks out of the list; an address that is in none gets the whole issue."""
    known = (RecipientConfig("a@x.org", topics=("经济",)), RecipientConfig("b@x.org", edition="city"))

    assert addressed(known, ["A@x.org"], None) == known[:1]
    assert addressed(known, ["c@x.org"], "city") == (RecipientConfig("c@x.org", edition="city"),)
    assert addressed(known, [], "city") == known[1:]
    with pytest.raises(UsageError, match="没有收件人"):
        addressed((), [], None)
    with pytest.raises(ConfigError, match="--to"):
        addressed(known, ["nobody"], None)
