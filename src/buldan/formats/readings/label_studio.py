"""Write tasks of Label Studio with mentions as predictions, and read the annotations of its exports.

Offsets in a `Text` of Label Studio are in code points (since 1.4), as in Buldan.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from buldan.errors import QueryError
from buldan.formats.readings.head import Head
from buldan.text import is_mostly_arabic

if TYPE_CHECKING:
    from buldan.geoparse import Mention
    from buldan.geoparse.annotated import AnnotatedText, GoldMention

__all__ = ["LABELLING_INTERFACE", "read_label_studio", "write_label_studio"]

LABELLING_INTERFACE = """<View>
  <Labels name="label" toName="text">
    <Label value="Syria" background="#b3261e"/>
    <Label value="Abroad" background="#5d594f"/>
  </Labels>
  <Text name="text" value="$text"/>
  <TextArea name="place" toName="text" perRegion="true" maxSubmissions="1" editable="true"
            placeholder="Id or P-code of the place"/>
</View>
"""
"""The labelling interface that a project of Label Studio needs for these tasks."""

_FLAGS = {"Syria": "syria", "Abroad": "foreign"}
"""The flag of a gold mention for each label of the interface."""


def write_label_studio(text: str, mentions: Sequence[Mention], head: Head) -> str:
    """A list with one task: the text, and a prediction with one region per mention.

    A region has its label, the confidence as `score`, and the id of the place as its text, for `LABELLING_INTERFACE`.
    """
    results = [result for mention in mentions for result in _iter_results(mention)]
    lowest = min((mention.confidence for mention in mentions), default=0.0)
    task = {
        "data": {"text": text, "attribution": head.credit},
        "predictions": [
            {
                "model_version": f"buldan {head.manifest.version}",
                "score": round(lowest, 4),  # lets a project put the doubtful texts first
                "result": results,
            }
        ],
    }
    return json.dumps([task], ensure_ascii=False, indent=1) + "\n"


def _iter_results(mention: Mention) -> Iterator[dict[str, Any]]:
    place = mention.place
    where = {"start": mention.start, "end": mention.end, "text": mention.text}
    region = {"id": f"m{mention.start}-{mention.end}", "to_name": "text", "score": round(mention.confidence, 4)}
    label = "Abroad" if mention.foreign else "Syria"
    yield region | {"from_name": "label", "type": "labels", "value": where | {"labels": [label]}}
    if place is not None:
        yield region | {"from_name": "place", "type": "textarea", "value": where | {"text": [place.id]}}


def read_label_studio(content: str) -> list[AnnotatedText]:
    """The texts of an export (JSON), each with the mentions of its newest annotation.

    Tasks without annotations, and skipped tasks, are left out.

    Raises:
        QueryError: the content is not such an export; the message names the task and the region.
    """
    try:
        tasks = json.loads(content)
    except (ValueError, RecursionError) as error:
        raise QueryError(f"not an export of Label Studio: not JSON ({error})", field="content") from None
    if not isinstance(tasks, list):
        raise QueryError("not an export of Label Studio: it is not a list of tasks", field="content")
    read = (_read_task(task, number) for number, task in enumerate(tasks, start=1))
    return [text for text in read if text is not None]


def _read_task(task: Any, number: int) -> AnnotatedText | None:
    from buldan.geoparse.annotated import AnnotatedText  # noqa: PLC0415 - the geoparser is opened only when a text is read

    try:
        name, text = str(task.get("id", number)), task["data"]["text"]
        done = [each for each in task.get("annotations") or () if not each.get("was_cancelled")]
        if not done:
            return None
        newest = max(done, key=lambda each: str(each.get("updated_at") or each.get("created_at") or ""))
        gold = tuple(_read_regions(str(text), newest["result"]))
    except (KeyError, TypeError, AttributeError, ValueError) as error:
        raise QueryError(f"task {number} of the export cannot be read: {_explain(error)}", field="content") from None
    return AnnotatedText(name, "ar" if is_mostly_arabic(text) else "en", text, gold)


def _explain(error: Exception) -> str:
    return f"{error} is missing" if isinstance(error, KeyError) else str(error)


def _read_regions(text: str, results: Sequence[Mapping[str, Any]]) -> Iterator[GoldMention]:
    """The regions in the order of the text; a region's label and its place are two results with one id."""
    from buldan.geoparse.annotated import GoldMention  # noqa: PLC0415

    places = {result["id"]: result["value"]["text"] for result in results if result["type"] == "textarea"}
    labelled = [result for result in results if result["type"] == "labels"]
    for result in sorted(labelled, key=lambda result: int(result["value"]["start"])):
        value, label = result["value"], result["value"]["labels"][0]
        start, end = int(value["start"]), int(value["end"])
        if label not in _FLAGS:
            raise ValueError(f"region {result['id']}: label {label!r}; known: {', '.join(_FLAGS)}")
        if not 0 <= start < end <= len(text) or value.get("text", text[start:end]) != text[start:end]:
            raise ValueError(f"region {result['id']}: {start}-{end} does not contain {value.get('text')!r}")
        place = places.get(result["id"]) or ""
        yield GoldMention(start, end, _FLAGS[label], id="".join(place[:1] if isinstance(place, list) else place))
