"""Nothing leaves the house with a phone, price, address or guarantee that nobody reviewed."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from aftersales import knowledge
from aftersales.guard import internal, unreviewed

ROOT = Path(__file__).resolve().parents[2]
#: Keys under which a sentence for a customer or an agent stands.
SAID = ("say", "say_desk", "now", "text", "where")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("请拨 021-12345678", ["021-12345678"]),
        ("請撥 ０２１－１２３４５６７８", ["021-12345678"]),
        ("他的手机 13812345678", ["13812345678"]),
        ("拨打 95555 问问", ["95555"]),
        ("打四零零八二零八八二零", ["四零零八二零八八二零"]),
        ("拨 7009-8760", ["7009-8760"]),
        ("400-690-5580", ["400-690-5580"]),
    ],
)
def test_a_strange_phone_number_is_found(text: str, found: list[str]) -> None:
    assert unreviewed(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "拨 400-690-5589 核实",
        "400 690 5589",
        "境外拨 +86-21-60780478",
        "Grand Seiko 是 021-6272-0688",
        "四零零六九零五五八九",
        "请拨打 120",
        "可以打12315",
        "先拨 400 电话问一下",
        "后盖 7009-8760",
        "2026-11-23 到 2027-03",
        "单号 FW261123-04821",
        "上午 9:00-12:00、下午 13:00-18:00",
        "六位序列号 612345",
    ],
)
def test_what_is_reviewed_or_no_phone_passes(text: str) -> None:
    assert unreviewed(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "大约 300-800 元",
        "三百块钱左右",
        "几百块吧",
        "¥200",
        "上千元",
        "人民币二百元",
        "1.5 万元",
        "要 350 块",
        "14000 日元起",
        "退一赔三最少 600 元",
        "最少 500 元",
    ],
)
def test_a_price_is_found(text: str) -> None:
    assert unreviewed(text)


@pytest.mark.parametrize(
    "text",
    [
        "一块表",
        "这是第二块表",
        "三块手表",
        "元旦放假",
        "换元件",
        "二十块表一起送",
        "欺诈的退一赔三，不足 500 元的按 500 元算",
    ],
)
def test_a_watch_is_no_price(text: str) -> None:
    assert unreviewed(text) == []


@pytest.mark.parametrize(
    "text",
    ["送到南京西路 100 号", "淮海中路三十八号", "No. 5, Huaihai Road", "801C room", "1203 室"],
)
def test_a_strange_address_is_found(text: str) -> None:
    assert unreviewed(text)


def test_the_reviewed_address_passes() -> None:
    address = knowledge.load("contacts")["contacts"]["seiko_shanghai"]["address"]
    assert unreviewed(f"地址 {address}。") == []


@pytest.mark.parametrize(
    "text",
    [
        "保修两年",
        "全国联保三年",
        "GS 大陆保修五年",
        "12 个月质保",
        "保修半年",
        "三包期是 1 年",
        "日本国内版保修 4 年",
        "大陆保修期 1 年",
        "世界保证书 2 年",
    ],
)
def test_a_guarantee_nobody_gave_is_found(text: str) -> None:
    assert unreviewed(text)


@pytest.mark.parametrize(
    "text",
    [
        "世界保证书一般从购买日起 1 年",
        "日本国内版保修 3 年",
        "欧盟内买的，保修 2 年",
        "2024 年买的还在保",
        "一年前买的，看保修卡",
        "停产后零件留约 7 年，过了保修也能修",
        "时钟保修 1 年",
        "机械表约 2 到 3 年拆洗",
    ],
)
def test_a_reviewed_guarantee_passes(text: str) -> None:
    assert unreviewed(text) == []


def test_a_sentence_does_not_borrow_the_market_of_the_next() -> None:
    assert unreviewed("日本国内版保修 3 年。大陆也保修 3 年。") == ["3 年"]


@pytest.mark.parametrize(
    "text",
    [
        "我们已经给了他警告",
        "会处罚这位师傅",
        "再犯就解雇",
        "按制度罚款",
        "扣了师傅的奖金",
        "已經辭退",
        "他这个月未达标",
        "会影响师傅的绩效",
    ],
)
def test_how_we_deal_with_our_own_people_is_not_told(text: str) -> None:
    assert internal(text)
    assert unreviewed(text)


def test_nothing_a_customer_meets_speaks_of_the_internal_ladder() -> None:
    pages = [
        ROOT / "web" / "texts.yml",
        *sorted((ROOT / "web" / "templates").rglob("*.*")),
        *sorted((ROOT / "web" / "static").glob("*.js")),
    ]
    assert len(pages) > 3
    for page in pages:
        assert internal(page.read_text(encoding="utf-8")) == [], page.name


def _sentences(node: Any, path: str) -> Iterator[tuple[str, str]]:
    if isinstance(node, dict):
        for key, value in node.items():
            yield from _sentences(value, f"{path}/{key}")
    elif isinstance(node, list):
        for number, value in enumerate(node):
            yield from _sentences(value, f"{path}/{number}")
    elif isinstance(node, str) and path.rpartition("/")[2] in SAID:
        yield path, node


FILES = sorted((ROOT / "knowledge").rglob("*.yml")) + [ROOT / "domain.yml"]


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(ROOT)))
def test_every_sentence_we_keep_passes(file: Path) -> None:
    content = yaml.load(file.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)  # noqa: S506
    if file.name == "guard.yml":
        return  # its rules are patterns, not sentences
    wrong = [(path, unreviewed(text)) for path, text in _sentences(content, "")]
    assert [w for w in wrong if w[1]] == []
