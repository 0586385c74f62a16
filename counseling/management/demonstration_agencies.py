"""Agencies of the demonstration: public lines that exist, and invented agencies of Kanagawa that nobody can reach.

What is invented says so (架空), and its number begins with 0120-000, which rings nowhere.
"""

from collections.abc import Iterator
from datetime import timedelta

from django.utils import timezone

from counseling.agencies import Area, Entry
from counseling.models import Agency, Program
from counseling.models import AgencyKind as Kind

COUNTRY, KANAGAWA = Area(), Area("神奈川県")
YOKOHAMA, KAWASAKI, SAGAMIHARA = (Area("神奈川県", (city,)) for city in ("横浜市", "川崎市", "相模原市"))
WEST = Area("神奈川県", ("小田原市", "南足柄市", "箱根町", "真鶴町", "湯河原町"))
INVENTED = "架空の機関です。電話はつながりません。"
OFFICE_HOURS, ALL_DAY = "平日 8:30～17:15(祝日・年末年始を除く)", "24時間"

# Name, kind, telephone, hours, whom it is for
PUBLIC = [
    ("#いのちSOS", Kind.HOTLINE, "0120-061-338", "", "死にたい、消えたいと思う方"),
    ("よりそいホットライン", Kind.HOTLINE, "0120-279-338", ALL_DAY, "どんな悩みでも、どなたでも"),
    ("24時間子供SOSダイヤル", Kind.HOTLINE, "0120-0-78310", ALL_DAY, "いじめなどに悩む子どもと保護者"),
    ("DV相談＋", Kind.PARTNER_VIOLENCE, "0120-279-889", ALL_DAY, "配偶者や恋人からの暴力に悩む方"),
    ("児童相談所虐待対応ダイヤル", Kind.CHILD_GUIDANCE, "189", "", "虐待かもと思った方"),
]
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
CHECKED = (12, 12, 12, 40, 40, 75, 75, 110, 20, 20, 20, 150, 200, 240)


def load(program: Program) -> None:
    """Give the program its directory, unless it has one."""
    if Agency.objects.filter(program=program).exists():
        return
    today = timezone.localdate()
    rows = []
    for place, entry in enumerate(_entries()):
        row = Agency(program=program)
        row.put(entry)
        row.checked_on = today - timedelta(days=CHECKED[place]) if place < len(CHECKED) else None
        rows.append(row)
    Agency.objects.bulk_create(rows)


def _entries() -> Iterator[Entry]:
    for name, kind, telephone, hours, audience in PUBLIC:
        yield Entry(name, kind, COUNTRY, (telephone,), hours=hours, audience=audience)
    for name, kind, area, end, audience in INVENTIONS:
        note = "\n".join(filter(None, (INVENTED, NOTES.get(end))))
        telephones = (f"0120-000-{end}",)
        yield Entry(f"{name}(架空)", kind, area, telephones, hours=OFFICE_HOURS, audience=audience, note=note)
