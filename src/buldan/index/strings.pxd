cimport cython


cdef class Strings:
    cdef const unsigned int[::1] _codes
    cdef const long long[::1] _offsets

    @cython.locals(at=Py_ssize_t)
    cdef str _decode(self, Py_ssize_t start, Py_ssize_t end)

    @cython.locals(row=Py_ssize_t)
    cpdef list find_one_edit_apart(self, list rows, str key)

    @cython.locals(
        start=Py_ssize_t, end=Py_ssize_t, first=Py_ssize_t, last=Py_ssize_t, mine=Py_ssize_t, asked=Py_ssize_t
    )
    cdef bint _is_one_edit_from(self, Py_ssize_t row, str key)
