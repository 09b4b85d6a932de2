"""`POST /geocode`: a table in, the table that `buldan geocode` makes out; limits and faults in clear words."""

import csv
import io

import openpyxl
import pytest

TABLE = "no,Village,Governorate\n1,يلدا,ريف دمشق\n2,Qwvxpj,Homs\n3,Other,\n4,يلدا,ريف دمشق\n"


def _post(client, content=TABLE, name="sites.csv", decisions=None, **asked):
    files = {"file": (name, content)} | ({"decisions": ("d.csv", decisions)} if decisions else {})
    return client.post("/geocode", params=asked, files=files)


def _workbook(*sheets):
    book = openpyxl.Workbook()
    book.remove(book.active)
    for title, rows in sheets:
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


@pytest.mark.parametrize("rows", ["يلدا", "يلدا\n", "يلدا\nNawa\nدوما", "Nawa\nYalda\n"])
def test_the_last_row_is_counted_whether_or_not_its_line_is_ended(client, rows):
    understood = _post(client, f"name\n{rows}", format="understood").json()["understood"]
    assert understood["rows"] == len(rows.split())


def test_every_row_keeps_its_cells_and_gets_its_place(client):
    answer = _post(client).json()
    assert answer["understood"]["names"] == ["Village"]
    assert answer["understood"]["within"] == ["Governorate"]
    rows = [dict(zip(answer["columns"], row, strict=True)) for row in answer["rows"]]
    assert [row["no"] for row in rows] == ["1", "2", "3", "4"]
    statuses = [row["status"] for row in rows]
    assert [statuses[at] for at in (0, 2, 3)] == ["found", "not a place", "found"]
    assert statuses[1] in {"doubtful", "unit only", "not found"}
    assert rows[0]["buldan_id"] == rows[3]["buldan_id"]
    assert answer["counts"] == {"found": 2, statuses[1]: 1, "not a place": 1}


def test_names_to_look_at_come_once_with_what_they_may_mean(client):
    rows = "".join(f"{name},\n" for name in ("Tal Ahmar", "Tal Ahmar", "Qwvxpj", "Yalda"))
    review = _post(client, "Village,Governorate\n" + rows).json()["review"]
    assert [(entry["name"], entry["rows"]) for entry in review] == [("Tal Ahmar", 2), ("Qwvxpj", 1)]
    candidates = review[0]["candidates"]
    assert len(candidates) > 1
    assert all({"id", "name_ar", "admin_pcode", "lon", "lat", "score"} <= candidate.keys() for candidate in candidates)
    assert len({candidate["id"] for candidate in candidates}) == len(candidates)


def test_looking_at_a_table_answers_nothing(client):
    content = _workbook(
        ("notes", [["About this file"]]), ("data", [["Report"], [], ["القرية", "المحافظة"], ["يلدا", "ريف دمشق"]])
    )
    answer = _post(client, content, "t.xlsx", format="understood").json()
    understood = answer["understood"]
    assert "rows" not in answer
    assert "data" in understood["manner"]
    assert understood["other_sheets"] == ["notes"]
    assert [(column["name"], column["role"], column["sample"]) for column in understood["columns"]] == [
        ("القرية", "name", ["يلدا"]),
        ("المحافظة", "adm1", ["ريف دمشق"]),
    ]


def test_a_table_in_an_old_encoding_is_read_and_said_to_be(client):
    understood = _post(client, TABLE.encode("windows-1256"), format="understood").json()["understood"]
    assert "windows-1256" in understood["manner"]
    assert understood["columns"][1]["sample"][0] == "يلدا"


def test_columns_without_labels_are_asked_for_and_taken(client):
    table = "x,y\nYalda,Rural Damascus\n"
    assert _post(client, table, format="understood").json()["understood"]["names"] == []
    refused = _post(client, table)
    assert refused.status_code == 422
    assert "`name`" in refused.json()["detail"]
    assert "--" not in refused.json()["detail"]
    answer = client.post("/geocode?name=x&within=y", files={"file": ("t.csv", table)}).json()
    assert answer["counts"] == {"found": 1}


def test_decisions_are_applied_as_on_the_command_line(client):
    decisions = 'name,within,decision\nQwvxpj,Homs,none\nيلدا,ريف دمشق,"33.5, 36.3"\n'
    answer = _post(client, decisions=decisions).json()
    assert answer["counts"] == {"decided": 3, "not a place": 1}
    rows = [dict(zip(answer["columns"], row, strict=True)) for row in answer["rows"]]
    assert (rows[0]["lat"], rows[0]["lon"]) == (33.5, 36.3)


