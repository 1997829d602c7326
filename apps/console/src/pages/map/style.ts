import type { LayerSpecification, StyleSpecification } from 'maplibre-gl';
import type { Palette } from './palette.js';

export const noFeatures = (): GeoJSON.FeatureCollection => ({ type: 'FeatureCollection', features: [] });

/** A style without tiles, fonts or sprites: everything drawn is our own. Ground and areas; what stands on them is in layers.ts. */
export const mapStyle = (c: Palette, above: LayerSpecification[] = []): StyleSpecification => ({
  version: 8,
  sources: { areas: { type: 'geojson', data: noFeatures() } },
  layers: [
    { id: 'ground', type: 'background', paint: { 'background-color': c.ground } },
    {
      id: 'community',
      type: 'fill',
      source: 'areas',
      filter: ['==', ['get', 'kind'], 'community'],
      paint: { 'fill-color': c.community },
    },
    {
      id: 'duty-grid',
      type: 'fill',
      source: 'areas',
      filter: ['==', ['get', 'kind'], 'duty-grid'],
      paint: { 'fill-color': c.grid, 'fill-opacity': 0.75 },
    },
    {
      id: 'cell-grid',
      type: 'line',
      source: 'areas',
      filter: ['==', ['get', 'kind'], 'cell-grid'],
      paint: { 'line-color': c.gridLine, 'line-opacity': 0.35, 'line-dasharray': [2, 2] },
    },
    {
      id: 'duty-grid-line',
      type: 'line',
      source: 'areas',
      filter: ['==', ['get', 'kind'], 'duty-grid'],
      paint: { 'line-color': c.gridLine, 'line-width': 1.5 },
    },
    {
      id: 'building',
      type: 'fill',
      source: 'areas',
      filter: ['==', ['get', 'kind'], 'building'],
      paint: { 'fill-color': c.building, 'fill-outline-color': c.buildingLine },
    },
    ...above,
  ],
});
