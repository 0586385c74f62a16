"""When a life is in danger: the steps a program takes, and the sheet that police can use. Pure."""

from counseling.emergency.sheet import (
    GROUNDS,
    Clued,
    ClueName,
    Contacted,
    ContactWords,
    GroundName,
    Said,
    Sheet,
    Sitting,
    SpokenFrom,
    moment,
    on_paper,
)
from counseling.emergency.steps import HOUSE, InvalidSteps, Step, Steps, read

__all__ = [
    "GROUNDS", "HOUSE", "ClueName", "Clued", "ContactWords", "Contacted", "GroundName", "InvalidSteps", "Said", "Sheet",
    "Sitting", "SpokenFrom", "Step", "Steps", "moment", "on_paper", "read",
]  # fmt: skip
