"""Tables are read as what they are, or refused with the file, the line and what to do."""

import re
import zipfile

import geopandas as gpd
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from openpyxl import load_workbook

from buldan.errors import QueryError, SourceError
from buldan.files import open_table, write_table

ROWS = [("يلدا", "ريف دمشق", "1"), ("نوى", "درعا", "2"), ("Ma‘arrat", "Idleb", "3")]
ARABIC = ROWS[:2]


def write_csv(path, *, encoding="utf-8", delimiter=",", rows=ROWS, end="\n"):
    lines = [delimiter.join(("الاسم", "المحافظة", "n")), *(delimiter.join(row) for row in rows)]
    path.write_bytes(end.join([*lines, ""]).encode(encoding))
    return path


def rows_of(table):
    return [tuple(row.values()) for batch in table.batches() for row in batch.to_pylist()]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "windows-1256", "iso-8859-6"])
def test_encoding_and_delimiter_are_recognised(tmp_path, encoding, delimiter):
    rows = ROWS if encoding.startswith("utf") else ARABIC
    table = open_table(write_csv(tmp_path / "a.csv", encoding=encoding, delimiter=delimiter, rows=rows))
    assert table.schema.names == ["الاسم", "المحافظة", "n"]
    assert rows_of(table) == rows


def test_lines_of_two_encodings_in_one_file_are_each_read_in_their_own(tmp_path):
    lines = [",".join(row) for row in [("الاسم", "المحافظة", "n"), *ROWS, *ARABIC]]
    encodings = ["utf-8", "utf-8", "windows-1256", "utf-8", "utf-8", "windows-1256"]
    content = b"\r\n".join(line.encode(encoding) for line, encoding in zip(lines, encodings, strict=True))
    (tmp_path / "a.csv").write_bytes(content)
    table = open_table(tmp_path / "a.csv")
    assert table.manner.startswith("utf-8/windows-1256")
    assert rows_of(table) == [*ROWS, *ARABIC]


def test_accents_in_latin_words_are_not_taken_for_arabic(tmp_path):
    (tmp_path / "a.csv").write_bytes("place,n\nAlépo,1\nDéir ez-Zôr,2\n".encode("windows-1252"))
    assert rows_of(open_table(tmp_path / "a.csv")) == [("Alépo", "1"), ("Déir ez-Zôr", "2")]


def test_the_line_that_tells_excel_the_delimiter_is_no_row(tmp_path):
    (tmp_path / "a.csv").write_text("sep=;\nplace;n\nNawa, Daraa;1\nYalda\n", "utf-8-sig")
    table = open_table(tmp_path / "a.csv")
    assert table.schema.names == ["place", "n"]
    with pytest.raises(SourceError, match="line 4: this row has 1 cells"):
        rows_of(table)


@pytest.mark.parametrize(("given", "meant"), [("tab", "\t"), ("\\t", "\t"), ("|", "|")])
def test_a_delimiter_can_be_named(tmp_path, given, meant):
    path = write_csv(tmp_path / "a.csv", delimiter=meant)
    assert rows_of(open_table(path, delimiter=given)) == ROWS
    with pytest.raises(QueryError, match="a delimiter is one character, or the word tab, not ';;'"):
        open_table(path, delimiter=";;")


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_line_ends_of_every_system_are_read(tmp_path, end):
    assert rows_of(open_table(write_csv(tmp_path / "a.csv", end=end))) == ROWS


def test_cells_stay_as_they_were_written(tmp_path):
    (tmp_path / "a.csv").write_text('name,code,note\nNawa,007,"a, ""b""\nc"\nYalda,1e3,\n', "utf-8")
    assert rows_of(open_table(tmp_path / "a.csv")) == [("Nawa", "007", 'a, "b"\nc'), ("Yalda", "1e3", None)]


def test_blank_and_repeated_column_names_are_made_distinct(tmp_path):
    (tmp_path / "a.csv").write_text("name,name,\nNawa,b,c\nYalda,b,c\n", "utf-8")
    assert open_table(tmp_path / "a.csv").schema.names == ["name", "name.2", "column 3"]


def test_repeated_columns_of_parquet_are_made_distinct(tmp_path):
    table = pa.table([pa.array(["Nawa"]), pa.array(["b"])], names=["name", "name"])
    pq.write_table(table, tmp_path / "a.parquet")
    assert open_table(tmp_path / "a.parquet").schema.names == ["name", "name.2"]
    assert rows_of(open_table(tmp_path / "a.parquet")) == [("Nawa", "b")]


def test_batches_are_bounded(tmp_path):
    path = write_csv(tmp_path / "a.csv", rows=ROWS * 100)
    sizes = [batch.num_rows for batch in open_table(path, batch_rows=70).batches()]
    assert sizes == [70, 70, 70, 70, 20]


