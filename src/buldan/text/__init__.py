"""What spelling does, and the only functions that undo it; used alike by every floor above.

Tables in `buldan/text/tables` hold the rules; the modules are small engines that read them.
"""

from buldan.text.abroad import foreign_names, is_foreign, is_foreign_country
from buldan.text.dates import arabic_ordinals, is_date, months
from buldan.text.distance import aligner, edit_cost, encode_sounds, scripts_of, similarity
from buldan.text.folding import FOLD_VERSION, codes_of, fold, fold_codes, fold_with_offsets, fold_word
from buldan.text.generic import (
    GenericTerm,
    KindPhrase,
    generic_terms,
    is_bare_phrase,
    is_forming_word,
    is_generic_word,
    is_kind_alone,
    is_kind_word,
    is_side_word,
    kind_phrases,
)
from buldan.text.joining import (
    ONE_LETTER_CLITICS,
    SPOKEN_CLITICS,
    articles,
    clitics,
    has_article,
    is_article,
    joining_words,
    parting_words,
)
from buldan.text.respelling import Respelling, iter_respellings, respell
from buldan.text.scripts import is_arabic, script_of
from buldan.text.sounds import (
    SOUNDS_VERSION,
    Words,
    count_articles,
    end_as_written,
    first_skeleton,
    folded_words,
    is_bare_article,
    phonemes,
    plain_key,
    plain_words,
    skeletons,
    sound_words,
    words_phonemes,
    words_skeletons,
)
from buldan.text.words import find_words, split_words

__all__ = [
    "FOLD_VERSION",
    "ONE_LETTER_CLITICS",
    "SOUNDS_VERSION",
    "SPOKEN_CLITICS",
    "GenericTerm",
    "KindPhrase",
    "Respelling",
    "Words",
    "aligner",
    "arabic_ordinals",
    "articles",
    "clitics",
    "codes_of",
    "count_articles",
    "edit_cost",
    "encode_sounds",
    "end_as_written",
    "find_words",
    "first_skeleton",
    "fold",
    "fold_codes",
    "fold_with_offsets",
    "fold_word",
    "folded_words",
    "foreign_names",
    "generic_terms",
    "has_article",
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
    "is_side_word",
    "iter_respellings",
    "joining_words",
    "kind_phrases",
    "months",
    "parting_words",
    "phonemes",
    "plain_key",
    "plain_words",
    "respell",
    "script_of",
    "scripts_of",
    "similarity",
    "skeletons",
    "sound_words",
    "split_words",
    "words_phonemes",
    "words_skeletons",
]
