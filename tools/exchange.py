"""Tables in and out: ``python -m tools.exchange import|export customers|tickets|… FILE``.

An import shows its progress and a report of the lines left out; ``--dry-run`` checks everything and
writes nothing. An export is masked; ``--unmasked`` needs ``--why`` and leaves a line in the audit
trail.
"""

import json
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, TextIO

import typer
from rich.console import Console
from rich.progress import Progress
from rich.table import Table
from rich.text import Text

from aftersales import knowledge
from aftersales.exchange.export import ReasonNeeded, do_note_unmasked, export_table
from aftersales.exchange.kinds import KINDS
from aftersales.exchange.pipeline import do_import
from aftersales.exchange.problems import BadRow, ImportReport, UnreadableFile
from tools import shop
from tools.shop import ME, Who

WORDS = knowledge.load("exchange")["terminal"]
app = typer.Typer(help=WORDS["app"], no_args_is_help=True)
Kind = Annotated[str, typer.Argument(help=WORDS["kind"])]


@app.command("import", help=WORDS["import"])
def import_(
    kind: Kind,
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help=WORDS["file"])],
    dry_run: Annotated[bool, typer.Option("--dry-run", help=WORDS["dry_run"])] = False,
    as_json: Annotated[bool, typer.Option("--json", help=WORDS["json"])] = False,
    who: Who = ME,
) -> None:
    _known(kind)
    with shop.opened() as (store, settings), _progress(file.name) as progress:
        try:
            with store.session(read_only=dry_run) as session:
                report = do_import(
                    session, file, KINDS[kind].importer, progress, shop.clock.now(), who,
                    settings.erasure_secret(), dry_run=dry_run, after_batch=session.commit,
                )  # fmt: skip
        except UnreadableFile as error:
            typer.echo(str(error), err=True)
            raise typer.Exit(2) from error
    if as_json:
        typer.echo(json.dumps({**asdict(report), "dry_run": dry_run}, ensure_ascii=False))
    else:
        _say(report, dry_run)
    if report.bad_rows:
        raise typer.Exit(1)


@app.command("export", help=WORDS["export"])
def export(
    kind: Kind,
    file: Annotated[Path, typer.Argument(dir_okay=False, help=WORDS["file"])],
    unmasked: Annotated[bool, typer.Option("--unmasked", help=WORDS["unmasked"])] = False,
    why: Annotated[str | None, typer.Option(help=WORDS["why"])] = None,
    who: Who = ME,
) -> None:
    _known(kind)
    try:
        with shop.opened() as (store, _settings), _progress(file.name) as progress:
            if unmasked:
                with store.session() as session:
                    do_note_unmasked(session, kind, shop.clock.now(), who, why)
            with _private(file) as out, store.session(read_only=True) as session:
                count = export_table(session, kind, out, progress, unmasked=unmasked)
    except ReasonNeeded as error:
        typer.echo(WORDS["need_why"], err=True)
        raise typer.Exit(2) from error
    except OSError as error:
        typer.echo(WORDS["failed"].format(path=file), err=True)
        raise typer.Exit(2) from error
    typer.echo(WORDS["written"].format(path=file, count=count))
    typer.echo(WORDS["full" if unmasked else "masked"])


def _known(kind: str) -> None:
    if kind not in KINDS:
        typer.echo(WORDS["bad_kind"].format(given=kind, known="、".join(KINDS)), err=True)
        raise typer.Exit(2)


def _say(report: ImportReport, dry_run: bool) -> None:
    done = WORDS["done"].format(
        added=report.added,
        updated=report.updated,
        unchanged=report.unchanged,
        bad=len(report.bad_rows),
    )
    typer.echo(done + (WORDS["dry"] if dry_run else ""))
    if report.erased:
        typer.echo(WORDS["erased"].format(erased=report.erased))
    if report.bad_rows:
        Console().print(_bad(report.bad_rows))


def _bad(rows: list[BadRow]) -> Table:
    table = Table(*WORDS["bad_columns"], title=WORDS["bad_title"], title_justify="left")
    for row in rows:
        table.add_row(str(row.line), Text(row.column), Text(row.reason))
    return table


@contextmanager
def _progress(name: str) -> Iterator[Callable[[int, int], None]]:
    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(name)
        yield lambda done, total: bar.update(task, completed=done, total=total)


@contextmanager
def _private(path: Path) -> Iterator[TextIO]:
    """Write beside the file and put it in place at the end; readable by its owner only."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.part")
    handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="") as file:
            yield file
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)


if __name__ == "__main__":
    app()
