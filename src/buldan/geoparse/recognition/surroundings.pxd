cimport cython
from buldan.geoparse.linear_sums cimport SumViews
from buldan.geoparse.names.views cimport CueViews, HitViews, NameViews, WordViews
from buldan.geoparse.recognition.doubt_features cimport DoubtFeatures
from buldan.geoparse.recognition.held_abroad cimport HeldAbroad
from buldan.geoparse.recognition.original_letters cimport OriginalLetters
from buldan.geoparse.recognition.person_names cimport PersonNames
from buldan.geoparse.recognition.script_features cimport ScriptFeatures

cdef Py_ssize_t _DOUBTS, _SCRIPT_FEATURES, _HELD, _HELD_MINOR, _ADJECTIVE, _BEHIND_PERSON, _OTHER_SENSE, _OF_STATE
cdef Py_ssize_t _HASHTAG, _AS_PERSON, _OF_BODY, _DATELINE, _AROUND, _TO_WARE, _MOST_WORDS, _MOST_LETTERS
cdef Py_ssize_t _NAME, _FIRST, _LAST, _START, _END, _CLITIC
cdef double _MAJOR, _COMMON_ADJECTIVE, _MUCH_COMMONER
cdef int _SPACE, _HYPHEN, _COMMA, _LINE, _RUNNING
cdef unsigned int _SHARP, _COLON, _UNDERSCORE, _STRAIGHT, _CURLED
cdef unsigned long long _TRIGGER, _ROAD, _NAMED_AFTER, _ARTICLE, _PREPOSITIONS
cdef unsigned short _ENDING


cdef class Surroundings:
    cdef HitViews _hits
    cdef WordViews _words
    cdef NameViews _names
    cdef CueViews _cues
    cdef OriginalLetters _letters
    cdef HeldAbroad _held
    cdef DoubtFeatures _doubts
    cdef PersonNames _persons
    cdef ScriptFeatures _script
    cdef const long long[::1] _asked
    cdef double[::1] _row
    cdef long long[::1] _codes

    @cython.locals(
        begin=Py_ssize_t, end=Py_ssize_t, passage=Py_ssize_t, first_word=Py_ssize_t, stop=Py_ssize_t, hit=Py_ssize_t,
        of_person=bint, column=Py_ssize_t,
    )
    cpdef fill(
        self, SumViews weights, double[::1] log_odds, unsigned char[:, ::1] stated, double[:, ::1] values,
        long long[:, ::1] codes
    )

    @cython.locals(
        first=Py_ssize_t, last=Py_ssize_t, name=Py_ssize_t, near=bint, after=bint, before=Py_ssize_t,
        before2=Py_ssize_t, behind=Py_ssize_t, at=Py_ssize_t, roles="unsigned long long",
        roles2="unsigned long long", roles_behind="unsigned long long", asked="unsigned long long", minor=bint,
        one_word=bint, zipf=double, abroad=bint, begins=Py_ssize_t, beside_before=bint, beside_after=bint,
        no_cue_before=bint, no_cue_after=bint,
    )
    cdef void _fill(self, Py_ssize_t hit, Py_ssize_t first_word, Py_ssize_t stop) noexcept

    @cython.locals(begins=Py_ssize_t, quoted=bint, word=Py_ssize_t, roles="unsigned long long")
    cdef bint _names_ware(
        self, Py_ssize_t first, Py_ssize_t last, Py_ssize_t stop, unsigned long long roles_before
    ) noexcept

    @cython.locals(sign="unsigned int", behind=bint)
    cdef bint _is_in_tag(self, Py_ssize_t begins, Py_ssize_t ends, bint minor) noexcept

    @cython.locals(built=bint)
    cdef bint _names_facility(self, Py_ssize_t cue) noexcept

    @cython.locals(begin=Py_ssize_t, end=Py_ssize_t, wide=bint, colon=bint)
    cdef bint _heads_line(self, Py_ssize_t last) noexcept

    @cython.locals(word=Py_ssize_t, other_sense_roles="unsigned long long")
    cdef bint _has_other_sense_cue(self, Py_ssize_t hit, Py_ssize_t first_word, Py_ssize_t stop) noexcept
