cimport cython

cdef Py_ssize_t _WIDTH, _SAME_FOLD, _ONE_LETTER, _ARTICLES_DIFFER, _VARIANT, _ANOTHERS, _LATIN, _UNCODED, _SALIENCE
cdef Py_ssize_t _GENERIC_KEPT, _KIND_AGREES, _KIND_DIFFERS, _COST, _COST_PER_SOUND, _BEFORE_RULES
cdef Py_ssize_t _KIND_LEFT_OUT, _TYPE_LEFT_OUT
cdef double _MOST_COST, _MOST_UTILITY, _BESIDE_KM


cdef class EvidenceTable:
    cdef const int[::1] _place
    cdef const unsigned char[::1] _rule, _articles, _standing, _arabic, _kind, _coded
    cdef const float[::1] _salience
    cdef const signed char[::1] _group
    cdef const double[::1] _weights
    cdef double _nothing

    @cython.locals(
        table="double[::1]", columns=list, values=list, position=Py_ssize_t, form=Py_ssize_t, place=Py_ssize_t,
        start=Py_ssize_t, at=Py_ssize_t, cost=double, rule=int, standing=int, group=int, agreed=int, is_famous=bint,
    )
    cpdef add(
        self, evidence, Py_ssize_t line, list forms, list costs, int letters, tuple read, int sounds, int articles,
        bint arabic, bytes agreement, bint bare, bint kept
    )

    @cython.locals(
        table="double[::1]", count=Py_ssize_t, position=Py_ssize_t, within=double, beyond=double, apart=list,
        kilometres=double, start=Py_ssize_t,
    )
    cpdef add_distances(
        self, evidence, list lines, Py_ssize_t inside, Py_ssize_t outside, list distances
    )

    @cython.locals(
        table="double[::1]", ranked=list, line=Py_ssize_t, column=Py_ssize_t, utility=double, met=set, lines=list,
        shares=list, total=double, negated=double, share=double,
    )
    cpdef tuple rank(self, evidence, list rows)
