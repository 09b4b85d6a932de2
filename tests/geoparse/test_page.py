"""The page of text and map: whole, self-contained, everything escaped."""

from html.parser import HTMLParser

from buldan.formats.html import mentions_page


class _Texts(HTMLParser):
    def __init__(self):
        super().__init__()
        self.marks, self.scripts, self.links, self._open = [], 0, [], False

    def handle_starttag(self, tag, attributes):
        self.scripts += tag == "script"
        self.links += [value for name, value in attributes if name in ("src", "href") and not value.startswith("#")]
        self._open = tag == "mark"

    def handle_data(self, data):
        if self._open:
            self.marks.append(data)
            self._open = False


def test_marks_hold_the_mentions_and_nothing_is_fetched(geoparser, gazetteer):
    text = 'وصلوا إلى "حلب" <script>alert(1)</script> ثم إلى دمشق & حمص'
    mentions = geoparser.read(text)
    page = mentions_page(text, mentions, gazetteer.manifest, outline=gazetteer.place("SY").area)
    parsed = _Texts()
    parsed.feed(page)
    assert parsed.marks == [mention.text for mention in mentions]
    assert parsed.scripts == 0 and parsed.links == []
    assert "&lt;script&gt;" in page and "<svg" in page


def test_a_text_without_places_makes_a_page_without_map(gazetteer):
    page = mentions_page("لا شيء", [], gazetteer.manifest)
    assert "<svg" not in page and "لا شيء" in page
