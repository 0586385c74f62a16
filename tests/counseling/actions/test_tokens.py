"""Keys for machines: who makes them, what is kept of them, and which of them still open anything."""

from datetime import date, timedelta

import pytest
from django.core import serializers
from django.utils import timezone

from accounts.models import AuditEntry, User
from accounts.roles import Role
from counseling.actions import tokens
from counseling.actions.tokens import CannotMakeToken
from counseling.feeds.tokens import Standing, tokens_of
from counseling.machines import KEY, Scope, new_key, prefix_of
from counseling.models import ApiToken, Membership, Program
from counseling.permissions import NotVisible
from counseling.stages import Stage
from counseling.text import UnacceptableText

DAYS = timedelta(days=90)


def make(program: Program, by: User, **wish: object) -> tuple[ApiToken, str]:
    begun: dict[str, object] = {"name": "集計", "scopes": [Scope.PROGRAMS], "life": DAYS}
    return tokens.make(program_id=program.pk, by=by, **(begun | wish))  # type: ignore[arg-type]


def is_good(key: str) -> bool:
    return tokens.recognise(key=key, now=timezone.now()) is not None


def test_a_key_says_which_it_is_and_cannot_be_guessed() -> None:
    keys = {new_key() for _each in range(50)}
    assert len({prefix_of(key) for key in keys}) == 50
    assert all(KEY.fullmatch(key) for key in keys)


@pytest.mark.parametrize("text", ["", "mado_", "mado_abcdefgh_short", "bearer", "mado_ABCDEFGH_" + "a" * 43, "あ" * 60])
def test_what_is_no_key_has_no_prefix(text: str) -> None:
    assert prefix_of(text) == ""


def test_only_the_keys_hash_is_kept(program: Program, aoi: User) -> None:
    token, key = make(program, aoi)
    stored = serializers.serialize("json", [token])
    assert key not in stored
    assert key.rpartition("_")[2] not in stored
    assert token.prefix in key


def test_a_key_is_recognised_with_its_program(program: Program, aoi: User) -> None:
    token, key = make(program, aoi, scopes=[Scope.SESSIONS, Scope.HOURS])
    found = tokens.recognise(key=key, now=timezone.now())
    assert found is not None
    assert (found.pk, found.program, found.scopes) == (token.pk, program, ["hours:read", "sessions:read"])


def test_a_wrong_secret_under_a_right_prefix_is_refused(program: Program, aoi: User) -> None:
    _token, key = make(program, aoi)
    other = new_key()
    assert not is_good(key[:-1] + ("a" if key[-1] != "a" else "b"))
    assert not is_good(f"mado_{prefix_of(key)}_{other.split('_', 2)[2]}")
    assert not is_good(other)
    assert is_good(key)


def test_a_revoked_key_opens_nothing_and_is_told_once(program: Program, aoi: User) -> None:
    token, key = make(program, aoi)
    for _press in range(2):
        tokens.revoke(program_id=program.pk, token_id=token.pk, by=aoi)
    assert not is_good(key)
    told = AuditEntry.objects.filter(subject=f"token:{token.pk}").order_by("pk").values_list("deed", flat=True)
    assert list(told) == ["token.made", "token.revoked"]


def test_the_audit_holds_scopes_and_no_key(program: Program, aoi: User) -> None:
    _token, key = make(program, aoi)
    entry = AuditEntry.objects.get(deed="token.made")
    assert entry.details == {"scopes": ["programs:read"]}
    assert prefix_of(key) not in str(entry.details)


def test_an_expired_key_opens_nothing(program: Program, aoi: User) -> None:
    _token, key = make(program, aoi)
    now = timezone.now()
    assert tokens.recognise(key=key, now=now + DAYS - timedelta(seconds=5)) is not None
    assert tokens.recognise(key=key, now=now + DAYS + timedelta(seconds=5)) is None


def test_a_key_opens_nothing_once_its_maker_may_not_sign_in(program: Program, aoi: User) -> None:
    _token, key = make(program, aoi)
    User.objects.filter(pk=aoi.pk).update(is_active=False)
    assert not is_good(key)


def test_a_key_opens_nothing_once_its_maker_is_no_administrator_here(program: Program, aoi: User) -> None:
    _token, key = make(program, aoi)
    Membership.objects.filter(user=aoi).update(role=Role.COUNSELOR)
    assert not is_good(key)


