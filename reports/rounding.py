"""Half up in decimals (domain.md §4), exactly: neither binary floats nor round() can do it. Pure."""

from decimal import Decimal


def half_up(numerator: int, denominator: int, places: int = 1) -> Decimal | None:
    """The quotient of two counts, half up: 691 ÷ 14 is 49.4; None where there is nothing to divide by."""
    if denominator == 0:
        return None
    scaled = (2 * numerator * 10**places + denominator) // (2 * denominator)
    return Decimal(scaled).scaleb(-places)


def percentage(part: int, whole: int, places: int = 1) -> Decimal | None:
    """`part` of `whole` in per cent, half up: 49 of 400 is 12.3."""
    return half_up(part * 100, whole, places)