RAGGED = [
    ("name,adm\nNawa,Daraa\nYalda\n", 3, "1 cells, the header has 2"),
    ("name,adm\nNawa,Daraa\nYalda, Babbila,Rif\n", 3, "3 cells, the header has 2"),
    ('name,adm\n"Na\nwa",Daraa\nYalda\n', 4, "1 cells, the header has 2"),
    ("name,adm\n\nNawa,Daraa\n\nYalda\n", 5, "1 cells, the header has 2"),
    ('name,adm\n"Nawa,Daraa\nYalda,Rif\n', 2, "is a quotation mark left open"),
]


@pytest.mark.parametrize(("content", "line", "message"), RAGGED)
def test_a_ragged_row_is_refused_with_its_line(tmp_path, content, line, message):
    (tmp_path / "a.csv").write_text(content, "utf-8")
    with pytest.raises(SourceError, match=f"line {line}: .*{message}"):
        rows_of(open_table(tmp_path / "a.csv", delimiter=","))


TWO_HEADERS = [
    ("name,adm1\n#loc+name,#adm1+name\nNawa,Daraa\n", ["name", "adm1"]),
    ("name,adm1\nname,adm1\nNawa,Daraa\n", ["name", "adm1"]),
    ("Place,,Position,\nname,adm1,lon,lat\nNawa,Daraa,36.0,32.9\n", ["name", "adm1", "lon", "lat"]),
    ("a,b,c\nname,longitude,latitude\nNawa,36.0,32.9\nYalda,36.3,33.4\nJasim,36.0,32.9\n", ["a", "b", "c"]),
    ("name,adm1\ntext,select one\nNawa,Daraa\n", ["name", "adm1"]),
]


@pytest.mark.parametrize(("content", "names"), TWO_HEADERS)
def test_a_second_header_row_is_no_row_of_data(tmp_path, content, names):
    path = tmp_path / "a.csv"
    path.write_text(content, "utf-8")
    data = len(content.splitlines())
    assert open_table(path).schema.names == names
    assert len(rows_of(open_table(path))) == data - 2
    assert len(rows_of(open_table(path, header_rows=2))) == data - 2
    assert len(rows_of(open_table(path, header_rows=1))) == data - 1


TITLES = [
    ("Casualties 2016,,\nname,adm1,n\nNawa,Daraa,1\n", ["name", "adm1", "n"]),
    ("Place,,Casualties,\nname,adm1,killed,hurt\nNawa,Daraa,1,2\n", ["name", "adm1", "killed", "hurt"]),
    ("name,adm1\n#loc+name,#adm1+name\nNawa,Daraa\n", ["name", "adm1"]),
]


@pytest.mark.parametrize(("content", "names"), TITLES)
def test_columns_are_called_by_the_row_that_names_most(tmp_path, content, names):
    (tmp_path / "a.csv").write_text(content, "utf-8")
    assert open_table(tmp_path / "a.csv", header_rows=2).schema.names == names


ONE_HEADER = [
    "name,lon,lat\nNawa,NA,NA\nYalda,36.3,33.4\nJasim,36.0,32.9\nInkhil,36.1,33.0\n",
    "name,adm1\nDaraa,Daraa\nNawa,Daraa\n",
    "name\nNawa\nYalda\n",
    "name,n\nTotal,many\nNawa,1\nYalda,2\nJasim,3\n",
]


@pytest.mark.parametrize("content", ONE_HEADER)
def test_a_row_of_data_is_not_taken_for_a_header(tmp_path, content):
    (tmp_path / "a.csv").write_text(content, "utf-8")
    assert len(rows_of(open_table(tmp_path / "a.csv"))) == len(content.splitlines()) - 1


def xls(path):
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))


def xlsx(path):
    pd.DataFrame({"name": ["Nawa"]}).to_excel(path.with_suffix(".xlsx"))
    path.with_suffix(".xlsx").rename(path)


def web_page(path):
    path.write_text("<html><table><tr><td>Nawa</td></tr></table></html>", "utf-8")


def cut_parquet(path):
    pd.DataFrame({"name": ["Nawa"] * 1000}).to_parquet(path)
    path.write_bytes(path.read_bytes()[:-20])


def cut_workbook(path):
    pd.DataFrame({"name": ["Nawa"] * 1000}).to_excel(path)
    path.write_bytes(path.read_bytes()[:2000])


def other_archive(path):
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a.txt", "a")


def picture(path):
    path.write_bytes(bytes(range(256)) * 40)


REFUSED = [
    ("a.csv", xls, r"old Excel workbook.*rename it to \.xls"),
    ("a.xls", xls, "cannot be read as a workbook"),
    ("a.csv", xlsx, r"an Excel workbook.*rename it to \.xlsx"),
    ("a.csv", web_page, "web page"),
    ("a.xls", web_page, "web page"),
    ("a.parquet", cut_parquet, "damaged or incomplete"),
    ("a.parquet", web_page, "not Parquet"),
    ("a.xlsx", cut_workbook, "cannot be read as a workbook"),
    ("a.xlsx", other_archive, "cannot be read as a workbook"),
    ("a.csv", picture, "not a CSV or TSV file"),
    ("a.gpkg", web_page, "not GeoPackage"),
    ("a.csv", lambda path: path.write_bytes(b""), "empty"),
    ("a.csv", lambda path: None, "no such file"),
    ("a.docx", other_archive, r"tables are not read from .docx files; copy the table"),
]


