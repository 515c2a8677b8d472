"""Delivery reports by RFC 3464 in a mailbox."""

from __future__ import annotations

from pathlib import Path

import pytest

from digest.errors import MailError
from digest.model import Bounce
from digest.publish import bounces
from digest.publish.bounces import read_bounces

REPORT = """From MAILER-DAEMON Wed Mar 18 07:01:00 2026
From: MAILER-DAEMON@mx.example.com
To: jianbao@example.org
Subject: =?utf-8?b?6YCA5L+h?=
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b
Content-Type: text/plain; charset=utf-8

Your message could not be delivered.

--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.com
Arrival-Date: Wed, 18 Mar 2026 07:00:30 +0800

{groups}
--b
Content-Type: {kind}

From: jianbao@example.org
Message-ID: <abc@example.org>
Subject: x
{rest}
--b--

"""
GROUP = """Original-Recipient: rfc822;Gone@Example.com
Final-Recipient: rfc822; other@mx.example.com
Action: {action}
Status: {status}
Diagnostic-Code: smtp; 550 5.1.1 no such user

"""
ORDINARY = """From someone Wed Mar 18 08:00:00 2026
From: someone@example.com
Subject: Re: x

Thanks.

"""
PLAIN_REPORT = REPORT.replace("{rest}", "")


def mailbox(folder: Path, *messages: str) -> Path:
    path = folder / "bounces.mbox"
    path.write_text("".join(messages), encoding="utf-8")
    return path


def report(action: str = "failed", status: str = "5.1.1", kind: str = "text/rfc822-headers") -> str:
    return PLAIN_REPORT.format(groups=GROUP.format(action=action, status=status), kind=kind)


@pytest.mark.parametrize("kind", ["text/rfc822-headers", "message/rfc822"])
def test_a_failed_recipient_is_found_with_its_letter(kind: str, tmp_path: Path) -> None:
    """Address as it was sent to, status, reason and the letter that came back; the mailbox is untouched."""
    path = mailbox(tmp_path, ORDINARY, report(kind=kind))
    before = path.read_bytes()
    found = read_bounces(path)

    assert found.failed == (
        Bounce("gone@example.com", "5.1.1", "smtp; 550 5.1.1 no such user", "abc@example.org"),
    )
    assert found.n_other == 1
    assert path.read_bytes() == before
    assert [one.name for one in tmp_path.iterdir()] == ["bounces.mbox"]


@pytest.mark.parametrize(
    ("action", "status"), [("delayed", "4.4.1"), ("delivered", "2.0.0"), ("failed", "4.2.2")]
)
def test_a_delay_or_a_success_marks_nobody(action: str, status: str, tmp_path: Path) -> None:
    """Only what failed for good counts."""
    found = read_bounces(mailbox(tmp_path, report(action, status)))

    assert found.failed == ()
    assert found.n_other == 1


def test_one_report_may_name_several(tmp_path: Path) -> None:
    """Every group of fields is a recipient of its own; without an original recipient the final one counts."""
    second = GROUP.format(action="failed", status="5.2.2").replace("Original-Recipient", "X-Original")
    groups = GROUP.format(action="failed", status="5.1.1") + second
    found = read_bounces(mailbox(tmp_path, PLAIN_REPORT.format(groups=groups, kind="text/rfc822-headers")))

    assert [one.address for one in found.failed] == ["gone@example.com", "other@mx.example.com"]


@pytest.mark.parametrize(
    "message",
    [
        "From x Wed Mar 18 08:00:00 2026\nContent-Type: multipart/report; boundary=b\n\nno parts at all\n\n",
        "From x Wed Mar 18 08:00:00 2026\nContent-Type: multipart/report\n\n--\n\n",
        PLAIN_REPORT.format(groups="Action: failed\nStatus: 5.1.1\n\n", kind="text/rfc822-headers"),
        PLAIN_REPORT.format(
            groups="Final-Recipient: x\nAction: failed\nStatus: 5\n\n", kind="message/rfc822"
        ),
        "From x Wed Mar 18 08:00:00 2026\nContent-Type: multipart/report; boundary=b\n\n--b\n"
        "Content-Type: message/delivery-status\n\n\udce9\udcff garbage\n--b--\n\n",
    ],
    ids=range(5),
)
def test_a_broken_report_marks_nobody(message: str, tmp_path: Path) -> None:
    """Whatever stands in the mailbox, it is read or counted as something else."""
    path = tmp_path / "bounces.mbox"
    path.write_bytes(message.encode("utf-8", "surrogateescape"))
    found = read_bounces(path)

    assert (found.failed, found.n_other) == ((), 1)


def test_a_mailbox_that_cannot_be_read_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Not there, a folder, too large: the message names the file."""
    for path in (tmp_path / "nowhere", tmp_path):
        with pytest.raises(MailError, match=str(path)):
            read_bounces(path)
    monkeypatch.setattr(bounces, "MAX_FILE_BYTES", 10)
    with pytest.raises(MailError, match="上限 10 字节"):
        read_bounces(mailbox(tmp_path, ORDINARY))
