"""A question about after-sales service gets the answer that fits it."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from aftersales import knowledge, service
from aftersales.service.topics import topics

ASKED = [
    # warranty_terms
    ("warranty_terms", "保修都管什么", "general"),
    ("warranty_terms", "海外买能不能保", "abroad"),
    ("warranty_terms", "保修管电池吗", "battery"),
    ("warranty_terms", "外面换过电池还享受保修不", "opened"),
    ("warranty_terms", "是全球联保的吗亲", "worldwide"),
    ("warranty_terms", "日本买的国内能不能保", "japan"),
    ("warranty_terms", "打算托人从吉隆坡带一块，回来坏了给免费看不", "plan_abroad"),
    ("warranty_terms", "代购的表有保修吗", "parallel"),
    ("warranty_terms", "保固多久", "period"),
    ("warranty_terms", "GS保修几年", "grand_seiko"),
    ("warranty_terms", "保修包不包括洗油", "cleaning"),
    ("warranty_terms", "質保書上寫一年，店家承諾兩年，聽誰的", "seller_promise"),
    ("warranty_terms", "受磁了保修给消磁吗", "magnet"),
    # warranty_card
    ("warranty_card", "电子保修卡怎么激活", "e_card"),
    ("warranty_card", "扫了二维码提示已激活，我没激活过啊", "e_card_trouble"),
    ("warranty_card", "卡丢了", "lost"),
    ("warranty_card", "没盖章", "no_stamp"),
    ("warranty_card", "保修卡是空白的", "blank"),
    ("warranty_card", "代购给的卡没填日期也没盖章", "blank_agent"),
    ("warranty_card", "保修卡日期没填，我能自己填吗", "self_fill"),
    ("warranty_card", "有发票没卡行不行", "invoice_without_card"),
    ("warranty_card", "有卡没发票可以吗", "card_without_invoice"),
    ("warranty_card", "保證書不見了，可以補發嗎", "reissue"),
    # find_numbers
    ("find_numbers", "编号在哪看", "general"),
    ("find_numbers", "哪个是机芯号", "calibre"),
    ("find_numbers", "表壳号是哪个", "case_code"),
    ("find_numbers", "序列号怎么看哪年产", "serial_year"),
    ("find_numbers", "背后写着7S26-0020，哪个是机芯", "your_pair"),
    ("find_numbers", "要不要打开后盖看编号", "open_back"),
    ("find_numbers", "编号对不上怎么办", "mismatch"),
    ("find_numbers", "吊牌上的SNZG13J1是型号还是编号", "box_model"),
    # authenticity
    ("authenticity", "是真的吗", "general"),
    ("authenticity", "给你编号能看出真假吗", "number_check"),
    ("authenticity", "你们做不做鉴定", "appraise"),
    ("authenticity", "后盖是7S26，可是秒针能停，又能手上弦", "calibre_mismatch"),
    # after_sales_scope
    ("after_sales_scope", "售后都管什么", "general"),
    ("after_sales_scope", "精工售后需要什么意思", "meaning"),
    ("after_sales_scope", "A类B类是什么", "classes"),
    ("after_sales_scope", "三种策略是啥", "strategies"),
    ("after_sales_scope", "全面售后和适当售后什么意思", "strategies"),
    ("after_sales_scope", "售后不就是三包吗", "narrow"),
    ("after_sales_scope", "单位团购签过保养合同的怎么算", "class_contract"),
    ("after_sales_scope", "交表的时候给我什么单据", "papers_given"),
    ("after_sales_scope", "要准备什么资料", "papers_to_bring"),
    ("after_sales_scope", "投诉多久答复", "standards"),
    ("after_sales_scope", "修好会回访吗", "follow_up"),
    ("after_sales_scope", "三包、保修、全球联保，这三个我老是搞混", "difference"),
    ("after_sales_scope", "会给报价再修吗还是直接就修了", "quote_first"),
    # three_guarantees
    ("three_guarantees", "七天能退吗", "seven"),
    ("three_guarantees", "买了十五天坏了", "fifteen"),
    ("three_guarantees", "网上买的无理由能退吗", "no_reason"),
    ("three_guarantees", "修两次还坏", "twice"),
    ("three_guarantees", "二手有三包吗", "not_second_hand"),
    ("three_guarantees", "代购有三包吗", "not_abroad"),
    ("three_guarantees", "第十六天坏的，差一天就不给换了？", "late"),
    ("three_guarantees", "店里说手表不支持七天无理由，真的假的", "refused"),
    ("three_guarantees", "折旧费怎么算", "depreciation"),
    # repair_price
    ("repair_price", "洗油多少钱", "cleaning"),
    ("repair_price", "换表镜多少钱", "crystal"),
    ("repair_price", "收检测费吗", "inspection"),
    ("repair_price", "保修期内收不收费", "in_guarantee"),
    ("repair_price", "换电池多少钱", "battery"),
    ("repair_price", "Grand Seiko做一次服务要几千", "grand_seiko"),
    ("repair_price", "听人说官方洗个油要一千多是真的吗", "hearsay"),
    # repair_duration
    ("repair_duration", "过年期间修多久", "holidays"),
    ("repair_duration", "能加急吗我下周结婚要戴", "urgent"),
    ("repair_duration", "超过三十天没修好怎么算", "limit"),
    ("repair_duration", "几天能修好", "general"),
    ("after_sales_scope", "平台说的晚到必赔是你们赔吗", "platform_promises"),
    ("repair_price", "晚上摔坏了赔不赔", "damage"),
    # service_centre
    ("service_centre", "寄修怎么寄", "posting"),
    ("service_centre", "上海在哪修", "shanghai"),
    ("service_centre", "400电话多少", "phone"),
    ("service_centre", "GS 去哪修", "grand_seiko"),
    ("service_centre", "Spring Drive 能不能街边修", "street"),
    ("service_centre", "Spring Drive 去哪修", "spring_drive"),
    ("service_centre", "周末上班吗", "hours"),
    ("service_centre", "我在哈尔滨，最近的点在哪", "city"),
    ("service_centre", "搜到的特约维修中心靠谱吗", "fake"),
    ("service_centre", "去哪修", "general"),
    # repair_or_replace
    ("repair_or_replace", "值不值得修", "general"),
    ("repair_or_replace", "两千块的表坏了修不修", "cheap"),
    ("repair_or_replace", "老爸留下的遗物，再贵也想修", "heirloom"),
    # maintenance
    ("maintenance", "多久洗一次油", "general"),
    ("maintenance", "机械表多久洗一次油", "mechanical"),
    ("maintenance", "怎么擦", "cleaning"),
    ("maintenance", "皮带有汗味咋处理", "leather"),
    ("maintenance", "五年没洗过油了要洗吗", "overdue"),
]

ELSEWHERE = [
    ("after_sales_scope", "别的牌子修吗", "other_brand"),
    ("service_centre", "西铁城的能拿来修不", "other_brand"),
    ("authenticity", "浪琴能帮鉴定不", "other_brand"),
    ("after_sales_scope", "精工的挂钟你们管吗", "clock"),
]

#: What may never be said.
FORBIDDEN = re.compile(
    "全国联保|免费消磁|一定免费|保证免费|我们精工|最终解释权|概不退换|打开后盖看|吹风机|大米|"
    "警告.{0,4}处罚|解雇|罚款|鉴定为真|肯定是真|催吐"
)

EVERY = [(book, topic.id) for book in (*service.INTENTS, "everywhere") for topic in topics(book)]


@pytest.mark.parametrize(("intent", "sentence", "topic"), ASKED)
def test_each_question_has_its_own_answer(intent: str, sentence: str, topic: str) -> None:
    assert service.find(intent, sentence, {}).id == f"{intent}.{topic}"


@pytest.mark.parametrize(("intent", "sentence", "topic"), ELSEWHERE)
def test_what_is_not_ours_is_told_under_any_need(intent: str, sentence: str, topic: str) -> None:
    assert service.find(intent, sentence, {}).id == f"everywhere.{topic}"


@pytest.mark.parametrize(
    ("intent", "sentence", "facts", "topic"),
    [
        ("service_centre", "去哪修", {"line": "grand_seiko"}, "known_grand_seiko"),
        ("service_centre", "几点开门", {"line": "grand_seiko"}, "hours"),
        ("service_centre", "去哪修", {"movement": "spring_drive"}, "known_spring_drive"),
        ("maintenance", "多久保养一次", {"movement": "solar"}, "known_solar"),
        ("maintenance", "怎么清洁", {"movement": "solar"}, "cleaning"),
        ("maintenance", "光动能多久保养", {"movement": "mechanical"}, "solar"),
        ("repair_price", "多少钱", {"line": "grand_seiko"}, "grand_seiko_known"),
        ("warranty_terms", "保几年", {"line": "credor"}, "grand_seiko_known"),
        ("warranty_terms", "保几年", {"line": "prospex", "movement": None}, "period"),
    ],
)
def test_what_is_known_of_the_watch_counts_but_the_words_come_first(
    intent: str, sentence: str, facts: dict[str, object], topic: str
) -> None:
    assert service.find(intent, sentence, facts).id == f"{intent}.{topic}"


@given(
    intent=st.sampled_from([*service.INTENTS, "greet", ""]),
    text=st.text(max_size=200),
    facts=st.dictionaries(
        st.sampled_from(["line", "movement", "calibre"]),
        st.one_of(st.none(), st.text(max_size=5), st.integers(), st.lists(st.integers())),
    ),
)
def test_anything_said_is_answered(intent: str, text: str, facts: dict[str, object]) -> None:
    answer = service.find(intent, text, facts)
    assert 2 <= len(answer.lines) <= 5
    assert all(line.say and line.say_desk and line.source for line in answer.lines)


def test_the_pair_the_customer_read_out_is_named_back() -> None:
    answer = service.find("find_numbers", "我看到 4r36-07g0 ，哪个是机芯号", {})
    assert "左边 4R36 是机芯编号，右边 07G0 是表壳编号" in answer.lines[0].say


@pytest.mark.parametrize("intent", service.INTENTS)
def test_the_last_topic_of_each_need_always_fits(intent: str) -> None:
    last = topics(intent)[-1]
    assert (last.id, last.when, last.unless, dict(last.facts)) == ("general", None, None, {})


@pytest.mark.parametrize(("book", "topic"), EVERY)
def test_every_sentence_has_two_voices_a_source_and_a_review(book: str, topic: str) -> None:
    content = knowledge.load(f"service/{book}")
    assert content["source"]
    assert str(content["reviewed"]) == "2026-11-23"
    named = knowledge.load("service/sources")["sources"]
    found = next(t for t in topics(book) if t.id == topic)
    for entry in found.lines:
        if "ref" in entry:
            continue
        assert entry["say"].rstrip()[-1] in "。？", entry
        assert entry["say_desk"].rstrip()[-1] in "。？", entry
        assert "\n" not in entry["say_desk"]
        assert "按钮" not in entry["say_desk"] and "点下面" not in entry["say_desk"]
        keys = entry["source"] if isinstance(entry["source"], list) else [entry["source"]]
        assert set(keys) <= set(named), entry
    for label in found.follow:
        assert 1 < len(label) <= 12, label


@pytest.mark.parametrize(("book", "topic"), EVERY)
def test_nothing_forbidden_is_said(book: str, topic: str) -> None:
    found = next(t for t in topics(book) if t.id == topic)
    for entry in found.lines:
        for voice in ("say", "say_desk"):
            assert not FORBIDDEN.search(entry.get(voice, "")), entry[voice]


def test_topics_of_a_need_have_different_names() -> None:
    assert len(EVERY) == len(set(EVERY))


def test_no_source_is_kept_that_no_sentence_uses() -> None:
    used: set[str] = set()
    for book in (*service.INTENTS, "everywhere"):
        for topic in topics(book):
            for entry in topic.lines:
                keys = entry.get("source", [])
                used |= set(keys if isinstance(keys, list) else [keys])
    assert set(knowledge.load("service/sources")["sources"]) == used


def test_a_class_is_only_a_first_judgement() -> None:
    for sentence in ("A类是什么", "我们公司签了保养合同"):
        text = "".join(x.say for x in service.find("after_sales_scope", sentence, {}).lines)
        assert "初步判断" in text and "以检测为准" in text or "以合同和检测为准" in text


def test_the_time_limits_are_ours_and_not_the_brands() -> None:
    text = "".join(x.say for x in service.find("after_sales_scope", "服务标准", {}).lines)
    assert "按本服务中心的售后标准" in text and "4 小时" in text and "24 小时" in text
    assert "不是品牌的承诺" in text


@pytest.mark.parametrize(
    "sentence",
    [
        "晚一天赔多少钱",
        "到期没修好一天补多少",
        "逾期交还有补偿吗",
        "晚了三天交表，补不补",
        "拖了5天，怎么补偿我",
    ],
)
@pytest.mark.parametrize("intent", ["repair_duration", "after_sales_scope", "repair_price"])
def test_no_amount_is_said_for_a_day_late(intent: str, sentence: str) -> None:
    found = service.find(intent, sentence, {})
    assert found.id == "everywhere.late_pay"
    text = "".join(line.say + line.say_desk for line in found.lines)
    assert "没有公布" in text and "不能替同事答应" in text
    assert not re.search("[0-9一二三四五六七八九十百千]+ ?(元|块)", text)


@pytest.mark.parametrize("sentence", ["去哪修", "电话多少", "上海在哪修", "GS去哪修"])
def test_a_contact_is_given_with_the_request_to_check_first(sentence: str) -> None:
    text = "".join(line.say for line in service.find("service_centre", sentence, {}).lines)
    assert re.search(r"400-690-5589|6272-0688", text)
    assert "请先核实" in text
    assert "冒充" in text


@pytest.mark.parametrize("intent", ["repair_price", "repair_duration"])
def test_no_price_and_no_number_of_days_is_invented(intent: str) -> None:
    for topic in topics(intent):
        for entry in topic.lines:
            for voice in ("say", "say_desk"):
                text = entry.get(voice, "")
                assert not re.search("[0-9一二三四五六七八九十百千]+ ?(元|块钱|个?工作日)", text), (
                    text
                )
                # The legal limits (15, 90 days, parts for years) are no promise of ours.
                for days in re.findall("([0-9]+) ?(?:天|日)", text):
                    assert days in ("15", "90"), text


@pytest.fixture
def real_shop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Knowledge in which the operator has filled everything in."""
    shutil.copytree(knowledge.folder(), tmp_path / "knowledge")
    file = tmp_path / "knowledge" / "operator.yml"
    facts = yaml.safe_load(file.read_text(encoding="utf-8"))
    facts.update(
        name="东方钟表服务中心", example=False, phone="021-5555-0101", address="江宁路 1 号"
    )
    file.write_text(yaml.safe_dump(facts, allow_unicode=True), encoding="utf-8")
    monkeypatch.setenv("AFTERSALES_KNOWLEDGE", str(tmp_path / "knowledge"))
    yield
    knowledge.forget()


