"""How results are read: lengths of time as people say them."""

from datetime import timedelta

import pytest

from reports import words


@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        (0, "0秒"),
        (59.9, "59秒"),
        (200, "3分20秒"),
        (60, "1分0秒"),
        (3930, "1時間5分30秒"),
        (3605, "1時間0分5秒"),
        (217_800, "60時間30分"),
        (1_674_000, "465時間"),
    ],
)
def test_a_length_is_read_to_the_second_and_whole_hours_without_zeros(seconds: float, said: str) -> None:
    assert words.length(timedelta(seconds=seconds)) == said
