"""The audit log's page: search who did what in a program, and take it along as a file."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any, cast
from urllib.parse import urlencode

from django import forms
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts import audit as log
from accounts.confirmation import confirmed
from accounts.deeds import SENTENCES, Deed
from accounts.models import AuditEntry, User
from accounts.roles import Right
from accounts.templatetags.components import ROLE_WORDS
from counseling.feeds import audit as feed
from counseling.models import Part, Program
from counseling.models.emergency import Ground, SheetReason
from counseling.models.program import Kind
from counseling.models.supervision import Reason
from counseling.opening.hours import YEARS
from counseling.pages import arrangement_words, blueprint_words, retention_words
from counseling.pages.connection_words import EVENTS, SCOPES
from counseling.pages.office import office, page
from counseling.pages.opening_words import NAMES
from counseling.pages.opening_words import VALUES as HOURS
from counseling.text import sheets

PAGE_ROWS = 50
EXPORTED_ROWS, EXPORT_STEP = 50_000, 5_000
KINDS: dict[str, str | Promise] = {
    "user": gettext_lazy("%sさん"),
    "session": gettext_lazy("相談 %s"),
    "visitor": gettext_lazy("相談者 %s"),
    "token": gettext_lazy("APIキー「%s」"),
    "subscription": gettext_lazy("通知先「%s」"),
    "channel": gettext_lazy("チャネル「%s」"),
    "agency": gettext_lazy("関係機関「%s」"),
    "reply": gettext_lazy("定型文「%s」"),
}
DETAILS: dict[str, str | Promise] = {
    "fields": gettext_lazy("項目"),
    "roles": gettext_lazy("役割"),
    "attachment": gettext_lazy("添付"),
    "scopes": gettext_lazy("読めるもの"),
    "events": gettext_lazy("知らせること"),
    "rows": gettext_lazy("行数"),
    "kind": gettext_lazy("方法"),
    "did": gettext_lazy("内容"),
    "before": gettext_lazy("変更前"),
    "after": gettext_lazy("変更後"),
    "first": gettext_lazy("この日から"),
    "last": gettext_lazy("この日まで"),
    "again": gettext_lazy("再送"),
    "reason": gettext_lazy("理由"),
    "version": gettext_lazy("版"),
    "template": gettext_lazy("種別"),
    "made_from": gettext_lazy("もと"),
    "added": gettext_lazy("追加"),
    "changed": gettext_lazy("変更"),
    "ground": gettext_lazy("根拠"),
    "contact": gettext_lazy("連絡記録の番号"),
    "filing": gettext_lazy("提出の番号"),
    **dict(arrangement_words.NUMBERS.items()),
    **retention_words.DETAILS,
}
VALUES: dict[str | bool, str | Promise] = {
    # What of a program was changed.
    **dict(blueprint_words.PLACES.items()),
    **{name: blueprint_words.MEMBERS["hours"][name] for name in ("starts_on", "ends_on")},
    **dict(blueprint_words.MEMBERS["rules"].items()),
    "on_call_email": gettext_lazy("時間外の緊急連絡先"),
    **{role.value: word for role, word in ROLE_WORDS.items()},
    **{scope.value: words[0] for scope, words in SCOPES.items()},
    **{event.value: words[0] for event, words in EVENTS.items()},
    "totp": gettext_lazy("認証アプリ"),
    "webauthn": gettext_lazy("パスキー"),
    "added": gettext_lazy("追加"),
    "changed": gettext_lazy("変更"),
    "removed": gettext_lazy("削除"),
    "resumed": gettext_lazy("再開"),
    "paused": gettext_lazy("停止"),
    "published": gettext_lazy("新しい版"),
    "template": gettext_lazy("ひな形"),
    "copy": gettext_lazy("ほかの事業の複製"),
    "file": gettext_lazy("ファイル"),
    "open": gettext_lazy("公開"),
    "pause": gettext_lazy("受付停止"),
    "resume": gettext_lazy("受付再開"),
    "close": gettext_lazy("終了"),
    **dict(Part.choices),
    **dict(Kind.choices),
    **dict(Reason.choices),
    **dict(SheetReason.choices),
    **dict(Ground.choices),
    **dict(arrangement_words.REASONS.items()),
    **retention_words.VALUES,
    "checked": gettext_lazy("確認"),
    "retired": gettext_lazy("使うのをやめる"),
    "restored": gettext_lazy("また使う"),
    "secrets": gettext_lazy("鍵の登録"),
    "secret": gettext_lazy("チャネルシークレット"),
    "access_token": gettext_lazy("チャネルアクセストークン"),
    "account": gettext_lazy("公式アカウントの確認"),
    "webhook": gettext_lazy("Webhook URLの設定"),
    "menu_made": gettext_lazy("リッチメニューの表示"),
    "menu_removed": gettext_lazy("リッチメニューの削除"),
    "imported": gettext_lazy("取り込み"),
    **dict(NAMES.items()),
    **dict(HOURS.items()),
    True: gettext_lazy("はい"),
}


class SearchForm(forms.Form):
    """What is looked for."""

    person = forms.TypedChoiceField(label=gettext_lazy("人"), required=False, coerce=int, empty_value=None)
    deed = forms.ChoiceField(label=gettext_lazy("できごと"), required=False)
    since = forms.DateField(
        label=gettext_lazy("この日から"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    until = forms.DateField(
        label=gettext_lazy("この日まで"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    number = forms.CharField(label=gettext_lazy("相談番号・相談者"), required=False, max_length=20)

    def __init__(self, program: Program, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.program = program
        people = [(str(user.pk), user.name) for user in feed.people(program)]
        cast("forms.ChoiceField", self.fields["person"]).choices = [("", _("すべての人")), *people]
        deeds = [(deed.value, SENTENCES[deed] % {"who": "○○", "what": "△△"}) for deed in Deed]
        cast("forms.ChoiceField", self.fields["deed"]).choices = [("", _("すべてのできごと")), *deeds]

    def clean(self) -> dict[str, Any]:
        """The days in their order."""
        wish = self.cleaned_data
        for name in ("since", "until"):
            if wish.get(name) and wish[name].year not in YEARS:
                self.add_error(name, _("2000年から2100年までの日付にしてください。"))
        if wish.get("since") and wish.get("until") and wish["since"] > wish["until"]:
            self.add_error("until", _("始まりの日と同じか、あとの日にしてください。"))
        return wish

    def search(self) -> feed.Search:
        """The search, of a form that is valid."""
        wish = self.cleaned_data
        return feed.Search(
            program=self.program,
            person=wish["person"],
            deed=wish["deed"],
            since=_midnight(wish["since"]) if wish["since"] else None,
            until=_midnight(wish["until"] + timedelta(days=1)) if wish["until"] else None,
            about=feed.subjects_of(self.program, wish["number"]) if wish["number"] else None,
        )

    def told(self) -> dict[str, str]:
        """What was looked for, as it stands in an address."""
        return {name: str(value) for name, value in self.cleaned_data.items() if value not in {None, ""}}


def _midnight(day: Any) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))


@dataclass(frozen=True)
class Line:
    """One row in words."""

    at: datetime
    sentence: str
    more: str
    address: str


def lines(rows: list[AuditEntry]) -> Iterator[Line]:
    """These rows in words."""
    names = feed.names(rows)
    for row in rows:
        who, what = row.actor_name or _("だれか"), _what(row.subject, names)
        sentence = SENTENCES[Deed(row.deed)] % {"who": who, "what": what}
        yield Line(row.at, str(sentence), _more(row.details), row.address or "")


def _what(subject: str, names: dict[str, str]) -> str:
    kind = subject.partition(":")[0]
    return str(KINDS[kind]) % names[subject] if kind in KINDS and subject in names else subject


def _more(details: dict[str, Any]) -> str:
    told = ((DETAILS.get(name, name), value if isinstance(value, list) else [value]) for name, value in details.items())
    return " / ".join(f"{name}: {_('、').join(map(_word, values))}" for name, values in told)


def _word(value: Any) -> str:
    return str(VALUES.get(value, value)) if isinstance(value, str | bool) else str(value)


def _cursor(text: str) -> feed.Cursor | None:
    at, _sep, pk = text.rpartition("_")
    try:
        moment = parse_datetime(at)
    except ValueError:
        return None
    aware = moment is not None and timezone.is_aware(moment) and moment.year in YEARS
    known = aware and pk.isascii() and pk.isdecimal() and len(pk) < 19
    return feed.Cursor(moment, int(pk)) if moment and known else None


@require_safe
@never_cache
@office(Right.READ_AUDIT)
def audit(request: HttpRequest, program: Program) -> HttpResponseBase:
    """What was done, newest first; `before` in the address goes on where the last page ended."""
    form = SearchForm(program, request.GET)
    before = _cursor(request.GET.get("before", ""))
    found = feed.entries(form.search(), PAGE_ROWS + 1, before) if form.is_valid() else []
    rows, more = found[:PAGE_ROWS], len(found) > PAGE_ROWS
    told = form.told() if form.is_valid() else {}
    older = urlencode(told | {"before": f"{rows[-1].at.isoformat()}_{rows[-1].pk}"}) if more else ""
    words = {"lines": list(lines(rows)), "older": older, "searched": urlencode(told), "later": before is not None}
    return page(request, "office/audit.html", program, "audit", form=form, exported_rows=EXPORTED_ROWS, **words)


@require_safe
@never_cache
@office(Right.READ_AUDIT)
@confirmed
def export(request: HttpRequest, program: Program) -> HttpResponseBase:
    """What the search finds, as a file for a spreadsheet: the newest EXPORTED_ROWS; the log is told of it, too."""
    form = SearchForm(program, request.GET)
    rows = _all_of(form.search()) if form.is_valid() else []
    by, address = cast("User", request.user), log.address_of(request)
    log.note(
        Deed.AUDIT_EXPORTED,
        by=by,
        subject=f"program:{program.pk}",
        program_id=program.pk,
        address=address,
        rows=len(rows),
    )
    response = HttpResponse(sheets.written(_sheet(rows)), content_type="text/csv; charset=utf-8")
    today = timezone.localdate()
    response["Content-Disposition"] = f'attachment; filename="audit-{program.slug}-{today}.csv"'
    return response


def _all_of(search: feed.Search) -> list[AuditEntry]:
    rows: list[AuditEntry] = []
    while len(rows) < EXPORTED_ROWS:
        before = feed.Cursor(rows[-1].at, rows[-1].pk) if rows else None
        rows += (step := feed.entries(search, EXPORT_STEP, before))
        if len(step) < EXPORT_STEP:
            break
    return rows


def _sheet(rows: list[AuditEntry]) -> list[list[object]]:
    columns: list[object] = [_("番号"), _("日時"), _("人"), _("できごと"), _("対象"), _("詳細"), _("IPアドレス")]
    told: list[list[object]] = [
        [row.pk, _moment(row.at), row.actor_name, line.sentence, row.subject, line.more, line.address, row.hash]
        for row, line in zip(rows, lines(rows), strict=True)
    ]
    return [[*columns, "hash"], *told]


def _moment(at: datetime) -> str:
    return f"{timezone.localtime(at):%Y-%m-%d %H:%M:%S}"
