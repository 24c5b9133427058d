"""How good the diagnosis is on the gold cases, and how few questions it needs.

Prints shares of right first and right among the first three, questions asked and Brier scores,
beside a fixed order of questions and a random one. "Brier" is that of the probability stated for
the first cause and has the mark; "Brier, all" sums the squared errors over every cause (0 to 2).
The thirty held back are reported apart; nothing is ever tuned on them.
"""

import argparse
import statistics
import sys
import time
from collections import Counter
from collections.abc import Callable, Sequence

from rich.console import Console
from rich.table import Table

from aftersales import faults
from aftersales.faults import Findings
from tools.gold.cases import Case, read
from tools.gold.scores import Score, faults_of, tree_at_equal_top_1
from tools.gold.talks import Played, answer, at_random, in_fixed_order, play, play_all, values

SEEDS = (1, 2, 3)
_EXPLAINED = (
    "fast_6r35_40", "stop_overnight_4r35_desk", "quartz_7s26", "q_7t92_dead_3y", "k_5m62_drawer",
)  # fmt: skip


def _row(table: Table, name: str, score: Score) -> None:
    table.add_row(
        name, str(score.cases), f"{score.top_1:.1%}", f"{score.top_3:.1%}", f"{score.asked:.2f}",
        f"{score.brier_of_first:.3f}", f"{score.brier:.3f}", f"{score.stated:.1%}",
        f"{score.urgency:.1%}",
    )  # fmt: skip


def _heads(title: str) -> Table:
    return Table(
        title, "cases", "top-1", "top-3", "questions", "Brier", "Brier, all", "stated", "urgency"
    )


def _groups(out: Console, played: Sequence[Played], title: str, key: Callable[[Case], str]) -> None:
    table = _heads(title)
    names = Counter(key(p.case) for p in played)
    for name, _ in names.most_common():
        _row(table, name, Score.of([p for p in played if key(p.case) == name]))
    out.print(table)


def _explain(out: Console) -> None:
    cases = {case.id: case for case in read("cases")}
    for name in _EXPLAINED:
        played = play(cases[name], grounds=True)
        out.print(f"\n[bold]{played.case.says}[/bold]  ({name})")
        for planned, asked in zip(played.plans, (*played.asked, None), strict=True):
            weighed = ", ".join(
                f"{w.question} {w.gain:.2f} bit × {w.ease:.2f} = {w.score:.2f}"
                for w in planned.worths[:3]
            )
            if asked is None:
                out.print(f"  enough ({planned.reason})" + (f": {weighed}" if weighed else ""))
            else:
                told = answer(played.case, asked)
                out.print(f"  asks {asked} ({planned.reason}: {weighed}) → {told}")
        for row in played.judgement.rows[:3]:
            grounds = ", ".join(
                f"{c.finding}={c.value} {c.weight:+.1f}" for c in row.contributions[:4]
            )
            out.print(f"  {row.probability:6.1%} {row.cause}  {grounds}")
        out.print(f"  expected: {played.case.cause}", style="green" if played.first else "red")


def _time(out: Console) -> None:
    """Milliseconds of one step: the question chosen, or the advice."""
    taken = []
    for case in read("cases"):
        now = Findings(case.complaint).with_facts(values(case.findings))
        for _ in range(3):
            began = time.perf_counter()
            faults.next_question(now)
            taken.append((time.perf_counter() - began) * 1000)
    middle, tail = statistics.median(taken), statistics.quantiles(taken, n=100)[-1]
    out.print(f"diagnosis step: p50 {middle:.2f} ms, p99 {tail:.2f} ms")


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, print, and return 1 when a mark is missed."""
    parser = argparse.ArgumentParser(prog="make gold", description=__doc__)
    parser.add_argument("--explain", action="store_true", help="five diagnoses, step by step")
    parser.add_argument("--misses", action="store_true", help="the cases that are not right first")
    parser.add_argument("--groups", action="store_true", help="per family and per complaint")
    parser.add_argument("--time", action="store_true", help="how long one step takes")
    parser.add_argument("--held-back", action="store_true", help="also the cases kept from tuning")
    given = parser.parse_args(arguments)
    out = Console(width=160)
    if given.explain:
        _explain(out)
        return 0
    played = play_all("cases")
    score = Score.of(played)
    tree, limit = tree_at_equal_top_1("cases", score.top_1)
    table = _heads("gold cases")
    _row(table, "largest gain (ours)", score)
    _row(table, f"fixed tree, first {limit} questions", tree)
    dice = [play(case, at_random(seed)(case)) for seed in SEEDS for case in read("cases")]
    _row(table, "random order, our stop", Score.of(dice))
    if given.held_back:
        table.add_section()
        _row(table, "held back: ours", Score.of(play_all("held_back")))
        _row(table, "held back: fixed tree", Score.of(play_all("held_back", in_fixed_order)))
    out.print(table)
    if given.groups:
        _groups(out, played, "family", lambda case: case.family)
        _groups(out, played, "complaint", lambda case: case.complaint)
    if given.misses:
        for p in score.misses:
            top = ", ".join(f"{r.cause} {r.probability:.2f}" for r in p.judgement.rows[:4])
            out.print(f"{p.case.id}: {p.case.cause} ≠ {top} asked {','.join(p.asked) or '-'}")
    if given.time:
        _time(out)
    missed = faults_of(score, tree)
    for message in missed:
        out.print(f"[red]missed:[/red] {message}")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
