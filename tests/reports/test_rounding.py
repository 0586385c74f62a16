"""Half up, in decimals."""

from decimal import ROUND_HALF_UP, Decimal, localcontext
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.rounding import half_up, percentage


@pytest.mark.parametrize(
    ("numerator", "denominator", "mean"),
    [(691, 14, "49.4"), (341, 19, "17.9"), (264, 28, "9.4"), (327, 10, "32.7"), (1404, 31, "45.3"), (0, 5, "0.0")],
)
def test_the_founding_reports_means(numerator: int, denominator: int, mean: str) -> None:
    assert str(half_up(numerator, denominator)) == mean


@pytest.mark.parametrize(
    ("part", "whole", "percent"), [(49, 400, "12.3"), (1, 8, "12.5"), (52, 77, "67.5"), (1, 1, "100.0")]
)
def test_a_half_goes_up(part: int, whole: int, percent: str) -> None:
    assert str(percentage(part, whole)) == percent


def test_nothing_is_divided_by_nothing() -> None:
    assert half_up(3, 0) is None
    assert percentage(0, 0) is None


@given(st.integers(0, 10**9), st.integers(1, 10**9), st.integers(0, 3))
def test_it_is_the_nearest_and_of_two_the_greater(numerator: int, denominator: int, places: int) -> None:
    rounded = half_up(numerator, denominator, places)
    assert rounded is not None
    distance = Fraction(rounded) - Fraction(numerator, denominator)
    assert -Fraction(1, 2 * 10**places) < distance <= Fraction(1, 2 * 10**places)
    with localcontext() as context:
        context.prec = 60
        exact = Decimal(numerator) / Decimal(denominator)
        assert rounded == exact.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