def test_after_its_program_ended_a_key_is_good_for_a_month_more(program: Program, aoi: User) -> None:
    _token, key = make(program, aoi)
    today = timezone.localdate()
    for ago, good in ((0, True), (31, True), (32, False)):
        Program.objects.update(ends_on=today - timedelta(days=ago))
        assert is_good(key) is good, ago


def test_after_its_program_was_closed_a_key_is_good_for_a_month_more(program: Program, aoi: User) -> None:
    _token, key = make(program, aoi)
    for ago, good in ((0, True), (31, True), (32, False)):
        Program.objects.update(stage=Stage.CLOSED, stage_since=timezone.now() - timedelta(days=ago))
        assert is_good(key) is good, ago


def test_each_key_is_shown_with_what_it_is_good_for(program: Program, aoi: User, mio: User) -> None:
    now = timezone.now()
    names = ("良い", "切れた", "去った", "止めた")
    made = {name: make(program, aoi, name=name)[0] for name in names}
    ApiToken.objects.filter(pk=made["切れた"].pk).update(expires_at=now)
    ApiToken.objects.filter(pk=made["去った"].pk).update(made_by=mio)
    tokens.revoke(program_id=program.pk, token_id=made["止めた"].pk, by=aoi)
    shown = {one.token.name: one.standing for one in tokens_of(program, now)}
    assert shown == {"良い": Standing.GOOD, "切れた": Standing.EXPIRED, "去った": Standing.MAKER_GONE}
    Program.objects.update(ends_on=date(2020, 1, 1))
    assert tokens_of(program, now)[-1].standing == Standing.PROGRAM_OVER


def test_its_use_is_written_once_a_minute(program: Program, aoi: User) -> None:
    token, key = make(program, aoi)
    begun = timezone.now()
    used = []
    for seconds in (0, 59, 60, 61):
        tokens.recognise(key=key, now=begun + timedelta(seconds=seconds))
        token.refresh_from_db()
        assert token.last_used_at is not None
        used.append((token.last_used_at - begun).seconds)
    assert used == [0, 0, 60, 60]


def test_a_refused_keys_use_is_not_written(program: Program, aoi: User) -> None:
    token, key = make(program, aoi)
    tokens.revoke(program_id=program.pk, token_id=token.pk, by=aoi)
    assert not is_good(key)
    token.refresh_from_db()
    assert token.last_used_at is None


def test_who_does_not_configure_makes_and_revokes_none(program: Program, aoi: User, mio: User, haru: User) -> None:
    token, _key = make(program, aoi)
    for by in (mio, haru):
        with pytest.raises(NotVisible):
            make(program, by)
        with pytest.raises(NotVisible):
            tokens.revoke(program_id=program.pk, token_id=token.pk, by=by)


def test_another_programs_key_cannot_be_revoked(program: Program, aoi: User) -> None:
    token, _key = make(program, aoi)
    other = Program.objects.create(slug="other", name="other", kind="women", starts_on=date(2026, 1, 1))
    Membership.objects.create(user=aoi, program=other, role=Role.ADMINISTRATOR)
    with pytest.raises(NotVisible):
        tokens.revoke(program_id=other.pk, token_id=token.pk, by=aoi)


@pytest.mark.parametrize(
    ("wish", "code"),
    [
        ({"scopes": []}, "no_scope"),
        ({"life": timedelta(days=367)}, "too_long_a_life"),
        ({"life": timedelta(0)}, "too_long_a_life"),
    ],
)
def test_a_key_needs_a_purpose_and_an_end(program: Program, aoi: User, wish: dict[str, object], code: str) -> None:
    with pytest.raises(CannotMakeToken) as refused:
        make(program, aoi, **wish)
    assert refused.value.code == code
    assert not ApiToken.objects.exists()


def test_two_good_keys_have_two_names(program: Program, aoi: User) -> None:
    token, _key = make(program, aoi)
    with pytest.raises(CannotMakeToken, match="name_taken"):
        make(program, aoi, name=" 集計 ")
    tokens.revoke(program_id=program.pk, token_id=token.pk, by=aoi)
    make(program, aoi)


@pytest.mark.parametrize("name", ["", "　", "a" * 61, "a\0b"])
def test_a_key_without_a_name_people_can_read_is_refused(program: Program, aoi: User, name: str) -> None:
    with pytest.raises(UnacceptableText):
        make(program, aoi, name=name)


def test_there_are_not_keys_without_end(program: Program, aoi: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tokens, "MOST_TOKENS", 1)
    make(program, aoi)
    with pytest.raises(CannotMakeToken, match="too_many"):
        make(program, aoi, name="もうひとつ")
