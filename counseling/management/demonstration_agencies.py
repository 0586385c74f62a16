"""Agencies of the demonstration: beside the public lines of its templates, invented ones of Kanagawa.

Each says that it is invented (架空), and its number begins with 0120-000, which rings nowhere.
"""

from collections.abc import Iterator
from datetime import date, timedelta

from django.utils import timezone

from counseling.actions import agency_sheets
from counseling.agencies import Area, Entry
from counseling.models import Agency, Program
from counseling.models import AgencyKind as Kind

KANAGAWA = Area("神奈川県")
YOKOHAMA, KAWASAKI, SAGAMIHARA = (Area("神奈川県", (city,)) for city in ("横浜市", "川崎市", "相模原市"))
WEST = Area("神奈川県", ("小田原市", "南足柄市", "箱根町", "真鶴町", "湯河原町"))
MARK = "(架空)"
INVENTED = "架空の機関です。電話はつながりません。"
OFFICE_HOURS = "平日 8:30～17:15(祝日・年末年始を除く)"

# Name, kind, area, the number's end, whom it is for
INVENTIONS = [
    ("○○市福祉事務所", Kind.WELFARE_OFFICE, YOKOHAMA, 101, "生活に困っている方"),
    ("△△市福祉事務所", Kind.WELFARE_OFFICE, KAWASAKI, 102, "生活に困っている方"),
    ("□□くらしの相談センター", Kind.SELF_RELIANCE, SAGAMIHARA, 103, "仕事・家計・住まいに困っている方"),
    ("○○児童相談所", Kind.CHILD_GUIDANCE, WEST, 104, "18歳未満の子どもと家族"),
    ("県立○○女性相談支援センター", Kind.WOMEN, KANAGAWA, 105, "県内の女性"),
    ("○○こころの相談センター", Kind.MENTAL_HEALTH, KANAGAWA, 106, "こころの不調に悩む方と家族"),
    ("○○性暴力ワンストップ支援センター", Kind.SEXUAL_VIOLENCE, KANAGAWA, 107, "性暴力の被害にあった方"),
    ("ハローワーク○○", Kind.EMPLOYMENT, YOKOHAMA, 108, "仕事を探している方"),
    ("○○ひとり親就業・自立支援センター", Kind.SINGLE_PARENT, KANAGAWA, 109, "ひとり親家庭の方"),
    ("NPO法人○○の家", Kind.SHELTER, KANAGAWA, 110, "住まいを失った女性と子ども"),
]
# By the number's end: how to hand somebody over
NOTES = {
    101: "先に電話を入れ、相談者の同意を得たことだけを伝えます。",
    104: "通告は189へ。相談なら、先に電話を入れます。",
    105: "一時保護の相談もできます。本人からの電話が原則です。",
    110: "場所は教えません。相談者の同意を得て、こちらから電話します。",
}
# Days since each was checked: some are old, as in every directory, and the last was never checked.
PUBLIC_CHECKED, CHECKED = 12, (20, 20, 20, 75, 110, 150, 200, 240, 40)


def load(program: Program) -> None:
    """Add to the public lines of the program's template what is near, unless it is there."""
    if Agency.objects.filter(program=program, name__endswith=MARK).exists():
        return
    today = timezone.localdate()
    Agency.objects.filter(program=program).update(checked_on=today - timedelta(days=PUBLIC_CHECKED))
    agency_sheets.fill(program_id=program.pk, entries=_entries(today))


def _entries(today: date) -> Iterator[Entry]:
    for place, (name, kind, area, end, audience) in enumerate(INVENTIONS):
        yield Entry(
            f"{name}{MARK}",
            kind.value,
            area,
            telephones=(f"0120-000-{end}",),
            hours=OFFICE_HOURS,
            audience=audience,
            note="\n".join(filter(None, (INVENTED, NOTES.get(end)))),
            checked_on=today - timedelta(days=CHECKED[place]) if place < len(CHECKED) else None,
        )
