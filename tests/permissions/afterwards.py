"""Whose words stand on the stage that belong to what follows a talk, and who may read each of them."""

import json

from counseling.telephone import written
from tests.permissions.planned import FOLLOWED, LIVES, NUMBERED, VISITED, WISHED
from tests.permissions.recorded import RECORDED
from tests.permissions.referred import CONSENTED, LETTERED, TOLD
from tests.permissions.surveyed import APART, SURVEYED

THE_TALK_S = {"haru", "mio"}
# Nobody has taken the call, and nobody goes yet: the number is shown to no one, the place to supervisors.
READERS: dict[str, set[str]] = {
    **dict.fromkeys((RECORDED, FOLLOWED, VISITED, CONSENTED, TOLD, LETTERED), THE_TALK_S),
    **dict.fromkeys((NUMBERED, written(NUMBERED), WISHED), set()),
    SURVEYED: {"mio"},
    APART: {"mio", "aoi"},
    LIVES: {"mio"},
}
FORMS = {words: {words.encode(), json.dumps(words)[1:-1].encode()} for words in READERS}


def read_by_nobody_else(name: str, told: bytes) -> list[str]:
    """Which of these words stand in what `name` was told, though they are not theirs."""
    found = [words for words, ways in FORMS.items() if any(one in told for one in ways)]
    return [words for words in found if name not in READERS[words]]
