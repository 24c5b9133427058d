"""Every personal question says what it is for, or comes right after a sentence that does."""

from actions.intake import ASKS
from aftersales import knowledge, tickets

#: Questions whose answer is personal, by knowledge file.
PERSONAL = {
    "intake": ["name", "phone"],
    "status": ["last4"],
    "privacy": ["last4"],
    "warranty_lookup": ["second_proof"],
}


def test_every_personal_question_names_its_purpose() -> None:
    for book, names in PERSONAL.items():
        for name in names:
            question = knowledge.load(book)["questions"][name]
            if question["purpose"] == "consent":
                continue
            stated = tickets.purpose(question["purpose"])
            assert "phone_last4" in stated["fields"]
            # The sentence itself says: to make sure it is you.
            for words in (question["say"], question["say_desk"]):
                assert "核对" in words or "登记" in words, (book, name)


def test_in_a_case_the_consent_with_its_purpose_comes_before_name_and_phone() -> None:
    for kind, asked in ASKS.items():
        stated = tickets.purpose(kind)
        assert stated["version"] and stated["source"] and "同意" in stated["say"]
        for name in ("name", "phone"):
            assert asked.index("consent") < asked.index(name)
            assert name in stated["fields"]


def test_the_purposes_spoken_of_in_privacy_are_those_there_are() -> None:
    assert set(knowledge.load("privacy")["purposes"]) == set(knowledge.load("tickets")["purposes"])
