"""A life in danger, as the talk's log tells it: steps, what is known, police are told, the sheet is filed."""

from datetime import timedelta
from uuid import UUID

from counseling.actions import agency_contacts, filings, sessions, sheets
from counseling.actions.contacting import Contacting
from counseling.models.emergency import ClueKind, Ground, SheetReason
from tests.contract.play import Play


def police_are_told(play: Play) -> None:
    """The sheet is opened, worked on, corrected, filed and printed; the counselor reads of it in the notes."""
    haru, mio = play.people["haru"], play.people["mio"]
    play.begin(play.says("いま橋の上にいます").pk)
    play.does(sessions.claim, session_id=play.id, by=haru)
    opened = play.does(sheets.open_sheet, session_id=play.id, by=mio, reason=SheetReason.DANGER)
    for done in (True, False, True):
        play.does(sheets.tick, session_id=play.id, by=mio, step=0, done=done)
    clues = [
        play.does(
            sheets.note_clue, session_id=play.id, by=mio, client_id=UUID(int=number), kind=ClueKind.PLACE, words=words
        )[0]
        for number, words in ((911, "どこかの橋"), (912, "横浜の橋"))
    ]
    play.does(sheets.take_back_clue, session_id=play.id, clue_id=clues[0].pk, by=mio)
    now = play.clock.now()
    told = Contacting(now - timedelta(minutes=1), Ground.LIFE, "橋の上にいること", agency="戸部警察署")
    contact, _new = play.does(agency_contacts.log, session_id=play.id, by=mio, client_id=UUID(int=913), contacting=told)
    later = Contacting(
        now - timedelta(seconds=30), Ground.CONSENT, "橋の上にいること", agency="戸部警察署", answer="向かいます",
        consent="来てほしい", consented_at=now - timedelta(minutes=2), next_step="到着を確かめる",
    )  # fmt: skip
    contact, _new = play.does(
        agency_contacts.correct, session_id=play.id, contact_id=contact.pk, by=mio, client_id=UUID(int=914),
        contacting=later,
    )  # fmt: skip
    play.does(filings.file, session_id=play.id, by=mio, client_id=UUID(int=915), contact_id=contact.pk)
    play.does(sheets.print_sheet, opened_id=opened.pk, by=mio)
    play.replies("警察の方が向かっています")
