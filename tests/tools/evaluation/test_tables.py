"""A table in Markdown."""

from tools.evaluation.tables import Table, number


def test_markdown_holds_cells_note_and_chart() -> None:
    text = Table("T", ["a", "b"], [["x|y", "1"]], "Note.", "t.svg").markdown()
    assert text == "## T\n\n| a | b |\n| --- | --- |\n| x/y | 1 |\n\nNote.\n\n![T](t.svg)\n"


def test_what_is_no_number_is_a_dash() -> None:
    assert [number(0.12345), number(None), number(float("nan"))] == ["0.123", "–", "–"]
