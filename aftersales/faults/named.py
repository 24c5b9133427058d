"""The causes of ``knowledge/diagnosis.yml`` by key and by name, as the bench writes them down and
papers and reports print them."""

from collections.abc import Mapping

from aftersales import knowledge


def cause_names() -> Mapping[str, str]:
    """Return the names of all causes by their keys."""
    return {key: str(entry["name"]) for key, entry in knowledge.load("diagnosis")["causes"].items()}


def cause_key(said: str) -> str | None:
    """Return the key of a cause given by key or by its whole name, or None when there is none."""
    names = cause_names()
    return said if said in names else next((key for key in names if names[key] == said), None)


def cause_text(key: str | None, remark: str | None) -> str | None:
    """Return a cause by its name and what the bench remarked on it, in one line; a key that the
    file no longer has is left out."""
    return "；".join(filter(None, [cause_names().get(key or ""), remark])) or None
