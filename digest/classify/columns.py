"""The twelve columns of a briefing, with the codes of GB/T 20093-2022 and of IPTC Media Topics."""

from __future__ import annotations

from dataclasses import dataclass

OTHER = "其他"


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its class of GB/T 20093-2022 (the first where it holds several) and its IPTC Media Topic."""

    name: str
    code: str
    iptc: str  # medtop:…, https://cv.iptc.org/newscodes/mediatopic/ (CC BY 4.0)


COLUMNS = (
    Column("时政", "01", "11000000"),  # politics and government
    Column("经济", "11", "04000000"),  # economy, business and finance
    Column("产业", "15", "20000209"),  # economic sector
    Column("三农", "14", "20000210"),  # agriculture
    Column("城建交通", "13", "20000337"),  # transport
    Column("生态环境", "22", "06000000"),  # environment
    Column("科技教育", "31", "13000000"),  # science and technology
    Column("社会民生", "05", "14000000"),  # society
    Column("卫生健康", "38", "07000000"),  # health
    Column("文化体育", "35", "01000000"),  # arts, culture, entertainment and media
    Column("法治安全", "02", "02000000"),  # crime, law and justice
    Column("外交军事", "03", "16000000"),  # conflict, war and peace
)
NAMES = tuple(column.name for column in COLUMNS)
