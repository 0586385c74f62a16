"""What is forgotten by rule, whoever is on duty: each is a part of the sweep, taken up again where it was cut off."""

from collections.abc import Callable

from counseling.actions import contracts, disclosures, key_shares, practice_erasure, retention, traces, volunteers

PARTS: tuple[Callable[[], object], ...] = (
    traces.forget,
    volunteers.forget,
    practice_erasure.forget,
    key_shares.adopt,
    key_shares.destroy_doomed,
    retention.sweep,
    contracts.carry_out,
    disclosures.carry_on,
)
