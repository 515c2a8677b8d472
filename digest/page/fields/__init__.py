"""The small set phrases of a Chinese newspaper: datelines, bylines, jump marks, credits, page furniture.

Each function looks at one line or paragraph and knows nothing of the page around it. Every pattern is
linear in its input: repeats are bounded, and no two of them can match the same characters.
"""

from digest.page.fields.bylines import Byline, TailByline, joins_byline, parse_byline, parse_tail_byline
from digest.page.fields.captions import find_credit, is_caption, opens_caption
from digest.page.fields.dates import date_in_name, date_in_text, page_in_name
from digest.page.fields.furniture import furniture_kind
from digest.page.fields.jumps import Jump, find_jump, page_number
from digest.page.fields.leads import Lead, opens_news, parse_lead
from digest.page.fields.names import SURNAMES, is_name, split_names

__all__ = [
    "SURNAMES",
    "Byline",
    "Jump",
    "Lead",
    "TailByline",
    "date_in_name",
    "date_in_text",
    "find_credit",
    "find_jump",
    "furniture_kind",
    "is_caption",
    "is_name",
    "joins_byline",
    "opens_caption",
    "opens_news",
    "page_in_name",
    "page_number",
    "parse_byline",
    "parse_lead",
    "parse_tail_byline",
    "split_names",
]
