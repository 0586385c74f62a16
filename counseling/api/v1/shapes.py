"""What machines are given, field by field: the answers are made with these, and described by them."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from counseling.lifecycle import Classification, EndReason, Refusal, State
from counseling.machines import Event
from counseling.models.program import ChannelKind, Kind
from counseling.triage import Risk

Shape = serializers.Serializer[Any]


def codes(values: Any, **options: Any) -> Any:
    """One of some codes."""
    return serializers.ChoiceField(choices=[value.value for value in values], **options)


def moment(help_text: Any, *, always: bool = False) -> Any:
    """A moment with Japan's offset; null where it has not come."""
    return serializers.DateTimeField(help_text=help_text, allow_null=not always)


class Reception(Shape):
    """Whether a program receives at this moment."""

    receiving = serializers.BooleanField(help_text=_("いま新しい相談を受け付けているか。"))
    reason = codes(Refusal, allow_null=True, help_text=_("受け付けていないわけ。受け付けているときはnull。"))
    closes_at = moment(_("いまの受付時間が終わる時刻。1日を超えて続くときはnull。"))
    intake_until = moment(_("いまの受付時間で、新しい相談を受け付ける最後の時刻。"))
    next_opening = moment(_("次に受付時間が始まる時刻。"))


class Program(Shape):
    """A program the key may see."""

    slug = serializers.SlugField(help_text=_("アドレスに使う名前。"))
    name = serializers.CharField(help_text=_("事業の名前。"))
    kind = codes(Kind, help_text=_("事業の種類。"))
    starts_on = serializers.DateField(help_text=_("始まりの日。"))
    ends_on = serializers.DateField(allow_null=True, help_text=_("終わりの日。決まっていなければnull。"))
    reception = Reception(help_text=_("いまの受付。"))


class Programs(Shape):
    """The programs the key may see."""

    programs = Program(many=True, help_text=_("このキーで読める事業。"))


class Opening(Shape):
    """One window of a service day."""

    opens_at = moment(_("始まる時刻。"), always=True)
    closes_at = moment(_("終わる時刻。0時を過ぎることがあります。"), always=True)
    intake_until = moment(_("新しい相談を受け付ける最後の時刻。"), always=True)


class HoursDay(Shape):
    """One service day."""

    date = serializers.DateField(help_text=_("日付。0時を過ぎた受付時間は、始まった日に属します。"))
    rule = serializers.ChoiceField(
        choices=["weekday", "holiday", "exception", "year_end", "outside"],
        help_text=_("どの決まりによるか。曜日、祝日、個別の日、年末年始、期間の外。"),
    )
    holiday = serializers.CharField(allow_null=True, help_text=_("祝日の名前。祝日でなければnull。"))
    openings = Opening(many=True, help_text=_("受付時間。なければ空。"))


class Rules(Shape):
    """The hours as they are kept."""

    weekly = serializers.DictField(
        child=serializers.ListField(child=serializers.CharField()),
        help_text=_("曜日(monからsun)ごとの受付時間。「20:00-26:00」は翌日2時まで。"),
    )
    holiday = serializers.ListField(
        child=serializers.CharField(), allow_null=True, help_text=_("祝日の受付時間。曜日どおりならnull。")
    )
    exceptions = serializers.DictField(
        child=serializers.ListField(child=serializers.CharField()), help_text=_("個別の日の受付時間。空なら休み。")
    )
    year_end_closed = serializers.BooleanField(help_text=_("12月29日から1月3日まで休むか。"))
    intake_close = serializers.IntegerField(help_text=_("終わりの何分前に、新しい受付をやめるか。"))


class Hours(Shape):
    """A program's opening hours: as rules, and as moments on the days asked for."""

    time_zone = serializers.ChoiceField(choices=["Asia/Tokyo"], help_text=_("決まりと日付の時間帯。"))
    rules = Rules(help_text=_("受付時間の決まり。"))
    days = HoursDay(many=True, help_text=_("日ごとの受付時間。"))


class Messages(Shape):
    """How many messages a session holds."""

    visitor = serializers.IntegerField(help_text=_("相談者のことば。"))
    counselor = serializers.IntegerField(help_text=_("相談員のことば。"))
    automatic = serializers.IntegerField(help_text=_("自動メッセージ。"))


