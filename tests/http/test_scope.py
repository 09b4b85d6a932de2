"""What a request's scope says: a header, the path behind a proxy's prefix, whether a page is wanted."""

import pytest

from buldan.http.scope import get_header, get_local_path, prefers_html


@pytest.mark.parametrize(
    ("root_path", "path", "local"),
    [
        ("", "/lookup", "/lookup"),
        ("/buldan", "/buldan/lookup", "/lookup"),
        ("/buldan", "/lookup", "/lookup"),
        ("/buldan", "/buldanese/lookup", "/buldanese/lookup"),
        ("/buldan", "/buldan", "/"),
    ],
)
def test_a_path_is_read_with_or_without_the_prefix_of_a_proxy(root_path, path, local):
    assert get_local_path({"root_path": root_path, "path": path}) == local
    if not root_path:
        assert get_local_path({"path": path}) == local


@pytest.mark.parametrize(
    ("accept", "html"),
    [
        (b"text/html", True),
        (b"TEXT/HTML", True),
        (b"text/html,application/json", True),
        (b"application/json,text/html", False),
        (b"json,text/html", False),
        (b"application/geo+json", False),
        (b"*/*", False),
        (b"", False),
    ],
)
def test_a_page_is_for_those_who_ask_for_it_before_json(accept, html):
    assert prefers_html({"headers": [(b"host", b"x"), (b"accept", accept)]}) is html
    assert prefers_html({"headers": []}) is False


def test_of_several_headers_the_first_is_read():
    scope = {"headers": [(b"a", b"1"), (b"b", b"2"), (b"b", b"3")]}
    assert (get_header(scope, b"b"), get_header(scope, b"c")) == (b"2", b"")
