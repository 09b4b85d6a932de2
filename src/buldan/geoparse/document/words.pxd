cimport cython

cdef unsigned int _SPACE, _DOT, _FIRST_ARABIC
cdef unsigned char _STOP, _EDGE
cdef unsigned long long _START, _FACTOR, _MASK


cdef class TextViews:
    cdef const unsigned int[::1] original
    cdef unsigned int[::1] codes
    cdef long long[::1] offsets, starts
    cdef unsigned char[::1] gap
    cdef unsigned long long[::1] hashes

    @cython.locals(half=Py_ssize_t)
    cdef void _divide_room(self, long long[::1] numbers)

    @cython.locals(length=Py_ssize_t, count=Py_ssize_t)
    cpdef tuple tokenize(
        self, const unsigned int[::1] plain, const unsigned char[::1] gap_of, const unsigned int[::1] folded,
        const long long[::1] offsets
    )


@cython.locals(
    length=Py_ssize_t, words=Py_ssize_t, spaced=bint, begun=Py_ssize_t, hashed="unsigned long long", at=Py_ssize_t,
    code="unsigned int", place=Py_ssize_t, strongest="unsigned char", marked=Py_ssize_t, before="unsigned int",
    stuck=bint,
)
cdef (Py_ssize_t, Py_ssize_t) _tokenize_into(
    const unsigned int[::1] original, const unsigned char[::1] gap_of, const unsigned int[::1] folded,
    const long long[::1] offsets, unsigned int[::1] codes, long long[::1] places, long long[::1] starts,
    unsigned char[::1] gaps, unsigned long long[::1] hashes
)

@cython.locals(last=bint)
cdef unsigned char _classify_dot(const unsigned int[::1] codes, const unsigned char[::1] gap_of, Py_ssize_t at) noexcept


cdef class WordList:
    cdef str _text
    cdef const long long[::1] _starts

    cpdef str at(self, Py_ssize_t number)


@cython.locals(strongest=int, word=Py_ssize_t)
cpdef int find_strongest_gap(bytes gaps, Py_ssize_t begin, Py_ssize_t end)
