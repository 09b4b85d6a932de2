cimport cython


@cython.locals(count=Py_ssize_t, hit=Py_ssize_t)
cpdef Py_ssize_t count_candidates(const long long[::1] names, const long long[::1] first, long long[::1] begins)


@cython.locals(
    places="const int[::1]", form="const unsigned char[::1]", share="const double[::1]",
    bit="const unsigned long long[::1]", kind="const long long[::1]", salience="const double[::1]",
    hits="long long[::1]", rows="long long[::1]", codes="long long[:, ::1]", values="double[:, ::1]",
    at=Py_ssize_t, hit=Py_ssize_t, wanted="unsigned long long", number=Py_ssize_t, row=Py_ssize_t,
)
cpdef fill_candidates(
    const long long[::1] names, const unsigned long long[::1] asked, const long long[::1] first, tuple by_place,
    tuple by_row, Py_ssize_t kinds, tuple out, tuple features
)
