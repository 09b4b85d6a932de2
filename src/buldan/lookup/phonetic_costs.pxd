cimport cython
from buldan.text.alignment cimport Aligner


cdef class PhoneticCosts:
    cdef Aligner _aligner
    cdef const int[::1] _place, _sound
    cdef const unsigned char[::1] _codes
    cdef const long long[::1] _offsets

    @cython.locals(form=Py_ssize_t)
    cpdef list measure(self, list forms, bytes asked)

    @cython.locals(form=Py_ssize_t)
    cpdef list measure_openings(self, list forms, bytes asked)

    @cython.locals(sound=Py_ssize_t)
    cdef list _measure_sounds(self, list sounds, bytes asked, double worth, double best)

    @cython.locals(
        position=dict, sounds=list, form=Py_ssize_t, sound=Py_ssize_t, costs=list, limit=double, kept=list,
        kept_costs=list, cost=double,
    )
    cpdef tuple find_nearest(self, list forms, bytes asked, Py_ssize_t most, double worth, double best)

    @cython.locals(form=Py_ssize_t)
    cpdef list select_other_places(self, list forms, list known)
