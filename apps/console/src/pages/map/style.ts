import type { StyleSpecification } from 'maplibre-gl';
import type { Palette } from './palette.js';

const none = { type: 'FeatureCollection', features: [] } as const;

/** A style without tiles, fonts or sprites: everything drawn is our own. */
export const mapStyle = (c: Palette): StyleSpecification => ({
  version: 8,
  sources: {
    areas: { type: 'geojson', data: { ...none, features: [] } },
    devices: { type: 'geojson', data: { ...none, features: [] } },
  },
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
    {
      id: 'devices',
      type: 'circle',
      source: 'devices',
      paint: {
        'circle-radius': ['interpolate', ['linear'], ['zoom'], 13, 3, 18, 8],
        'circle-color': ['match', ['get', 'look'], 'online', c.online, 'offline', c.offline, c.halo],
        'circle-stroke-color': ['match', ['get', 'look'], 'never-seen', c.neverSeen, c.halo],
        'circle-stroke-width': 2,
      },
    },
  ],
});
