"""Practice (練習): characters to talk with, and what each reply made them feel; and putting a program into it."""

from typing import cast

from django.contrib import messages
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts import audit
from accounts.models import User
from accounts.roles import Right
from counseling import permissions
from counseling.actions import practice as actions
from counseling.actions import practice_erasure, reading
from counseling.feeds import practice as feed
from counseling.models import Practice, Program
from counseling.models.supervision import Reason
from counseling.pages.office import office, page
from counseling.pages.practice_words import AGAINST, ENDINGS, MOVED, why
from counseling.practice import CAST, Ending

SECTION = "practice"


def _by(request: HttpRequest) -> User:
    return cast("User", request.user)


def _require_practice(program: Program) -> None:
    """For programs with real visitors these pages do not exist."""
    if not program.practice:
        raise Http404


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@office(Right.WATCH_BOARD)
def practice(request: HttpRequest, program: Program) -> HttpResponseBase:
    """The characters, and the practices there were; a POST begins one."""
    _require_practice(program)
    by = _by(request)
    if request.method == "POST":
        _begin(request, program)
        return redirect("office:practice", program.slug)
    readable, leads = permissions.practices(by, program.pk), permissions.may_end(by, program.pk)
    rows = feed.practised(program, by, readable, leads=leads)
    listed = [(one, ENDINGS[Ending(one.row.ending)] if one.row.ending else "") for one in rows]
    context = {
        "characters": list(CAST.values()),
        "going": [one for one, _ending in listed if one.is_going],
        "over": [(one, ending) for one, ending in listed if not one.is_going],
        "may_begin": permissions.may_try(by, program.pk) and program.stage != "closed",
        "is_full": feed.going(by).count() >= actions.AT_ONCE,
        "leads": leads,
    }
    return page(request, "office/practice.html", program, SECTION, **context)


def _begin(request: HttpRequest, program: Program) -> None:
    try:
        begun = actions.begin(program_id=program.pk, by=_by(request), character=request.POST.get("character", ""))
    except actions.EnoughAtOnce:
        messages.error(request, _("一度に練習できるのは2人までです。ひとりとの練習を終えてから、はじめてください。"))
    except actions.UnknownCharacter:
        messages.error(request, _("その登場人物はいません。もう一度選んでください。"))
    except actions.NotForPractice:
        messages.error(request, _("この窓口では、いま練習をはじめられません。"))
    else:
        name = CAST[begun.character].name
        said = _("「%(name)s」が待機列に入ります。コンソールで出勤して、相談を受けてください。")
        messages.success(request, said % {"name": name})


@require_POST
@office(Right.WATCH_BOARD)
def end(request: HttpRequest, program: Program, practice_id: int) -> HttpResponseBase:
    """「練習をやめる」."""
    _require_practice(program)
    actions.stop(practice_id=practice_id, by=_by(request))
    messages.success(request, _("練習をやめました。コンソールに記録の画面が残っていたら、閉じてください。"))
    return redirect("office:practice", program.slug)


@require_POST
@office(Right.READ_ALL)
def read(request: HttpRequest, program: Program, practice_id: int) -> HttpResponseBase:
    """A supervisor looks back on somebody else's practice, for training: told to the audit log like any reading."""
    found = Practice.objects.filter(pk=practice_id, session__program=program, session__program__practice=True).first()
    if found is None:
        raise Http404
    address = audit.address_of(request)
    reading.begin(session_id=found.session_id, by=_by(request), reason=Reason.TRAINING, address=address)
    return redirect("office:practice-talk", program.slug, practice_id)


@require_safe
@never_cache
@office(Right.WATCH_BOARD)
def look_back(request: HttpRequest, program: Program, practice_id: int) -> HttpResponseBase:
    """The whole talk, and beside each reply what the character felt and by which words."""
    _require_practice(program)
    mine = permissions.practices(_by(request), program.pk).select_related("session__visitor", "session__counselor")
    found = mine.filter(pk=practice_id).first()
    if found is None:
        raise Http404
    reading.tell_session(session=found.session, by=_by(request), address=audit.address_of(request))
    said = [
        (one, MOVED[one.felt.moved] if one.felt else None, why(one.felt) if one.felt else "")
        for one in feed.looked_back(found)
    ]
    ending = ENDINGS[Ending(found.ending)] if found.ended_at else ""
    context = {"practice": found, "character": CAST.get(found.character), "said": said, "ending": ending}
    return page(request, "office/practice_talk.html", program, SECTION, **context)


@require_POST
@office(Right.WATCH_BOARD)
def erase(request: HttpRequest, program: Program) -> HttpResponseBase:
    """Erase all practices that are over, with what was said in them."""
    _require_practice(program)
    erased, left = practice_erasure.erase(program_id=program.pk, by=_by(request))
    messages.success(request, _("終わった練習を消しました(%(number)d件)。") % {"number": erased})
    if left:
        messages.info(request, _("終わっていない相談が%(number)d件あり、消していません。") % {"number": left})
    return redirect("office:practice", program.slug)


@require_POST
@office(Right.CONFIGURE)
def dedicate(request: HttpRequest, program: Program) -> HttpResponseBase:
    """Put a program into practice mode, once it was said that this is for ever."""
    if request.POST.get("for_ever") != "on":
        messages.error(request, _("元に戻せないことを確かめて、印をつけてください。"))
        return redirect("office:setup", program.slug)
    try:
        actions.dedicate(program_id=program.pk, by=_by(request))
    except actions.CannotDedicate as refused:
        messages.error(request, str(AGAINST[refused.code]))
        return redirect("office:setup", program.slug)
    messages.success(request, _("練習用の窓口にしました。相談員は、ここで練習をはじめられます。"))
    return redirect("office:practice", program.slug)
