"""A text with its mentions in formats of other tools: for annotation, digital editions, corpora and maps.

One module per format. Offsets are in code points: each of these standards requires that or has no offsets.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from buldan.errors import QueryError
from buldan.formats.forms import FORMS
from buldan.formats.mentions import iter_csv, iter_jsonl
from buldan.formats.readings.head import Head
from buldan.formats.readings.iob import write_iob
from buldan.formats.readings.kml import write_kml
from buldan.formats.readings.label_studio import LABELLING_INTERFACE, read_label_studio, write_label_studio
from buldan.formats.readings.tei import write_tei
from buldan.formats.readings.web_annotation import write_web_annotation

if TYPE_CHECKING:
    from buldan.geoparse import Mention

__all__ = ["LABELLING_INTERFACE", "Head", "read_label_studio", "write_reading"]


def write_reading(form: str, text: str, mentions: Sequence[Mention], head: Head) -> str:
    """A text with its mentions in one of the formats of `FORMS`, as the content of a file.

    Raises:
        QueryError: there is no such format.
    """
    if form not in _WRITERS:
        raise QueryError(f"format={form!r} is unknown; known: {', '.join(FORMS)}", field="format")
    return _WRITERS[form](text, mentions, head)


def _write_jsonl(_: str, mentions: Sequence[Mention], __: Head) -> str:
    return "".join(f"{line}\n" for line in iter_jsonl(mentions))


def _write_csv(_: str, mentions: Sequence[Mention], __: Head) -> str:
    return "".join(f"{line}\n" for line in iter_csv(mentions))


_WRITERS: dict[str, Callable[[str, Sequence[Mention], Head], str]] = {
    "jsonl": _write_jsonl,
    "csv": _write_csv,
    "tei": write_tei,
    "web-annotation": write_web_annotation,
    "label-studio": write_label_studio,
    "kml": write_kml,
    "iob": write_iob,
}
