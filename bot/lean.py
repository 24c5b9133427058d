"""Inert stand-ins for TensorFlow, so that Rasa starts without it.

Rasa 3.6 imports TensorFlow unconditionally, but our pipeline has no component that uses it.
Leaving it out of the environment saves two gigabytes of disk, half of the start-up time and 350 MB
of memory per process. A ``.pth`` file, written by the bootstrap into Rasa's environment, loads this
module when the interpreter starts, so ``rasa train``, ``run``, ``shell`` and ``test`` work
unchanged.

The finder sits at the END of ``sys.meta_path``: where a real TensorFlow is installed, it wins. A
stand-in may be imported, subclassed and named in annotations; whoever really calls it is told what
is missing. Standard library only: it runs at every start of the interpreter.
"""

import os
import sys
from collections.abc import Sequence
from importlib.machinery import ModuleSpec
from types import ModuleType
from typing import Any, NoReturn

ABSENT = ("tensorflow", "tensorflow_hub", "tensorflow_text", "keras", "transformers")

# Rasa reports usage and crashes to outside hosts unless told otherwise; SQLAlchemy 1.4 prints a
# page about 2.0 that no reader of a Rasa command can act on.
ENVIRONMENT = {"RASA_TELEMETRY_ENABLED": "false", "SQLALCHEMY_SILENCE_UBER_WARNING": "1"}


class MissingTensorFlowError(RuntimeError):
    """A stand-in was called: the chosen component needs the real library."""


class _StandIn(type):
    """Metaclass: any attribute is another stand-in, any call says what is missing."""

    def __getattr__(cls, name: str) -> Any:
        # Only a stand-in itself invents attributes; a subclass written by Rasa must not.
        if name.startswith("__") or "lean_name" not in cls.__dict__:
            raise AttributeError(name)
        child = _stand_in(f"{cls.__dict__['lean_name']}.{name}")
        setattr(cls, name, child)
        return child

    def __call__(cls, *args: object, **kwargs: object) -> NoReturn:
        raise MissingTensorFlowError(
            f"{getattr(cls, 'lean_name', cls.__name__)} needs TensorFlow, which this environment "
            "leaves out. Use components without it in config.yml, or install TensorFlow and its "
            "companions beside Rasa."
        )


def _stand_in(name: str) -> _StandIn:
    return _StandIn(name.rpartition(".")[2], (), {"lean_name": name, "__module__": "lean"})


class _StandInModule(ModuleType):
    """A module in which every public name exists."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        child = _stand_in(f"{self.__name__}.{name}")
        setattr(self, name, child)
        return child


class Finder:
    """Finds the absent libraries and their submodules; asked last, after every real finder."""

    lean = True

    def find_spec(
        self, fullname: str, path: Sequence[str] | None = None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """Return a spec for an absent library, ``None`` for everything else."""
        if fullname.partition(".")[0] not in ABSENT:
            return None
        return ModuleSpec(fullname, self, is_package=True)  # type: ignore[arg-type]

    def create_module(self, spec: ModuleSpec) -> ModuleType:
        """Return the stand-in module."""
        return _StandInModule(spec.name)

    def exec_module(self, module: ModuleType) -> None:
        """Nothing to run: the module answers by ``__getattr__``."""


def install() -> None:
    """Append the finder once and keep Rasa quiet. Values that someone set on purpose stay."""
    for name, value in ENVIRONMENT.items():
        os.environ.setdefault(name, value)
    # By mark, not by type: the .pth file loads this file under another module name than tests do.
    if not any(getattr(finder, "lean", False) for finder in sys.meta_path):
        sys.meta_path.append(Finder())
