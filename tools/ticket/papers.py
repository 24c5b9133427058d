"""Writes the papers of one repair: pages always, pictures and PDFs when asked for."""

import typer

from aftersales import workshop
from aftersales.ids import RandomIds
from aftersales.knowledge import load
from aftersales.links import do_issue_link
from tools import paper_files, paths, shop
from tools.ticket.steps import session, words
from web.papers import NotIssued, render_paper


def write_papers(
    number: str, only: str | None, *, png: bool, pdf: bool, token: str | None, base: str | None
) -> None:
    """Write the issued papers into ``var/papers`` and say which files were written.

    Args:
        number: the ticket's.
        only: just this kind.
        png: pictures too.
        pdf: PDFs too.
        token: of the status page's link, for the square on the papers customers see; a new link is
            made by default when one of them is printed.
        base: where our pages are; ``AFTERSALES_PUBLIC_URL`` by default.

    Raises:
        typer.Exit: no such kind, no such ticket, or not issued yet; one line says which.
    """
    kinds = load("workshop")["papers"]
    if only is not None and only not in kinds:
        shop.refuse(words()["no_paper_kind"].format(given=only, known="、".join(kinds)))
    chosen = shop.settings()
    url = base or chosen.public_url
    now = shop.clock.now()
    with session() as opened:
        ticket = shop.ticket(opened, number)
        found = workshop.dossier(opened, ticket)
        wanted = [only] if only else [kind for kind in workshop.KINDS if kind in found.papers]
        if token is None and set(wanted) & set(workshop.FOR_CUSTOMERS):
            token = do_issue_link(
                opened, "status", ticket.number, now, RandomIds(), who="tools.ticket", ticket=ticket
            ).token
        try:
            pages = [
                (f"{found.ticket.number}-{kind}",
                 render_paper(kind, found, now=now, base_url=url, token=token))
                for kind in wanted
            ]  # fmt: skip
        except NotIssued:
            shop.refuse(words()["no_paper"].format(paper=kinds[only]["name"]))
    if not pages:
        typer.echo(words()["nothing"])
    files = paper_files.write_html(pages, chosen.var_dir / "papers")
    if files and (png or pdf):
        browser = paper_files.chromium()
        if browser is None:
            typer.echo(words()["no_chromium"], err=True)
        else:
            files += paper_files.print_pages(files, browser, png=png, pdf=pdf)
    for file in files:
        shown = file.relative_to(paths.ROOT) if file.is_relative_to(paths.ROOT) else file
        typer.echo(words()["written"].format(path=shown))
