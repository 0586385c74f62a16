"""Where an agency serves: the whole country, a prefecture, or municipalities of one. Pure."""

import re
from dataclasses import dataclass

from counseling.text import normalise

NATIONWIDE = "全国"
PREFECTURES = (
    "北海道", "青森県", "岩手県", "宮城県", "秋田県", "山形県", "福島県", "茨城県", "栃木県", "群馬県",
    "埼玉県", "千葉県", "東京都", "神奈川県", "新潟県", "富山県", "石川県", "福井県", "山梨県", "長野県",
    "岐阜県", "静岡県", "愛知県", "三重県", "滋賀県", "京都府", "大阪府", "兵庫県", "奈良県", "和歌山県",
    "鳥取県", "島根県", "岡山県", "広島県", "山口県", "徳島県", "香川県", "愛媛県", "高知県", "福岡県",
    "佐賀県", "長崎県", "熊本県", "大分県", "宮崎県", "鹿児島県", "沖縄県",
)  # fmt: skip
SHORT_NAMES = {name if name == "北海道" else name[:-1]: name for name in PREFECTURES}
MUNICIPAL = ("市", "区", "町", "村", "郡")
# 「足柄下郡箱根町」 is 箱根町 to those who live there; 郡山市 and 蒲郡市 are cities.
COUNTY = re.compile(r"^.{1,5}?郡(?=.+[町村]$)")
WARD = re.compile(r"^(.+?市).+区$")


@dataclass(frozen=True)
class Area:
    """Without a prefecture it is the whole country; without municipalities the whole prefecture."""

    prefecture: str = ""
    municipalities: tuple[str, ...] = ()

    def folded(self) -> str:
        """What is searched: "/神奈川県/横浜市/川崎市/", each name in its folded spelling; "/" for the whole country."""
        names = [name for name in (self.prefecture, *self.municipalities) if name]
        return "/" + "".join(f"{_place(name)}/" for name in names)


@dataclass(frozen=True)
class Wanted:
    """An area somebody looks for: `prefecture` where they named it, and `places`, folded, the narrowest first.

    Without either it is the whole country.
    """

    prefecture: str = ""
    places: tuple[str, ...] = ()


def prefecture_of(text: str) -> str | None:
    """「神奈川」 and 「神奈川県」 alike; "" for 「全国」, None for what is no prefecture."""
    return "" if text == NATIONWIDE else SHORT_NAMES.get(text, text if text in PREFECTURES else None)


def names_a_place(text: str) -> bool:
    """Whether it is a prefecture or municipality; 「そのほかの県内」 is none."""
    return bool(prefecture_of(text)) or text.endswith(MUNICIPAL)


def wanted(text: str) -> Wanted | None:
    """The area these words mean; None for no words. 「横浜市鶴見区」 is served by who serves 横浜市."""
    words = "".join(text.split())
    if not normalise(words).text:
        return None
    prefecture = prefecture_of(words)
    if prefecture is not None:
        return Wanted(prefecture)
    prefecture = next((name for name in PREFECTURES if words.startswith(name)), "")
    place = _place(words.removeprefix(prefecture))
    if not place:
        return Wanted(prefecture)
    ward = WARD.match(place)
    return Wanted(prefecture, (place, ward[1]) if ward else (place,))


def _place(name: str) -> str:
    return normalise(COUNTY.sub("", name)).text
