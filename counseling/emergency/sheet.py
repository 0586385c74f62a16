"""The emergency sheet (緊急対応シート): its shape, and how it stands on paper. Pure: no database, no clock.

The same shape is shown, printed, and kept as what was filed. Times are ISO 8601; on paper they are Japan's, and say so.
"""

from datetime import datetime
from typing import Any, Literal, TypedDict

from counseling.opening import TOKYO

ClueName = Literal["name", "place", "telephone", "people", "other"]
GroundName = Literal["consent", "life"]
DAYS = "月火水木金土日"


class Said(TypedDict):
    """A message of the talk."""

    seq: int
    author: Literal["visitor", "counselor", "auto"]
    at: str
    text: str


class Clued(TypedDict):
    """What is known of who and where the visitor is; `seq` is the message in which it was said, 0 where in none."""

    id: int
    kind: ClueName
    words: str
    seq: int
    at: str
    by: str


class SpokenFrom(TypedDict):
    """From which address and browser a visitor of our page wrote, from when to when."""

    address: str
    browser: str
    first_at: str
    last_at: str


class Sitting(TypedDict):
    """The sitting as the house knows it."""

    program: str
    commissioner: str
    number: int
    pseudonym: str
    channel: Literal["line", "web"]
    line_id: str
    line_account: str
    risk: int
    consent: str
    counselor: str
    received_at: str
    first_response_at: str | None
    last_visitor_at: str | None
    ended_at: str | None


class ContactWords(TypedDict):
    """What a contact with an agency holds in words; `consent` are the visitor's own."""

    agency: str
    person: str
    told: str
    answer: str
    next_step: str
    consent: str


class Contacted(ContactWords):
    """One contact with an agency, with its ground; `earlier` are its versions before it was corrected."""

    id: int
    by: str
    at: str
    written_at: str
    ground: GroundName
    consented_at: str | None
    next_due_at: str | None
    earlier: "list[Contacted]"


class Sheet(TypedDict):
    """All that police or a child guidance centre can use."""

    made_at: str
    sitting: Sitting
    clues: list[Clued]
    intake: list[tuple[str, str]]
    messages: list[Said]
    connections: list[SpokenFrom]


CHANNELS = {"line": "LINE", "web": "ウェブチャット"}
CLUES = {
    "name": "名前・呼び名", "place": "居場所・住まい", "telephone": "電話番号", "people": "まわりの人・学校・職場",
    "other": "そのほか",
}  # fmt: skip
AUTHORS = {"visitor": "相談者", "counselor": "相談員", "auto": "自動"}
GROUNDS = {"consent": "本人の同意", "life": "生命の保護"}
CONSENTS = {
    "awaited": "まだ同意していない",
    "refused": "同意していない",
    "given": "利用規約に同意",
    "without": "同意なし(生命の保護)",
}
CONFIDENTIAL = (
    "この書面は、人の生命を守るために必要な範囲でお渡しするものです。"
    "ご対応に必要な方だけでお取り扱いいただき、終わりましたら復元できない方法で廃棄してください。"
)


def moment(at: str | None) -> str:
    """2026年11月26日(木) 14時02分31秒, by Japan's clock; empty for no time."""
    if not at:
        return ""
    then = datetime.fromisoformat(at).astimezone(TOKYO)
    return f"{then.year}年{then.month}月{then.day}日({DAYS[then.weekday()]}) {then:%H:%M:%S}"


def on_paper(sheet: Sheet, filed: Contacted | None, *, risk: str, digest: str = "") -> dict[str, Any]:
    """What `templates/paper/emergency.typ` draws; `filed`: for which contact it was given out; `risk` in words."""
    sitting = sheet["sitting"]
    facts = [
        ("相談窓口", sitting["program"]), ("運営・委託元", sitting["commissioner"]),
        ("相談", f"相談者 {sitting['pseudonym']}(相談番号 {sitting['number']})"),
        ("緊急度", risk), ("利用規約", CONSENTS.get(sitting["consent"], "")),
        ("経路", CHANNELS[sitting["channel"]]), ("LINEのユーザーID", sitting["line_id"]),
        ("LINE公式アカウント", sitting["line_account"]), ("担当", sitting["counselor"]),
        ("相談が届いた時刻", moment(sitting["received_at"])), ("最初の返事", moment(sitting["first_response_at"])),
        ("相談者の最後のことば", moment(sitting["last_visitor_at"])),
        ("相談が終わった時刻", moment(sitting["ended_at"])),
    ]  # fmt: skip
    return {
        "title": f"緊急対応シート 相談者 {sitting['pseudonym']}",
        "made": f"{moment(sheet['made_at'])} 作成(時刻はすべて日本時間)",
        "confidential": CONFIDENTIAL,
        "filed": _filed(filed) if filed else [],
        "facts": [list(pair) for pair in facts if pair[1]],
        "clues": [[CLUES[one["kind"]], one["words"], _source(one)] for one in sheet["clues"]],
        "intake": [list(pair) for pair in sheet["intake"]],
        "messages": [[moment(one["at"]), AUTHORS[one["author"]], one["text"]] for one in sheet["messages"]],
        "connections": [
            [one["address"], f"{moment(one['first_at'])} から\n{moment(one['last_at'])} まで", one["browser"]]
            for one in sheet["connections"]
        ],
        "digest": digest,
    }


def _source(one: Clued) -> str:
    said = f"相談者のことば({one['seq']}番目)" if one["seq"] else "聞き取り"
    return f"{said}・{moment(one['at'])} {one['by']}"


def _filed(one: Contacted) -> list[list[str]]:
    facts = [
        ("提出先", " ".join(filter(None, (one["agency"], one["person"])))), ("連絡した時刻", moment(one["at"])),
        ("根拠", GROUNDS[one["ground"]]), ("本人の同意", one["consent"]), ("同意の時刻", moment(one["consented_at"])),
        ("伝えたこと", one["told"]), ("連絡した人", one["by"]),
    ]  # fmt: skip
    return [list(pair) for pair in facts if pair[1]]
