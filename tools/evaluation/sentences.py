"""Every sentence a pipeline is asked: the blind sets, and their clean sentences with mistakes."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from tools import paths
from tools.blind_sets import Sentence, files, load
from tools.data_check import read_sentences
from tools.evaluation.robustness import pairs


def sets(folder: Path) -> dict[str, list[Sentence]]:
    """Return file name -> sentences with an intent, of blind sets and of Rasa's own format."""
    found = {}
    for path in files(folder):
        told = load(path) or [Sentence(one.text, one.intent) for one in read_sentences(path)]
        if told and told[0].intent:
            found[path.name] = told
    return found


def asked(folder: Path) -> list[str]:
    """Return all texts, those of customers first."""
    told = [one for sentences in sets(folder).values() for one in sentences]
    texts = [one.text for one in told] + [pair.text for pair in pairs(told)]
    return list(dict.fromkeys(texts))


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the texts as a JSON list; return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--blind", type=Path, default=paths.ROOT / "tests" / "nlu")
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args(arguments)
    text = json.dumps(asked(options.blind), ensure_ascii=False)
    options.out.write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
