"""Numbers from the case back and the price tag."""

import pytest

from aftersales.language.codes import (
    calibres,
    case_backs,
    known_calibres,
    look_alikes,
    models,
    parse_calibre,
    parse_serial,
    serials,
)
from aftersales.language.normalise import normalise


@pytest.mark.parametrize(
    ("text", "calibre", "case"),
    [
        ("7S26-0020", "7S26", "0020"),
        ("7s26 0020", "7S26", "0020"),
        ("7s26—0020", "7S26", "0020"),
        ("7S260020", "7S26", "0020"),
        ("７Ｓ２６－００２０", "7S26", "0020"),
        ("后盖刻着4R36-07G0", "4R36", "07G0"),
        ("七S二六-0020", "7S26", "0020"),
        ("V157-0AX0", "V157", "0AX0"),
        ("6R35A-01E0", "6R35", "01E0"),
        ("7002-700J", "7002", "700J"),
        ("6309-7040走快", "6309", "7040"),
        ("5X92-0AA0", "5X92", "0AA0"),
    ],
)
def test_case_back(text: str, calibre: str, case: str) -> None:
    found = {entity.name: entity.value for entity in case_backs(normalise(text))}
    assert found == {"calibre": calibre, "case_code": case}


@pytest.mark.parametrize(
    "text", ["021-12345678", "2021-0305", "2019-2020", "8000-9000元", "138-1234"]
)
def test_no_case_back(text: str) -> None:
    assert case_backs(text) == []


@pytest.mark.parametrize(
    ("text", "calibre"),
    [
        ("我的7S26走快", "7S26"),
        ("七S二六慢", "7S26"),
        ("7S二六", "7S26"),
        ("nh35", "NH35"),
        ("NH35A机芯", "NH35"),
        ("6R15", "6R15"),
        ("V157", "V157"),
        ("机芯4206", "4206"),
        ("4206一天慢30秒", "4206"),
        ("编号是9876", "9876"),
        ("7N42换电池", "7N42"),
        ("机芯是5x92", "5X92"),
        ("机芯NH三五", "NH35"),
    ],
)
def test_calibre(text: str, calibre: str) -> None:
    assert [entity.value for entity in calibres(normalise(text))] == [calibre]


@pytest.mark.parametrize(
    "text",
    [
        "2019年",
        "机芯2019",
        "4206元",
        "花了8123块",
        "每天快5s30",
        "9876",
        "SRPD51",
        "尾号4206",
        "一天快30秒",
    ],
)
def test_no_calibre(text: str) -> None:
    assert calibres(text) == []


@pytest.mark.parametrize(
    ("text", "model"),
    [
        ("SNZG13", "SNZG13"),
        ("srpd51k1多少钱", "SRPD51K1"),
        ("SPB143J1", "SPB143J1"),
        ("我的SBGA211", "SBGA211"),
        ("SSC813", "SSC813"),
        ("SKX-007", "SKX007"),
        ("SARB033", "SARB033"),
    ],
)
def test_model(text: str, model: str) -> None:
    assert [entity.value for entity in models(text)] == [model]


@pytest.mark.parametrize("text", ["SEIKO 5", "SPRING", "seiko500", "s30", "GPS"])
def test_no_model(text: str) -> None:
    assert models(text) == []


@pytest.mark.parametrize(
    ("text", "serial"),
    [
        ("5N0123", "5N0123"),
        ("序列号210305", "210305"),
        ("六位数是890123", "890123"),
        ("890199", "890199"),
        ("编号 1d0456", "1D0456"),
    ],
)
def test_serial(text: str, serial: str) -> None:
    assert [entity.value for entity in serials(text)] == [serial]


@pytest.mark.parametrize("text", ["210305", "邮政200040区", "花了890123元", "123", "30mins"])
def test_no_serial(text: str) -> None:
    assert serials(text) == []


def test_a_form_may_insist() -> None:
    assert parse_serial("210305") == "210305"
    assert parse_calibre("后盖上写7s36-0010") == "7S36"
    assert parse_calibre("9876") == "9876"
    assert parse_calibre("没有") is None


def test_look_alikes_are_proposals() -> None:
    assert look_alikes("7S2G") == ["7S26"]
    assert "7S26" in look_alikes("7526")
    assert look_alikes("NH3S") == ["NH35"]
    assert look_alikes("7S26") == []
    assert look_alikes("QQ99") == []


def test_known_codes() -> None:
    assert {"7S26", "NH35", "4206", "V157"} <= known_calibres()
    assert all(len(code) == 4 for code in known_calibres())
