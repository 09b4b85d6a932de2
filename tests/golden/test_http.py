"""Golden answers of the service: status, headers and bodies of every façade, over the same small gazetteer."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

import buldan
from buldan.http.app import create_app
from buldan.settings import Settings
from tests.golden.blocks import check

FROZEN = Path(__file__).parent / "gazetteer"
_NOW = re.compile(r"\d{4}-\d\d-\d\dT[\d:.]+(Z|\+00:00)|\w{3}, \d\d \w{3} \d{4} [\d:]+ (GMT|\+00:00)")
"""When it was answered, as façades write it."""

MOST_ITEMS, MOST_LETTERS, MOST_LINE = 6, 100, 600


@pytest.fixture(scope="module")
def client() -> Iterator[TestClient]:
    app = create_app(Settings(preload=False), buldan.load(FROZEN))
    with TestClient(app, base_url="http://testserver", raise_server_exceptions=False, follow_redirects=False) as made:
        yield made


@pytest.mark.parametrize("facade", ["native", "nominatim", "photon", "geonames", "ogc", "reconcile"])
def test_facade(client: TestClient, golden: bool, facade: str) -> None:
    def answer(question: str) -> Iterator[str]:
        method, path, *more = question.split(" ", 3)
        media, content = more if len(more) == 2 else (*more, "")[:2] if more else ("", "")
        sent = {"content": content.encode(), "headers": {"content-type": media}} if media else {}
        got = client.request(method, path, **sent)  # type: ignore[arg-type]
        told = (f"{name} {got.headers[name]}" for name in ("link", "location", "cache-control") if name in got.headers)
        yield f"{got.status_code} {', '.join((got.headers.get('content-type', 'no type'), *told))}"
        yield from lines_of(_NOW.sub("NOW", got.text))

    check(f"http_{facade}", answer, rewrite=golden)


def lines_of(body: str) -> Iterator[str]:
    """A body, its long lists and strings shortened to their beginning and a digest; each item of a list on a line."""
    try:
        document = json.loads(body)
    except ValueError:
        yield shortened(body)
        return
    items = (
        document.pop("features", []) if isinstance(document, dict) else document if isinstance(document, list) else []
    )
    if isinstance(document, dict):
        yield told(document)
    for item in items:
        yield f"  {told(item)}"


def told(document: Any) -> str:
    line = json.dumps(pruned(document), ensure_ascii=False)
    return line if len(line) <= MOST_LINE else f"{line[:MOST_LINE]}… {digest(line)}"


def pruned(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: pruned(each) for key, each in value.items()}
    if isinstance(value, list) and len(value) > MOST_ITEMS:
        return [*map(pruned, value[:2]), f"… {len(value)} in all, {digest(value)}"]
    if isinstance(value, list):
        return [pruned(each) for each in value]
    return shortened(value) if isinstance(value, str) else value


def shortened(text: str) -> str:
    line = text.replace("\n", "⏎")
    return line if len(text) <= MOST_LETTERS else f"{line[:MOST_LETTERS]}… {digest(text)}"


def digest(value: object) -> str:
    return hashlib.sha256(json.dumps(value).encode()).hexdigest()[:8]
