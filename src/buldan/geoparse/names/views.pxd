cimport cython
from buldan.geoparse.document.letter_case cimport classify_lines
from buldan.geoparse.document.words cimport TextViews

cdef Py_ssize_t _FIRST
cdef double _WELL_KNOWN


cdef class HitViews:
    cdef const long long[:, ::1] table

    @cython.locals(end=Py_ssize_t)
    cdef Py_ssize_t find_end(self, Py_ssize_t begin, Py_ssize_t last) noexcept


cdef class CliticViews:
    cdef const long long[::1] clitic_of, joins
    cdef long long spoken, adds


cdef class WordViews:
    cdef const long long[::1] passages, starts, offsets
    cdef long long[::1] number, cue, classes, piece
    cdef const unsigned char[::1] gap
    cdef unsigned char[::1] case, capital
    cdef const double[::1] common
    cdef const unsigned int[::1] codes, original
    cdef const unsigned long long[::1] hashes

    cdef void _take_text(self, TextViews text)

    @cython.locals(count=Py_ssize_t)
    cdef void _divide_room(self, long long[::1] numbers, unsigned char[::1] case)


cdef class NameViews:
    cdef const long long[::1] first, number, clitic_length
    cdef const int[::1] places
    cdef const unsigned char[::1] form_by_place, form, foreign, person, is_not_place, teh, historical, namesake
    cdef const unsigned char[::1] sense, only_place
    cdef const double[::1] share, salience, zipf
    cdef const unsigned long long[::1] roles, kinds, other_sense_roles

    cdef bint is_only_abroad(self, Py_ssize_t name) noexcept


cdef class CueViews:
    cdef const unsigned long long[::1] roles, before, after, announced, facility
    cdef const long long[::1] role_set
    cdef const unsigned char[::1] many
