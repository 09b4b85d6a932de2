cimport cython
from buldan.geoparse.document.words cimport WordList, find_strongest_gap

cdef int _HYPHEN, _COMMA, _TO_OTHER_END

# What is asked of every mention has types; of what few texts tell, none.
cdef class PassageMentions:
    cdef readonly list first, last
    cdef readonly object places
    cdef object _flat
    cdef dict _before, _after

    @cython.locals(edge=Py_ssize_t)
    cpdef tuple find_before(self, Py_ssize_t number)

    cpdef find_after(self, Py_ssize_t number)

    @cython.locals(words=WordList, gaps=bytes, word=Py_ssize_t, last=Py_ssize_t, first=Py_ssize_t)
    cpdef bint is_listed_with_next(self, Py_ssize_t number) except -1