def test_files_are_those_that_the_command_line_writes(client, tmp_path):
    from click.testing import CliRunner

    from buldan.cli.geocode import geocode

    (tmp_path / "sites.csv").write_text(TABLE, "utf-8")
    CliRunner().invoke(geocode, [str(tmp_path / "sites.csv"), "-o", str(tmp_path / "out.csv")], catch_exceptions=False)
    assert _post(client, format="csv").content == (tmp_path / "out.csv").read_bytes()
    workbook = _post(client, format="xlsx")
    sheet = openpyxl.load_workbook(io.BytesIO(workbook.content)).worksheets[0]
    assert [row[1].value for row in sheet.iter_rows(min_row=2)][:3] == ["يلدا", "Qwvxpj", "Other"]
    features = _post(client, format="geojson").json()["features"]
    assert [feature["geometry"] is not None for feature in features] == [True, True, False, True]


def test_cells_that_would_be_formulas_are_disarmed_in_a_csv(client):
    table = 'name,note\nYalda,"=HYPERLINK(1)"\n'
    rows = list(csv.DictReader(io.StringIO(_post(client, table, format="csv").text)))
    assert rows[0]["note"].startswith("'=")


@pytest.mark.parametrize(
    ("content", "name", "status", "words"),
    [
        (b"%PDF-1.4", "a.csv", 422, "PDF"),
        (b"PK\x03\x04 no archive", "a.xlsx", 422, "cannot be read as a workbook"),
        (b"", "a.csv", 422, "empty"),
        (b"name\n", "a.pdf", 415, ".csv .tsv .txt .xlsx"),
        (b"name\n", "..", 415, "send one of"),
    ],
)
def test_what_is_no_table_is_refused_in_words_without_our_folders(client, content, name, status, words):
    refused = _post(client, content, name)
    assert refused.status_code == status
    assert words in refused.json()["detail"]
    assert "/tmp" not in refused.text
    assert "buldan-" not in refused.text


def test_a_form_without_a_table_is_refused(client):
    assert client.post("/geocode", content=b"a,b").status_code == 415
    for form in ({"decisions": ("d.csv", "name")}, {"file": ("a.csv", "name"), "more": ("a.csv", "name")}):
        assert client.post("/geocode", files=form).status_code == 422
    broken = client.post("/geocode", content=b"zz", headers={"Content-Type": "multipart/form-data"})
    assert broken.status_code == 422


def test_an_unknown_decision_is_refused_with_its_line(client):
    refused = _post(client, decisions="name,within,decision\nQwvxpj,,bdzzzzzzzz\n")
    assert refused.status_code == 422
    assert refused.json()["errors"][0]["field"] == "decisions"
    assert "line 2" in refused.json()["detail"]
    refused = _post(client, "Village\nنوى,x\n")
    assert refused.json()["errors"][0]["field"] == "file"


@pytest.mark.parametrize("form", ["csv", "geojson"])
def test_a_table_may_have_the_name_of_the_answer(client, form):
    answer = _post(client, "Village\nيلدا\n", name="places.csv", format=form)
    assert answer.status_code == 200
    assert "C2302" in answer.text


@pytest.mark.parametrize("form", ["json", "csv"])
def test_a_table_may_have_the_name_of_the_decisions(client, form):
    decisions = "name,within,decision\nQwvxpj,,C6124\n"
    answer = _post(client, "Village\nQwvxpj\nيلدا\n", name="decisions.csv", decisions=decisions, format=form)
    assert answer.status_code == 200
    assert "C6124" in answer.text
    assert "C2302" in answer.text


def test_limits_are_said_with_their_number(serve, tmp_path_factory):
    import httpx

    folder = tmp_path_factory.mktemp("limits")
    limits = {"max_table_rows": "3", "max_table_bytes": "2000"}
    with serve(folder, **limits) as server, httpx.Client(base_url=server.url, timeout=30) as client:
        many = _post(client)
        assert (many.status_code, "send 3 at once" in many.json()["detail"]) == (413, True)
        assert _post(client, "name\n" + "x" * 3_000).status_code == 413
        assert client.post("/lookup", json={"names": ["يلدا"] * 300}).status_code == 200  # other bodies have their own


def test_a_table_that_takes_too_long_is_given_up(serve, tmp_path_factory):
    import httpx

    folder = tmp_path_factory.mktemp("slow")
    with (
        serve(folder, table_time_limit_s="0.000001") as server,
        httpx.Client(base_url=server.url, timeout=30) as client,
    ):
        assert _post(client).status_code == 503


def test_a_workbook_that_unfolds_too_far_is_refused(client):
    import zipfile

    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b" " * 120_000_000)
    refused = _post(client, content.getvalue(), "bomb.xlsx")
    assert refused.status_code == 413
    assert "120 MB" in refused.json()["detail"]
