"""Run by the Python that has QGIS, with the address of a service: the locator and the algorithm, as JSON on stdout."""

import json
import sys

from qgis.core import (
    QgsApplication,
    QgsFeature,
    QgsFeedback,
    QgsLocatorContext,
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsSettings,
    QgsVectorLayer,
)

address, folder = sys.argv[1:]
sys.path.insert(0, folder)
application = QgsApplication([], False)
application.initQgis()
QgsSettings().setValue("buldan_geocoder/address", address)

from buldan_geocoder.locator import BuldanLocatorFilter  # noqa: E402
from buldan_geocoder.plugin import BuldanProvider  # noqa: E402

seen = []
locator = BuldanLocatorFilter()
locator.resultFetched.connect(lambda result: seen.append([result.displayString, result.description, result.userData]))
locator.clone()
locator.fetchResults("Maalou", QgsLocatorContext(), QgsFeedback())

provider = BuldanProvider()
QgsApplication.processingRegistry().addProvider(provider)
layer = QgsVectorLayer("None?field=place:string&field=gov:string", "rows", "memory")
for place, unit in (("معلولا", ""), ("Nawa", "Daraa"), ("qqqq", ""), ("", ""), ("Zahraa", None)):
    row = QgsFeature(layer.fields())
    row.setAttributes([place, unit])
    layer.dataProvider().addFeature(row)
context = QgsProcessingContext()
algorithm = QgsApplication.processingRegistry().createAlgorithmById("buldan:geocode")
asked = {"INPUT": layer, "NAME": "place", "WITHIN": ["gov"], "ADDRESS": address, "OUTPUT": "memory:"}
output, worked = algorithm.run(asked, context, QgsProcessingFeedback())
places = context.takeResultLayer(output["OUTPUT"])
rows = [
    {
        "row": dict(zip(places.fields().names(), [str(value) for value in found.attributes()], strict=True)),
        "point": json.loads(found.geometry().asJson())["coordinates"] if found.hasGeometry() else None,
    }
    for found in places.getFeatures()
]
wrong = algorithm.run(asked | {"ADDRESS": "http://127.0.0.1:9"}, QgsProcessingContext(), QgsProcessingFeedback())
print(json.dumps({"locator": seen, "worked": worked, "rows": rows, "wrong": wrong[1]}))
sys.stdout.flush()
application.exitQgis()
