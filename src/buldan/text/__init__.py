"""Fold, split, transcribe and compare names; the only functions for that, used by all packages above.

Tables in `buldan/text/tables` hold the rules; the modules are small engines that read them.
"""

from buldan.text.abroad import is_foreign, is_foreign_country, load_foreign_names
from buldan.text.dates import is_date, load_arabic_ordinals, load_months
from buldan.text.distance import choose_cost_table, encode_sounds, load_aligner, measure_edit_cost, similarity
from buldan.text.folding import FOLD_VERSION, fold, fold_codes, fold_with_offsets, fold_word, list_code_points
from buldan.text.generic import (
    GenericTerm,
    KindPhrase,
    is_bare_phrase,
    is_forming_word,
    is_generic_word,
    is_kind_alone,
    is_kind_word,
    is_side_word,
    load_generic_terms,
    load_kind_phrases,
    strip_stop_words,
)
from buldan.text.joining import (
    ONE_LETTER_CLITICS,
    SPOKEN_CLITICS,
    has_article,
    is_article,
    load_articles,
    load_clitics,
    load_joining_words,
    load_parting_words,
)
from buldan.text.persons import is_person_name
from buldan.text.respelling import Respelling, iter_respellings, may_be_garbled, respell
from buldan.text.scripts import is_arabic, script_of
from buldan.text.sounds import (
    SOUNDS_VERSION,
    Words,
    count_articles,
    derive_first_skeleton,
    derive_skeletons,
    is_bare_article,
    make_plain_key,
    phonemes,
    restore_last_word,
    skeletons,
    split_folded_words,
    split_plain_words,
    transcribe_words,
)
from buldan.text.words import find_words, has_letter, split_words

__all__ = [
    "FOLD_VERSION",
    "ONE_LETTER_CLITICS",
    "SOUNDS_VERSION",
    "SPOKEN_CLITICS",
    "GenericTerm",
    "KindPhrase",
    "Respelling",
    "Words",
    "choose_cost_table",
    "count_articles",
    "derive_first_skeleton",
    "derive_skeletons",
    "encode_sounds",
    "find_words",
    "fold",
    "fold_codes",
    "fold_with_offsets",
    "fold_word",
    "has_article",
    "has_letter",
    "is_arabic",
    "is_article",
    "is_bare_article",
    "is_bare_phrase",
    "is_date",
    "is_foreign",
    "is_foreign_country",
    "is_forming_word",
    "is_generic_word",
    "is_kind_alone",
    "is_kind_word",
    "is_person_name",
    "is_side_word",
    "iter_respellings",
    "list_code_points",
    "load_aligner",
    "load_arabic_ordinals",
    "load_articles",
    "load_clitics",
    "load_foreign_names",
    "load_generic_terms",
    "load_joining_words",
    "load_kind_phrases",
    "load_months",
    "load_parting_words",
    "make_plain_key",
    "may_be_garbled",
    "measure_edit_cost",
    "phonemes",
    "respell",
    "restore_last_word",
    "script_of",
    "similarity",
    "skeletons",
    "split_folded_words",
    "split_plain_words",
    "split_words",
    "strip_stop_words",
    "transcribe_words",
]
