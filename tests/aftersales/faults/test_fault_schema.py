"""A wrong line in the table of causes is refused by file and line."""

import re
from pathlib import Path

import pytest

from aftersales.faults.schema import DiagnosisError, check
from aftersales.knowledge import folder

GOOD = (folder() / "diagnosis.yml").read_text(encoding="utf-8")


def test_the_table_is_sound() -> None:
    check()


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('{"yes": 0.92, "no": 0.08}', '{"yes": 0.92, "no": 0.18}', "sum to 1.1"),
        ("causes: {within_tolerance: 30,", "causes: {within_tolerence: 30,", "within_tolerence"),
        ("source: [mech, guide4r, magnet]", "source: [mech, guide5r]", "guide5r"),
        ("families: [mechanical_manual], p", "families: [manual], p", "'manual'"),
        ("  onset: {ease: 0.85", "  onset: {ease: 1.85", "ease"),
        ("magnetised: 22, regulation", "magnetised: 0, regulation", "above 0"),
        ("    ask: watch\n", "    ask: wotch\n", "wotch"),
        ("urgency: 3, source: [water, care]", "urgency: 4, source: [water, care]", "urgency"),
        ("half_day: am_pm_reversed", "half_day: am_pm", "am_pm"),
    ],
)  # fmt: skip
def test_an_error_names_its_line(tmp_path: Path, old: str, new: str, message: str) -> None:
    assert old in GOOD
    bad = GOOD.replace(old, new, 1)
    line = bad[: bad.index(new)].count("\n") + 1
    (tmp_path / "diagnosis.yml").write_text(bad, encoding="utf-8")
    with pytest.raises(DiagnosisError, match=re.escape(message)) as error:
        check(tmp_path / "diagnosis.yml")
    found = re.search(r"diagnosis\.yml:(\d+):", str(error.value))
    assert found is not None and abs(int(found.group(1)) - line) <= 3