def test_an_empty_address_is_not_guessed() -> None:
    text = "".join(line.say for line in service.find("service_centre", "寄到哪里", {}).lines)
    assert "还没有公布" in text and "收件地址：" not in text
    text = "".join(line.say for line in service.find("service_centre", "去哪修", {}).lines)
    assert "示例服务中心" in text and "请不要按它出门" in text


@pytest.mark.usefixtures("real_shop")
def test_a_filled_in_address_is_said() -> None:
    text = "".join(line.say for line in service.find("service_centre", "寄到哪里", {}).lines)
    assert "收件地址：江宁路 1 号，收件人写东方钟表服务中心" in text
    phone = "".join(line.say_desk for line in service.find("service_centre", "电话", {}).lines)
    assert "021-5555-0101" in phone
    where = "".join(line.say for line in service.find("service_centre", "去哪修", {}).lines)
    assert "江宁路 1 号" in where and "示例" not in where


@pytest.mark.usefixtures("real_shop")
@pytest.mark.parametrize(("book", "topic"), EVERY)
def test_no_answer_grows_too_long_when_all_is_filled_in(book: str, topic: str) -> None:
    from aftersales.operator import operator
    from aftersales.service.sentences import sentences

    found = next(t for t in topics(book) if t.id == topic)
    values = {"calibre": "7S26", "case_code": "0020"}
    assert 2 <= len(sentences(found.lines, values, operator())) <= 5
