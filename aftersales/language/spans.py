"""Character spans and how they are blanked out, so that one reader does not see another's words."""

Span = tuple[int, int]
# Not a word character of any pattern and never left in a normalised text (private use area).
BLANK = "\ue000"


def blank(text: str, spans: list[Span]) -> str:
    """Replace every span by as many blank characters; offsets stay valid."""
    if not spans:
        return text
    pieces = []
    done = 0
    for start, end in sorted(spans):
        if start < done:
            start = done
        if end <= start:
            continue
        pieces.append(text[done:start])
        pieces.append(BLANK * (end - start))
        done = end
    pieces.append(text[done:])
    return "".join(pieces)


def overlaps(first: Span, second: Span) -> bool:
    """Whether two half-open spans share a character."""
    return first[0] < second[1] and second[0] < first[1]