class Session(Shape):
    """A session without its words: nobody's name, and nothing that tells who somebody is."""

    number = serializers.IntegerField(help_text=_("事業のなかの番号。受けた順で、変わりません。"))
    version = serializers.IntegerField(help_text=_("変わるたびに増えます。同じなら何も変わっていません。"))
    state = codes(State, help_text=_("いまの状態。"))
    channel = codes(ChannelKind, help_text=_("入口。"))
    refusal = serializers.ChoiceField(
        choices=["", *(value.value for value in Refusal)], help_text=_("受け付けなかったわけ。受け付けたら空。")
    )
    received_at = moment(_("最初のことばが届いた時刻。"), always=True)
    queued_at = moment(_("待機列に入った時刻。"))
    claimed_at = serializers.DateTimeField(
        source="first_claimed_at", allow_null=True, help_text=_("最初に担当が決まった時刻。")
    )
    first_response_at = moment(_("相談員の最初のことばの時刻。"))
    ended_at = moment(_("終わった時刻。"))
    closed_at = moment(_("記録を閉じた時刻。"))
    end_reason = serializers.ChoiceField(
        choices=["", *(value.value for value in EndReason)], help_text=_("終わったわけ。終わっていなければ空。")
    )
    risk = serializers.ChoiceField(
        choices=[level.value for level in Risk], help_text=_("緊急度。0なし、1低、2中、3高、4差し迫る。")
    )
    classification = serializers.ChoiceField(
        choices=["", *(value.value for value in Classification)], help_text=_("分類。人が確かめるまで空。")
    )
    thankful_end = serializers.BooleanField(allow_null=True, help_text=_("感謝で終わったか。記録がなければnull。"))
    trial = serializers.BooleanField(help_text=_("職員が試したものか。集計には入りません。"))
    messages = Messages(help_text=_("メッセージの数。"))


class Sessions(Shape):
    """A page of sessions, by number."""

    sessions = Session(many=True, help_text=_("番号の順の相談。"))
    after = serializers.IntegerField(help_text=_("続きを読むとき、afterに書く番号。"))
    more = serializers.BooleanField(help_text=_("いま続きがあるか。"))


class OpenedData(Shape):
    """Where and until when."""

    program = serializers.SlugField(help_text=_("事業のslug。"))
    closes_at = moment(_("受付時間が終わる時刻。1日を超えて続くときはnull。"))
    intake_until = moment(_("新しい相談を受け付ける最後の時刻。"))


class ClosedData(Shape):
    """Where, why, and until when."""

    program = serializers.SlugField(help_text=_("事業のslug。"))
    reason = codes(Refusal, help_text=_("受け付けなくなったわけ。"))
    next_opening = moment(_("次に受付時間が始まる時刻。停止したときなど、決まっていなければnull。"))


class RiskData(Shape):
    """In which session, from which level to which."""

    program = serializers.SlugField(help_text=_("事業のslug。"))
    session = serializers.IntegerField(help_text=_("相談の番号。"))
    level = codes(Risk, help_text=_("上がったあとの緊急度。0なし、1低、2中、3高、4差し迫る。"))
    before = codes(Risk, help_text=_("上がる前の緊急度。"))
    by = serializers.ChoiceField(
        choices=["machine", "person"], help_text=_("上げたのが、ことばを見つけた機械か、人か。")
    )


def told(event: Event, data: type[Shape]) -> type[Shape]:
    """The body of a notification of `event`."""
    fields = {
        "type": serializers.ChoiceField(choices=[event.value], help_text=_("できごと。")),
        "timestamp": serializers.DateTimeField(help_text=_("起きた時刻(UTC)。")),
        "data": data(help_text=_("できごとの中身。")),
    }
    return type(event.name.title().replace("_", ""), (serializers.Serializer,), fields)


class Problem(Shape):
    """Why a request was refused."""

    error = serializers.CharField(help_text=_("わけを示す符号。"))
    message = serializers.CharField(help_text=_("人が読む文。Accept-Languageがenなら英語です。"))
    fields = serializers.DictField(  # type: ignore[assignment]
        child=serializers.ListField(child=serializers.CharField()), help_text=_("項目ごとの文。なければ空。")
    )
