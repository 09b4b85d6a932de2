cimport cython
from buldan.geoparse.names.views cimport WordViews

cdef long long _OPENS, _CLOSES


cdef class KnownWords:
    cdef unsigned long long[::1] _slots
    cdef int[::1] _values
    cdef const long long[::1] _cue
    cdef const unsigned int[::1] _classes
    cdef const int[::1] _piece
    cdef const double[::1] _common

    @cython.locals(at=Py_ssize_t)
    cpdef find(self, const unsigned long long[::1] hashes, long long[::1] numbers)

    @cython.locals(last="unsigned long long", at=Py_ssize_t, hashed="unsigned long long", slot="unsigned long long")
    cpdef insert(self, const unsigned long long[::1] hashes, Py_ssize_t first)

    @cython.locals(at=Py_ssize_t, number="long long")
    cpdef bint fill(self, WordViews words)

    @cython.locals(last="unsigned long long", slot="unsigned long long")
    cdef long long _find(self, unsigned long long hashed) noexcept


@cython.locals(at=Py_ssize_t, passage=Py_ssize_t)
cpdef list find_cue_pairs(WordViews words)
