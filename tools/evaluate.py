"""``make evaluate``: how well the sentences are understood, beside Rasa's stock pipeline.

Measures in Rasa's environment (`tools/evaluation/measure.py`), prints the tables, and leaves them
as Markdown with charts in ``var/reports``. ``--gate`` fails when a blind set is not understood well
enough, ``--record`` keeps the figures for the tests to compare with. The stock pipeline is trained
once per state of the data, in the background; until then its columns are empty.
"""

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from tools import child, model, paths
from tools.blind_sets import SCORES
from tools.evaluation import gate, stock
from tools.model import SURROUNDINGS
from tools.progress import say

RECORDED = paths.ROOT / "tests" / "nlu" / SCORES
PIPED = 120
NO_STOCK = "The stock pipeline has not been trained yet: its columns are empty."
OLD_STOCK = "The stock pipeline's figures are from an earlier state of the training sentences."


def show(tables: Sequence[dict[str, Any]], out: Console) -> None:
    """Print the measured tables."""
    for one in tables:
        table = Table(title=one["title"], title_justify="left")
        for place, name in enumerate(one["header"]):
            table.add_column(name, no_wrap=place == 0)
        for row in one["rows"]:
            table.add_row(*row)
        out.print(table)
        if one["note"]:
            out.print(one["note"], style="dim", markup=False)
        out.print()


def yardstick(wanted: bool, texts: Path) -> tuple[Path | None, str]:
    """Return the stock pipeline's answers if there are any, and a sentence about them.

    What is missing begins in the background.
    """
    if not wanted:
        return None, "Without the stock pipeline."
    found, current = stock.answers()
    if current and stock.complete(found, texts):
        return found, ""
    begun = stock.start_in_background()
    say(
        "stock pipeline: "
        + ("begun in the background (nice 19)" if begun else "in the making already")
        + f", about half an hour and two gigabytes in {paths.cache()}; "
        "this report goes on without it, the next one has it (--no-stock leaves it out)"
    )
    return found, "" if current else OLD_STOCK if found else NO_STOCK


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print; return 1 when measuring failed or a closed gate was asked for."""
    parser = argparse.ArgumentParser(prog="make evaluate", description=__doc__)
    parser.add_argument("--gate", action="store_true", help="fail when a threshold is missed")
    parser.add_argument("--record", action="store_true", help=f"write tests/nlu/{SCORES}")
    parser.add_argument("--no-stock", action="store_true", help="without the stock pipeline")
    parser.add_argument("--out", type=Path, default=None, help="folder of the report")
    parser.add_argument("--folds", type=int, default=5, help="of the cross-validation; 0: none")
    options = parser.parse_args(arguments)
    folder = options.out or paths.var() / "reports"
    texts = folder / "understanding.texts.json"
    found, note = yardstick(not options.no_stock, texts)
    words: list[object] = [paths.RASA_PYTHON, "-m", "tools.evaluation.measure"]
    words += ["--out", folder, "--folds", options.folds, "--note", note]
    words += ["--stock", found] if found else []
    say("training and asking our pipeline; a minute or two")
    if child.show([str(word) for word in words], SURROUNDINGS):
        return 1
    data = json.loads((folder / "understanding.json").read_text(encoding="utf-8"))
    # Into a file or a pipe, too, as wide as the widest table needs.
    show(data["tables"], Console(width=None if sys.stdout.isatty() else PIPED))
    model.note_scores(data["scores"])
    if note:
        say(note)
    say(f"written to {folder / 'understanding.md'}")
    lost = gate.regressions(gate.recorded(RECORDED), data["scores"])
    if options.record:
        gate.record(RECORDED, data["scores"])
        say(f"recorded in {RECORDED.relative_to(paths.ROOT)}")
    elif lost:
        print("\n".join(["Against the recorded figures:", *(f"  {line}" for line in lost)]))
    if not options.gate:
        return 0
    short = gate.shortfalls(data["scores"])
    print(gate.verdict(short))
    return 1 if short else 0


if __name__ == "__main__":
    sys.exit(main())
