cimport cython

cdef double _KM_PER_DEGREE


cdef class Extent:
    cdef const int[:, ::1] _unit
    cdef const double[::1] _lon, _lat, _point_lon, _point_lat, _reach_km
    cdef list _units
    cdef object _find_points

    @cython.locals(measured=dict, apart=list)
    cpdef list measure_outside_km(self, list rows)

    cpdef double measure_km(self, Py_ssize_t row)

    @cython.locals(level=Py_ssize_t, number=int)
    cpdef bint holds(self, Py_ssize_t row)

    @cython.locals(
        lon=double, lat=double, scale=double, apart=double, nearest=double, last=Py_ssize_t, at=Py_ssize_t, east=double,
        north=double,
    )
    cdef double _measure_apart_km(self, Py_ssize_t row)
