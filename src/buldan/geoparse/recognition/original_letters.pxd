cimport cython
from buldan.geoparse.names.views cimport WordViews

cdef unsigned int _HEH, _MAQSURA, _DIGIT, _A, _Z, _NOT_ASCII, _ARABIC, _ARABIC_ENDS


cdef class OriginalLetters:
    cdef WordViews _words

    cdef bint begins_with_capital(self, Py_ssize_t word) noexcept

    @cython.locals(code="unsigned int")
    cdef bint is_capital(self, Py_ssize_t at) noexcept

    cdef bint ends_in_heh(self, Py_ssize_t end) noexcept

    @cython.locals(last=Py_ssize_t, ends=bint)
    cdef bint ends_in_maqsura(self, Py_ssize_t word) noexcept
