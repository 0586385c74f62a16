"""The stage on which every door is tried: two programs, the whole cast, and one sitting in any state.

What Sora says and answers, what Haru replies and what stands in notes and whispers carry marks that may appear before
nobody else.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.test import Client
from django.urls import reverse

from accounts.models import User
from accounts.roles import Right, Role, holders
from counseling import crypto
from counseling.actions import (
    editions,
    handovers,
    messages,
    notes,
    offers,
    reading,
    sessions,
    staff,
    stepping_in,
    visits,
    whispers,
)
from counseling.forms import Answers, Form, Kind, Question
from counseling.lifecycle import EndReason, TakeOver
from counseling.models import (
    Aftercare,
    Assignment,
    Attachment,
    Channel,
    Delivery,
    Duty,
    HandoverNote,
    Membership,
    Message,
    Part,
    PhoneTransfer,
    Program,
    Proposal,
    ReviewDraft,
    ReviewSheet,
    ReviewVersion,
    Session,
)
from counseling.models.message import AttachmentState
from counseling.models.supervision import Reading, Reason
from tests.conftest import ALWAYS, PASSWORD, SORA
from tests.permissions.alarmed import emergency
from tests.permissions.merged import merged
from tests.permissions.planned import followed, plan, promised
from tests.permissions.props import a_line_channel

SORA_COOKIE, STRANGER_COOKIE = "s" * 43, "t" * 43
(
    SORA_SAID, SORA_ANSWERED, NOTED, WHISPERED, PROPOSED, HANDED, REVIEWED, APPROACHED, REASONED, PICTURED,
    STRANGER_SAID,
) = (
    "空の言葉⟦sora⟧",
    "受付での言葉⟦answer⟧",
    "職員の言葉⟦note⟧",
    "ささやく言葉⟦whisper⟧",
    "承認を待つ言葉⟦propose⟧",
    "次の方への言葉⟦hand⟧",
    "振り返りの言葉⟦review⟧",
    "対応のしかた⟦approach⟧",
    "決めたわけ⟦reason⟧",
    b"bytes of a picture",
    "他人の言葉⟦else⟧",
)  # fmt: skip
# In the order of the table's columns. `far` and `farmio`: counselor and supervisor of another program; `root` may use
# Django's administration and has no part in any program.
VISITORS = ("anon", "sora", "strn")
STAFF = ("haru", "ren", "far", "mio", "farmio", "aoi", "kei", "nao", "root")
ACTORS = VISITORS + STAFF
MAY_READ = {"sora", "haru", "mio"}
NOT_AN_ID = 2_000_000_000


@dataclass
class Stage:
    """What stands on the stage; `session` is Sora's sitting on the web."""

    program: Program
    people: dict[str, User]
    session: Session
    line_session: Session
    delivery: Delivery
    attachment: Attachment
    line: Channel
    handover: HandoverNote
    proposal: Proposal
    review: ReviewSheet
    promised: PhoneTransfer
    planned: dict[str, object]
    sheet: dict[str, object]

    def kwargs(self, *, missing: bool = False) -> dict[str, object]:
        """What addresses are made with; with `missing` ids that do not exist."""
        # A state in which nobody has the talk leaves none.
        had = self.session.assignments.filter(user=self.people["haru"]).values_list("pk", flat=True)
        ids: dict[str, object] = {
            "program_id": self.program.pk,
            "session_id": self.session.pk,
            "delivery_id": self.delivery.pk,
            "attachment_id": self.attachment.pk,
            "visitor_id": self.session.visitor_id,
            "channel_id": self.line.pk,
            "note_id": self.handover.pk,
            "proposal_id": self.proposal.pk,
            **dict.fromkeys(("practice_id", "alarm_id", "disclosure_id"), NOT_AN_ID),
            "sheet_id": self.review.pk,
            "assignment_id": next(iter(had), NOT_AN_ID),
            "transfer_id": self.promised.pk,
            "user_id": self.people["ren"].pk,
            **self.planned,
            **self.sheet,
        }
        names: dict[str, object] = {
            "slug": self.program.slug,
            "channel_key": self.line.key,
            "uidb36": "1",
            "key": "set-password",
            "pk": NOT_AN_ID,
            "text_key": "farewell",
            "token": "made-up",
            "part_name": "texts",
            "form_name": "intake",
            "version": 1,
            "place": 0,
            "kind": "png",
            "name": "open",
        }
        return {name: NOT_AN_ID if missing else number for name, number in ids.items()} | names

    def browsers(self) -> dict[str, Client]:
        """A browser for each of the cast, signed in where they can be."""
        browsers = {name: Client() for name in ACTORS}
        browsers["sora"].cookies["visit"], browsers["strn"].cookies["visit"] = SORA_COOKIE, STRANGER_COOKIE
        for name in STAFF:
            browsers[name].force_login(self.people[name], backend="django.contrib.auth.backends.ModelBackend")
        return browsers

    def be(self, state: str) -> None:
        """Bring Sora's sitting from "active" into `state`."""
        if state != "active":
            STATES[state](self.session.pk, self.people["haru"])


