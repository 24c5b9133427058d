"""``make talk``: print every conversation test through the running system, as it was spoken.

Starts a system of its own on free ports, so that a served one is not disturbed. ``ARGS=warranty``
prints only the talks whose name contains the word.
"""

import sys
from collections.abc import Sequence

from rich.console import Console

from tools.progress import Trouble
from tools.rasa_client import RasaClient
from tools.system import System
from tools.talks import Talk, run, talks


def show(talk: Talk, client: RasaClient, sender: str, out: Console) -> int:
    """Hold one talk and print it; returns the number of faults."""
    faults = 0
    out.print(f"\n[bold]{talk.name}[/bold]  {talk.person}", highlight=False)
    for spoken in run(talk, client, sender):
        if spoken.turn.after:
            out.print(f"  [dim]（过了 {spoken.turn.after}）[/dim]", highlight=False)
        out.print(f"  [cyan]顾客[/cyan] {spoken.turn.says}", highlight=False, markup=True)
        for reply in spoken.replies:
            out.print("  [green]助手[/green] ", end="")
            out.print(reply.text.replace("\n", "\n       "), highlight=False, markup=False)
            if reply.labels:
                out.print(f"       〔{'｜'.join(reply.labels)}〕", highlight=False, markup=False)
        for fault in spoken.faults:
            faults += 1
            out.print(f"  [red]✗ {fault}[/red]", highlight=False)
    return faults


def main(arguments: Sequence[str]) -> int:
    """Print the talks; 1 when one of them went wrong."""
    out = Console(width=110)
    wanted = [t for t in talks() if all(word in t.name for word in arguments)]
    if not wanted:
        out.print("no talk of that name")
        return 2
    try:
        with System() as system:
            secret = (system.var / "gateway.secret").read_text(encoding="utf-8").strip()
            client = RasaClient(port=system.ports["RASA_PORT"], secret=secret)
            faults = sum(show(t, client, f"talk-{n}", out) for n, t in enumerate(wanted))
    except Trouble as trouble:
        out.print(str(trouble), markup=False)
        return 1
    out.print(f"\n{len(wanted)} talks, {faults} faults")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
