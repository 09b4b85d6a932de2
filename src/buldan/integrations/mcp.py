"""A Model Context Protocol server: places and texts for agents, with answers short enough for a prompt.

If a name may mean several places, or perhaps none, the answer says so and has a question to ask the user; the server
does not choose one without saying so. Built on the protocol's official SDK.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import wraps
from importlib.metadata import version
from typing import Annotated, Any, ParamSpec, TypeVar

from mcp.server import MCPServer
from mcp.server.mcpserver.exceptions import ToolError
from mcp.types import ToolAnnotations
from pydantic import Field
from typing_extensions import TypedDict  # pydantic accepts `typing.TypedDict` only from Python 3.12

from buldan.describe import display_name
from buldan.errors import BuldanError, QueryError
from buldan.gazetteer import Gazetteer
from buldan.lookup import Match, explain
from buldan.model import Place
from buldan.thresholds import SURE_SCORE

__all__ = ["make_server"]

P = ParamSpec("P")
T = TypeVar("T")

_INSTRUCTIONS = """Places of Syria: names in any spelling of Arabic or Latin script, coordinates, OCHA P-codes.
Scores and confidences are 0..1. If `ask_back` is not empty, it is not sure which place is meant, or that any of these
is: ask the user that question, or say that you do not know. `within` (a governorate, district or town)
distinguishes namesakes. Cite the resource buldan://attribution in publications."""

_READ_ONLY = ToolAnnotations(read_only_hint=True, idempotent_hint=True, open_world_hint=False)
_MOST_NAMES, _MOST_MENTIONS, _MOST_LETTERS = 200, 200, 100_000
"""Maximum number of answers, so that they fit into the context of a model."""

_MOST_CHOICES = 4
"""Maximum number of places among which a person is asked to choose."""

Name = Annotated[str, Field(max_length=300, description="A name in any spelling")]
Within = Annotated[
    str, Field(max_length=300, description="A unit that contains the place: name, id or P-code; may be empty")
]
Count = Annotated[int, Field(ge=1, le=20)]
Longitude = Annotated[float, Field(ge=-180, le=180)]
Latitude = Annotated[float, Field(ge=-90, le=90)]


class PlaceBrief(TypedDict):
    """The main facts of a place."""

    id: str
    name_en: str
    name_ar: str
    kind: str
    address: str
    lon: float
    lat: float
    radius_km: float
    pcode: str | None


class FoundPlace(PlaceBrief):
    """A place that a name may mean, with its score and the reasons."""

    score: float
    why: str


class Lookup(TypedDict):
    """The places of a name; `ask_back` is a question to the user if it is not sure which of them is meant, if any."""

    name: str
    places: list[FoundPlace]
    ask_back: str


class NearPlace(PlaceBrief):
    """A place and its distance in kilometres."""

    distance_km: float


class MentionBrief(TypedDict):
    """A stretch of the text (code points) and the place that it names."""

    start: int
    end: int
    text: str
    place: PlaceBrief | None
    confidence: float
    relation: str


class TextReading(TypedDict):
    """The places that a text mentions; `truncated` if there are more than are listed."""

    mentions: list[MentionBrief]
    truncated: bool


class PlaceDetails(PlaceBrief):
    """All facts of a place."""

    names: list[str]
    population: int | None
    part_of: str
    identifiers: dict[str, str]
    sources: list[str]


