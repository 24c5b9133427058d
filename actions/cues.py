"""Small words that steer the talk itself: stop asking, another watch, go on, why.

The words are data (``knowledge/talk.yml``); this module only compiles them.
"""

import re
from functools import cache

from actions.turn import labels
from aftersales.knowledge import load


@cache
def _pattern(name: str) -> re.Pattern[str]:
    words = load("talk")["cues"][name]
    return re.compile("|".join(words), re.IGNORECASE)


def unpunctuated(text: str) -> str:
    """The message without its punctuation and spaces, as patterns of a whole message expect it."""
    return re.sub(r"[。！!？?，,~…\s]+", "", text)


def _whole(name: str, text: str) -> bool:
    words = unpunctuated(text)
    return any(re.fullmatch(word, words, re.IGNORECASE) for word in load("talk")["cues"][name])


def leaves(text: str) -> bool:
    """Whether the customer wants to stop being asked (算了，不查了)."""
    return bool(_pattern("leave").fullmatch(text.strip("。！!，,~ ")))


def other_watch(text: str) -> bool:
    """Whether the customer turns to another watch of theirs (还有一块)."""
    return bool(_pattern("other_watch").search(text))


def two_watches(text: str) -> bool:
    """Whether the customer speaks of two watches in one message (我有两块表)."""
    return bool(_pattern("two_watches").search(text))


def one_more(text: str) -> bool:
    """Whether a watch is added that was not spoken of before (还有一块)."""
    return bool(_pattern("one_more").search(text))


def names_watch(text: str) -> bool:
    """Whether the customer turns to one of two watches (第二块呢, 先说第一块)."""
    return ordinal(text) is not None or other_watch(text)


def ordinal(text: str) -> int | None:
    """Which watch is named by its number, counted from 0; None when none is."""
    for number, name in enumerate(("first_watch", "second_watch")):
        if _pattern(name).search(text):
            return number
    return None


def goes_on(text: str) -> bool:
    """Whether the customer wants to pick up where we stopped (继续)."""
    return bool(_pattern("go_on").search(text))


def asks(text: str) -> bool:
    """Whether the message is itself a question."""
    return bool(_pattern("question").search(text))


def skips(text: str) -> bool:
    """Whether the customer has not got it or would rather not say (跳过, 没带)."""
    return bool(_pattern("skip").search(text))


def other_brand(text: str) -> bool:
    """Whether the message is about another maker's watch and not also about a Seiko."""
    return bool(_pattern("other_brand").search(text)) and not _pattern("our_brand").search(text)


def why(text: str) -> bool:
    """Whether the customer asks for the reason of what was just said (为什么)."""
    return bool(_pattern("why").fullmatch(text.strip("。！!？?，,~ ")))


def too_slow(text: str) -> bool:
    """Whether the message only says that something takes too long (太慢了吧)."""
    return _whole("too_slow", text)


def is_normal(text: str) -> bool:
    """Whether the customer asks if what the watch does is still normal (正常吗这个)."""
    return _whole("is_normal", text)


def regulates(text: str) -> bool:
    """Whether the customer asks to regulate the watch himself (那能自己调吗)."""
    return _whole("regulates", text)


def what_now(text: str) -> bool:
    """Whether the customer asks what to do about what was just said (现在怎么办)."""
    return bool(_pattern("what_now").fullmatch(text.strip("。！!？?，,~ ")))


def annoyed(text: str) -> bool:
    """Whether the message only says that the questions are tiresome (你烦不烦)."""
    return _whole("annoyed", text)


def struggles(text: str) -> bool:
    """Whether the message only says that typing or understanding is hard (我不会打字)."""
    return _whole("struggles", text)


def has_it_written(text: str) -> bool:
    """Whether somebody wants it written down for him (你帮我写吧)."""
    return _whole("has_it_written", text)


def hails(text: str) -> bool:
    """Whether the message only asks whether anybody is there (有人吗)."""
    return _whole("hails", text)


def did_it(text: str) -> bool:
    """Whether what was advised is said to be done (哦按进去了)."""
    return _whole("did_it", text)


