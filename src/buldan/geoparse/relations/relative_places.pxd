cimport cython
from buldan.geoparse.document.words cimport WordList
from buldan.geoparse.relations.passage_mentions cimport PassageMentions

cdef int _QUOTE, _MOST_SHARE

# What is asked of every mention has types; of what few texts tell, none.
@cython.locals(edge=Py_ssize_t)
cpdef find_relation(flat, PassageMentions mentions, Py_ssize_t at, terrain)

@cython.locals(words=WordList, first=Py_ssize_t)
cdef _relate_by_distance(flat, mention, Py_ssize_t edge)

@cython.locals(first=Py_ssize_t, last=Py_ssize_t)
cdef _relate_shared_countryside(flat, PassageMentions mentions, Py_ssize_t at, terrain)

@cython.locals(first=Py_ssize_t, last=Py_ssize_t)
cdef _relate_two_places(flat, PassageMentions mentions, Py_ssize_t at, terrain)