def make_server(gaz: Gazetteer) -> MCPServer[Any]:
    """The server over one gazetteer; `run()` speaks through standard input and output, or over HTTP."""
    server: MCPServer[Any] = MCPServer(
        "buldan", title="Places of Syria", instructions=_INSTRUCTIONS, version=version("buldan"), log_level="WARNING"
    )

    @server.tool(annotations=_READ_ONLY)
    @_pass_on_errors
    def find_places(name: Name, within: Within = "", kinds: list[str] | None = None, limit: Count = 5) -> Lookup:
        """Find the places of Syria that a name may mean. `kinds`: such as village, town, governorate, hospital."""
        return _look_up(gaz, name, within, kinds, limit)

    @server.tool(annotations=_READ_ONLY)
    @_pass_on_errors
    def geocode_list(names: Annotated[list[Name], Field(max_length=_MOST_NAMES)], within: Within = "") -> list[Lookup]:
        """Find the most likely place for each of up to 200 names; ambiguous names come with a question for the user."""
        return [_look_up(gaz, name, within, None, limit=1) for name in names]

    @server.tool(annotations=_READ_ONLY)
    @_pass_on_errors
    def read_text(text: Annotated[str, Field(max_length=_MOST_LETTERS)], foreign: bool = False) -> TextReading:
        """Find the places that an Arabic or English text mentions, with their offsets in code points."""
        mentions: list[MentionBrief] = []
        for mention in gaz.iter_mentions(text, foreign=foreign):
            if len(mentions) == _MOST_MENTIONS:
                return {"mentions": mentions, "truncated": True}
            mentions.append(
                {
                    "start": mention.start,
                    "end": mention.end,
                    "text": mention.text,
                    "place": _make_brief(mention.place) if mention.place else None,
                    "confidence": round(mention.confidence, 3),
                    "relation": mention.relation.words if mention.relation else "",
                }
            )
        return {"mentions": mentions, "truncated": False}

    @server.tool(annotations=_READ_ONLY)
    @_pass_on_errors
    def find_places_near(lon: Longitude, lat: Latitude, limit: Count = 5) -> list[NearPlace]:
        """List the places at or around a point (degrees, WGS 84), nearest first."""
        nearby = gaz.reverse(lon=lon, lat=lat, limit=limit)
        return [{**_make_brief(found.place), "distance_km": round(found.distance_km, 2)} for found in nearby]

    @server.tool(annotations=_READ_ONLY)
    @_pass_on_errors
    def look_at_place(id: Annotated[str, Field(max_length=100)]) -> PlaceDetails:
        """Return all facts about one place, by Buldan's id, a P-code, or `scheme:value` such as wikidata:Q3766."""
        place = gaz.place(id)
        return {
            **_make_brief(place),
            "names": [name.text for name in place.names],
            "population": place.population,
            "part_of": place.part_of,
            "identifiers": dict(place.identifiers),
            "sources": list(place.sources),
        }

    @server.resource("buldan://attribution", mime_type="text/plain")
    def attribution() -> str:
        """The attribution and the licence of the data."""
        return f"{gaz.manifest.attribution}. Version {gaz.version}. Licence: {gaz.manifest.licence}."

    @server.resource("buldan://sources", mime_type="text/plain")
    def sources() -> str:
        """Where the facts come from, with licence, date and address."""
        rows = (
            f"{source.key}: {source.title} ({source.publisher}, {source.date}); {source.licence}; {source.url}"
            for source in gaz.manifest.sources
        )
        return "\n".join(rows)

    return server


def _pass_on_errors(tool: Callable[P, T]) -> Callable[P, T]:
    """A tool whose errors reach the agent with their messages; the SDK hides the message of any other error."""

    @wraps(tool)
    def wrapped(*args: P.args, **kwargs: P.kwargs) -> T:
        try:
            return tool(*args, **kwargs)
        except BuldanError as error:
            raise ToolError(str(error)) from error

    return wrapped


def _look_up(gaz: Gazetteer, name: str, within: str, kinds: Sequence[str] | None, limit: int) -> Lookup:
    """The places that a name may mean; empty for text that is not a name.

    Raises:
        QueryError: a unit or kind is unknown.
    """
    try:
        matches = gaz.lookup(name, within=within or None, kinds=kinds or None, limit=max(limit, _MOST_CHOICES))
    except QueryError as error:
        if error.field != "text":
            raise
        return {"name": name, "places": [], "ask_back": f"{error}"}
    places: list[FoundPlace] = [
        {**_make_brief(match.place), "score": round(match.score, 3), "why": explain(match.reasons)}
        for match in matches[:limit]
    ]
    return {"name": name, "places": places, "ask_back": _word_question(name, matches)}


def _word_question(name: str, matches: Sequence[Match]) -> str:
    """The question to ask a person if it is not sure which place a name means, if any; empty for a sure answer."""
    if not matches:
        return f"No place of Syria is known as {name!r}: is there another spelling, or which town is it near?"
    if not matches[0].ambiguous:
        return "" if matches[0].score >= SURE_SCORE else _word_doubt(name, matches[0])
    choices = dict.fromkeys(f"{match.place.kind} {display_name(match.place)}" for match in matches[:_MOST_CHOICES])
    return f"Which {name!r} is meant: {'; '.join(choices)}?"


def _word_doubt(name: str, match: Match) -> str:
    """The question whether a place that is not sure is the one meant, with the reasons for and against it."""
    place = f"{match.place.kind} {display_name(match.place)}"
    return f"Does {name!r} mean the {place}? It may be another place, or none of Syria ({explain(match.reasons)})."


def _make_brief(place: Place) -> PlaceBrief:
    return {
        "id": place.id,
        "name_en": place.name_en,
        "name_ar": place.name_ar,
        "kind": place.kind,
        "address": display_name(place),
        "lon": round(place.lon, 5),
        "lat": round(place.lat, 5),
        "radius_km": place.radius_km,
        "pcode": place.pcode,
    }
