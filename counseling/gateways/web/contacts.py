"""Where to turn at once: the emergency contacts that every page of a visitor carries.

Sources: the lines' own public pages (厚生労働省, 文部科学省, こども家庭庁, 内閣府), as of 2026-11.
"""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Contact:
    """One telephone line: `number` as people know it, `digits` as a telephone dials it."""

    name: Promise
    number: str
    what: Promise

    @property
    def digits(self) -> str:
        """The number without its hyphens."""
        return self.number.replace("-", "")


LIFE = (
    Contact(_("警察"), "110", _("いま、危ない目にあっているとき")),
    Contact(_("救急"), "119", _("けがや、体の命があぶないとき")),
)
LINES = (
    Contact(_("#いのちSOS"), "0120-061-338", _("死にたい、消えたいと思うとき")),
    Contact(_("よりそいホットライン"), "0120-279-338", _("どんな悩みでも(24時間)")),
    Contact(_("24時間子供SOSダイヤル"), "0120-0-78310", _("いじめや、子どもの悩み(24時間)")),
    Contact(_("児童相談所 虐待対応ダイヤル"), "189", _("子どもが傷つけられていると思うとき(24時間)")),
    Contact(_("DV相談＋(プラス)"), "0120-279-889", _("配偶者や恋人からの暴力(24時間)")),
)
