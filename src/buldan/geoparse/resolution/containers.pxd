cimport cython
from buldan.geoparse.names.views cimport CueViews, HitViews, WordViews
from buldan.geoparse.resolution.choices cimport Choices

cdef Py_ssize_t _MAX_WORDS_TO_CONTAINER, _MAX_WORDS_TO_CLITIC_BI, _LABELLED, _LABEL_OF_TWO, _LONGEST_NAME
cdef Py_ssize_t _BEHIND, _BEFORE, _HOLDS, _ACTIVE
cdef Py_ssize_t _FIRST, _LAST, _CLITIC, _JOINED, _CLITIC_BI
cdef int _COMMA, _BRACKET, _STOP, _TOWN, _QUARTER
cdef unsigned short _INSIDE, _AND, _FURTHER, _FIGURE
cdef unsigned long long _UNITS


cdef class Containers:
    cdef HitViews _hits
    cdef WordViews _words
    cdef Choices _choices
    cdef CueViews _cues

    @cython.locals(hit=Py_ssize_t, container=Py_ssize_t, row=Py_ssize_t, following=Py_ssize_t)
    cdef void find(self, Py_ssize_t begin, Py_ssize_t end) noexcept

    @cython.locals(last=Py_ssize_t, other=Py_ssize_t, apart=Py_ssize_t, linked=bint)
    cdef Py_ssize_t _find_following(self, Py_ssize_t hit, Py_ssize_t end) noexcept

    @cython.locals(first=Py_ssize_t, other=Py_ssize_t, apart=Py_ssize_t, labelled=bint)
    cdef Py_ssize_t _find_before(self, Py_ssize_t hit, Py_ssize_t begin) noexcept

    @cython.locals(last=Py_ssize_t, other=Py_ssize_t, apart=Py_ssize_t, word=Py_ssize_t)
    cdef Py_ssize_t _find_behind(self, Py_ssize_t hit, Py_ssize_t end) noexcept

    @cython.locals(label=Py_ssize_t, word=Py_ssize_t, number=Py_ssize_t, asked="unsigned long long", labelled=bint)
    cdef bint _is_labelled(self, Py_ssize_t last, Py_ssize_t unit) noexcept
