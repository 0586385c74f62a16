"""What the worker does for results: make the reports that were frozen. Every task may run twice, late or never."""

import logging
from collections.abc import Callable

from celery import shared_task
from django.db import connection
from django.utils import timezone

from counseling import later
from reports import making
from reports.actions import days, mails, runs
from reports.making import KeepsChanging

logger = logging.getLogger(__name__)

SWEPT_EXPIRES_SECONDS = 30.0
MAILS_IN_A_ROW = 20
BATCHES_IN_A_ROW = 30


class Stopped(Exception):
    """It was cancelled, or another worker took it up."""


@shared_task(name="reports.make")
def make(run_id: int) -> None:
    """Make a frozen run, step by step; whoever cancels it stops it at the next."""
    run = runs.claim(run_id=run_id, now=timezone.now())
    if run is None:
        return

    def told(_step: str) -> None:
        if not runs.step(run=run, now=timezone.now()):
            raise Stopped

    try:
        runs.finish(run=run, made=making.make(run, told), now=timezone.now())
    except Stopped:
        logger.info("report %s was stopped", run_id)
    except KeepsChanging:
        runs.fail(run=run)


def wake_runs() -> None:
    """Reports whose worker was not woken, or is gone."""
    for run_id in runs.due_runs(now=timezone.now()):
        later.wake("reports.make", run_id, expires=SWEPT_EXPIRES_SECONDS)


@shared_task(name="reports.send_mails")
def send_mails() -> None:
    """Mail those who wanted to be told of results, so many in a row."""
    all(mails.send_next(now=timezone.now()) for _mail in range(MAILS_IN_A_ROW))


def wake_mails() -> None:
    """What falls on today is owed, and what is owed is sent."""
    mails.owe(now=timezone.now())
    if mails.is_due(now=timezone.now()):
        later.wake("reports.send_mails", expires=SWEPT_EXPIRES_SECONDS)


PARTS: tuple[Callable[[], object], ...] = (wake_runs, wake_mails)


@shared_task(name="reports.keep_days")
def keep_days() -> None:
    """Count the days that are over, and again those that changed, a few at a time."""
    for program_id in days.due(now=timezone.now()):
        for _batch in range(BATCHES_IN_A_ROW):
            if not days.keep(program_id=program_id, now=timezone.now()):
                break


@shared_task(name="reports.sweep")
def sweep() -> None:
    """Take up what was lost or has become due; a part that fails does not stop the others."""
    for part in PARTS:
        try:
            part()
        except Exception as error:  # noqa: BLE001 - the next sweep tries again
            logger.warning("the reports' sweep of %s failed: %s", part.__name__, type(error).__name__)
            if connection.connection and not connection.in_atomic_block:
                connection.close_if_unusable_or_obsolete()