def _offered(session_id: int, haru: User) -> None:
    sessions.requeue(session_id=session_id, by=haru, summary="要約")
    Session.objects.filter(pk=session_id).update(offer_declined=[])
    Program.objects.update(routing="both")
    staff.keep_present(user_ids=[haru.pk])
    offers.offer_waiting(program_id=Session.objects.get(pk=session_id).program_id)


def _taken_over(session_id: int, _haru: User) -> None:
    mio = User.objects.get(email="mio@example.jp")
    stepping_in.take_over(session_id=session_id, by=mio, because=TakeOver.ASKED)


def _endangered(session_id: int, _haru: User) -> None:
    """Somebody in danger who has not agreed: as the questions on LINE leave it."""
    asked = {"state": "intake", "consent": "awaited", "risk": 3, "counselor": None}
    Session.objects.filter(pk=session_id).update(**asked)
    Assignment.objects.filter(session=session_id).delete()
    Message.objects.filter(session=session_id, author="visitor").update(before_consent="withheld")


STATES: dict[str, Callable[[int, User], object]] = {
    "no_reason": lambda _session_id, _haru: Reading.objects.all().delete(),
    "taken_over": _taken_over,
    "orphaned": lambda _session_id, _haru: ReviewSheet.objects.update(supervisor=User.objects.get(name="Nao")),
    "endangered": _endangered,
    "waiting": lambda session_id, haru: sessions.requeue(session_id=session_id, by=haru, summary="要約"),
    "offered": _offered,
    "held": lambda session_id, haru: sessions.hold(session_id=session_id, by=haru),
    "wrap_up": lambda session_id, haru: sessions.end(
        session_id=session_id, by=haru, reason=EndReason.CONCLUDED, farewell=False
    ),
}


def _proposed(session: Session, haru: User) -> Proposal:
    """Words of Haru's from when they were in training, which wait still."""
    proposal = Proposal(session=session, version=1, by=haru, client_id=UUID(int=4))
    proposal.body = crypto.seal(session.visitor.key(), PROPOSED, proposal.place)
    proposal.save()
    return proposal


def _reviewed(session: Session, haru: User, mio: User) -> ReviewSheet:
    """Haru and Mio look back: both have shown a version and go on writing. Haru's part is one they call hard."""
    Aftercare.objects.create(assignment=Assignment.objects.get(session=session, user=haru), hard=True)
    sheet = ReviewSheet.objects.create(session=session, counselor=haru, supervisor=mio)
    for side, by in (("counselor", haru), ("supervisor", mio)):
        for row in (ReviewVersion(sheet=sheet, side=side, number=1, by=by), ReviewDraft(sheet=sheet, side=side)):
            row.body = crypto.seal(session.visitor.key(), json.dumps({"was_hard": REVIEWED}), row.place)
            row.save()
    return sheet


def path_of(name: str, kwargs: dict[str, object], wanted: set[str]) -> str:
    """The address of a pattern."""
    return reverse(name, kwargs={key: kwargs[key] for key in wanted})


