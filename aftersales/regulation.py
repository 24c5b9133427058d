"""What regulating is, why it is not done at home, and where a popular page is wrong about it."""

import re

from aftersales.knowledge import load
from aftersales.language import normalise
from aftersales.lines import Line, line


def find(text: str) -> list[Line]:
    """Answer a question about regulating ("怎么自己调快慢", "摆幅大就慢吗").

    Args:
        text: the question as typed.

    Returns:
        The sentences of the topics the words touch; the general answer when none is touched.
    """
    plain = normalise(text)
    topics = load("regulation")["topics"]
    touched = [t for t in topics.values() if "match" in t and re.search(t["match"], plain)]
    return [line(item) for topic in (touched or [topics["general"]]) for item in topic["lines"]]
