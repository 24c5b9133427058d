"""Candidate years of a serial: narrowed by the calibre, never a promise."""

from aftersales.watches import find_calibre, model_only, produced


def test_a_serial_alone_names_every_tenth_year_and_says_that_it_proves_nothing() -> None:
    lines = produced("710234", None, 2026)
    assert "1 月" in lines[0].say and "2017" in lines[0].say and "2007" in lines[0].say
    assert "保修按购买日期算" in lines[-1].say


def test_the_calibres_span_narrows_the_decade() -> None:
    lines = produced("7D0234", find_calibre("7S26"), 2026)
    assert "12 月" in lines[0].say and "7S26" in lines[0].say
    assert "1987" not in lines[0].say


def test_a_serial_of_another_kind_is_not_dated() -> None:
    assert produced("ABCDEF", None, 2026) == ()
    assert produced("12", None, 2026) == ()


def test_a_model_alone_tells_no_calibre() -> None:
    assert "SKX007" in model_only("SKX007").say
