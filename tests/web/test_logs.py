"""Nothing personal in a log line."""

import pytest

from web.logs import scrub


@pytest.mark.parametrize(
    "secret",
    [
        "13812345678",
        "+86 138 1234 5678",
        "138-1234-5678",
        "11010519491231002X",
        "6222020200112233445",
        "W3siYWJjZGVmIjoxMjM0NTY3ODkwfV0.YWJj_ZGVm-aGlqa2xtbm9w",
    ],
)
def test_it_is_struck_out_at_any_depth(secret: str) -> None:
    event = {"event": f"call {secret} now", "deep": [{"x": (secret,)}]}
    assert secret not in str(scrub(event))


def test_a_newline_cannot_make_a_second_line() -> None:
    assert scrub("a\nb\r") == "a\\nb\\r"


def test_ordinary_words_stay() -> None:
    assert scrub("FW261123-04821 7S26-0020 no_answer") == "FW261123-04821 7S26-0020 no_answer"
