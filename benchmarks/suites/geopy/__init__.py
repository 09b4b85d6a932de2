"""geopy's own tests of its Nominatim, Photon and GeoNames geocoders (`test/geocoders`), moved to Syria.

`aim.py` gives their geocoders the service's address. Left out by name: two tests of time zones, which no façade here
answers, and those of a wrong account, since there are no accounts.
"""
