cimport cython
from buldan.geoparse.names.views cimport CueViews, HitViews, NameViews, WordViews
from buldan.geoparse.recognition.original_letters cimport OriginalLetters

cdef Py_ssize_t _HEH_FOR_TEH, _LATIN, _BODY_REACH
cdef Py_ssize_t _NAME, _FIRST, _LAST, _START, _END, _CLITIC
cdef double _COMMON, _COMMON_ADJECTIVE, _MAJOR
cdef int _RUNNING, _SMALL, _SPACE, _HYPHEN, _COMMA, _STOP, _CLITIC_BI, _CLITIC_TO, _PLURAL
cdef unsigned int _ALEF, _LAM, _YEH, _HEH, _NOON, _NOT_ASCII
cdef unsigned long long _OPENING, _BODY_ENDS, _LEGAL_FORM, _COUNTRY, _EVENT, _LOOSE, _ASKING
cdef unsigned short _ARTICLE, _DEFINITE, _PERSONS_NAME, _FEMININE


cdef class ScriptFeatures:
    cdef HitViews _hits
    cdef WordViews _words
    cdef NameViews _names
    cdef CueViews _cues
    cdef OriginalLetters _letters
    cdef str _original
    cdef object _is_spelled
    cdef double[::1] _row

    @cython.locals(heh=bint)
    cdef void fill(
        self, Py_ssize_t hit, Py_ssize_t at, bint near, bint after, bint no_cue_before, bint no_cue_after,
        Py_ssize_t stop
    ) noexcept

    cdef bint is_latin(self, Py_ssize_t hit) noexcept

    @cython.locals(
        first=Py_ssize_t, last=Py_ssize_t, end=Py_ssize_t, start=Py_ssize_t, minor=bint, definite=bint, one_word=bint,
        final="unsigned int", nisba=bint, behind_definite=bint, before_definite=bint,
        clitic=Py_ssize_t, teh=bint, before=Py_ssize_t, heeded="unsigned long long", adjective=bint, unasked=bint,
        plural=bint,
    )
    cdef void _fill_arabic(
        self, Py_ssize_t hit, Py_ssize_t at, bint near, bint after
    ) noexcept

    @cython.locals(
        first=Py_ssize_t, last=Py_ssize_t, name=Py_ssize_t, capital=bint, capital_before=bint, capital_after=bint,
        running=bint, whole=bint, previous=Py_ssize_t, beside=bint, common=double,
    )
    cdef void _fill_latin(
        self, Py_ssize_t hit, Py_ssize_t at, bint near, bint after, bint no_cue_before, bint no_cue_after,
        Py_ssize_t stop
    ) noexcept

    cdef bint _is_behind_article(self, Py_ssize_t word) noexcept

    @cython.locals(article=bint)
    cdef bint _is_before_article(self, Py_ssize_t word, Py_ssize_t stop) noexcept

    @cython.locals(plain=bint)
    cdef bint _opens_sentence(self, Py_ssize_t word) noexcept

    @cython.locals(word=Py_ssize_t)
    cdef bint _is_in_body(self, Py_ssize_t last, Py_ssize_t stop) noexcept
