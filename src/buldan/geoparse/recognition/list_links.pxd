cimport cython
from buldan.geoparse.names.views cimport CueViews, HitViews, WordViews

cdef Py_ssize_t _BEFORE, _BEHIND, _ASKED, _OWN, _HEADED, _ENDING, _BEGINNING
cdef Py_ssize_t _FIRST, _LAST, _START, _CLITIC, _JOINED, _CLITIC_BI
cdef int _COMMA, _BRACKET, _STOP, _HANDED_ON, _ANNOUNCED, _LONGEST_ITEM, _BEFORE_COLON, _DATE, _IN_SCHEDULE, _MOST_OTHERS
cdef unsigned int _COLON
cdef unsigned short _AND, _GOES_ON, _ONWARD, _FIGURE
cdef unsigned long long _CALENDAR


cdef class ListLinks:
    cdef HitViews _hits
    cdef WordViews _words
    cdef CueViews _cues
    cdef long long[:, ::1] _lists

    @cython.locals(
        word=Py_ssize_t, count=Py_ssize_t, hit=Py_ssize_t, first=Py_ssize_t, last=Py_ssize_t, passage=Py_ssize_t,
        previous=Py_ssize_t, following=Py_ssize_t, before=Py_ssize_t, headed="unsigned long long",
    )
    cpdef fill(self)

    @cython.locals(word=Py_ssize_t, found=Py_ssize_t, beside=Py_ssize_t)
    cdef Py_ssize_t _find_previous(self, Py_ssize_t first, Py_ssize_t begin) noexcept

    @cython.locals(word=Py_ssize_t, found=Py_ssize_t, beside=Py_ssize_t)
    cdef Py_ssize_t _find_following(self, Py_ssize_t last, Py_ssize_t stop) noexcept

    @cython.locals(
        passage=Py_ssize_t, hit=Py_ssize_t, last=Py_ssize_t, figures=Py_ssize_t, others=Py_ssize_t, word=Py_ssize_t,
        stop=Py_ssize_t, following=Py_ssize_t,
    )
    cdef void _link_schedules(self) noexcept

    @cython.locals(asked="unsigned long long")
    cdef unsigned long long _find_asked_beside(self, Py_ssize_t first, Py_ssize_t last) noexcept

    @cython.locals(holds=bint)
    cdef bint _is_holder(self, Py_ssize_t hit) noexcept

    @cython.locals(other=Py_ssize_t)
    cdef void _note_if_longest(self, Py_ssize_t hit, Py_ssize_t edge, Py_ssize_t word) noexcept

    @cython.locals(words=Py_ssize_t)
    cdef Py_ssize_t _count_words(self, Py_ssize_t hit) noexcept

    @cython.locals(
        word=Py_ssize_t, item=Py_ssize_t, begins=bint, _=Py_ssize_t,
    )
    cdef unsigned long long _find_announced(self, Py_ssize_t hit) noexcept

    @cython.locals(end=Py_ssize_t, back=Py_ssize_t, gap=int, asked="unsigned long long")
    cdef unsigned long long _find_asked_by_heading(self, Py_ssize_t word) noexcept

    @cython.locals(found=bint)
    cdef bint _is_of_schedule(self, Py_ssize_t word) noexcept

    @cython.locals(begin=Py_ssize_t, end=Py_ssize_t, at=Py_ssize_t, found=bint)
    cdef bint _is_at_colon(self, Py_ssize_t word) noexcept

    @cython.locals(at=Py_ssize_t, edge=Py_ssize_t, number=Py_ssize_t, _=Py_ssize_t, found="unsigned long long")
    cdef unsigned long long _find_handed_on(self, Py_ssize_t hit, Py_ssize_t side) noexcept
