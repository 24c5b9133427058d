"""Numbers on and about the watch: 7S26-0020 on the case back, the serial, the retail reference."""

import re
from functools import cache
from importlib.resources import files

from .entity import Entity
from .numerals import digits_of

_CN = "零〇一二三四五六七八九"
_D = f"[0-9{_CN}]"
# A code stands alone among Latin letters and digits; Chinese may be glued to it.
_LEFT = r"(?<![0-9A-Za-z.\-])"
_RIGHT = r"(?![0-9A-Za-z])"
_SHAPE = (
    rf"{_D} ?[A-Za-z] ?{_D} ?(?:{_D}|[A-Za-z](?![A-Za-z]))|[A-Za-z]{{1,2}} ?\d ?\d ?\d"
    rf"|[A-Za-z]{{2}} ?{_D} ?{_D}|\d{{4}}"
)
_CODE = rf"(?P<code>{_SHAPE})"
# Spoken, the hyphen is 杠 and the digits are Chinese; 6105还有8110 has no hyphen at all.
_THEN = r"(?:[\s,]|然后是?|后面是?|接着是?|再来?|中间是?|加){0,3}"
_HYPHEN = rf"\s?(?:[-_—]+|[/·.])\s?|{_THEN}(?:一?横?杠|一?横线?|短横线?|减号?)[\s,]?"
_AND = r"\s?(?:还有|然后是?|后面是?|和|跟|,|、)\s?|\s"
CASE_BACK = re.compile(
    rf"{_LEFT}(?<!\d )(?P<code>{_SHAPE}|[{_CN}幺洞]{{4}})(?P<letter>[A-Da-d])?"
    rf"(?:(?P<hyphen>{_HYPHEN})|(?P<and>{_AND}))?"
    rf"(?P<case>[0-9A-Za-z{_CN}幺洞]{{4}}){_RIGHT}"
)
_PHONE_WORDS = re.compile(
    r"(?:电话|手机|手提|联系方式|号码是?|tel|whatsapp|打)[^,。]{0,4}$", re.IGNORECASE
)
_UNITS = re.compile(r"\d+(?:MM|CM|ATM|BAR|MIN|SEC|RMB|[HSKWMGDX])")
CALIBRE = re.compile(rf"{_LEFT}{_CODE}(?:[A-Da-d])?{_RIGHT}(?!-)")
_MODEL = re.compile(
    rf"{_LEFT}(?P<letters>S[A-Za-z]{{2}})[ -]?(?P<digits>\d{{3}})(?P<tail>[A-Za-z]\d?)?{_RIGHT}"
    rf"|{_LEFT}(?P<letters4>S[A-Za-z]{{3}}"
    rf"|GC[A-Za-z]{{2}})[ -]?(?P<digits4>\d{{2,4}})(?P<tail4>[A-Za-z]\d?)?{_RIGHT}",
    re.IGNORECASE,
)
_SERIAL = re.compile(
    rf"{_LEFT}(?P<serial>[0-9][1-9NDO0][0-9A-Z]{{4}}){_RIGHT}(?!-\d)", re.IGNORECASE
)
# 序列号 5N 0123, 序号是五N零一二三: in groups or spoken, only right behind the word for it.
_SPACED_SERIAL = re.compile(
    r"(?:序列号|序号|系列号|流水号|出厂号|编号|机身号|六位数?|6位数?|serial|s/?n)"
    rf"(?:号码|是|为|写的|应该|好像|:|\s)*(?P<serial>{_D}(?:\s?[0-9A-Za-z{_CN}幺洞]){{5}})"
    rf"(?!\s?[0-9A-Za-z{_CN}])",
    re.IGNORECASE,
)
_SERIAL_WORDS = re.compile(
    r"序列号|序号|系列号|流水号|出厂号|编号|serial|六位|6位|s/?n|表壳号|机身号|后盖|底盖"
    r"|号码|背面|表背|第[一二三两]?[排行]|[下另]一?[排行]",
    re.IGNORECASE,
)
_CALIBRE_WORDS = re.compile(
    r"机芯|编号|型号|后盖|底盖|cal|caliber|calibre|movement|芯|表背|号码|刻|机型", re.IGNORECASE
)
_MEASURE = re.compile(
    r"\s?(?:元|块|年|秒|米|个|人|mm|毫米|分|天|多|号店|rmb|公里|克|万|日|月|次|度|小时|条)",
    re.IGNORECASE,
)
_LOOK_ALIKE = {"O": "0", "Q": "0", "D": "0", "I": "1", "L": "1", "Z": "2", "S": "5", "B": "8"}
_ANSWER_FILL = re.compile(
    r"(?:是|就是|好像是|应该是|大概是|的|吧|呢|嗯|哦|它是|写的是|看到了|看见了|[,。:!;、. ])*"
)


