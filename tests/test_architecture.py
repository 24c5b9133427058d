"""The arrows between the packages, read from the imports themselves."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
OURS = {"aftersales", "actions", "web", "bot", "tools"}
ALLOWED = {
    "aftersales": set(),
    "actions": {"aftersales"},
    "web": {"aftersales"},
    "bot": {"aftersales"},
}


def imports(path: Path) -> Iterator[str]:
    """Every module a file imports, also inside functions."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


@pytest.mark.parametrize("package", sorted(ALLOWED))
def test_a_package_imports_only_what_its_arrows_allow(package: str) -> None:
    files = sorted((ROOT / package).rglob("*.py"))
    assert files
    for path in files:
        for module in imports(path):
            top = module.split(".")[0]
            if top in OURS and top != package:
                assert top in ALLOWED[package], f"{path.relative_to(ROOT)} imports {module}"


def test_the_bot_takes_only_the_language_from_the_domain() -> None:
    for path in sorted((ROOT / "bot").rglob("*.py")):
        for module in imports(path):
            if module.split(".")[0] == "aftersales" and module != "aftersales":
                assert module.startswith("aftersales.language"), f"{path.name} imports {module}"


def test_the_domain_knows_nothing_of_rasa_http_or_pages() -> None:
    strangers = {
        "rasa",
        "rasa_sdk",
        "fastapi",
        "starlette",
        "uvicorn",
        "httpx",
        "requests",
        "jinja2",
    }
    for path in sorted((ROOT / "aftersales").rglob("*.py")):
        found = {module.split(".")[0] for module in imports(path)} & strangers
        assert not found, f"{path.relative_to(ROOT)} imports {found}"


def test_what_talks_with_customers_reads_nothing_of_how_our_people_are_judged() -> None:
    inside = (
        "aftersales.staff",
        "aftersales.reports.people",
        "aftersales.reports.internal",
        "aftersales.reports.internal_tables",
        "aftersales.complaints.ladder",
        "aftersales.store.tables.StaffMember",
        "aftersales.store.tables.staff",
    )
    for package in ("actions", "web", "bot"):
        for path in sorted((ROOT / package).rglob("*.py")):
            for module in imports(path):
                told = [one for one in inside if f"{module}.".startswith(f"{one}.")]
                assert not told, f"{path.relative_to(ROOT)} imports {module}"


def test_only_who_checks_what_must_be_true_first_moves_a_repair() -> None:
    below = "aftersales.tickets.moves.do_move_checked"
    trusted = {"workshop/actions.py", "estimates/decide.py", "estimates/send.py"}
    for package in ("aftersales", "actions", "web"):
        for path in sorted((ROOT / package).rglob("*.py")):
            if below in imports(path):
                assert path.relative_to(ROOT / package).as_posix() in trusted, path.name
