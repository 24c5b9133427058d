"""Measures our pipeline and writes the report; runs in Rasa's environment, under `make evaluate`.

Trains what `config.yml` says on `data/nlu.yml` in a process of its own (`trial`), asks it every
sentence that is never trained on, and lays the figures beside those of the stock pipeline.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from tools import child, environment, paths
from tools.blind_sets import files, load
from tools.data_check import read_sentences
from tools.evaluation import gate, report, scores
from tools.evaluation.cross_validation import cross_validate, settings
from tools.evaluation.race import in_turn
from tools.evaluation.robustness import pairs
from tools.evaluation.sentences import asked, sets
from tools.evaluation.tables import Table
from tools.model import SURROUNDINGS
from tools.progress import Trouble, fail

MARKDOWN, DATA, TEXTS = "understanding.md", "understanding.json", "understanding.texts.json"
MODEL = "model.tar.gz"
#: Enough sentences for a median, few enough for half a minute.
RACE_EVERY = 16


def ours(config: Path, nlu: Path, texts: Path, folder: Path) -> dict[str, Any]:
    """Train and ask our pipeline in `folder`; return its answers and costs.

    Raises:
        Trouble: Rasa refused the data.
    """
    child.need(
        [
            sys.executable, "-m", "tools.evaluation.trial", "--config", config.resolve(),
            "--nlu", nlu.resolve(), "--model", folder / MODEL,
            "--texts", texts.resolve(), "--out", folder / "answers.json",
        ],
        paths.logs() / "evaluate.log",
        "Our pipeline could not be trained",
        "Mend what the lines above name and run the same command again.",
        SURROUNDINGS,
    )  # fmt: skip
    found: dict[str, Any] = json.loads((folder / "answers.json").read_text(encoding="utf-8"))
    return found


def race(
    found: Mapping[str, dict[str, Any]], models: Mapping[str, tuple[Path, Path]], texts: Path
) -> bool:
    """Put what a sentence costs in each pipeline, asked in turn, over what each noted alone.

    Returns:
        Whether they could be asked: the yardstick's model may be gone.
    """
    if len(models) < 2 or not all(path.exists() for pair in models.values() for path in pair):
        return False
    asked = json.loads(texts.read_text(encoding="utf-8"))[::RACE_EVERY]
    for name, costs in in_turn(models, asked).items():
        found[name]["costs"].update(costs)
    return True


def brief(judged: scores.Judged, threshold: float) -> dict[str, float]:
    """Return the few figures the gate and the tests look at."""
    found = scores.figures(judged, threshold)
    names = {**gate.NAMES, "strict": "first intent right, strict"}
    rows = {key: round(found[name], 4) for key, name in names.items() if name in found}
    return {**rows, "sentences": len(judged.texts)}


def measured(
    folder: Path,
    labels: Sequence[str],
    answers: Mapping[str, scores.Ranking],
    threshold: float,
) -> dict[str, dict[str, Any]]:
    """Return the gate's figures of each blind set.

    Sets in Rasa's own format are left out: they are their author's own check.
    """
    found = {}
    for name, told in sets(folder).items():
        if load(folder / name):
            rows = [(one.text, str(one.intent), one.second) for one in told]
            figures = brief(scores.judge(labels, rows, answers), threshold)
            found[name] = {**figures, "sha256": gate.fingerprint(folder / name)}
    return found


def set_tables(
    name: str,
    told: Sequence[Any],
    labels: Sequence[str],
    answers: Mapping[str, Mapping[str, Any]],
    threshold: float,
    folder: Path,
) -> Iterator[Table]:
    """Yield the tables of one set that was never trained on."""
    rows = [(one.text, str(one.intent), one.second) for one in told]
    made = pairs(told) if any(one.slice for one in told) else []
    known = _asked(answers, [one.text for one in told])
    judged = {pipeline: scores.judge(labels, rows, found) for pipeline, found in known.items()}
    stem = Path(name).stem
    yield report.overall(f"Never trained on: {name}", judged, threshold)
    if any(one.slice for one in told):
        yield report.labelled(f"Slices: {name}", told, known)
    chart = folder / f"mistakes-{stem}.svg"
    if table := report.mistakes(
        f"What a mistake costs: {name}", made, _asked(known, [pair.text for pair in made]), chart
    ):
        yield table
    yield report.calibrated(f"Calibration: {name}", judged, folder, f"reliability-{stem}.svg")
    chart_name = f"out-of-scope-{stem}.svg"
    if table := report.out_of_scope(f"Out of scope: {name}", judged, folder, chart_name):
        yield table
    yield report.intents(f"Intents: {name}", judged)
    yield from report.confused(f"Confusions: {name}", judged)


def _asked(
    answers: Mapping[str, Mapping[str, Any]], texts: Sequence[str]
) -> dict[str, Mapping[str, Any]]:
    """Return the pipelines that were asked all of these texts."""
    return {name: found for name, found in answers.items() if set(texts) <= set(found)}


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, write Markdown, charts and data; return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--nlu", type=Path, default=paths.ROOT / "data" / "nlu.yml")
    parser.add_argument("--config", type=Path, default=paths.ROOT / "config.yml")
    parser.add_argument("--blind", type=Path, default=paths.ROOT / "tests" / "nlu")
    parser.add_argument("--out", type=Path, default=None, help="folder of the report")
    parser.add_argument("--folds", type=int, default=5, help="of the cross-validation; 0: none")
    parser.add_argument("--stock", type=Path, default=None, help="the yardstick's answers, JSON")
    parser.add_argument("--stock-python", type=Path, default=environment.DIET.python())
    parser.add_argument("--note", default="", help="a sentence about the yardstick")
    options = parser.parse_args(arguments)
    folder = options.out or paths.var() / "reports"
    folder.mkdir(parents=True, exist_ok=True)
    told = sets(options.blind)
    labels = sorted({one.intent for one in read_sentences(options.nlu)})
    for name, sentences in told.items():
        needs = {need for one in sentences for need in (one.intent, one.second) if need}
        if unknown := sorted(needs - set(labels)):
            print(f"{name}: intents without a training sentence {unknown}", file=sys.stderr)
            return 1
    (folder / TEXTS).write_text(json.dumps(asked(options.blind)), encoding="utf-8")
    with tempfile.TemporaryDirectory() as name:
        scratch = Path(name)
        try:
            found = {"ours": ours(options.config, options.nlu, folder / TEXTS, scratch)}
        except Trouble as trouble:
            fail(trouble)
            return 1
        models = {"ours": (Path(sys.executable), scratch / MODEL)}
        if options.stock:
            found["stock"] = json.loads(options.stock.read_text(encoding="utf-8"))
            models["stock"] = (options.stock_python, options.stock.with_name(MODEL))
        raced = race(found, models, folder / TEXTS)
    answers = {name: one["answers"] for name, one in found.items()}
    _, threshold = settings(options.config)
    tables: list[Table] = []
    for name, sentences in told.items():
        tables += set_tables(name, sentences, labels, answers, threshold, folder)
    for path in files(options.blind):
        if any(one.entities for one in load(path)):
            tables += report.values(f"Values: {path.name}", load(path))
    tables.append(report.costs({name: one["costs"] for name, one in found.items()}, raced))
    crossed = cross_validate(options.nlu, options.config, options.folds) if options.folds else None
    if crossed:
        title = f"Cross-validation ({options.folds} folds)"
        tables.append(report.overall(title, {"ours": crossed}, threshold))
        tables += report.confused(title, {"ours": crossed})
    head = f"# Understanding\n\n{options.note}\n" if options.note else "# Understanding\n"
    reached = measured(options.blind, labels, answers["ours"], threshold)
    text = "\n".join([head, *(table.markdown() for table in tables)])
    (folder / MARKDOWN).write_text(text, encoding="utf-8")
    data = {"tables": [asdict(table) for table in tables], "scores": reached}
    (folder / DATA).write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
