"""Reads a CSV file line by line, however long it is.

UTF-8 (with or without mark) and GB18030, what table programs in China write; Chinese or English
column names. The file is read twice: once to find the encoding and count the lines, once for the
lines themselves; neither time is it held in memory.
"""

import codecs
import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TextIO

from aftersales.exchange.cells import unguard
from aftersales.exchange.problems import UnreadableFile

_ENCODINGS = ("utf-8-sig", "gb18030")
_BLOCK = 1 << 16

#: Field name to text; under ``""`` what stands beyond the header.
Cells = Mapping[str, str]


@dataclass(frozen=True)
class Source:
    """A file that can be read.

    Attributes:
        path: where it is.
        encoding: how it is written.
        header: the field of each column; ``-`` for a column nobody knows.
        count: how many lines with content follow the header.
    """

    path: Path
    encoding: str
    header: tuple[str, ...]
    count: int

    def lines(self) -> Iterator[tuple[int, Cells]]:
        """Give each line with its number in the file; empty lines are passed over."""
        with self._open() as file:
            reader = csv.reader(file)
            next(reader, None)
            for cells in reader:
                texts = [unguard(cell.strip()) for cell in cells]
                if any(texts):
                    extra = "".join(texts[len(self.header) :])
                    texts += [""] * (len(self.header) - len(texts))  # empty cells at the end
                    yield (
                        reader.line_num,
                        {**dict(zip(self.header, texts, strict=False)), "": extra},
                    )

    def _open(self) -> TextIO:
        return self.path.open(encoding=self.encoding, newline="")


def open_source(path: Path, book: Mapping[str, Any]) -> Source:
    """Look at a file before it is read.

    Args:
        path: the file.
        book: the knowledge about this kind of table: ``columns``, ``required``, ``reasons``.

    Raises:
        UnreadableFile: unknown encoding, no table, or a required column is missing.
        OSError: the file cannot be read.
    """
    encoding = _encoding(path)
    if encoding is None:
        raise UnreadableFile(reason(book, "bad_encoding"))
    fields = {alias.lower(): name for name, all_ in book["columns"].items() for alias in all_}
    try:
        with path.open(encoding=encoding, newline="") as file:
            reader = csv.reader(file)
            # The mark is there in GB18030 too, when somebody saved a marked file that way.
            called = [cell.strip("\ufeff \t").lower() for cell in next(reader, [])]
            header = tuple(fields.get(name, "-") for name in called)
            count = sum(any(cell.strip() for cell in cells) for cells in reader)
    except csv.Error as error:
        raise UnreadableFile(reason(book, "no_table")) from error
    missing = [name for name in book["required"] if name not in header]
    if missing:
        raise UnreadableFile(reason(book, "missing_column", names(book, missing)))
    return Source(path, encoding, header, count)


def names(book: Mapping[str, Any], fields: list[str]) -> str:
    """Return the Chinese names of some fields, in one text."""
    between: str = book["between"]
    return between.join(book["columns"][name][1] for name in fields)


def reason(book: Mapping[str, Any], key: str, value: str = "") -> str:
    """Return the sentence of a problem."""
    text: str = book["reasons"][key]
    return text.format(value=value, fields=value)


def _encoding(path: Path) -> str | None:
    for encoding in _ENCODINGS:
        decoder = codecs.getincrementaldecoder(encoding)()
        try:
            with path.open("rb") as file:
                while block := file.read(_BLOCK):
                    decoder.decode(block)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            continue
        return encoding
    return None
