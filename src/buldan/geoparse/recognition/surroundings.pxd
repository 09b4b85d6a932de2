cimport cython
from buldan.geoparse.names.views cimport CueViews, HitViews, NameViews, WordViews
from buldan.geoparse.recognition.held_abroad cimport HeldAbroad
from buldan.geoparse.recognition.original_letters cimport OriginalLetters
from buldan.geoparse.recognition.script_features cimport ScriptFeatures

cdef Py_ssize_t _DOUBTS, _SCRIPT_FEATURES, _HELD, _HELD_MINOR, _ADJECTIVE, _BEHIND_PERSON, _OTHER_SENSE, _OF_STATE
cdef Py_ssize_t _HASHTAG, _AS_PERSON, _OF_BODY, _DATELINE, _AROUND, _LONGEST_AGE, _MOST_WORDS, _MOST_LETTERS
cdef Py_ssize_t _NAME, _FIRST, _LAST, _START, _END, _CLITIC
cdef double _MAJOR, _COMMON, _COMMON_ADJECTIVE, _MUCH_COMMONER
cdef int _SPACE, _HYPHEN, _COMMA, _BRACKET, _LINE, _CLITIC_BI, _CLITIC_SPOKEN, _RUNNING
cdef unsigned int _SHARP, _COLON
cdef unsigned long long _PROMISES, _PERSON, _KIN, _TITLE, _LOOSE, _TRIGGER, _ROAD, _BODY, _BODY_ENDS, _BELONGING, _PEOPLE
cdef unsigned long long _THING, _IDEA, _PARTY
cdef unsigned short _ENDING, _FEMININE, _FIGURE, _AND


cdef class Surroundings:
    cdef HitViews _hits
    cdef WordViews _words
    cdef NameViews _names
    cdef CueViews _cues
    cdef OriginalLetters _letters
    cdef HeldAbroad _held
    cdef ScriptFeatures _script
    cdef const long long[::1] _asked

    @cython.locals(
        begin=Py_ssize_t, end=Py_ssize_t, passage=Py_ssize_t, first_word=Py_ssize_t, stop=Py_ssize_t, hit=Py_ssize_t,
        of_person=bint,
    )
    cpdef fill(self, double[:, ::1] values, long long[:, ::1] codes, unsigned char[:, ::1] stated)

    @cython.locals(
        first=Py_ssize_t, last=Py_ssize_t, name=Py_ssize_t, near=bint, after=bint, before=Py_ssize_t,
        before2=Py_ssize_t, behind=Py_ssize_t, at=Py_ssize_t, roles="unsigned long long",
        roles2="unsigned long long", roles_behind="unsigned long long", asked="unsigned long long", minor=bint,
        one_word=bint, zipf=double, abroad=bint, begins=Py_ssize_t, beside_before=bint, beside_after=bint,
        untold_before=bint, untold_after=bint,
    )
    cdef void _fill(
        self, Py_ssize_t hit, Py_ssize_t first_word, Py_ssize_t stop, double[:, ::1] values,
        long long[:, ::1] codes
    ) noexcept

    @cython.locals(
        name=Py_ssize_t, first=Py_ssize_t, minor=bint, unasked=bint, unpromised=bint, called=bint, person=bint,
        people=bint, adjective=bint, at=Py_ssize_t, clitic=Py_ssize_t, noun=Py_ssize_t,
    )
    cdef void _fill_doubts(
        self, Py_ssize_t hit, unsigned long long roles, unsigned long long roles2, unsigned long long roles_behind,
        bint near, double[:, ::1] values
    ) noexcept

    @cython.locals(built=bint)
    cdef bint _names_facility(self, Py_ssize_t cue) noexcept

    @cython.locals(begin=Py_ssize_t, end=Py_ssize_t, wide=bint, colon=bint)
    cdef bint _heads_line(self, Py_ssize_t last) noexcept

    @cython.locals(first=Py_ssize_t, last=Py_ssize_t, titled=bint, given=bint)
    cdef void _fill_person(
        self, Py_ssize_t hit, unsigned long long roles, unsigned long long roles2, unsigned long long roles_behind,
        Py_ssize_t first_word, Py_ssize_t stop, double[:, ::1] values
    ) noexcept

    @cython.locals(figures=Py_ssize_t, initial=bint, bracketed=bint)
    cdef bint _is_written_as_person(
        self, Py_ssize_t first, Py_ssize_t last, Py_ssize_t first_word, Py_ssize_t stop
    ) noexcept

    @cython.locals(word=Py_ssize_t, told_by="unsigned long long")
    cdef bint _is_other_sense_told(self, Py_ssize_t hit, Py_ssize_t first_word, Py_ssize_t stop) noexcept
