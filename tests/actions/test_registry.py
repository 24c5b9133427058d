"""The code and the domain name the same actions, responses, blanks and slots."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from actions.registry import actions, skills
from actions.services import Services
from tests.actions.walking import ROOT, domain, rule_of_need

ACTIONS = sorted((ROOT / "actions").glob("*.py"))
BLANK = re.compile(r"{(\w+)}")
#: ``utter_ticket_{kind}`` is made of the kind of case.
KINDS = ("repair", "complaint", "callback")


def names_in(node: ast.expr) -> list[str]:
    """The response names an argument may come to."""
    match node:
        case ast.Constant(value=str(name)):
            return [name]
        case ast.IfExp(body=body, orelse=orelse):
            return [*names_in(body), *names_in(orelse)]
        case ast.JoinedStr(values=[ast.Constant(value=str(lead)), ast.FormattedValue()]):
            return [lead + kind for kind in KINDS]
    raise AssertionError(f"line {node.lineno}: cannot tell which response this is")


def utterances() -> Iterator[tuple[str, int, str, set[str]]]:
    """File, line, response and the values given, of every ``utter`` in the package."""
    for path in ACTIONS:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
                continue
            if node.func.attr != "utter":
                continue
            given = {str(k.arg) for k in node.keywords if k.arg}
            for name in names_in(node.args[0]):
                yield path.name, node.lineno, name, given


UTTERANCES = list(utterances())


def texts(response: str) -> list[str]:
    """All wordings of a response."""
    return [str(variation["text"]) for variation in domain()["responses"][response]]


def test_every_action_of_the_domain_is_registered_and_the_other_way_round(
    services: Services,
) -> None:
    registered = [action.name() for action in actions(services)]
    assert sorted(registered) == sorted(domain()["actions"])
    assert len(set(registered)) == len(registered)


def test_every_skill_has_its_form_its_marker_and_its_value_of_asking() -> None:
    for name, skill in skills().items():
        assert domain()["forms"][skill.form] == {"required_slots": [skill.requested]}
        assert skill.requested in domain()["slots"]
        assert name in domain()["slots"]["asking"]["values"]
    assert len(domain()["forms"]) == len(skills())
    assert domain()["slots"]["asking"]["values"] == list(skills())


def test_every_intent_of_the_domain_has_a_rule_with_an_action_of_the_domain() -> None:
    needs = set(domain()["intents"])
    assert needs <= set(rule_of_need())
    assert set(rule_of_need().values()) <= set(domain()["actions"])


def test_the_reader_finds_the_utterances() -> None:
    assert len(UTTERANCES) > 60
    assert {"utter_question", "utter_question_again", "utter_ticket_callback"} <= {
        name for _, _, name, _ in UTTERANCES
    }


@pytest.mark.parametrize(
    ("name", "given"),
    [
        pytest.param(name, given, id=f"{file}:{line}-{name}")
        for file, line, name, given in UTTERANCES
    ],
)
def test_what_is_uttered_exists_and_its_blanks_are_filled(name: str, given: set[str]) -> None:
    assert name in domain()["responses"]
    wanted = {blank for text in texts(name) for blank in BLANK.findall(text)}
    assert wanted <= given


def test_every_response_of_the_domain_is_uttered_somewhere() -> None:
    uttered = {name for _, _, name, _ in UTTERANCES}
    server = (ROOT / "actions" / "server.py").read_text(encoding="utf-8")
    silent = {n for n in domain()["responses"] if n not in uttered and n not in server}
    assert silent == set()


def test_every_response_has_a_wording_for_the_desk_and_one_for_the_screen() -> None:
    for name, variations in domain()["responses"].items():
        assert [v.get("channel") for v in variations] == ["desk", None], name
        assert all(str(v["text"]).strip() for v in variations), name


def test_what_is_read_aloud_has_no_list_no_button_and_no_line_break() -> None:
    for name in domain()["responses"]:
        spoken = texts(name)[0]
        assert not re.search(r"\n|·|点下面|按钮|点“", spoken), name


def slot_names() -> set[str]:
    """The slots the actions set or read by a literal name."""
    found: set[str] = set()
    for path in ACTIONS:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
                continue
            if node.func.attr in {"set", "slot", "get_slot"} and node.args:
                first: Any = node.args[0]
                if isinstance(first, ast.Constant) and isinstance(first.value, str):
                    found.add(first.value)
    return found


def test_every_slot_the_actions_use_exists_and_every_slot_is_used() -> None:
    markers = {skill.requested for skill in skills().values()}
    assert slot_names() == set(domain()["slots"]) - markers


def test_no_module_of_the_package_is_left_without_a_test_file() -> None:
    here = Path(__file__).parent
    tested = {p.name.removeprefix("test_") for p in here.glob("test_*.py")}
    without = {p.name for p in ACTIONS} - tested - {"__init__.py"}
    # Behind the doors of others: how to use and identify a watch (test_answer), the rate diary's
    # messages (test_diary), a plain record of three things (every test).
    assert without <= {"identify.py", "usage.py", "rates.py", "redirects.py", "services.py"}
