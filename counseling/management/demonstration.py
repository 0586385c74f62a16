"""What the demonstration shows: programs of the founding report's kinds, people, canned replies."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from accounts.roles import Role
from counseling.stages import Stage

PASSWORD = "madoguchi-demo"  # noqa: S105 - of the demonstration only; seed refuses to run in production
KANAGAWA = "神奈川県"
DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
ALWAYS: dict[str, Any] = {"weekly": dict.fromkeys(DAYS, ["00:00-24:00"])}


def every_day(window: str, *, intake_close: int = 30) -> dict[str, Any]:
    """Opening hours that are the same each day."""
    return {"weekly": dict.fromkeys(DAYS, [window]), "intake_close": intake_close}


@dataclass(frozen=True)
class DemoProgram:
    """One program of the demonstration."""

    slug: str
    name: str
    kind: str
    commissioner: str
    audience: str
    hours: dict[str, Any]
    starts_on: date = date(2019, 2, 1)
    ends_on: date | None = None
    stage: Stage = Stage.OPEN
    consents_on_line: bool = False


FAMILY_HOURS: dict[str, Any] = {
    "weekly": {**dict.fromkeys(DAYS[:5], ["17:00-22:00"]), **dict.fromkeys(DAYS[5:], ["14:00-19:00"])},
    "holiday": ["14:00-19:00"],
    "year_end_closed": True,
    "intake_close": 30,
}
CHILD_AUDIENCE = "県内(政令市・中核市を除く)の子どもと保護者"

PROGRAMS = [
    DemoProgram("women", "女性のための相談", "women", KANAGAWA, "県内にお住まいの女性", ALWAYS),
    DemoProgram(
        "child",
        "児童虐待防止相談",
        "child_abuse",
        KANAGAWA,
        CHILD_AUDIENCE,
        every_day("09:00-20:00"),
        consents_on_line=True,
    ),
    DemoProgram("family", "ひとり親家庭相談", "single_parent", KANAGAWA, "県内のひとり親家庭の方", FAMILY_HOURS),
    DemoProgram(
        "disaster", "災害こころのケア相談", "disaster", "ボランティア", "被災された方", every_day("19:00-22:00")
    ),
    DemoProgram(
        "inochi",
        "自殺防止SNS相談",
        "suicide_prevention",
        "厚生労働省",
        "どなたでも",
        every_day("18:00-22:00"),
        consents_on_line=True,
    ),
]

# name, e-mail, roles by program slug
STAFF: list[tuple[str, str, dict[str, Role]]] = [
    ("早川 遥", "haru@example.jp", {"women": Role.COUNSELOR, "child": Role.COUNSELOR}),
    ("蓮見 蓮", "ren@example.jp", {"women": Role.COUNSELOR, "disaster": Role.COUNSELOR}),
    ("三浦 澪", "mio@example.jp", {program.slug: Role.SUPERVISOR for program in PROGRAMS}),
    ("青木 葵", "aoi@example.jp", {program.slug: Role.ADMINISTRATOR for program in PROGRAMS}),
    ("木下 慧", "kei@example.jp", {"women": Role.OFFICER}),
]

# What colleagues read of them: qualifications, languages, what they can take (codes of accounts.profile)
PROFILES: dict[str, tuple[list[str], list[str], list[str]]] = {
    "haru@example.jp": (["psychiatric_social_worker"], ["ja", "en"], ["violence", "trauma", "single_parent"]),
    "ren@example.jp": (["certified_psychologist"], ["ja", "zh"], ["suicidal", "children", "disaster"]),
    "mio@example.jp": (
        ["certified_psychologist", "clinical_psychologist"],
        ["ja"],
        ["suicidal", "sexual_violence", "bereaved", "developmental"],
    ),
}
# Asked to join, and has not answered yet: the link is in the mail
INVITED = ("森 杜", "mori@example.jp", "women", [Role.COUNSELOR])
