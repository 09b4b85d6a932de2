"""Export of the gazetteer for other tools, with one module for each family of formats.

flat           places as rows: CSV, TSV, Excel, GeoParquet, FlatGeobuf, KML, shapefiles
package        GeoPackage with layers of places, names and areas
choices        choices of an XLSForm, for Kobo and ODK
documents      GeoJSON and GeoJSONSeq
linked_places  Linked Places Format (JSON-LD)
postgis        tables in a PostGIS database
"""

from buldan.export.formats import export_gazetteer
from buldan.export.linked_places import make_linked_places
from buldan.export.postgis import export_postgis

__all__ = ["export_gazetteer", "export_postgis", "make_linked_places"]
