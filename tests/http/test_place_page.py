"""A place's address answers a browser with a page and a client with JSON."""

import re

import pytest

BROWSER = {"accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}


def test_a_browser_gets_a_page_with_what_is_known(client) -> None:
    answer = client.get("/places/C2302", headers=BROWSER)
    assert answer.headers["content-type"].startswith("text/html")
    assert "accept" in answer.headers["vary"].lower().split(", ")
    page = answer.text
    for shown in ("Yalda", "يلدا", "C2302", "33.4645", "Rural Damascus", "Nearby", "Report a fault", "official"):
        assert shown in page
    assert client.get("/health").json()["gazetteer"] in page if "gazetteer" in client.get("/health").json() else True
    assert "<script" not in page


def test_the_page_speaks_arabic(client) -> None:
    page = client.get("/places/C2302", headers={**BROWSER, "accept-language": "ar"}).text
    assert '<html lang="ar" dir="rtl">' in page
    assert "كيف" in page or "نصف القطر" in page


@pytest.mark.parametrize("accept", [None, "*/*", "application/geo+json", "application/json, text/html"])
def test_a_client_gets_geojson(client, accept: str | None) -> None:
    headers = {} if accept is None else {"accept": accept}
    assert client.get("/places/C2302", headers=headers).json()["properties"]["pcode"] == "C2302"


def test_the_two_forms_are_not_mixed_up_by_what_is_kept(client) -> None:
    for _ in range(2):
        assert client.get("/places/C2303", headers=BROWSER).text.startswith("<!doctype html>")
        assert client.get("/places/C2303").json()["type"] == "Feature"


def test_a_format_that_is_asked_for_wins(client) -> None:
    assert client.get("/places/C2302?format=html").headers["content-type"].startswith("text/html")
    assert client.get("/places/C2302?format=geojson", headers=BROWSER).json()["type"] == "Feature"


def test_its_links_lead_to_places(client) -> None:
    page = client.get("/places/C2302", headers=BROWSER).text
    links = re.findall(r'href="((?:bd|SY)[^"?]*)"', page)
    assert len(links) > 5
    assert all(client.get(f"/places/{link}").status_code == 200 for link in links)


def test_names_are_told_with_language_use_and_years_in_words(client) -> None:
    english, arabic = (
        client.get("/places/C1007", headers={**BROWSER, "accept-language": lang}).text for lang in ("en", "ar")
    )
    assert all(shown in english for shown in ("Armenian", "300 BC–637", "variant", "historical"))
    assert all(shown in arabic for shown in ("الأرمنية", "300 ق.م–637", "صيغة أخرى", "تاريخي", " كم"))
    assert not re.search(r"<td>(?:ar|en|official|variant|historical)\b", arabic)


@pytest.mark.parametrize(
    ("place", "part"), [("SY", "Idleb"), ("SY07", "Jisr-Ash-Shugur"), ("SY070300", "Salqin"), ("C1007", "Salah Ed-Din")]
)
def test_a_place_lists_its_parts(client, place: str, part: str) -> None:
    page = client.get(f"/places/{place}", headers=BROWSER).text
    parts = page.split("<h2>Parts</h2>")[1].split("</ul>")[0]
    assert part in parts or parts.count("<li>") > 3
    assert parts.count("<li>") > 2


def test_units_that_share_a_name_are_told_once(client) -> None:
    chain = client.get("/places/C1001", headers=BROWSER).text.split('class="meta">')[1].split("</p>")[0]
    names = re.findall(r">([^<]+)</a>", chain)
    assert len(names) == len(set(names)) > 0
