"""The words of what is kept and what goes."""

from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from counseling.models.keeping import Checked, Why

KINDS: dict[str, tuple[str | Promise, str | Promise]] = {
    "words": (_("相談のことば"), _("やりとり、受付で書かれたこと、内部メモ、SVの助言")),
    "records": (_("相談記録"), _("記録・見立て・電話の記録・緊急の連絡の、文章の部分")),
    "pictures": (_("写真・添付"), _("相談者から届いた写真やファイル")),
    "contacts": (_("連絡先"), _("LINEの利用者ID、電話番号。最後の相談から数えます")),
    "key": (_("鍵"), _("ことば・記録・連絡先の期間がすべて過ぎた方の鍵。対応方針なども読めなくなります")),
    "addresses": (_("IPアドレス"), _("Webから相談した方の通信の記録")),
    "notes": (_("シフトの引継ぎ"), _("書かれた日から、相談記録と同じ期間")),
    "keys": (_("鍵"), ""),
    "visitors": (_("相談者"), ""),
}
FOR_EVER: dict[str, tuple[str | Promise, str | Promise]] = {
    "figures": (_("集計のための区分と時刻"), _("件数・時刻・選択肢だけで、ことばも連絡先も含みません")),
    "audit": (
        _("監査ログ"),
        _("だれが何をしたか。1行ずつつながっていて、どれかを消すと改ざんと見分けられなくなります"),
    ),
}

# How the audit log's details are told.
DETAILS: dict[str, str | Promise] = {
    "why": _("理由"),
    "checked": _("ご本人であることの確認"),
    "hold": _("保留の番号"),
    "digest": _("証明書の値"),
    **{kind: words[0] for kind, words in KINDS.items()},
}
VALUES: dict[str | bool, str | Promise] = {**dict(Why.choices), **dict(Checked.choices)}


def counted(counts: dict[str, int]) -> list[tuple[Any, int]]:
    """Each kind in words with its number."""
    names = KINDS | FOR_EVER
    return [(names[kind][0], count) for kind, count in counts.items() if count and kind in names]
