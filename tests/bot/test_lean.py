"""bot/lean.py: Rasa starts without TensorFlow, and whoever needs it is told."""

import importlib
import os
import subprocess
import sys
from importlib.machinery import PathFinder
from pathlib import Path
from typing import Optional, Union

import pytest

from bot import lean

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(autouse=True)
def stand_ins() -> None:
    lean.install()


def test_any_submodule_can_be_imported() -> None:
    module = importlib.import_module("tensorflow.python.eager.wrap_function")
    assert module.WrappedFunction is module.WrappedFunction


def test_names_serve_in_annotations_and_as_bases() -> None:
    import tensorflow as tf

    assert Optional[Union[tf.Tensor, int]] is not None  # noqa: UP007, UP045 - as Rasa does

    class Model(tf.keras.Model):  # type: ignore[misc]
        pass

    assert not isinstance(3, tf.Tensor)
    with pytest.raises(AttributeError):
        Model.surely_not_there  # noqa: B018


def test_a_call_says_what_is_missing() -> None:
    import tensorflow as tf

    with pytest.raises(Exception, match="tensorflow.random.set_seed needs TensorFlow"):
        tf.random.set_seed(1)


def test_a_subclass_cannot_be_made_either() -> None:
    import keras

    class Layer(keras.layers.Layer):  # type: ignore[misc]
        pass

    with pytest.raises(Exception, match="needs TensorFlow"):
        Layer()


def test_other_missing_modules_stay_missing() -> None:
    with pytest.raises(ModuleNotFoundError):
        importlib.import_module("tensorflow_like_but_not_it")
    assert lean.Finder().find_spec("numpy") is None


def test_installing_twice_adds_one_finder_behind_the_real_ones() -> None:
    lean.install()
    lean.install()
    ours = [finder for finder in sys.meta_path if getattr(finder, "lean", False)]
    assert len(ours) == 1
    assert sys.meta_path.index(ours[0]) > sys.meta_path.index(PathFinder)


def test_a_real_library_wins(tmp_path: Path) -> None:
    (tmp_path / "tensorflow.py").write_text("real = True\n", encoding="utf-8")
    code = "import tensorflow; print(tensorflow.real is True)"
    env = {**os.environ, "PYTHONPATH": str(tmp_path)}
    answer = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=env)
    assert answer.stdout.strip() == "True", answer.stderr


def test_every_start_of_the_interpreter_is_lean_and_silent_to_the_outside(tmp_path: Path) -> None:
    code = "import os, tensorflow; print(os.environ['RASA_TELEMETRY_ENABLED'])"
    env = {name: value for name, value in os.environ.items() if not name.startswith("RASA_")}
    answer = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, env=env, cwd=tmp_path
    )
    assert answer.stdout.strip() == "false", answer.stderr


def test_rasas_own_command_starts() -> None:
    rasa = Path(sys.executable).with_name("rasa")
    answer = subprocess.run([rasa, "--version"], capture_output=True, text=True, cwd=ROOT)
    assert "3.6.21" in answer.stdout, answer.stderr
