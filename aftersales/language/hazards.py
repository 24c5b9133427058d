"""Emergencies that come before every other question.

Three of them: a swallowed cell (it burns the gullet within half an hour), electrolyte on
skin, in an eye or mouth, and smoke or a burning smell. A false alarm costs one message, a
missed one may cost a life; so doubt ("好像", "怀疑", "怕是") counts as an alarm. A precaution
("怕孩子吞电池", "万一"), a denial ("没有吞") and a leak that stayed in the watch do not.
"""

from __future__ import annotations

import re

from aftersales.language.normalise import normalise

SWALLOWED_CELL = "swallowed_cell"
LEAK_ON_BODY = "leak_on_body"
BURNING = "burning"

_CLAUSE = re.compile(r"[,，。.!！?？;；\n]+")

_CELL = re.compile(r"电池|纽扣|钮扣|扣电|电芯|圆片")
_SWALLOW = re.compile(
    r"吞(?!吐|并)|咽(?!喉|炎)|误食|误服|(?:塞|放|弄|含|掉|卡)[^,，。]{0,4}(?:鼻|耳|嘴|喉|嗓|食道)"
)
# "吃" is also what a watch does with batteries ("太吃电池"): only with someone who eats.
_EATEN = re.compile(
    r"(?:孩|宝|娃|儿子|女儿|闺女|孙|弟|妹|老人|爸|妈|他|她|狗|猫|学生|小朋友)"
    r"[^表]{0,12}吃(?:了|下|进|掉|到|着)"
)
_NOT_SWALLOWED = re.compile(r"订单|定金|押金|消息|评论|钱|信号")

_LEAK = re.compile(r"漏|电解液|电池液|电池水|电池里|液体|药水|碱液|溢出|流出|渗出|白色?粉|粉末")
_BODY = r"(?:手(?!表|机|链|工|动|续|感|册|镯)|皮肤|眼|脸|嘴|胳膊|腿|腕|身上|指|舌|脖)"
_CONTACT = re.compile(
    rf"(?:溅|沾|弄|流|碰|喷|滴|抹|蹭|摸|揉|接触|粘|掉|进|搞|舔)[^,，。]{{0,6}}{_BODY}"
    rf"|{_BODY}[^,，。]{{0,8}}(?:沾|溅|碰到|弄到|摸到|接触|烧|痛|疼|痒|发红|红了|辣|灼|起泡|烂|蚀)"
    r"|舔"
)

_BURNING = re.compile(
    r"冒(?:出|了|起|着|点|一股|黑|白|青){0,3}烟|(?<!一)起火(?!锅|车|箭|龙)|着火(?!车|锅|箭|机)|自燃"
    r"|烧焦|焦糊|烧糊|烧着|烧起来|焦味|焦臭|焦的味|糊味|糊了?的味|烧[^,，。]{0,4}味"
    r"|电池[^,，。]{0,6}(?:爆了|爆炸|炸)|(?:手表|表)[^,，。]{0,3}(?:爆炸|炸了)"
)
_FIGURE_OF_SPEECH = re.compile(
    r"嗓子|喉咙|急得|急的|气得|气的|头顶|脑袋|气炸|肺|七窍|心里|火灾|颜色"
)

# Before the event in the same clause: it has not happened.
_PRECAUTION = re.compile(
    r"(?<!恐)怕(?!是)|担心|万一|如果|要是|假如|防止|避免|以免|免得|预防|别让|不要让|不能让"
    r"|小心别|当心|会不会(?!是|已)|可能会|容易|放心"
)
_DENIAL = re.compile(
    r"(?:没有?|未|并非|不是|不会|不|别)(?:被|让|给|有|是|人|真的?|直接|再|会){0,2}$"
)
_AFTER_DENIAL = re.compile(r"(?:倒|是)?(?:没有|没)(?:吧|的|了)?$")
# It has happened after all.
_HAPPENED = re.compile(r"已经|刚刚|刚才|怀疑|疑似|好像|怕是|恐怕|估计|搞不好")


def _happened(pattern: re.Pattern[str], clause: str) -> bool:
    for match in pattern.finditer(clause):
        before = clause[: match.start()]
        inside = match.group()
        if _DENIAL.search(before) or re.search(r"没有?(?:溅|沾|弄|碰|接触|烧|冒)", inside):
            continue
        if _AFTER_DENIAL.search(clause[match.end() :]):
            continue
        if _PRECAUTION.search(before + inside) and not _HAPPENED.search(clause):
            continue
        return True
    return False


def hazard(text: str) -> str | None:
    """Return the emergency that a message tells of.

    Args:
        text: what the customer wrote, as typed.

    Returns:
        ``swallowed_cell``, ``leak_on_body``, ``burning`` (the gravest first), or None.
    """
    plain = normalise(text)
    clauses = [clause for clause in _CLAUSE.split(plain) if clause]
    if _CELL.search(plain):
        for clause in clauses:
            if _NOT_SWALLOWED.search(clause):
                continue
            if _happened(_SWALLOW, clause) or _happened(_EATEN, clause):
                return SWALLOWED_CELL
    if _LEAK.search(plain) and any(_happened(_CONTACT, clause) for clause in clauses):
        return LEAK_ON_BODY
    for clause in clauses:
        if not _FIGURE_OF_SPEECH.search(clause) and _happened(_BURNING, clause):
            return BURNING
    return None
