cimport cython

cdef Py_ssize_t _NAME, _FIRST, _LAST, _CLITIC, _CLITIC_BI, _REACH, _BEFORE
cdef int _COMMA, _BRACKET
cdef double _KNOWN
cdef unsigned long long _DEMONYM, _ADDRESS
cdef unsigned short _OF, _INSIDE


@cython.locals(
    passage=Py_ssize_t, hit=Py_ssize_t, name=Py_ssize_t, first=Py_ssize_t, last=Py_ssize_t, begin=Py_ssize_t,
    end=Py_ssize_t, of_state=int, word=Py_ssize_t, listed=bint, address=bint,
)
cpdef mark_held_abroad(
    const long long[:, ::1] hits, const long long[::1] passages, const unsigned char[::1] gap,
    const long long[::1] cue, const unsigned long long[::1] cue_roles, const unsigned short[::1] classes,
    const unsigned char[::1] foreign, const double[::1] salience,
    unsigned char[::1] begins, unsigned char[::1] held
)

@cython.locals(said=bint, word=Py_ssize_t)
cdef bint _is_inside(
    Py_ssize_t last, Py_ssize_t end, const unsigned char[::1] gap, const unsigned short[::1] classes,
    const unsigned char[::1] begins
) noexcept
