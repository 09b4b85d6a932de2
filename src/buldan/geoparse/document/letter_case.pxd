cimport cython
from buldan.geoparse.document.words cimport TextViews

cdef unsigned char _STOP, _LINE, _RUNNING, _TITLE, _SHOUTED, _SMALL
cdef unsigned int _DOT, _SMALL_A, _SMALL_Z, _A, _Z, _LATIN, _LATIN_ENDS
cdef double _TITLE_SHARE, _SHOUTED_SHARE
cdef Py_ssize_t _FEWEST_WORDS, _LONG_WORD


@cython.locals(
    gap="const unsigned char[::1]", starts="const long long[::1]", codes="const unsigned int[::1]",
    original="const unsigned int[::1]", offsets="const long long[::1]", begin=Py_ssize_t, count=Py_ssize_t,
    end=Py_ssize_t, words=Py_ssize_t, of_length=Py_ssize_t, first=Py_ssize_t,
    capitalised=Py_ssize_t, shouted=Py_ssize_t, ended=bint, letters=Py_ssize_t, how="unsigned char", headline=bint,
    word=Py_ssize_t,
)
cpdef classify_lines(TextViews text, unsigned char[::1] case, unsigned char[::1] capital)

cpdef bint is_latin_capital(unsigned int code) noexcept
