"""What spelling does, and the only functions that undo it; used alike by every floor above.

Tables in `buldan/text/tables` hold the rules; the modules are small engines that read them.
"""

from buldan.text.folding import FOLD_VERSION, fold, fold_with_offsets
from buldan.text.scripts import is_arabic, script_of
from buldan.text.sounds import SOUNDS_VERSION, phonemes, skeletons, sound_words
from buldan.text.words import split_words

__all__ = [
    "FOLD_VERSION",
    "SOUNDS_VERSION",
    "fold",
    "fold_with_offsets",
    "is_arabic",
    "phonemes",
    "script_of",
    "skeletons",
    "sound_words",
    "split_words",
]
