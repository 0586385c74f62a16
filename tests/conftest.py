"""The cast and the stage: real PostgreSQL and Redis, people, a program that is open, its channels.

Sora writes; Haru has the session, Ren has not; Mio supervises; Aoi administers; Kei is the commissioner's
officer; Nao left.
"""

from collections.abc import Callable, Iterator
from datetime import date
from functools import cache
from itertools import count
from time import time
from uuid import UUID, uuid4

import pytest
from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.auth.hashers import make_password
from django.test import Client
from django.test.client import ClientMixin
from hypothesis import find, is_hypothesis_test
from hypothesis import settings as searching
from hypothesis import strategies as st
from pytest_django.plugin import DjangoDbBlocker

from accounts import gate
from accounts.models import User
from accounts.roles import Right, Role, holders
from config import embedded
from counseling import crypto
from counseling.actions import editions, messages, reading, risk, sessions
from counseling.forms import Answers, Choice, Form, Kind, Question, ReportKey
from counseling.models import Channel, Duty, Membership, Part, Program, Session
from counseling.models.supervision import Reason
from counseling.triage import Risk
from tests.emptying import let_go_of_the_audit

ALWAYS = {"weekly": dict.fromkeys(("mon", "tue", "wed", "thu", "fri", "sat", "sun"), ["00:00-24:00"])}
NEVER: dict[str, dict[str, list[str]]] = {"weekly": {}}
PASSWORD = "a long enough pass phrase"
INTAKE = Form(
    (
        Question(
            "age", Kind.CHOICE, {"ja": "年代"}, tuple(Choice(f"{n}s", {"ja": f"{n}代"}) for n in (10, 20, 30)),
            report=ReportKey.AGE_BAND,
        ),
        Question(
            "area", Kind.CHOICE, {"ja": "お住まい"},
            (Choice("yokohama", {"ja": "横浜市"}), Choice("other", {"ja": "その他"})), report=ReportKey.AREA,
        ),
    )
)  # fmt: skip


def pytest_runtest_setup(item: pytest.Item) -> None:
    """At its first draw Hypothesis reads the constants of every module of ours: seconds, and no search of a test's."""
    if is_hypothesis_test(getattr(item, "obj", None)):
        find(st.integers(), lambda _one: True, settings=searching(max_examples=1, database=None))


@pytest.fixture(scope="session", autouse=True)
def servers() -> Iterator[None]:
    """PostgreSQL and Redis, embedded unless the environment names others."""
    stop = embedded.ensure_running()
    yield
    stop()


@pytest.fixture(scope="session", autouse=True)
def second_factor() -> Iterator[None]:
    """`force_login` stands for a whole sign-in, the second factor passed; tests of the gate itself sign in by hand."""
    force_login = ClientMixin.force_login

    def whole(client: Client, user: User, backend: str | None = None) -> None:
        force_login(client, user, backend)
        session = client.session
        session[gate.PASSED] = True
        session.save()

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ClientMixin, "force_login", whole)
        yield


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> None:
    """The tests' database, which may be emptied."""
    with django_db_blocker.unblock():
        let_go_of_the_audit()


@cache
def hashed_password(_hashers: tuple[str, ...]) -> str:
    """PASSWORD's hash, made once for these hashers: it takes a third of a second, on purpose."""
    return make_password(PASSWORD)


def person(name: str, program: Program | None, role: Role | None) -> User:
    """A staff member; with a role in the program where one is given, on duty there if it takes sessions."""
    hash_ = hashed_password(tuple(settings.PASSWORD_HASHERS))
    user = User.objects.create(email=f"{name.lower()}@example.jp", name=name, password=hash_)
    if program and role:
        Membership.objects.create(user=user, program=program, role=role)
        if role in holders(Right.TAKE_SESSIONS):
            Duty.objects.create(program=program, user=user)
    return user


