"""Short answers: yes, no, I don't know, and "that was wrong"."""

import re

_PUNCTUATION = re.compile(r"[\s,。.!?;:、~…]+")
_PARTICLES = "的了吧呢啊呀哦哈嘛啦额呃诶欸哎噢喔哟"
_UNKNOWN = re.compile(
    r"(?:我|这个|这|那个|真|也|还|都|太|完全|暂时|好像|具体|有点|一下|俺|实在)*"
    r"(?:不知道|不清楚|不太清楚|不晓得|不确定|不太确定|不懂|不了解|不记得|记不得|记不清"
    r"|记不住|忘了|忘记了?|没注意过?|没留意|没看过|没看"
    r"|看不到|看不见|看不清|看不懂|找不到|没找到|没法看|说不好|说不准|说不清|不好说"
    r"|不会看|没试过|没测过|没量过|哪知道|谁知道|搞不清|分不清|弄不清|没概念|不明白"
    r"|没算过|没戴过|没数过|无法确定|不肯定|不知|不造|unknown|no idea|don'?t know|idk)"
    r"(?:[了过呢啊哦吧呀的]|怎么看|在哪|是什么|是哪个|哪个|什么意思|是多少|哎|诶|具体"
    r"|是不是|有没有|呢)*",
    re.IGNORECASE,
)
_NO = re.compile(
    r"(?:我|这|那|这个|应该|好像|都|也|还|真|并|当然|肯定|绝对|一次|从来|从|嗯|倒|应当|暂时)*"
    r"(?:不是|不对|不用|不要|不行|不可以|不需要|不必|不能|不会|不好|不想|不愿意|不同意"
    r"|不走|不停|没有|没|不|否|无|非|错|别|算了|免了|取消|没有过|没坏|没进水|没摔"
    r"|nope|no|n|false|not)"
    r"(?:有|过|呢|的|了|啊|哦|吧|呀|摔过?|碰过?|进水|进过水|受磁|修过|拆过|动过|这回事"
    r"|这样|谢谢|停|问题|事|什么|其他)*",
    re.IGNORECASE,
)
_YES = re.compile(
    r"(?:我|这|那|这个|应该|好像|都|也|真|当然|肯定|绝对|就|确实|大概|嗯+|恩+|的确|没错|一直)*"
    r"(?:是|对|对头|嗯+|恩+|有|好|行|可以|可|要|需要|没错|没问题|正确|同意|愿意|确认|确定"
    r"|中|得|成|会|能|在|摔过?|进过?水|碰过?|有过|是这样|是呀|能走|没错儿"
    r"|ok|okay|yes|yep|yeah|y|true|sure|1|好滴|好嘞|行吧|必须)"
    r"(?:的|了|啊|哦|吧|呀|是|对|过|呢|哈|一点|一些|一次|几次|滴|嘞|没错|这样|就这样|可以"
    r"|好|谢谢|嗯|有)*",
    re.IGNORECASE,
)
_CORRECTION = re.compile(
    r"^(?:啊|哦|呃|额|嗯|抱歉|不好意思|等等|等下|等一下|那个|,|\s)*"
    r"(?:不对|不是(?=[,。 ]|的[,。 ]|这)|错了|说错了?|我说错|刚才说错|写错|打错|发错|记错"
    r"|搞错|弄错|输错|填错|更正|纠正|改一下|改成|应该是|不不|哦不|口误)"
    r"|(?:刚才|刚刚|前面|上面|之前)(?:那个|的|我)?(?:说|写|发|填|打|给|报)?(?:的"
    r"|得)?(?:是)?(?:错|不对|有误)|说错了|写错了|打错了|发错了|记错了|搞错了|弄错了"
    r"|输错了|更正一下|是另一[块只]表|换一[块只]表"
)


def yes_no(text: str) -> str | None:
    """Read a short answer to a yes/no question.

    Args:
        text: The normalised answer.

    Returns:
        ``"yes"``, ``"no"``, ``"unknown"``, or None when it is no such answer. "没错" and "没问题"
        are yes; "没看过" is unknown.
    """
    words = _PUNCTUATION.sub("", text.lower())[:40]
    if not words:
        return None
    whole, words = words, words.strip(_PARTICLES) or words
    if words in ("没错", "没错儿", "没问题", "不错", "可不是", "可不", "不客气不用改就这样"):
        return "yes"
    if is_dont_know(words) or is_dont_know(whole):
        return "unknown"
    # 好几次 and 好多 answer how many, not whether.
    if whole.startswith(("好几", "好多")):
        return None
    if words in ("是不是", "有没有", "对不对", "能不能", "行不行", "好不好", "是吗", "对吗"):
        return None
    if _NO.fullmatch(words) or _NO.fullmatch(whole):
        return "no"
    if _YES.fullmatch(words):
        return "yes"
    head = _PUNCTUATION.split(text.strip().lower(), maxsplit=1)[0].strip(_PARTICLES)
    if head and head != words and len(head) <= 4 and not is_correction(text):
        if _NO.fullmatch(head):
            return "no"
        if _YES.fullmatch(head):
            return "yes"
    return None


def is_dont_know(text: str) -> bool:
    """Whether the whole answer says that the customer does not know or cannot see."""
    words = _PUNCTUATION.sub("", text.lower())[:40]
    return bool(words) and _UNKNOWN.fullmatch(words.strip("啊呀哦哈嘛啦额呃诶欸哎噢喔")) is not None


def is_correction(text: str) -> bool:
    """Whether the message takes back something said before ("不对，是去年买的")."""
    return _CORRECTION.search(text[:200]) is not None
