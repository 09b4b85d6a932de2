cimport cython
from buldan.index.bisection cimport find_first_at_least

cdef unsigned long long _START, _FACTOR, _MASK
cdef int _SHORTEST_NEAR


cpdef unsigned long long hash_key(str key)


@cython.locals(hashed="unsigned long long", at=Py_ssize_t)
cdef unsigned long long _hash_without(str key, Py_ssize_t left_out)


cdef class Postings:
    cdef readonly object keys, starts, rows
    cdef const unsigned long long[::1] _keys
    cdef const unsigned int[::1] _starts
    cdef const int[::1] _rows

    @cython.locals(found=list)
    cpdef list find(self, str key, Py_ssize_t most=*)

    @cython.locals(found=list)
    cpdef list find_any(self, keys, Py_ssize_t most=*)

    @cython.locals(found=list, at=Py_ssize_t)
    cpdef list find_slips(self, str key, Py_ssize_t most=*)

    @cython.locals(
        found=list, share=Py_ssize_t, position=Py_ssize_t, start=Py_ssize_t, end=Py_ssize_t, at=Py_ssize_t
    )
    cpdef list take_fair_share(self, list positions, Py_ssize_t least, Py_ssize_t most)

    @cython.locals(
        counts="unsigned char[::1]", most=int, least=int, key=str, start=Py_ssize_t, end=Py_ssize_t, at=Py_ssize_t,
        row=Py_ssize_t,
    )
    cpdef list find_most_shared(self, keys, Py_ssize_t common, Py_ssize_t rows)

    @cython.locals(start=Py_ssize_t, end=Py_ssize_t, at=Py_ssize_t)
    cdef _add(self, unsigned long long hashed, Py_ssize_t most, list found)

    @cython.locals(low=Py_ssize_t)
    cdef (Py_ssize_t, Py_ssize_t) _find_run(self, unsigned long long hashed)
