"""Every conversation test through the running system; a file is a sentence about a person."""

from pathlib import Path

import pytest

from tools.rasa_client import RasaClient
from tools.talks import Talk, TalkError, read, run, talks

pytestmark = pytest.mark.system


@pytest.mark.parametrize("talk", talks(), ids=lambda talk: str(talk.name))
def test_talk(talk: Talk, rasa: RasaClient) -> None:
    faults = []
    for number, spoken in enumerate(run(talk, rasa, f"test-{talk.name.replace('/', '-')}"), 1):
        said = " / ".join(f"[{r.response}] {r.text}" for r in spoken.replies)
        faults += [f"turn {number} {spoken.turn.says!r}: {f}\n  {said}" for f in spoken.faults]
    assert not faults, "\n".join([talk.person, *faults])


def test_a_talk_file_with_an_unknown_key_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "x.yml"
    path.write_text("person: x\nturns: [{says: hi, bott: [utter_greet]}]\n", encoding="utf-8")
    with pytest.raises(TalkError, match="bott"):
        read(path)
