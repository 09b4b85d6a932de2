cimport cython
from buldan.geoparse.document.words cimport WordList, find_strongest_gap

cdef int _HYPHEN, _QUOTE, _COMMA, _MOST_SHARE, _TO_OTHER_END

# What is asked of every mention has types; of what few texts tell, none.
cdef class PassageMentions:
    cdef readonly list first, last
    cdef readonly object places
    cdef object _flat
    cdef dict _before, _after

    @cython.locals(edge=Py_ssize_t)
    cpdef tuple find_before(self, Py_ssize_t at)

    cpdef find_after(self, Py_ssize_t at)

@cython.locals(edge=Py_ssize_t)
cpdef find_relation(flat, PassageMentions spots, Py_ssize_t at, terrain)

@cython.locals(words=WordList, first=Py_ssize_t)
cdef _relate_by_distance(flat, spot, Py_ssize_t edge)

@cython.locals(first=Py_ssize_t, last=Py_ssize_t, begins=list, ends=list)
cdef _relate_shared_countryside(flat, PassageMentions spots, Py_ssize_t at, terrain)

@cython.locals(words=WordList, gaps=bytes, word=Py_ssize_t)
cdef bint _is_listed(flat, Py_ssize_t last, Py_ssize_t first) except -1

@cython.locals(first=Py_ssize_t, last=Py_ssize_t)
cdef _relate_two_places(flat, PassageMentions spots, Py_ssize_t at, terrain)

@cython.locals(first=Py_ssize_t, last=Py_ssize_t)
cdef _find_signal_of_two(flat, PassageMentions spots, Py_ssize_t at)
