cimport cython
from buldan.geoparse.names.views cimport CueViews, WordViews

# The other functions have no types: their loops over words are a fifth quicker compiled as they stand.
cdef unsigned long long _SETTLEMENTS, _SMALL
cdef long long _BEGINNING
cdef int _SPACE, _QUOTE


@cython.locals(word=Py_ssize_t, asked="unsigned long long", small=bint)
cpdef tuple _list_promising(WordViews words, CueViews cues)
