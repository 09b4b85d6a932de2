cimport cython
from buldan.geoparse.names.views cimport WordViews
from buldan.geoparse.recognition.original_letters cimport OriginalLetters

cdef Py_ssize_t _LONGEST_AGE
cdef int _COMMA, _BRACKET
cdef unsigned long long _BEFORE_NAME, _KIN, _TITLE, _PARTY
cdef unsigned short _FIGURE


cdef class PersonNames:
    cdef WordViews _words
    cdef OriginalLetters _letters

    @cython.locals(titled=bint, given=bint)
    cdef bint is_introduced(
        self, Py_ssize_t first, unsigned long long roles, unsigned long long roles2, unsigned long long roles_behind
    ) noexcept

    @cython.locals(figures=Py_ssize_t, initial=bint, bracketed=bint)
    cdef bint is_written_so(
        self, Py_ssize_t first, Py_ssize_t last, Py_ssize_t first_word, Py_ssize_t stop
    ) noexcept
