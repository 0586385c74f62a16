"""The programs of the founding report (2019-05-15), each closed when its period was over.

Names, dates and hours as that report and the prefecture's announcement of 2019-04-22 have them.
"""

from datetime import date, datetime, timedelta

from counseling.management.demonstration import FAMILY_HOURS, KANAGAWA, DemoProgram, every_day
from counseling.opening import midnight
from counseling.stages import Stage

# New talks until the very end where nothing else was published.
EVENINGS = every_day("19:00-22:00", intake_close=0)
# It ran in March of two years; nobody was there from April to February.
BETWEEN_THE_MARCHES: dict[str, list[str]] = {
    (date(2018, 4, 1) + timedelta(days=number)).isoformat(): [] for number in range(334)
}

PILOTS = [
    DemoProgram(
        "osaka-2018",
        "大阪北部地震 心のケア LINE相談",
        "disaster",
        "ボランティア",
        "大阪北部地震で被災された方",
        EVENINGS,
        date(2018, 6, 22),
        date(2018, 7, 1),
        Stage.CLOSED,
    ),
    DemoProgram(
        "gouu-2018",
        "西日本豪雨 心のケア LINE相談",
        "disaster",
        "ボランティア",
        "西日本豪雨で被災された方",
        EVENINGS,
        date(2018, 7, 20),
        date(2018, 8, 19),
        Stage.CLOSED,
    ),
    DemoProgram(
        "kanagawa-child-2019",
        "かながわ児童虐待防止相談LINE",
        "child_abuse",
        KANAGAWA,
        "神奈川県内(政令市・中核市を除く)の子どもと保護者",
        every_day("09:00-20:00", intake_close=0),
        date(2019, 2, 1),
        date(2019, 2, 28),
        Stage.CLOSED,
    ),
    DemoProgram(
        "kanagawa-family-2019",
        "かながわひとり親家庭相談LINE",
        "single_parent",
        KANAGAWA,
        "神奈川県内のひとり親家庭の方",
        FAMILY_HOURS | {"year_end_closed": False, "intake_close": 0},
        date(2019, 2, 1),
        date(2019, 2, 19),
        Stage.CLOSED,
    ),
    DemoProgram(
        "kanagawa-women-2019",
        "かながわ女性のための相談LINE",
        "women",
        KANAGAWA,
        "神奈川県内にお住まいの女性",
        every_day("12:00-22:00", intake_close=0),
        date(2019, 2, 1),
        date(2019, 2, 14),
        Stage.CLOSED,
    ),
    DemoProgram(
        "inochi-2018",
        "自殺防止 SNS相談(平成29・30年度)",
        "suicide_prevention",
        "厚生労働省",
        "死にたい、消えたいという気持ちを抱える方",
        every_day("18:00-22:00") | {"exceptions": BETWEEN_THE_MARCHES},
        date(2018, 3, 1),
        date(2019, 3, 31),
        Stage.CLOSED,
    ),
]


def closed_at(pilot: DemoProgram) -> datetime:
    """The midnight after its last day."""
    if pilot.ends_on is None:
        raise ValueError(f"{pilot.slug} goes on")
    return midnight(pilot.ends_on + timedelta(days=1))
