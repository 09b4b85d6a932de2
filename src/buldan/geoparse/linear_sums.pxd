cimport cython


@cython.locals(hit=Py_ssize_t, kind=Py_ssize_t)
cpdef add_coded(const long long[:, ::1] codes, const long long[::1] begins, const double[::1] sums, double[::1] out)


@cython.locals(hit=Py_ssize_t, feature=Py_ssize_t, total=double)
cpdef add_weighted(const double[:, ::1] values, const double[::1] weights, double[::1] out)