@cache
def known_calibres() -> frozenset[str]:
    """Return the calibre codes that may be recognised without any context."""
    text = files(__package__).joinpath("calibre_codes.txt").read_text(encoding="utf-8")
    return frozenset(line for line in text.split() if re.fullmatch(r"[0-9A-Z]{4}", line))


def clean_code(words: str) -> str:
    """Upper-case a code, drop its inner spaces, turn Chinese digits into ASCII."""
    return digits_of(words).replace(" ", "").upper()


def _entity(name: str, value: str, text: str, span: tuple[int, int]) -> Entity:
    return Entity(name, value, span[0], span[1], text[span[0] : span[1]])


def _is_calibre(value: str, text: str, match: re.Match[str]) -> bool:
    start, end = match.span()
    if _MEASURE.match(text, end) and value.isdigit():
        return False
    near = text[max(0, start - 8) : start]
    after = text[end : end + 4]
    context = bool(_CALIBRE_WORDS.search(near) or _CALIBRE_WORDS.match(after.lstrip("的 ")))
    if value in known_calibres():
        if not value.isdigit() or context:
            return True
        # A bare number may be the tail of a phone number, a price or anything else.
        return not text[:start].rstrip().endswith(("尾号", "¥", "$", "元", "电话", "手机"))
    if value.isdigit():
        return context and not re.fullmatch(r"(?:19[5-9]|20[0-4])\d", value)
    if not context:
        # An unknown code in capitals is still a code: 5X92. Lower case could be "5s30".
        return bool(re.fullmatch(r"[0-9][A-Z][0-9][0-9A-Z]|[VHY][A-Z]?\d{2,3}", match["code"]))
    return True


def _belong_together(code: str, case: str, text: str, match: re.Match[str], context: bool) -> bool:
    known = code in known_calibres()
    # A digit too many: 零零二零一 is no case code.
    if match["case"][-1] in _CN and text[match.end() : match.end() + 1] in tuple(_CN):
        return False
    if not any(char.isdigit() for char in case):
        return False
    hyphen = (match["hyphen"] or "").strip()
    if hyphen and hyphen not in "./·":
        if not known and (code.isdigit() and not context or not case[0].isdigit()):
            return False
        return known or not re.fullmatch(r"(?:19|20)\d\d", code)
    if not known:
        return False
    if case[0] == "0" and not code.isdigit():
        return True
    if not (match["and"] or match["hyphen"]) or case in known_calibres():
        return False
    if case.isdigit() and _MEASURE.match(text, match.end()):
        return False
    if context:
        return True
    if not code.isdigit():
        return not case.isdigit() and not case.isalpha() and not _UNITS.fullmatch(case)
    return (
        case[:3].isdigit()
        and not re.fullmatch(r"(?:19|20)\d\d", case)
        and not re.match(r"\s?\d", text[match.end() :][:2])
        and not _PHONE_WORDS.search(text[max(0, match.start() - 8) : match.start()])
    )


