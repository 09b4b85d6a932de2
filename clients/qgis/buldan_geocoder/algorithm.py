"""Processing: "Geocode with Buldan" gives each row of a table its place."""

from __future__ import annotations

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsFeature,
    QgsFeatureSink,
    QgsField,
    QgsGeometry,
    QgsPointXY,
    QgsProcessing,
    QgsProcessingAlgorithm,
    QgsProcessingException,
    QgsProcessingParameterFeatureSink,
    QgsProcessingParameterFeatureSource,
    QgsProcessingParameterField,
    QgsProcessingParameterNumber,
    QgsProcessingParameterString,
    QgsWkbTypes,
)
from qgis.PyQt.QtCore import QVariant

from .network import fetch, service_address
from .service import COLUMNS, batches, lookup_body, read_answers

_TYPES = {str: QVariant.String, float: QVariant.Double}


class GeocodeAlgorithm(QgsProcessingAlgorithm):
    """Looks up the names of a column within the units of others."""

    INPUT, NAME, WITHIN, KINDS, LEAST, ADDRESS, OUTPUT = (
        "INPUT",
        "NAME",
        "WITHIN",
        "KINDS",
        "LEAST",
        "ADDRESS",
        "OUTPUT",
    )

    def createInstance(self):
        """Another one."""
        return GeocodeAlgorithm()

    def name(self):
        """Its id."""
        return "geocode"

    def displayName(self):
        """Its name in the toolbox."""
        return "Geocode with Buldan"

    def shortHelpString(self):
        """What it does."""
        return (
            "Finds the place that each name means, within the units named in other columns (governorate first). Rows "
            "come back in their order with columns buldan_*. A row that is ambiguous, weak or not found gets no point."
        )

    def initAlgorithm(self, config=None):
        """Its parameters."""
        add = self.addParameter
        add(QgsProcessingParameterFeatureSource(self.INPUT, "Table or layer", [QgsProcessing.TypeVector]))
        add(QgsProcessingParameterField(self.NAME, "Column with the name", parentLayerParameterName=self.INPUT))
        add(
            QgsProcessingParameterField(
                self.WITHIN,
                "Columns with the units, from wide to narrow",
                parentLayerParameterName=self.INPUT,
                allowMultiple=True,
                optional=True,
            )
        )
        add(QgsProcessingParameterString(self.KINDS, "Kinds, separated by commas", optional=True))
        number = QgsProcessingParameterNumber.Double
        add(QgsProcessingParameterNumber(self.LEAST, "Lowest score", number, 0.5, minValue=0, maxValue=1))
        add(QgsProcessingParameterString(self.ADDRESS, "Address of the service", service_address()))
        add(QgsProcessingParameterFeatureSink(self.OUTPUT, "Places", QgsProcessing.TypeVectorPoint))

    def processAlgorithm(self, parameters, context, feedback):
        """Send the names in batches and write a row for each."""
        source = self.parameterAsSource(parameters, self.INPUT, context)
        (name,) = self.parameterAsFields(parameters, self.NAME, context)
        within = self.parameterAsFields(parameters, self.WITHIN, context)
        kinds = [kind.strip() for kind in self.parameterAsString(parameters, self.KINDS, context).split(",") if kind]
        least = self.parameterAsDouble(parameters, self.LEAST, context)
        address = self.parameterAsString(parameters, self.ADDRESS, context).rstrip("/")
        fields = source.fields()
        for column, of in COLUMNS:
            fields.append(QgsField(column, _TYPES[of]))
        wgs84 = QgsCoordinateReferenceSystem("EPSG:4326")
        sink, output = self.parameterAsSink(parameters, self.OUTPUT, context, fields, QgsWkbTypes.Point, wgs84)
        done, total = 0, max(source.featureCount(), 1)
        for batch in batches(source.getFeatures()):
            if feedback.isCanceled():
                break
            asked = [(_text(row[name]), [_text(row[unit]) for unit in within]) for row in batch]
            try:
                body = fetch(f"{address}/lookup", lookup_body(asked, kinds=kinds), feedback)
                answers = read_answers(body, least_score=least)
            except (ConnectionError, ValueError) as error:
                raise QgsProcessingException(str(error)) from error
            for row, answer in zip(batch, answers, strict=True):
                found = QgsFeature(fields)
                found.setAttributes([*row.attributes(), *answer.values])
                if answer.point:
                    found.setGeometry(QgsGeometry.fromPointXY(QgsPointXY(*answer.point)))
                sink.addFeature(found, QgsFeatureSink.FastInsert)
            done += len(batch)
            feedback.setProgress(100 * done / total)
        return {self.OUTPUT: output}


def _text(value) -> str:
    """A cell as text; empty where there is none."""
    return "" if value is None or (isinstance(value, QVariant) and value.isNull()) else str(value).strip()
