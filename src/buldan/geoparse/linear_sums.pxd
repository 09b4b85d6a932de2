cimport cython


cdef class SumViews:
    cdef const long long[::1] begins
    cdef const double[::1] sums, weights

    @cython.locals(hit=Py_ssize_t, coded=double, total=double, kind=Py_ssize_t, feature=Py_ssize_t)
    cpdef fill(
        self, const long long[:, ::1] codes, Py_ssize_t first_code, const double[:, ::1] values,
        Py_ssize_t first_value, double[:, ::1] out
    )

    @cython.locals(coded=double, total=double, kind=Py_ssize_t, feature=Py_ssize_t)
    cdef double sum_row(self, const long long[::1] codes, const double[::1] values) noexcept
