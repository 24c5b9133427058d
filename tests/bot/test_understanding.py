"""Nothing that is understood is lost unseen, and the same data make the same model."""

import hashlib
import os
import shutil
import subprocess
import tarfile
from pathlib import Path

import pytest

from tools import child, model, paths
from tools.blind_sets import SCORES
from tools.data_check import read_sentences
from tools.evaluation import gate
from tools.evaluation.cross_validation import settings
from tools.evaluation.measure import measured
from tools.evaluation.sentences import sets
from tools.evaluation.trial import ask

pytestmark = pytest.mark.rasa

#: Of each intent, for the trainings that are compared.
SENTENCES = 15
BLIND = paths.ROOT / "tests" / "nlu"


def train(folder: Path, data: str = "data") -> Path:
    """Train as `make train` does; return the model."""
    done = subprocess.run(
        [str(word) for word in model.words(folder, data)],
        cwd=paths.ROOT,
        env=child.surroundings(model.SURROUNDINGS),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return folder / paths.MODEL.name


@pytest.fixture(scope="module")
def trained(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The model of the data as they are: the one `make` trained, or a fresh one."""
    return paths.MODEL if model.current() else train(tmp_path_factory.mktemp("model"))


def test_no_more_than_a_point_is_lost_on_the_blind_sets(trained: Path) -> None:
    texts = [one.text for told in sets(BLIND).values() for one in told]
    answers, _ = ask(trained, list(dict.fromkeys(texts)))
    labels = sorted({one.intent for one in read_sentences(paths.ROOT / "data" / "nlu.yml")})
    _, threshold = settings(paths.ROOT / "config.yml")
    reached = measured(BLIND, labels, answers, threshold)
    assert gate.regressions(gate.recorded(BLIND / SCORES), reached) == []


def test_two_trainings_give_the_same_bytes(tmp_path: Path) -> None:
    data = str(thinned(tmp_path / "data"))
    first, second = (components(train(tmp_path / name, data)) for name in ("first", "second"))
    assert any("LinearIntentClassifier" in name for name in first)
    assert [name for name in {**first, **second} if first.get(name) != second.get(name)] == []


def thinned(folder: Path) -> Path:
    """The training data with a few sentences of each intent: what repeats, repeats with few."""
    shutil.copytree(paths.ROOT / "data", folder)
    kept, held = [], 0
    for line in (folder / "nlu.yml").read_text(encoding="utf-8").splitlines():
        held = held + 1 if line.startswith("    - ") else 0
        if held <= SENTENCES:
            kept.append(line)
    (folder / "nlu.yml").write_text("\n".join(kept) + "\n", encoding="utf-8")
    return folder


def components(archive: Path) -> dict[str, str]:
    """The hash of every file that training made; the metadata beside them hold the date."""
    found = {}
    with tarfile.open(archive) as members:
        for member in members:
            held = members.extractfile(member)
            if held is not None and os.path.normpath(member.name).startswith("components"):
                found[member.name] = hashlib.sha256(held.read()).hexdigest()
    return found
