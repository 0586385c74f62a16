"""A talk that begins with a tap on LINE's rich menu instead of a word."""

from counseling.actions import sessions, taps
from counseling.models import Session
from counseling.rich_menu import Area
from tests.contract.play import Play

SORA = "U" + "0a" * 16


def through_the_menu(play: Play) -> None:
    """Wants to talk, asks for the hours, taps again while waiting and in the talk, which goes on by words."""
    _taps(play, Area.TALK)
    play.begin(Session.objects.get().pk)
    play.pushes_all()
    _taps(play, Area.HOURS)
    play.clock.forward(minutes=2)
    _taps(play, Area.TALK)
    play.does(sessions.claim, session_id=play.id, by=play.people["haru"])
    play.replies("お話をうかがいます")
    play.pushes_all()
    play.clock.forward(minutes=2)
    _taps(play, Area.TALK)
    play.says("うまく書けないのですが")
    play.replies("ゆっくりで大丈夫です")
    play.pushes_all()


def _taps(play: Play, area: Area) -> None:
    play.does(taps.take, channel_id=play.line.pk, identity=SORA, area=area)
