/** Leaflet, as its own minified script (`vendor/leaflet/leaflet.js`) brought it: a third of its module's bytes. */

export const {
  Canvas, CircleMarker, Control, DivIcon, DomEvent, DomUtil, FeatureGroup, GeoJSON, LatLngBounds, Layer, Map, Marker, TileLayer,
} = window.L;
