"""The tables of the compiler: publishers, languages, qualifiers, words that mean a kind."""

from __future__ import annotations

from buldan import rules

__all__ = ["read_counts", "read_source_words", "read_table"]


def read_table(name: str) -> tuple[tuple[str, ...], ...]:
    """The rows of a table of this folder; see `buldan.rules`."""
    return rules.read_table(f"compile/tables/{name}")


def read_source_words(source: str, role: str, where: str = "any") -> tuple[str, ...]:
    """The words that mean `role` ("own name", "left out" …) in names of a source, at the position `where`.

    `where` is "first", "last" or "any"; the rows are those of `source_words.tsv`, in its order.
    """
    rows = read_table("source_words")
    return tuple(word for key, word, place, meaning, _ in rows if (key, place, meaning) == (source, where, role))


def read_counts(name: str) -> list[list[str | int]]:
    """The rows of a table of this folder, with whole numbers as integers."""
    return [[int(cell) if cell.isdigit() else cell for cell in row] for row in read_table(name)]
