cimport cython

cdef double _SAME_SPOT_KM, _BOX, _LEAST_SCORE
cdef int _MOST_HERE, _MOST_CANDIDATES


cdef class CoLocated:
    cdef readonly int row
    cdef readonly double lon, lat
    cdef readonly list positions
    cdef public double score


@cython.locals(spot=CoLocated)
cdef CoLocated _find_spot(list spots, double lon, double lat)


@cython.locals(spot=CoLocated, level=int)
cdef CoLocated _find_spot_of_unit(list spots, int row, const int[:, ::1] headed)
