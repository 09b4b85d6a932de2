"""Messages that clients of the Reconciliation API send, in 0.2 and in the draft of 1.0."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar, Literal

from pydantic import BaseModel, ConfigDict, Field

from buldan.formats import reconciliation as wire
from buldan.http.facades.reconciliation import OneQuery, PropertyValue, read_text
from buldan.http.schema.params import Lang, Text
from buldan.http.schema.query import Query

__all__ = [
    "FORM",
    "DraftBatch",
    "ExtendQuery",
    "PreviewQuery",
    "PropertiesQuery",
    "ReconcileBody",
    "SuggestQuery",
]

# More than clients send at once; each needs a place to be read.
_MOST_IDS = 1_000


class ExtendProperty(BaseModel):
    """A property to fetch."""

    model_config = ConfigDict(frozen=True)

    id: str = Field(json_schema_extra={"enum": [*sorted(wire.PROPERTIES)]})


class ExtendQuery(BaseModel):
    """Places, and the properties to fetch of them."""

    model_config = ConfigDict(frozen=True)

    ids: list[str] = Field(max_length=_MOST_IDS)
    properties: list[ExtendProperty]


class SuggestQuery(Query):
    """What was typed so far."""

    lenient: ClassVar[bool] = True

    prefix: str = Field("", max_length=300)
    # There are at most a hundred matches: further pages are empty and not an error.
    cursor: int = Field(0, ge=0, le=1_000)
    lang: Lang | None = None


class PropertiesQuery(Query):
    """Of which type to propose properties."""

    lenient: ClassVar[bool] = True

    type: str | None = None
    limit: int | None = Field(None, ge=1, le=1_000)  # it is returned, and integers in our JSON have at most 64 bits


class PreviewQuery(Query):
    """Which place to preview."""

    lenient: ClassVar[bool] = True

    id: Text
    lang: Lang | None = None


class Condition(BaseModel):
    """What candidates should have, in the draft of 1.0: a name, an id, or the value of a property."""

    model_config = ConfigDict(frozen=True)

    matchType: Literal["name", "id", "property"]  # noqa: N815 - the draft's spelling
    propertyId: str = ""  # noqa: N815
    propertyValue: Any  # noqa: N815


class DraftQuery(BaseModel):
    """One query of a batch in the draft of 1.0."""

    model_config = ConfigDict(frozen=True)

    type: str | None = None
    # A float, because clients in JavaScript may send 5.0; strict, which refuses the text "5".
    limit: Annotated[float, Field(strict=True)] | None = None
    lang: Lang | None = None
    conditions: list[Condition] = Field(min_length=1)

    def as_queries(self) -> list[OneQuery]:
        """The same query in the form of 0.2; several if its first name is a list, of which any may match."""
        names = [each.propertyValue for each in self.conditions if each.matchType != "property"]
        first, further = names[0] if names else "", names[1:]
        properties = [
            PropertyValue(pid=each.propertyId, v=each.propertyValue)
            for each in self.conditions
            if each.matchType == "property"
        ]
        return [
            # The names of several conditions are one query here.
            OneQuery(
                query=" ".join(filter(None, map(read_text, (name, *further))))[:300],
                type=self.type,
                limit=self.limit,
                properties=properties,
            )
            for name in (first if isinstance(first, list) and first else [first])
        ]


class DraftBatch(BaseModel):
    """Queries in the draft of 1.0."""

    model_config = ConfigDict(frozen=True)

    queries: list[DraftQuery]


class ReconcileBody(BaseModel):
    """Queries by the client's keys, or places with properties to fetch; without both, the manifest is returned."""

    # Only one of them: a batch and an extension in one request would need two answers.
    model_config = ConfigDict(extra="forbid", json_schema_extra={"maxProperties": 1})

    queries: dict[str, OneQuery] = Field(default_factory=dict)
    extend: ExtendQuery = Field(default_factory=lambda: ExtendQuery(ids=[], properties=[]))


FORM = {
    "type": "object",
    "properties": {
        "queries": {
            "type": "string",
            "format": "reconciliation-queries",
            "contentMediaType": "application/json",
            "contentSchema": {"type": "object"},
        },
        "extend": {
            "type": "string",
            "format": "reconciliation-extend",
            "contentMediaType": "application/json",
            "contentSchema": {"type": "object", "required": ["ids", "properties"]},
        },
    },
    "additionalProperties": False,
    "maxProperties": 1,
}
"""JSON Schema of the same message as a form, with two members of JSON."""