def case_backs(text: str) -> list[Entity]:
    """Find calibre and case code written together: 7S26-0020, 7s26 0020, 七S二六杠零零二零.

    Without a hyphen the left half must be a known calibre, so that dates and phone numbers stay
    what they are.
    """
    found = []
    context = _CALIBRE_WORDS.search(text) is not None
    for match in CASE_BACK.finditer(text):
        code, case = clean_code(match["code"]), clean_code(match["case"])
        if not _belong_together(code, case, text, match, context):
            continue
        found.append(_entity("calibre", code, text, match.span("code")))
        found.append(_entity("case_code", case, text, match.span("case")))
    return found


def calibres(text: str) -> list[Entity]:
    """Find calibre codes that stand alone: 7S26, 4r36, NH35A, 七S二六, 机芯4206."""
    found = []
    for match in CALIBRE.finditer(text):
        value = clean_code(match["code"])
        if len(value) == 4 and value.isascii() and _is_calibre(value, text, match):
            found.append(_entity("calibre", value, text, match.span("code")))
    return found


def models(text: str) -> list[Entity]:
    """Find retail references: SNZG13, SRPD51K1, SPB143J1, SBGA211."""
    found = []
    for match in _MODEL.finditer(text):
        value = re.sub(r"[ -]", "", match.group()).upper()
        found.append(_entity("model", value, text, match.span()))
    return found


def serials(text: str) -> list[Entity]:
    """Find six-character serials.

    One that is all digits (210305) looks like a date or a postcode: it needs a word such as 序列号,
    or must be the whole answer and no possible date.
    """
    found = []
    for match in _SERIAL.finditer(text):
        value = match["serial"].upper()
        if sum(char.isdigit() for char in value) < 4:
            continue
        rest = text[: match.start()] + text[match.end() :]
        near = text[max(0, match.start() - 12) : match.start()]
        after = text[match.end() : match.end() + 6]
        context = _SERIAL_WORDS.search(near) or _SERIAL_WORDS.search(after)
        if value.isdigit() and not context:
            if _looks_like_date(value) or not _ANSWER_FILL.fullmatch(rest):
                continue
        if _MEASURE.match(text, match.end()) and value.isdigit():
            continue
        found.append(_entity("serial", value, text, match.span()))
    for match in _SPACED_SERIAL.finditer(text):
        value = clean_code(match["serial"])
        taken = any(entity.start < match.end() and match.start() < entity.end for entity in found)
        if taken or sum(char.isdigit() for char in value) < 4 or _MEASURE.match(text, match.end()):
            continue
        found.append(_entity("serial", value, text, match.span("serial")))
    return found


def _looks_like_date(digits: str) -> bool:
    return 1 <= int(digits[2:4]) <= 12 and 1 <= int(digits[4:]) <= 31


def parse_serial(text: str) -> str | None:
    """Read a serial from the answer to "which serial?"; there even 210305 is one."""
    match = _SERIAL.search(text)
    return None if match is None else match["serial"].upper()


def parse_calibre(text: str) -> str | None:
    """Read a calibre from the answer to "which calibre?": any four-character code."""
    for entity in case_backs(text) + calibres(text):
        if entity.name == "calibre":
            return str(entity.value)
    match = CALIBRE.search(text)
    return None if match is None else clean_code(match["code"])


def look_alikes(code: str) -> list[str]:
    """Propose known calibres for a code with a mistaken letter or digit (7526 or 7S2G for 7S26).

    Returns:
        Known codes that differ only in look-alike characters, nearest first; empty for a known
        code. They are proposals to ask about, never a silent repair.
    """
    code = clean_code(code)
    if code in known_calibres() or len(code) != 4:
        return []
    folded = _fold(code)
    hits = [known for known in known_calibres() if _fold(known) == folded]
    return sorted(
        hits, key=lambda known: (sum(a != b for a, b in zip(known, code, strict=True)), known)
    )


def _fold(code: str) -> str:
    return "".join({**_LOOK_ALIKE, "G": "6", "U": "V"}.get(char, char) for char in code)
