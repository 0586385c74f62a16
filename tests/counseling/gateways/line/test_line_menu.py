"""The rich menu on the platform: shown to everybody, made anew, removed; a failure leaves all as it was."""

import io

import pytest
from linebot.v3.messaging import MessagingApi, RichMenuRequest
from PIL import Image
from pytest_django.fixtures import Settings

from counseling import rich_menu
from counseling.connection import NoAnswer, Trouble
from counseling.gateways.line import client, menu_picture
from counseling.gateways.line.menu import request
from counseling.gateways.registry import LINE
from counseling.models import Channel, Delivery, Session
from counseling.rich_menu import Area
from simulator.running import Simulator
from tests.counseling.gateways.line.posting import SORA, event, post_events


@pytest.fixture
def sora(connected: Channel, line: Simulator) -> str:
    return line.person("空", friend_of=connected.key, user_id=SORA)


def shown(line: Simulator, sora: str, channel: Channel) -> str:
    """The id of the menu below Sora's talk; empty without one."""
    found = line.menu(sora, channel.key)
    return str(found["richMenuId"]) if found else ""


def all_menus(channel: Channel) -> list[str]:
    api: MessagingApi = client.api_of(channel)
    return [menu.rich_menu_id for menu in api.get_rich_menu_list().richmenus]


def test_the_picture_is_one_that_line_takes() -> None:
    made = menu_picture.picture()
    assert len(made) <= menu_picture.MOST_BYTES
    with Image.open(io.BytesIO(made)) as picture:
        assert (picture.format, picture.size) == ("PNG", (rich_menu.WIDTH, rich_menu.HEIGHT))


@pytest.mark.parametrize("area", list(Area))
def test_every_area_of_the_picture_has_its_icon_and_label(area: Area) -> None:
    with Image.open(io.BytesIO(menu_picture.picture())) as picture:
        x, y, width, height = rich_menu.BOUNDS[area]
        drawn = picture.crop((x + 20, y + 20, x + width - 20, y + height - 20)).convert("L")
    assert len(drawn.getcolors() or ()) > 20


def test_a_picture_too_heavy_for_line_is_not_sent(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(menu_picture, "MOST_BYTES", 1000)
    menu_picture.picture.cache_clear()
    with pytest.raises(menu_picture.TooHeavy):
        menu_picture.picture()


def test_the_menu_is_shown_to_everybody(connected: Channel, line: Simulator, sora: str) -> None:
    made = LINE.make_menu(connected)
    assert shown(line, sora, connected) == made
    found = line.menu(sora, connected.key)
    assert found
    assert [area["action"]["label"] for area in found["areas"]] == ["相談する", "受付時間", "緊急連絡先", "利用規約"]
    # Nothing of a tap may stand in the talk.
    assert not any("displayText" in area["action"] or "text" in area["action"] for area in found["areas"])
    assert line.platform.rich_menus[connected.key].menus[made].picture == menu_picture.picture()


def test_made_anew_it_takes_the_place_of_the_one_before(connected: Channel, line: Simulator, sora: str) -> None:
    first, second = LINE.make_menu(connected), LINE.make_menu(connected)
    assert first != second
    assert shown(line, sora, connected) == second
    assert all_menus(connected) == [second]


def test_the_menus_of_others_stay(connected: Channel) -> None:
    theirs = RichMenuRequest.from_dict(request().to_dict() | {"name": "キャンペーン"})
    kept = client.api_of(connected).create_rich_menu(theirs).rich_menu_id
    LINE.make_menu(connected)
    LINE.remove_menu(connected)
    assert all_menus(connected) == [kept]


def test_removed_it_is_shown_to_nobody_and_removing_twice_does_no_harm(
    connected: Channel, line: Simulator, sora: str
) -> None:
    LINE.make_menu(connected)
    LINE.remove_menu(connected)
    LINE.remove_menu(connected)
    assert shown(line, sora, connected) == ""
    assert all_menus(connected) == []


@pytest.mark.parametrize("path", ["richmenu/validate", "/content", "user/all/richmenu"])
@pytest.mark.parametrize(
    ("fault", "trouble"),
    [("503", Trouble.DOWN), ("403", Trouble.FORBIDDEN), ("rst-before-accept", Trouble.UNREACHABLE)],
)
def test_where_a_step_fails_the_menu_before_stays(
    path: str, fault: str, trouble: Trouble, connected: Channel, line: Simulator, sora: str
) -> None:
    before = LINE.make_menu(connected)
    line.faults([fault], path=path)
    with pytest.raises(NoAnswer) as failed:
        LINE.make_menu(connected)
    assert failed.value.trouble == trouble
    assert shown(line, sora, connected) == before
    assert all_menus(connected) == [before]


def test_what_a_dead_process_left_behind_is_cleared_away(connected: Channel, line: Simulator, sora: str) -> None:
    client.api_of(connected).create_rich_menu(request())
    made = LINE.make_menu(connected)
    assert all_menus(connected) == [made]
    assert shown(line, sora, connected) == made


def test_without_an_answer_nothing_is_removed(connected: Channel, line: Simulator, settings: Settings) -> None:
    made = LINE.make_menu(connected)
    settings.LINE_TIMEOUT_SECONDS = 0.3
    line.faults(["timeout-before-accept"], path="richmenu/list")
    with pytest.raises(NoAnswer):
        LINE.remove_menu(connected)
    assert all_menus(connected) == [made]


def test_a_tap_is_read_and_redelivered_taken_once(connected: Channel) -> None:
    tapped = event("postback", postback={"data": "menu=contacts"})
    assert post_events(tapped) == 200
    assert post_events(tapped | {"deliveryContext": {"isRedelivery": True}}) == 200
    assert Delivery.objects.get().auto_key == "menu_contacts"
    Delivery.objects.all().delete()
    assert post_events(tapped | {"deliveryContext": {"isRedelivery": True}}) == 200
    assert not Delivery.objects.exists()


def test_the_menu_s_own_postbacks_are_those_that_are_read(connected: Channel) -> None:
    for number, area in enumerate(request().to_dict()["areas"]):
        assert post_events(event("postback", number, postback={"data": area["action"]["data"]})) == 200
    keys = set(Delivery.objects.filter(message=None).values_list("auto_key", flat=True))
    assert keys == {"menu_hours", "menu_contacts", "menu_terms"}
    assert Session.objects.get().visitor_count == 0
