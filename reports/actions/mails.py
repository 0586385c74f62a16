"""Results by schedule (定期メール): who wants them, what is owed, and sending it once. A link, never a figure."""

from datetime import datetime, timedelta
from urllib.parse import urlencode

from django.db import transaction
from django.utils import timezone

from accounts import mail
from accounts.models import User
from accounts.roles import Right
from counseling import permissions
from counseling.keeping import counted_by
from counseling.models import Program
from counseling.opening import TOKYO, midnight
from counseling.permissions import NotVisible
from reports.days import DayKind
from reports.figures import days_of
from reports.models import ResultsMail, ResultsPlan
from reports.periods import Period
from reports.schedule import Every, Holidays, due

# In the morning, in Tokyo; later where the service day that is told ends later.
SENT_FROM = timedelta(hours=9)
TRY_AGAIN_AFTER = timedelta(minutes=10)
KEPT = timedelta(weeks=60)


@transaction.atomic
def subscribe(*, program_id: int, every: Every, holidays: Holidays, by: User) -> None:
    """Tell `by` of results from now on; again: with other holidays. Raises NotVisible."""
    permissions.require(by, right_of(every), program_id)
    today = timezone.localdate()
    ResultsPlan.objects.update_or_create(
        program_id=program_id,
        user=by,
        every=every,
        defaults={"holidays": holidays},
        create_defaults={"holidays": holidays, "owed_on": today},
    )


@transaction.atomic
def unsubscribe(*, program_id: int, every: Every, by: User) -> None:
    """Tell `by` no more. Raises NotVisible."""
    permissions.require(by, Right.SEE_PUBLIC_RESULTS, program_id)
    ResultsPlan.objects.filter(program=program_id, user=by, every=every).delete()


def right_of(every: Every) -> Right:
    """Days and weeks are the house's; finished months are the officer's, too."""
    return Right.SEE_PUBLIC_RESULTS if every == Every.MONTH else Right.SEE_RESULTS


def owe(*, now: datetime) -> None:
    """Owe what falls on today: each plan once a day, whoever asks and however often."""
    today = now.astimezone(TOKYO).date()
    behind = ResultsPlan.objects.exclude(owed_on__gte=today).order_by("pk").values_list("pk", flat=True)
    for plan_id in behind:
        _owe(plan_id, now)


@transaction.atomic
def _owe(plan_id: int, now: datetime) -> None:
    today = now.astimezone(TOKYO).date()
    rows = ResultsPlan.objects.select_for_update(of=("self",), skip_locked=True).select_related("program")
    plan = rows.filter(pk=plan_id).exclude(owed_on__gte=today).first()
    if plan is None:
        return
    plan.owed_on = today
    plan.save(update_fields=["owed_on"])
    told = due(Every(plan.every), Holidays(plan.holidays), today)
    if told and not plan.program.practice:
        kind = DayKind(counted_by(plan.program.report))
        over = max(midnight(today) + SENT_FROM, days_of(plan.program, told, kind).starts[-1])
        ResultsMail.objects.get_or_create(plan=plan, last=told.last, defaults={"first": told.first, "due_at": over})


def is_due(*, now: datetime) -> bool:
    """Whether a mail is to be sent."""
    return ResultsMail.objects.filter(sent_at=None, due_at__lte=now).exists()


def send_next(*, now: datetime) -> bool:
    """Send the mail that is due longest; False where there is none. Who lost the right gets none."""
    owed = _claim(now)
    if owed is None:
        return False
    plan = owed.plan
    if not _may(plan) or mail.send("results", plan.user.email, **_said(plan, Period(owed.first, owed.last))):
        ResultsMail.objects.filter(pk=owed.pk).update(sent_at=now)
    ResultsMail.objects.filter(sent_at__lt=now - KEPT).delete()
    return True


@transaction.atomic
def _claim(now: datetime) -> ResultsMail | None:
    rows = ResultsMail.objects.select_for_update(of=("self",), skip_locked=True)
    waiting = rows.select_related("plan__program", "plan__user").filter(sent_at=None, due_at__lte=now)
    owed = waiting.order_by("due_at", "pk").first()
    if owed:
        ResultsMail.objects.filter(pk=owed.pk).update(due_at=now + TRY_AGAIN_AFTER)
    return owed


def _may(plan: ResultsPlan) -> bool:
    try:
        permissions.require(plan.user, right_of(Every(plan.every)), plan.program_id)
    except NotVisible:
        return False
    return True


def _said(plan: ResultsPlan, told: Period) -> dict[str, object]:
    """What the mail says: whose results of when, and where they are."""
    program: Program = plan.program
    link = mail.address_of("office:public_results", program.slug) + f"?month={told.last:%Y-%m}"
    if _sees_all(plan):
        asked = {"first": told.first, "last": told.last, "day": counted_by(program.report)}
        link = f"{mail.address_of('office:results', program.slug)}?{urlencode(asked)}"
    plans = mail.address_of("office:results-mails", program.slug)
    return {
        "name": plan.user.name, "program": program.name, "first": told.first, "last": told.last, "link": link,
        "plans": plans,
    }  # fmt: skip


def _sees_all(plan: ResultsPlan) -> bool:
    return permissions.programs(plan.user, Right.SEE_RESULTS).filter(pk=plan.program_id).exists()
