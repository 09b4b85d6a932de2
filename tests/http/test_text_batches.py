"""Texts that wait together are read together, and each gets what it gets alone."""

import asyncio
import random

import pytest

from buldan.http.text_batches import SHORT_TEXT, TextBatches

TEXTS = (
    *("قصف على سراقب قرب إدلب.", "Fighting in Douma and Harasta.", "", "Paris and Aleppo.", "5 km north of Homs"),
    *("<p>ريف <b>حلب</b> الشمالي</p>", "no place at all", "Between Homs and Hama.", "سافر من حمص إلى لندن."),
)


class Counting:
    """A gazetteer that notes how many texts it is given at once; a text with a word may be too much for it."""

    def __init__(self, gazetteer, poison=None):
        self.sizes, self._gazetteer, self._poison = [], gazetteer, poison

    def iter_mentions(self, text, *, foreign):
        self.sizes.append(1)
        if self._poison and self._poison in text:
            raise ValueError(self._poison)
        return self._gazetteer.iter_mentions(text, foreign=foreign)

    def geoparse_many(self, texts, *, foreign):
        self.sizes.append(len(texts))
        if self._poison and any(self._poison in text for text in texts):
            raise ValueError(self._poison)
        return self._gazetteer.geoparse_many(texts, foreign=foreign)


def ask(gaz, questions, **options):
    async def all_at_once():
        batches = TextBatches(gaz)
        asked = [batches.read(text, foreign=foreign) for text, foreign in questions]
        return await asyncio.wait_for(asyncio.gather(*asked, **options), 30)

    return asyncio.run(all_at_once())


@pytest.mark.parametrize("seed", range(4))
def test_each_gets_what_it_gets_alone(gazetteer, seed):
    chance = random.Random(seed)
    questions = [(chance.choice(TEXTS) * chance.choice([1, 3]), chance.random() < 0.3) for _ in range(30)]
    alone = [list(gazetteer.iter_mentions(text, foreign=foreign)) for text, foreign in questions]
    assert [list(found) for found in ask(gazetteer, questions)] == alone


def test_those_that_come_together_are_read_together_up_to_a_bound(gazetteer):
    gaz = Counting(gazetteer)
    text = TEXTS[0].ljust(SHORT_TEXT // 4)
    ask(gaz, [(text, False)] * 10)
    assert gaz.sizes == [4, 4, 2]


def test_one_that_comes_two_rounds_later_is_read_with_the_first_and_one_alone_is_not_kept_waiting(gazetteer):
    gaz = Counting(gazetteer)

    async def one_after_the_other():
        batches = TextBatches(gaz)
        first = asyncio.ensure_future(batches.read(TEXTS[0]))
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        second = asyncio.ensure_future(batches.read(TEXTS[1]))
        await asyncio.gather(first, second)
        third = asyncio.ensure_future(batches.read(TEXTS[1]))
        for _ in range(6):
            await asyncio.sleep(0)
        return third.done()

    assert asyncio.run(one_after_the_other())
    assert gaz.sizes == [2, 1]


def test_one_that_fails_takes_no_other_with_it(gazetteer):
    gaz = Counting(gazetteer, poison="poison")
    questions = [(TEXTS[0], False), ("poison", False), (TEXTS[1], False), (TEXTS[3], True)]
    first, failed, third, fourth = ask(gaz, questions, return_exceptions=True)
    assert isinstance(failed, ValueError)
    for found, (text, foreign) in zip((first, third, fourth), (questions[0], *questions[2:]), strict=True):
        assert list(found) == list(gazetteer.iter_mentions(text, foreign=foreign))


def test_one_that_gives_up_is_left_out(gazetteer):
    gaz = Counting(gazetteer)

    async def give_up():
        batches = TextBatches(gaz)
        asked = [asyncio.ensure_future(batches.read(text)) for text in TEXTS[:3]]
        await asyncio.sleep(0)
        asked[0].cancel()
        return await asyncio.gather(*asked, return_exceptions=True)

    cancelled, *others = asyncio.run(give_up())
    assert isinstance(cancelled, asyncio.CancelledError)
    assert [list(found) for found in others] == [list(gazetteer.iter_mentions(text)) for text in TEXTS[1:3]]
    assert gaz.sizes == [2]
