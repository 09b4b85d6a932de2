cimport cython
from buldan.geoparse.names.views cimport CueViews, WordViews

# The other functions have no types: their loops over words are a fifth quicker compiled as they stand.
cdef unsigned long long _SETTLEMENTS, _SMALL
cdef long long _BEGINNING


@cython.locals(word=Py_ssize_t, asked="unsigned long long")
cpdef tuple _list_promising(WordViews words, CueViews cues)
