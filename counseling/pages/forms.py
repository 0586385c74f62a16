"""The forms: the four of a program, and the page on which one is built, looked at and published."""

from typing import Any, cast

from django.contrib import messages
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.models import User
from accounts.roles import Right
from counseling.actions import editions
from counseling.feeds import forms as feed
from counseling.forms import Question, wrong
from counseling.languages import LANGUAGES
from counseling.models import Edition, Part, Program
from counseling.pages.draft import Draft
from counseling.pages.edition_words import changes, language_name
from counseling.pages.form_losses import lacking, lost
from counseling.pages.form_previews import preview
from counseling.pages.form_words import FORMS, KINDS, OF_VISITORS, PURPOSES, name_of, remarks, told
from counseling.pages.office import office, page
from counseling.pages.question_form import languages_of

SECTION = "forms"


@require_safe
@never_cache
@office(Right.CONFIGURE)
def forms(request: HttpRequest, program: Program) -> HttpResponseBase:
    """What each form is for, how many questions it has, since when, and what is to be seen to."""
    present = feed.in_force(program, FORMS)
    rows = [_row(program, part, present.get(part)) for part in FORMS]
    return page(request, "office/forms.html", program, SECTION, rows=rows)


def _row(program: Program, part: Part, edition: Edition | None) -> dict[str, Any]:
    form = feed.kept(program, part)
    return {
        "part": part,
        "purpose": PURPOSES[part],
        "edition": edition,
        "count": len(form.questions),
        "is_wrong": edition is not None and bool(wrong(part, edition.content)),
        "lacking": [name for name, _names in lacking(form, part, languages_of(part, program.languages))],
    }


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@office(Right.CONFIGURE)
def form(request: HttpRequest, program: Program, form_name: str) -> HttpResponseBase:
    """One form: each button brings the draft back changed, and one publishes it."""
    part = next((one for one in FORMS if one.value == form_name), None)
    if part is None:
        raise Http404
    draft = Draft.begun(program, part)
    alerts: list[str] = []
    if request.method == "POST":
        draft = Draft.posted(program, part, request.POST)
        alerts = _meet(draft)
        asked = request.POST.get("act", "")
        if asked == "publish" and not alerts:
            kept = _publish(request, draft, alerts)
            if kept is None:
                return redirect("office:form", program.slug, part.value)
            draft = kept
        elif asked != "publish":
            draft.act(asked)
    return page(request, "office/form.html", program, SECTION, **_shown(request, draft), alerts=alerts)


def _meet(draft: Draft) -> list[str]:
    """What is told where somebody published meanwhile."""
    if not draft.meet():
        return []
    edition = feed.in_force(draft.program, [draft.part]).get(draft.part)
    values = {"number": draft.based_on, "name": edition.made_by.name if edition and edition.made_by else "―"}
    return [
        _(
            "開いているあいだに、%(name)sさんが第%(number)s版を公開しました。あなたの下書きはそのまま残っています。"
            "このまま公開すると何が変わるかを下で確かめて、もう一度「公開する」を押してください。"
        )
        % values
    ]


def _publish(request: HttpRequest, draft: Draft, alerts: list[str]) -> Draft | None:
    """Publish it; the draft to show again, with `alerts`, where it cannot be."""
    if draft.misfits:
        alerts.append(_("まだ公開していません。開いている質問を直してください。"))
        return draft
    if not draft.is_changed:
        messages.info(request, _("変わったところはありません。"))
        return None
    losses = {one.mark for one in lost(draft)}
    if not draft.problems and not losses <= draft.seen:
        alerts.append(
            _("まだ公開していません。失われるものがあります。下で確かめて、もう一度「公開する」を押してください。")
        )
        return draft
    return _published(request, draft, alerts)


def _published(request: HttpRequest, draft: Draft, alerts: list[str]) -> Draft | None:
    program, content = draft.program, draft.form.to_json()
    try:
        edition = editions.publish(
            program_id=program.pk, part=draft.part, content=content, by=cast("User", request.user),
            based_on=draft.based_on, note=draft.note,
        )  # fmt: skip
    except editions.InvalidContent as refused:
        _judge(draft, refused.problems, alerts)
        return draft
    except editions.NewerEdition:
        program.refresh_from_db()
        draft = draft.again()
        alerts += _meet(draft)
        return draft
    messages.success(
        request, _("公開しました(第%(number)s版)。これから始まる相談で使われます。") % {"number": edition.number}
    )
    return None


def _judge(draft: Draft, problems: list[tuple[str, str, str]], alerts: list[str]) -> None:
    """Say what is wrong, and open the first question that has something wrong with it."""
    alerts.append(_("まだ公開していません。直すところがあります。"))
    alerts += [told("note", code) for path, code, _what in problems if path == "edition.note"]
    alerts += [told("form", code) for path, code, _what in problems if path == ""]
    faulty = [one.key for one in draft.sketch.questions if draft.problems_of(one.key)]
    if faulty:
        draft.open = draft.open if draft.open in faulty else faulty[0]
        draft.judged = True


def _shown(request: HttpRequest, draft: Draft) -> dict[str, Any]:
    """All that the page shows."""
    part, form = draft.part, draft.form
    edition = feed.in_force(draft.program, [part]).get(part)
    removed = draft.sketch.removed
    return {
        "draft": draft,
        "part": part,
        "purpose": PURPOSES[part],
        "edition": edition,
        "questions": [_question(draft, one) for one in draft.sketch.questions],
        "question_form": draft.question_form(),
        "kinds": KINDS.items(),
        "next_key": draft.taken.new_key(draft.sketch),
        "removed": name_of(removed[1]) if removed else "",
        "changes": changes(part, draft.present.to_json(), form.to_json()) if draft.is_changed else [],
        "losses": lost(draft),
        "lacking": lacking(form, part, draft.spoken),
        "languages": [(code, language_name(code)) for code in draft.spoken],
        "is_for_visitors": part in OF_VISITORS,
        "preview": preview(request, draft) if draft.looking else "",
        "preview_tag": LANGUAGES[draft.looking].tag if draft.looking else "",
    }


def _question(draft: Draft, question: Question) -> dict[str, Any]:
    problems = draft.problems_of(question.key)
    places = [(path.partition(".")[2].partition(".")[0] or "label", code) for path, code in problems]
    return {
        "key": question.key,
        "name": name_of(question),
        "remarks": remarks(draft.form, question),
        "is_open": question.key == draft.open,
        "problems": list(dict.fromkeys(told(*one) for one in places)),
    }
