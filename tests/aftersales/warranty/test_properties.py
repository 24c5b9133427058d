"""What must hold for every evidence, not only for the ones somebody thought of."""

import json
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from aftersales.warranty import MAX_QUESTIONS, Evidence, answer, next_question, verdict
from aftersales.warranty.evidence import CARDS, CAUSES, CHANNELS, MARKETS, VOID_CARDS
from aftersales.warranty.periods import last_day

TODAY = date(2026, 11, 23)
PAIRS = ["7S26-0020", "7S26-OO2O", "4R36-0001", "9S65-00A0"]
LINES = ["grand_seiko", "credor", "king_seiko", "prospex", "presage", "astron", "alba"]
days = st.dates(date(2014, 1, 1), date(2027, 12, 31))
dates = st.one_of(
    days.map(date.isoformat),
    days.map(lambda d: d.isoformat()[:7]),
    days.map(lambda d: str(d.year)),
    days.map(lambda d: f"{d.isoformat()}/{(d + timedelta(days=50)).isoformat()}"),
)
VALUES: dict[str, st.SearchStrategy[Any]] = {
    "purchase_date": dates,
    "card": st.sampled_from(sorted(CARDS - {"unknown"})),
    "numbers_watch": st.sampled_from(PAIRS),
    "numbers_card": st.sampled_from([*PAIRS, "match", "mismatch"]),
    "market": st.sampled_from(sorted(MARKETS - {"unknown"})),
    "line": st.sampled_from(LINES),
    "channel": st.sampled_from(sorted(CHANNELS - {"unknown"})),
    "cause": st.sampled_from(sorted(CAUSES)),
    "serial": st.sampled_from(["610001", "7N0123", "xx"]),
    "calibre": st.sampled_from(["7S26", "9S65", "ZZZZ"]),
    "repairs": st.sampled_from(["two_repairs", "ninety_days"]),
    "registered": st.just(True),
}
unknown = st.sampled_from([None, "unknown"])


def _may_be_unknown(name: str) -> st.SearchStrategy[Any]:
    if name == "registered":
        return st.booleans()
    if name in ("numbers_watch", "line", "serial", "calibre", "cause", "repairs"):
        return st.none() | VALUES[name]
    return unknown | VALUES[name]


evidences = st.builds(Evidence, **{name: _may_be_unknown(name) for name in VALUES})


@settings(max_examples=150, deadline=None)
@given(evidences)
def test_a_void_card_is_never_covered(evidence: Evidence) -> None:
    for card in VOID_CARDS:
        assert verdict(replace(evidence, card=card), TODAY).kind == "not_covered"


@settings(max_examples=400, deadline=None)
@given(evidences, st.data())
def test_adding_evidence_never_makes_missing_grow(evidence: Evidence, data: st.DataObject) -> None:
    open_ = [name for name in VALUES if getattr(evidence, name) in (None, "unknown", False)]
    if not open_:
        return
    name = data.draw(st.sampled_from(open_))
    richer = replace(evidence, **{name: data.draw(VALUES[name])})
    before = {line.say for line in verdict(evidence, TODAY).missing}
    after = {line.say for line in verdict(richer, TODAY).missing}
    assert after <= before


@settings(max_examples=150, deadline=None)
@given(evidences, st.dates(date(2026, 1, 1), date(2028, 3, 1)))
def test_same_evidence_same_verdict_and_json_round_trip(evidence: Evidence, today: date) -> None:
    again = Evidence.from_dict(json.loads(json.dumps(evidence.to_dict())))
    assert again == evidence
    assert verdict(again, today) == verdict(evidence, today)


@settings(max_examples=150, deadline=None)
@given(evidences, st.dates(date(2026, 1, 1), date(2028, 3, 1)))
def test_covered_needs_card_numbers_and_the_first_year(evidence: Evidence, today: date) -> None:
    found = verdict(evidence, today)
    assert found.kind in ("covered", "not_covered", "cannot_say")
    assert found.summary.say and found.papers
    if found.kind == "covered":
        assert evidence.card in ("complete", "electronic")
        assert evidence.market != "jp"
        assert found.likely_class == "C"


@settings(max_examples=150, deadline=None)
@given(
    evidences, st.dictionaries(st.text(max_size=12) | st.sampled_from(sorted(VALUES)), st.text())
)
def test_strange_facts_are_ignored(evidence: Evidence, facts: dict[str, str]) -> None:
    verdict(evidence.with_facts(facts), TODAY)


@settings(max_examples=150, deadline=None)
@given(
    st.builds(Evidence),
    st.lists(
        st.sampled_from(
            [
                "不知道",
                "一样",
                "7S26-0020",
                "有",
                "没有",
                "代购的",
                "2025年3月",
                "2090年",
                "香港",
                "算了",
                "",
            ]
        ),
        max_size=12,
    ),
)
def test_at_most_four_questions_whatever_is_answered(
    evidence: Evidence, replies: list[str]
) -> None:
    asked = []
    for reply in replies:
        question = next_question(evidence)
        if question is None:
            break
        given_ = answer(question.id, reply, None, [], TODAY)
        if given_ is None:
            continue
        asked.append(question.id)
        evidence = evidence.with_facts(given_)
    assert len(set(asked)) <= MAX_QUESTIONS
    assert len(asked) <= MAX_QUESTIONS + 2  # an impossible date or pair is asked about once more


@given(days, st.integers(1, 5))
def test_periods_end_on_the_day_of_the_same_date(bought: date, years: int) -> None:
    end = last_day(bought, years)
    assert end.year == bought.year + years and end.month == bought.month
    assert end.day == bought.day or (bought.day, end.day) == (29, 28)