@pytest.fixture
def program(db: None) -> Program:
    """A women's program that is always open, two at once per counselor."""
    made = Program.objects.create(
        slug="women",
        name="女性のための相談",
        kind="women",
        starts_on=date(2019, 2, 1),
        hours=ALWAYS,
        routing="pull",
    )
    editions.put_in_force(made, Part.INTAKE, INTAKE.to_json(), by=None)
    editions.put_in_force(made, Part.TERMS, {"ja": "匿名・無料です。"}, by=None)
    made.save(update_fields=["editions"])
    return made


@pytest.fixture
def haru(program: Program) -> User:
    """The counselor who has the session."""
    return person("Haru", program, Role.COUNSELOR)


@pytest.fixture
def ren(program: Program) -> User:
    """A counselor who has not."""
    return person("Ren", program, Role.COUNSELOR)


@pytest.fixture
def mio(program: Program) -> User:
    """The supervisor."""
    return person("Mio", program, Role.SUPERVISOR)


@pytest.fixture
def aoi(program: Program) -> User:
    """The administrator."""
    return person("Aoi", program, Role.ADMINISTRATOR)


@pytest.fixture
def kei(program: Program) -> User:
    """The commissioner's officer."""
    return person("Kei", program, Role.OFFICER)


@pytest.fixture
def nao(program: Program) -> User:
    """A counselor who left."""
    user = person("Nao", program, Role.COUNSELOR)
    User.objects.filter(pk=user.pk).update(is_active=False)
    user.refresh_from_db()
    return user


@pytest.fixture
def line_channel(program: Program) -> Channel:
    """A LINE channel with known secrets."""
    channel = Channel(program=program, kind="line", key="women-line", bot_user_id="U" + "b" * 32)
    channel.secret = crypto.seal_house(b"channel-secret", channel.place("secret"))
    channel.access_token = crypto.seal_house(b"channel-token", channel.place("access_token"))
    channel.save()
    return channel


@pytest.fixture
def web_channel(program: Program) -> Channel:
    """The program's own web page."""
    return Channel.objects.create(program=program, kind="web", key="women-web")


SORA = "U" + "0a" * 16

Say = Callable[..., Session]
_ids = count(1)


@pytest.fixture
def sora_says(line_channel: Channel) -> Say:
    """Sora writes on LINE; the session her words stand in."""

    def say(words: str = "聞いてほしいことがあります", identity: str = SORA) -> Session:
        message, _new = messages.receive(
            channel_id=line_channel.pk, identity=identity, text=words, external_id=f"m{next(_ids)}"
        )
        return Session.objects.select_related("visitor__channel", "program", "counselor").get(pk=message.session_id)

    return say


@pytest.fixture
def waiting(sora_says: Say) -> Session:
    """Sora's session, waiting."""
    return sora_says()


@pytest.fixture
def active(waiting: Session, haru: User) -> Session:
    """Sora's session, with Haru."""
    return sessions.claim(session_id=waiting.pk, by=haru)


def reads_along(session: Session, by: User) -> None:
    """`by` has just given a reason for reading somebody else's talk."""
    reading.begin(session_id=session.pk, by=by, reason=Reason.WATCH)


def assess(*, session_id: int, by: User, level: Risk, word: str) -> Session:
    """`by` judges how urgent it is, in a program whose risk form asks nothing."""
    given: Answers = {}
    made, _new = risk.assess(
        session_id=session_id, by=by, client_id=uuid4(), form=0, answers=given, level=level, word=word
    )
    return made.session


@pytest.fixture
def mio_reads(active: Session, mio: User) -> None:
    """Mio may read Haru's session with Sora: she gave a reason."""
    reads_along(active, mio)


@pytest.fixture
def new_id() -> Callable[[], UUID]:
    """Client ids as browsers make them."""
    return uuid4


def confirm(client: Client) -> None:
    """The person in this browser has just confirmed who they are (accounts.confirmation)."""
    session = client.session
    session["account_authentication_methods_user"] = session[SESSION_KEY]
    session["account_authentication_methods"] = [{"method": "password", "at": time(), "reauthenticated": True}]
    session.save()


@pytest.fixture
def signed_in() -> Callable[[User], Client]:
    """A browser in which this person is signed in."""

    def sign_in(user: User) -> Client:
        client = Client()
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        return client

    return sign_in