@pytest.mark.parametrize(("name", "make", "message"), REFUSED)
def test_a_file_that_is_not_what_it_is_called_is_refused(tmp_path, name, make, message):
    path = tmp_path / name
    make(path)
    with pytest.raises(SourceError, match=re.compile(f"{re.escape(str(path))}.*{message}", re.DOTALL)):
        rows_of(open_table(path))


def test_bytes_of_another_encoding_far_down_are_refused_with_a_line(tmp_path):
    path = tmp_path / "a.csv"
    path.write_bytes(b"name\n" + b"Nawa\n" * 100_000 + "يلدا\n".encode("windows-1256"))
    with pytest.raises(SourceError, match=r"line \d+: not utf-8.*--encoding"):
        rows_of(open_table(path))


def test_a_missing_column_suggests_those_written_alike(tmp_path):
    (tmp_path / "a.csv").write_text("place_name,Governorate\nNawa,Daraa\n", "utf-8")
    with pytest.raises(QueryError, match="no column 'govrnorate'; did you mean 'Governorate'"):
        open_table(tmp_path / "a.csv").require("govrnorate")


def test_a_workbook_keeps_the_types_of_its_cells(tmp_path):
    frame = pd.DataFrame(
        {
            "name": ["Nawa", None],
            "n": [1, 2],
            "mixed": ["a", 1],
            "day": pd.to_datetime(["2016-01-02"] * 2),
            "time": pd.to_datetime(["2016-01-02 00:00", "2016-01-02 13:30"]),
            "some day": [pd.Timestamp("2016-01-02"), "لاحقا"],
        }
    )
    frame.to_excel(tmp_path / "a.xlsx", index=False)
    table = open_table(tmp_path / "a.xlsx")
    assert [str(kind) for kind in table.schema.types] == [
        "string",
        "int64",
        "string",
        "date32[day]",
        "timestamp[us]",
        "string",
    ]
    assert rows_of(table)[1][:3] == (None, 2, "1")
    assert [row[-1] for row in rows_of(table)] == ["2016-01-02", "لاحقا"]


def test_a_day_of_a_workbook_is_written_without_an_hour(tmp_path):
    days = pd.DataFrame({"place": ["Nawa", "نوى"], "date": [pd.Timestamp("2016-01-02"), None]})
    days.to_excel(tmp_path / "a.xlsx", index=False)
    table = open_table(tmp_path / "a.xlsx")
    write_table(tmp_path / "b.csv", table.schema, table.batches())
    assert (tmp_path / "b.csv").read_text("utf-8").splitlines()[1:] == ["Nawa,2016-01-02", "نوى,"]
    write_table(tmp_path / "b.xlsx", table.schema, table.batches())
    assert load_workbook(tmp_path / "b.xlsx").active["B2"].number_format == "yyyy-mm-dd"


def test_a_sheet_is_chosen_by_name(tmp_path):
    with pd.ExcelWriter(tmp_path / "a.xlsx") as book:
        pd.DataFrame({"name": ["Nawa"]}).to_excel(book, sheet_name="one", index=False)
        pd.DataFrame({"name": ["Yalda"]}).to_excel(book, sheet_name="two", index=False)
    assert rows_of(open_table(tmp_path / "a.xlsx", sheet="two")) == [("Yalda",)]
    with pytest.raises(SourceError, match="no sheet is called 'three'; there are one, two"):
        open_table(tmp_path / "a.xlsx", sheet="three")
    with pytest.raises(QueryError, match="it has 'name' in sheet 'one'; --sheet chooses another: 'two'"):
        open_table(tmp_path / "a.xlsx").require("المكان")


def test_a_layer_is_chosen_by_name(tmp_path, recwarn):
    for layer, name in (("one", "Nawa"), ("two", "Yalda")):
        points = gpd.points_from_xy([36.0], [33.0], crs="EPSG:4326")
        gpd.GeoDataFrame({"name": [name]}, geometry=points).to_file(tmp_path / "a.gpkg", layer=layer)
    assert rows_of(open_table(tmp_path / "a.gpkg")) == [("Nawa", "POINT (36 33)")]
    assert rows_of(open_table(tmp_path / "a.gpkg", sheet="two")) == [("Yalda", "POINT (36 33)")]
    assert not list(recwarn)
    with pytest.raises(SourceError, match="no layer is called 'three'; there are one, two"):
        open_table(tmp_path / "a.gpkg", sheet="three")