def a_program(slug: str) -> Program:
    """A program that is always open, and asks visitors one thing before the talk."""
    program = Program.objects.create(
        slug=slug,
        name=slug,
        kind="women",
        starts_on=date(2019, 2, 1),
        hours=ALWAYS,
        routing="pull",
        capacity=3,
        surge_lines=1,
    )
    asked = Question("called", Kind.TEXT, {"ja": "呼んでほしい名前"}, personal=True)
    editions.put_in_force(program, Part.INTAKE, Form((asked,)).to_json(), by=None)
    program.save(update_fields=["editions"])
    return program


def people_of(program: Program, elsewhere: Program) -> dict[str, User]:
    """The staff of the cast; who takes sessions is on duty."""
    parts = {
        "haru": (program, Role.COUNSELOR),
        "ren": (program, Role.COUNSELOR),
        "mio": (program, Role.SUPERVISOR),
        "aoi": (program, Role.ADMINISTRATOR),
        "kei": (program, Role.OFFICER),
        "nao": (program, Role.SUPERVISOR),
        "far": (elsewhere, Role.COUNSELOR),
        "farmio": (elsewhere, Role.SUPERVISOR),
    }
    people = {name: User.objects.create_user(f"{name}@example.jp", PASSWORD, name=name.title()) for name in parts}
    for name, (place, role) in parts.items():
        Membership.objects.create(user=people[name], program=place, role=role)
        if role in holders(Right.TAKE_SESSIONS):
            Duty.objects.create(user=people[name], program=place)
    User.objects.filter(pk=people["nao"].pk).update(is_active=False)
    return people | {"root": User.objects.create_superuser("root@example.jp", PASSWORD, name="Root")}


def set_up() -> Stage:
    """Everything in its place: Haru talks with Sora on the web and, in another sitting, on LINE."""
    program = a_program("women")
    editions.put_in_force(program, Part.TEXTS, {"ja": {"farewell": "またお話ししましょう。"}}, by=None)
    program.save(update_fields=["editions"])
    people, line = people_of(program, a_program("parents")), a_line_channel(program)
    web = Channel.objects.create(program=program, kind="web", key="women-web")
    for identity, words, answer in ((SORA_COOKIE, SORA_SAID, SORA_ANSWERED), (STRANGER_COOKIE, STRANGER_SAID, "")):
        answers: Answers = {"called": answer}
        visits.start(channel_id=web.pk, identity=identity, terms_version=0, attributes=answers, line=words)
    session, _other = Session.objects.order_by("pk")
    message, _new = messages.receive(channel_id=line.pk, identity=SORA, kind="image", text=SORA_SAID, external_id="m1")
    haru = people["haru"]
    for pk in (session.pk, message.session_id):
        sessions.claim(session_id=pk, by=haru)
        notes.add(session_id=pk, by=haru, client_id=UUID(int=pk), words=NOTED)
        reading.begin(session_id=pk, by=people["mio"], reason=Reason.WATCH)
        whispers.say(session_id=pk, by=people["mio"], client_id=UUID(int=pk), words=WHISPERED)
    known = merged(session, message.session, people["mio"], APPROACHED)
    messages.reply(session_id=message.session_id, by=haru, client_id=UUID(int=1), words="はい")
    delivery = Delivery.objects.latest("pk")
    Delivery.objects.filter(pk=delivery.pk).update(state="refused", reason="blocked")
    handover, _new = handovers.leave(program_id=program.pk, by=people["mio"], client_id=UUID(int=3), text=HANDED)
    return Stage(
        program=program,
        people=people,
        session=session,
        line_session=message.session,
        delivery=delivery,
        attachment=_ready(message.attachment, message.session),
        line=line,
        handover=handover,
        proposal=_proposed(session, haru),
        review=_reviewed(session, haru, people["mio"]),
        promised=promised(session, haru),
        planned=plan(program, people) | followed(session, haru),
        sheet=emergency(session.pk, people["mio"]) | known,
    )


def _ready(attachment: Attachment, session: Session) -> Attachment:
    attachment.content = crypto.seal_bytes(session.visitor.key(), PICTURED, attachment.place)
    attachment.state, attachment.content_type = AttachmentState.READY, "image/jpeg"
    attachment.save()
    return attachment
