"""The page of text and map: whole, self-contained, everything escaped."""

from html.parser import HTMLParser

from buldan.formats.html import write_mentions_page


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
    page = write_mentions_page(text, mentions, gazetteer.manifest, ground=gazetteer.ground())
    parsed = _Texts()
    parsed.feed(page)
    assert parsed.marks == [mention.text for mention in mentions]
    assert parsed.scripts == 0 and parsed.links == []
    assert "&lt;script&gt;" in page and "<svg" in page


def test_a_text_without_places_makes_a_page_without_map(gazetteer):
    page = write_mentions_page("لا شيء", [], gazetteer.manifest)
    assert "<svg" not in page and "لا شيء" in page


def test_the_page_is_in_the_language_asked_for_with_confidence_and_relation(geoparser, gazetteer):
    text = "سقط ثلج 10 كم شمال إدلب، وعادت الكهرباء إلى حمص وحمص"
    mentions = geoparser.read(text)
    english, arabic = (
        write_mentions_page(text, mentions, gazetteer.manifest, ground=gazetteer.ground(), lang=lang)
        for lang in ("en", "ar")
    )
    assert '<html lang="en" dir="ltr">' in english and '<html lang="ar" dir="rtl">' in arabic
    assert "<bdi>Homs</bdi>" in english and "<bdi>حمص</bdi>" in arabic
    assert "<bdi>10 كم شمال إدلب</bdi>" in english
    assert f'· {mentions[0].confidence:.0%}"' in english
    assert " km</text>" in english  # the scale bar


def test_names_on_the_map_do_not_cover_one_another():
    from buldan.formats.svg_map import Dot, draw_map

    dots = [Dot(36.3 + step / 1000, 33.5, f"Place number {step}") for step in range(30)]
    drawn = draw_map(dots, [], (), lang="en", title="map")
    assert drawn.count("<circle") == 30
    assert 1 <= drawn.count("Place number") < 6
