cimport cython
from buldan.geoparse.names.views cimport CueViews, HitViews, NameViews, WordViews
from buldan.geoparse.recognition.original_letters cimport OriginalLetters

cdef Py_ssize_t _NAME, _FIRST, _LAST, _CLITIC
cdef Py_ssize_t _REACH, _LIST_REACH, _DEMONYM_REACH
cdef double _MAJOR
cdef int _COMMA, _BRACKET, _CLITIC_BI
cdef unsigned long long _TRIGGER, _STATE, _TOWARD, _DEMONYM, _OF_ABROAD
cdef unsigned short _OF, _INSIDE, _ARTICLE, _AND, _LEADING


cdef class HeldAbroad:
    cdef HitViews _hits
    cdef WordViews _words
    cdef NameViews _names
    cdef CueViews _cues
    cdef OriginalLetters _letters
    cdef unsigned char[::1] _begins

    @cython.locals(hit=Py_ssize_t)
    cdef void mark_places_abroad(self, Py_ssize_t begin, Py_ssize_t end) noexcept

    @cython.locals(first=Py_ssize_t, last=Py_ssize_t, word=Py_ssize_t, is_inside=bint, listed=bint)
    cdef bint is_held(self, Py_ssize_t hit, Py_ssize_t first_word, Py_ssize_t stop) noexcept

    @cython.locals(of_list=bint)
    cdef bint _may_be_listed(self, Py_ssize_t word) noexcept

    @cython.locals(at=Py_ssize_t)
    cdef bint is_in_state(self, Py_ssize_t last, Py_ssize_t stop) noexcept
