import type { ExpressionSpecification, LayerSpecification, StyleSpecification } from 'maplibre-gl';
import { severities } from '@sc/contracts';
import { hatchMark } from './draw-mark.js';
import type { Palette } from './palette.js';
import { mapStyle, noFeatures } from './style.js';

/** Pixels within which marks become one; nearer than the last zoom each stands alone, and what lies in one spot is listed. */
const clusterRadius = 44;
const clusterMaxZoom = 19;
/** Names of buildings only from this zoom on: before, they would cover each other. */
const buildingNamesFrom = 16.2;

/** Layers that answer a click, topmost first. */
export const clickable = ['urgent', 'cases', 'devices', 'clusters', 'blind-spots'];

/** 0: no alarm, then from the least grave up: so the greatest of a cluster is its gravest. */
export const rankOf = (severity: (typeof severities)[number] | undefined): number =>
  severity ? severities.length - severities.indexOf(severity) : 0;

const worst: ExpressionSpecification = [
  'match',
  ['get', 'worst'],
  ...severities.flatMap((severity) => [rankOf(severity), severity]),
  'calm',
] as unknown as ExpressionSpecification;

/** Small from afar, whole from near. */
const bySize: ExpressionSpecification = ['interpolate', ['linear'], ['zoom'], 13, 0.55, 17, 1];

/** The map of the control room: ground, areas, blind spots, marks and their clusters. */
export function deskStyle(c: Palette): StyleSpecification {
  const style = mapStyle(c, marks(c));
  return {
    ...style,
    sources: {
      ...style.sources,
      'blind-spots': { type: 'geojson', data: noFeatures() },
      devices: {
        type: 'geojson',
        data: noFeatures(),
        cluster: true,
        clusterRadius,
        clusterMaxZoom,
        maxzoom: clusterMaxZoom + 1,
        clusterProperties: { worst: ['max', ['get', 'rank']], offline: ['+', ['get', 'offline']] },
      },
      cases: { type: 'geojson', data: noFeatures() },
      // Danger to life stands for itself, whatever lies around it.
      urgent: { type: 'geojson', data: noFeatures() },
    },
  };
}

const marks = (c: Palette): LayerSpecification[] => [
  {
    id: 'blind-spots',
    type: 'fill',
    source: 'blind-spots',
    paint: { 'fill-pattern': hatchMark },
  },
  {
    id: 'blind-spots-line',
    type: 'line',
    source: 'blind-spots',
    paint: { 'line-color': c.blind, 'line-width': 2.5, 'line-dasharray': [3, 1.5] },
  },
  {
    id: 'building-names',
    type: 'symbol',
    source: 'areas',
    minzoom: buildingNamesFrom,
    filter: ['==', ['get', 'kind'], 'building'],
    // Below the middle: there stand the marks.
    layout: {
      'text-field': ['get', 'name'],
      'text-size': 12,
      'text-max-width': 8,
      'text-anchor': 'top',
      'text-offset': [0, 1.6],
      'text-allow-overlap': true,
    },
    paint: { 'text-color': c.text, 'text-halo-color': c.halo, 'text-halo-width': 1.5 },
  },
  {
    id: 'clusters',
    type: 'symbol',
    source: 'devices',
    filter: ['has', 'point_count'],
    layout: {
      'icon-image': ['concat', 'cluster ', worst, ['case', ['>', ['get', 'offline'], 0], ' offline', ' online']],
      'icon-size': ['step', ['get', 'point_count'], 1.1, 50, 1.3, 500, 1.5],
      'icon-allow-overlap': true,
      'text-field': ['get', 'point_count_abbreviated'],
      'text-size': ['step', ['get', 'point_count'], 11, 50, 12, 500, 13],
      'text-allow-overlap': true,
      'symbol-sort-key': ['get', 'worst'],
    },
    paint: { 'text-color': c.text },
  },
  {
    id: 'devices',
    type: 'symbol',
    source: 'devices',
    filter: ['!', ['has', 'point_count']],
    layout: {
      'icon-image': ['get', 'mark'],
      'icon-size': bySize,
      'icon-allow-overlap': true,
      'icon-padding': 0,
      'symbol-sort-key': ['get', 'rank'],
    },
  },
  {
    id: 'cases',
    type: 'symbol',
    source: 'cases',
    layout: {
      'icon-image': ['get', 'mark'],
      'icon-size': bySize,
      // Beside the device that it is about.
      'icon-offset': [-18, -14],
      'icon-allow-overlap': true,
      'symbol-sort-key': ['get', 'rank'],
    },
  },
  {
    id: 'urgent',
    type: 'symbol',
    source: 'urgent',
    layout: { 'icon-image': ['get', 'mark'], 'icon-allow-overlap': true, 'icon-size': 1.1 },
  },
];