def needs_time(text: str) -> bool:
    """Whether the customer is still looking for the answer (电话我想想啊)."""
    return _whole("needs_time", text)


def acknowledges(text: str) -> bool:
    """Whether the message only says that the last one was heard (哦, 知道了)."""
    return _whole("acknowledges", text)


def calms(text: str) -> bool:
    """Whether an angry customer makes peace (刚才态度不好)."""
    return _whole("calms", text)


def repeats(text: str) -> bool:
    """Whether the customer wants to hear the question again (你刚才问什么)."""
    return _whole("repeats", text)


def hurries(text: str) -> bool:
    """Whether the message only says that it must go faster (我不等，现在就要)."""
    return _whole("hurries", text)


def what_is_asked(text: str) -> bool:
    """Whether the customer asks what will be asked, or what for (要填什么, 要我电话干嘛)."""
    return _whole("what_is_asked", text)


def address_asked(text: str) -> bool:
    """Whether the customer asks if an address is to be filled in (地址要不要填)."""
    return _whole("address_asked", text)


def watch_besides(text: str) -> str | None:
    """What to call a watch spoken of besides the one in hand (我老婆那块也坏了), or None."""
    return _called(_pattern("watch_besides").search(text))


def own_first(text: str) -> bool:
    """Whether the customer's own watch is to go first (先弄我的)."""
    return _whole("own_first", text)


def watch_next(text: str) -> str | None:
    """What to call the watch that the customer wants to turn to (我老婆那块呢), or None."""
    return _called(_pattern("watch_next").fullmatch(unpunctuated(text)))


def _called(found: re.Match[str] | None) -> str | None:
    if found is None:
        return None
    words = load("talk")
    who = found.group("who")
    return str(words["whose_watch"].format(who=who) if who else words["another_watch"])


def gift(text: str) -> bool:
    """Whether somebody else is said to have bought the watch, and nothing is asked."""
    return bool(_pattern("gift").search(text)) and not asks(text)


def passes(text: str) -> bool:
    """Whether the question is to be left out (跳过)."""
    return _whole("passes", text)


def no_answer(text: str) -> bool:
    """Whether the message answers no question of ours, whatever is being asked."""
    heard = (hurries, what_is_asked, address_asked, passes, has_it_written)
    return any(cue(text) for cue in heard)


def registers(text: str) -> bool:
    """Whether a yes also says to what (行，登记)."""
    return bool(_pattern("registers").search(text))


def says_again(text: str) -> bool:
    """Whether the customer is about to say it again (我再说一遍)."""
    return _whole("says_again", text)


def bought(text: str) -> bool:
    """Whether a purchase is spoken of (去年买的, 发票上)."""
    return bool(_pattern("bought").search(text))


def half_number(text: str) -> bool:
    """Whether the message is a case's number that is not whole (FW2611)."""
    return _whole("half_number", text)


def phone_alone(text: str) -> bool:
    """Whether the customer wants to be looked up by phone or name (手机号行不行)."""
    return _whole("phone_alone", text)


def sensitive(text: str) -> bool:
    """Whether the message holds a number nobody should send us (身份证, 银行卡)."""
    return bool(_pattern("sensitive").search(text))


def has_words(text: str) -> bool:
    """Whether there is a letter, a digit or a character in it at all."""
    return any(c.isalnum() for c in text)


def no_repair_after_all(text: str) -> bool:
    """Whether the customer decides against a repair and names no case of theirs (太贵了不修了)."""
    return bool(_pattern("no_repair").search(text)) and not _pattern("case").search(text)


def takes_back(text: str) -> bool:
    """Whether a complaint is taken back (不投诉了)."""
    return bool(_pattern("takes_back").search(text))


def just_now(text: str) -> bool:
    """Whether it has only just happened (刚掉水里)."""
    return bool(_pattern("just_now").search(text))


def ready(name: str) -> list[dict[str, str]]:
    """The buttons of one set of ready answers (``choices:``)."""
    return labels(load("talk")["choices"][name])


def topic(skill: str) -> str:
    """How a pending subject is called to the customer."""
    return str(load("talk")["topics"][skill])
