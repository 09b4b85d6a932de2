cimport cython
from buldan.geoparse.document.letter_case cimport is_latin_capital
from buldan.geoparse.names.views cimport CliticViews, NameViews, WordViews

cdef Py_ssize_t _NAME, _FIRST, _LAST, _START, _END, _CLITIC, _JOINED, _SKIP, _BEHIND, _FEWEST_IN_LINE, _FEWEST_LETTERS, _FEWEST_SPOKEN
cdef int _NO_OBJECTION, _LETTER, _SOONER, _SPOKEN, _PARTED, _ADVERB, _MERE_WORD, _COMMA, _LINE, _ATTESTED, _UNKNOWN, _WORD, _RUNNING, _SMALL
cdef unsigned int _TANWIN, _NEW_LINE, _ALEF, _LAM, _NOT_ASCII
cdef double _COMMON, _WELL_KNOWN
cdef long long _FAR

cdef long long _look_up(unsigned int code, const long long[::1] table) noexcept


cdef class HitTable:
    cdef WordViews _words
    cdef NameViews _names
    cdef CliticViews _clitics

    @cython.locals(
        begin=Py_ssize_t, count=Py_ssize_t, end=Py_ssize_t, name="long long", last="long long", skip="long long", joins=bint, reach="long long", syrian_start="long long",
        at=Py_ssize_t, first="long long", whole_salience=double,
    )
    cpdef Py_ssize_t fill(
        self, const long long[:, ::1] spelled, Py_ssize_t found, long long[:, ::1] table, unsigned char[::1] objections
    )

    cdef long long _get_clitic(self, long long first, long long skip) noexcept

    @cython.locals(start="long long")
    cdef long long _find_start(self, long long name, long long first, long long skip) noexcept

    @cython.locals(salience=double)
    cdef double _rate_whole_word(self, long long name) noexcept

    @cython.locals(clitic="long long", start="long long", end="long long", either=bint, spoken=bint)
    cdef int _find_objection(
        self, long long name, long long first, long long last, long long skip, long long reach, long long syrian_start,
        double whole_salience
    ) noexcept

    @cython.locals(article=bint)
    cdef bint _has_article(self, long long start) noexcept

    @cython.locals(letters="long long")
    cdef bint _may_follow_spoken(self, long long name, long long first, long long last) noexcept

    @cython.locals(strongest="unsigned char", word="long long")
    cdef bint _is_parted(self, long long first, long long last) noexcept

    @cython.locals(
        breaks="long long", at="long long", others="unsigned char", ends="long long", word="long long",
        place="long long", begin="long long",
    )
    cdef bint _is_wrapped(self, long long first, long long last) noexcept

    @cython.locals(count=int, back="long long")
    cdef bint _ends_in_tanwin(self, long long end) noexcept

    @cython.locals(case="unsigned char", sense="unsigned char", known=bint)
    cdef bint _is_mere_word(self, long long name, long long first, long long last, long long letters) noexcept

    @cython.locals(capitals=int, word="long long")
    cdef bint _has_capital(self, long long first, long long last) noexcept
