cimport cython
from buldan.geoparse.document.words cimport WordList, find_strongest_gap

cdef int _MOST_WORDS, _HYPHEN, _QUOTE

# What is asked of every mention has types; of what few texts tell, none.
@cython.locals(words=WordList, at=Py_ssize_t, before=str)
cpdef Py_ssize_t find_edge(flat, Py_ssize_t first) except -1

@cython.locals(words=WordList, count=Py_ssize_t, begin=Py_ssize_t)
cpdef find_signal_before(flat, Py_ssize_t edge)

@cython.locals(words=WordList, last=Py_ssize_t, adjectives=Py_ssize_t, begin=Py_ssize_t)
cpdef find_sided_before(flat, Py_ssize_t edge)

@cython.locals(words=WordList, count=Py_ssize_t, end=Py_ssize_t)
cpdef find_signal_after(flat, Py_ssize_t last)
