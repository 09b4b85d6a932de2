"""The Model Context Protocol server, driven by the client of the official SDK: in memory, over pipes, over HTTP."""

import asyncio
import socket
import subprocess
import sys
import time

import pytest
from mcp import Client, StdioServerParameters

from buldan.integrations.mcp import make_server
from buldan.thresholds import SURE_SCORE

COMMAND = [sys.executable, "-c", "from buldan.cli import main; main()", "mcp"]


@pytest.fixture(scope="module")
def server(gazetteer):
    return make_server(gazetteer)


@pytest.fixture
def call(server):
    """Calls a tool and gives its structured answer, or the text of its error."""

    async def ask(tool, arguments):
        async with Client(server) as client:
            return await client.call_tool(tool, arguments)

    def run(tool, **arguments):
        result = asyncio.run(ask(tool, arguments))
        if result.is_error:
            raise RuntimeError(result.content[0].text)
        found = result.structured_content
        return found.get("result", found)

    return run


def test_a_name_is_found_with_its_reasons(call):
    found = call("find_places", name="Yelda")
    first = found["places"][0]
    assert (first["name_en"], first["pcode"], first["kind"]) == ("Yalda", "C2302", "town")
    assert first["score"] > 0.5
    assert first["why"]
    assert found["ask_back"] == ""


def test_namesakes_come_with_a_question_to_ask_back(call):
    found = call("find_places", name="Zahraa")
    assert "Which 'Zahraa' is meant" in found["ask_back"]
    assert found["ask_back"].count("Zahraa") > 2
    settled = call("find_places", name="Nawa", within="Daraa")
    assert settled["places"][0]["address"].startswith("Nawa")


@pytest.mark.parametrize("name", ["Ramadi", "near Saraqib", "Saraqib C2302", "خالد", "Deir Talbiseh"])
def test_an_answer_that_is_not_sure_comes_with_a_question(call, gazetteer, name):
    first, *_ = gazetteer.lookup(name)
    assert first.score < SURE_SCORE
    found = call("find_places", name=name)
    assert found["places"][0]["id"] == first.place.id
    assert name in found["ask_back"]


@pytest.mark.parametrize("name", ["xywxkrf", "..."])
def test_what_is_no_place_is_said_to_be_none(call, name):
    found = call("find_places", name=name)
    assert found["places"] == []
    assert found["ask_back"]


def test_an_unknown_unit_is_an_error_that_says_what_to_do(call):
    with pytest.raises(RuntimeError, match="Atlantis"):
        call("find_places", name="Nawa", within="Atlantis")
    with pytest.raises(RuntimeError, match="planet"):
        call("find_places", name="Nawa", kinds=["planet"])
    with pytest.raises(RuntimeError):
        call("find_places_near", lon=999, lat=0)


def test_a_list_is_answered_in_order(call):
    found = call("geocode_list", names=["يلدا", "xywxkrf", "Nawa"], within="")
    assert [each["name"] for each in found] == ["يلدا", "xywxkrf", "Nawa"]
    assert [len(each["places"]) for each in found] == [1, 0, 1]


def test_a_text_is_read_with_offsets(call):
    text = "خرج المقاتلون من يلدا وببيلا"
    found = call("read_text", text=text)
    assert not found["truncated"]
    assert [mention["place"]["name_en"] for mention in found["mentions"]] == ["Yalda", "Babella"]
    assert all(text[mention["start"] : mention["end"]] == mention["text"] for mention in found["mentions"])
    assert call("read_text", text="حلب، " * 500)["truncated"]


def test_a_point_and_an_id_are_answered(call):
    assert call("find_places_near", lon=36.3211, lat=33.4645, limit=1)[0]["name_en"] == "Yalda"
    place = call("look_at_place", id="C2302")
    assert "يلدا" in place["names"]
    assert place["sources"]
    with pytest.raises(RuntimeError, match="nowhere"):
        call("look_at_place", id="nowhere")


def test_sources_and_attribution_are_resources(server, gazetteer):
    async def read():
        async with Client(server) as client:
            listed = await client.list_resources()
            texts = [(await client.read_resource(each.uri)).contents[0].text for each in listed.resources]
            tools = (await client.list_tools()).tools
            return texts, tools, client.instructions

    texts, tools, instructions = asyncio.run(read())
    assert any(gazetteer.manifest.attribution in text for text in texts)
    assert all(any(source.key in text for text in texts) for source in gazetteer.manifest.sources)
    assert "ask_back" in instructions
    for tool in tools:
        assert tool.description
        assert tool.output_schema
        assert tool.annotations.read_only_hint


def test_it_speaks_over_pipes():
    async def ask():
        async with Client(StdioServerParameters(command=COMMAND[0], args=COMMAND[1:])) as client:
            return await client.call_tool("find_places", {"name": "Yalda"})

    assert asyncio.run(ask()).structured_content["places"][0]["pcode"] == "C2302"


def test_it_speaks_over_http():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with subprocess.Popen([*COMMAND, "--http", "--port", str(port)], stderr=subprocess.DEVNULL) as process:
        try:

            async def ask():
                async with Client(f"http://127.0.0.1:{port}/mcp") as client:
                    return await client.call_tool("find_places", {"name": "Yalda"})

            until = time.monotonic() + 60
            while time.monotonic() < until:
                with socket.socket() as probe:
                    if probe.connect_ex(("127.0.0.1", port)) == 0:
                        break
                time.sleep(0.2)
            assert asyncio.run(ask()).structured_content["places"][0]["pcode"] == "C2302"
        finally:
            process.terminate()
