"""Case backs, serials and telephone numbers as people dictate and mistype them."""

from datetime import date

import pytest

from aftersales.language import extract
from aftersales.language.codes import case_backs, serials
from aftersales.language.normalise import normalise
from aftersales.language.phones import phones

TODAY = date(2026, 11, 23)
# phrase | calibre | case code
CASE_BACKS = """
VK64-KAB0|VK64|KAB0
7T92-0DW0|7T92|0DW0
4R36-04Y0|4R36|04Y0
vk63-k002|VK63|K002
后盖写着VK64 KAB0|VK64|KAB0
v157-0cx0|V157|0CX0
H851-00A0|H851|00A0
七S二六杠零零二零|7S26|0020
四R三六杠零四Y零|4R36|04Y0
七s二六横杠零零二零|7S26|0020
七S二六零零二零|7S26|0020
4R36杠07G0|4R36|07G0
四r三五 零一t零|4R35|01T0
六R三五横线零一E零|6R35|01E0
七S二六 杠 幺洞二零|7S26|1020
6105还有8110|6105|8110
6105 8110|6105|8110
6105和8110|6105|8110
后面是6105,8110|6105|8110
6309还有7040这两组|6309|7040
7002 7020|7002|7020
7T92 0DW0|7T92|0DW0
7S26然后0020|7S26|0020
7s26—04P0|7S26|04P0
"""
# phrase | serial
SERIALS = """
序列号5N 0123|5N0123
序列号是 21 03 05|210305
编号 8 9 0 1 2 3|890123
序列号:5 n 0 1 2 3|5N0123
出厂号 1D 04 56|1D0456
六位数是 890 123|890123
序号是五N零一二三|5N0123
序列号八九零一二三|890123
"""
# phrase | digits
PHONES = """
電話91234567|91234567
我电话是9123 4567|91234567
打61234567找我,手機|61234567
+852 9123 4567|85291234567
(852)91234567|85291234567
852-2345-6789|85223456789
+853 6612 3456|85366123456
澳门电话66123456|66123456
+886 912 345 678|886912345678
+886-2-2345-6789|886223456789
0912-345-678|0912345678
tel: 02-2345-6789|0223456789
0912 345 678|0912345678
手机0912345678|0912345678
联系方式:5123 4567,香港|51234567
whatsapp 98765432|98765432
打俺手机幺三九零零零零幺二三四|13900001234
电话是 1 3 8 1 2 3 4 5 6 7 8|13812345678
86 138 1234 5678|13812345678
"""


def rows(table: str) -> list[list[str]]:
    return [line.split("|") for line in table.strip().splitlines()]


@pytest.mark.parametrize(("phrase", "calibre", "case"), rows(CASE_BACKS))
def test_case_back(phrase: str, calibre: str, case: str) -> None:
    found = [(entity.name, entity.value) for entity in case_backs(normalise(phrase))]
    assert found == [("calibre", calibre), ("case_code", case)]


@pytest.mark.parametrize(
    "phrase",
    [
        "4206 2023年买的",
        "6105 8110 1234",
        "138 6105 8110",
        "4206还有2023年的票",
        "7S26 三十秒",
        "6105元还有8110元",
        "电话6105 8110",
        "VK64 有问题",
        "9876 5432",
        "GPS-2024",
    ],
)
def test_no_case_back(phrase: str) -> None:
    found = extract(phrase, TODAY)
    assert [entity.value for entity in found if entity.name == "case_code"] == []


@pytest.mark.parametrize(("phrase", "serial"), rows(SERIALS))
def test_serial(phrase: str, serial: str) -> None:
    assert [entity.value for entity in serials(normalise(phrase))] == [serial]


@pytest.mark.parametrize("phrase", ["5N 0123", "21 03 05", "编号在哪 1 2 3", "8 9 0 1 2 3"])
def test_no_serial(phrase: str) -> None:
    assert serials(phrase) == []


@pytest.mark.parametrize(("phrase", "digits"), rows(PHONES))
def test_phone(phrase: str, digits: str) -> None:
    found = extract(phrase, TODAY)
    assert [entity.value for entity in found if entity.name == "phone"] == [digits]


@pytest.mark.parametrize(
    "phrase",
    ["91234567", "20210305", "电话20210305", "订单91234567890123", "电话打了20分钟", "价格9123"],
)
def test_no_phone(phrase: str) -> None:
    assert phones(phrase) == []
