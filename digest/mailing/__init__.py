"""An issue to everyone who gets it by mail.

recipients ─plan→ who is due ─select→ an issue for each choice ─body→ rendered once for each ─letter→ one for
each recipient ─deliver→ the ledger
"""

from digest.mailing.plan import Plan, plan
from digest.mailing.post import Post
from digest.mailing.send import Report, send_issue
from digest.mailing.sender import Sender, recipients_of, sender_of

__all__ = ["Plan", "Post", "Report", "Sender", "plan", "recipients_of", "send_issue", "sender_of"]
