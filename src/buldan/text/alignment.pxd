cimport cython


cdef class Aligner:
    cdef const double[::1] _costs
    cdef Py_ssize_t _width
    cdef int _marked

    @cython.locals(
        row="double[::1]", asked_marked=bint, position=Py_ssize_t, start=Py_ssize_t, end=Py_ssize_t, table=Py_ssize_t,
        cost=double,
    )
    cpdef list measure_costs(
        self, const unsigned char[::1] content, list starts, list ends, const unsigned char[::1] asked,
        double worth=*, double best=*
    )

    @cython.locals(at=Py_ssize_t)
    cdef bint _is_marked(self, const unsigned char[::1] content, Py_ssize_t start, Py_ssize_t end)

    @cython.locals(
        costs="const double[::1]", width=Py_ssize_t, first=Py_ssize_t, last=Py_ssize_t, at=Py_ssize_t,
        left=Py_ssize_t, swaps=Py_ssize_t, drop=double, diagonal=double, best=double, swap=double, least=double,
    )
    cdef double _align(
        self, Py_ssize_t table, const unsigned char[::1] content, Py_ssize_t start, Py_ssize_t end,
        const unsigned char[::1] asked, double[::1] row, double limit
    )
