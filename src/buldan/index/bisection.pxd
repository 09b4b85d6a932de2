cimport cython

@cython.locals(middle=Py_ssize_t)
cpdef Py_ssize_t find_first_at_least(
    const unsigned long long[::1] keys, unsigned long long key, Py_ssize_t low, Py_ssize_t high
) noexcept
