"""An issue to everyone who gets it by mail.

recipients ─plan→ who is due ─select→ an issue for each choice ─body→ rendered once for each ─letter→ one for
each recipient ─deliver→ the ledger
"""

from digest.mailing.ledger import (
    HELD,
    IssueLedger,
    NoLedger,
    note_bounces,
    refuse_after_set_aside,
    sending_library,
)
from digest.mailing.order import Order, entries_for
from digest.mailing.plan import Plan, plan
from digest.mailing.post import Post
from digest.mailing.send import Report, send_issue
from digest.mailing.sender import Sender, addressed, recipients_of, sender_of, slug_of
from digest.mailing.way import SavingWay, folder_way, pace_of, way_of
from digest.publish.ways import Outcome, Way

__all__ = [
    "HELD",
    "IssueLedger",
    "NoLedger",
    "Order",
    "Outcome",
    "Plan",
    "Post",
    "Report",
    "SavingWay",
    "Sender",
    "Way",
    "addressed",
    "entries_for",
    "folder_way",
    "note_bounces",
    "pace_of",
    "plan",
    "recipients_of",
    "refuse_after_set_aside",
    "send_issue",
    "sender_of",
    "sending_library",
    "slug_of",
    "way_of",
]
