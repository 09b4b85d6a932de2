cimport cython
from buldan.geoparse.resolution.place_views cimport PlaceViews

cdef extern from "math.h":
    cpdef double exp(double x)
    cpdef double log(double x)

cdef Py_ssize_t _MOST
cdef double _LEAST_SHARE, _CERTAIN, _SPOT_DEG, _MOST_CERTAIN


@cython.locals(
    first="const long long[::1]", row="const long long[::1]", share="const double[::1]", best="const long long[::1]",
    lon="const float[::1]", lat="const float[::1]", slope=double, intercept=double, count=Py_ssize_t, at=Py_ssize_t,
    hit="long long", likeliest="long long", start="long long", stop="long long", chance=double, most=double, raw=double,
    inside=double, sure=double, begun=Py_ssize_t, left=double, pair="long long",
)
cpdef Py_ssize_t rank_places(
    const long long[::1] which, tuple pairs, PlaceViews places, const double[::1] log_odds, tuple calibration,
    double[::1] confidence, long long[::1] ends, long long[::1] next_rows, double[::1] next_chances
)

@cython.locals(here_lon=double, here_lat=double, total=double, pair="long long", east=double, north=double)
cdef double _add_spot(
    long long start, long long stop, long long likeliest, const long long[::1] row, const double[::1] share,
    const float[::1] lon, const float[::1] lat
) noexcept

@cython.locals(to=Py_ssize_t, end=Py_ssize_t, at=Py_ssize_t)
cdef Py_ssize_t _insert(
    Py_ssize_t begun, Py_ssize_t count, long long row, double chance, long long[::1] rows, double[::1] chances
) noexcept
