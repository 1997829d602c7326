import type { Position } from '@sc/contracts';
import type { Map as MapLibre } from 'maplibre-gl';
import { TerraDraw, TerraDrawPolygonMode, TerraDrawSelectMode } from 'terra-draw';
import { TerraDrawMapLibreGLAdapter } from 'terra-draw-maplibre-gl-adapter';
import type { Palette } from '../map/palette.js';
import { type Draft, partsOf } from './draft.js';

export interface Outer {
  part: number | undefined;
  ring: Position[];
}
/** A finger is no needle. */
const pointerDistance = 24;
/** As the platform rounds: a millimetre. */
const coordinatePrecision = 7;

/** Polygons under the pointer. It tells what they are after every step; what they are to be is said by `show`. */
export class Drawing {
  private readonly draw: TerraDraw;
  private parts = 0;

  constructor(
    map: MapLibre,
    colours: Palette,
    private readonly told: { changed: (outers: Outer[]) => void; drawing: (on: boolean) => void },
  ) {
    const line = colours.chosen as `#${string}`;
    const halo = colours.halo as `#${string}`;
    this.draw = new TerraDraw({
      adapter: new TerraDrawMapLibreGLAdapter({ map, coordinatePrecision }),
      modes: [
        new TerraDrawPolygonMode({
          pointerDistance,
          styles: { fillColor: line, fillOpacity: 0.15, outlineColor: line, outlineWidth: 3, closingPointColor: line },
        }),
        new TerraDrawSelectMode({
          pointerDistance,
          allowManualDeselection: false,
          // Deleting is undone by a button of the page, which knows what was there.
          keyEvents: { deselect: null, delete: null, rotate: null, scale: null },
          flags: {
            polygon: {
              feature: {
                draggable: false,
                coordinates: { midpoints: { draggable: true }, draggable: true, deletable: true },
              },
            },
          },
          styles: {
            selectedPolygonColor: line,
            selectedPolygonFillOpacity: 0.15,
            selectedPolygonOutlineColor: line,
            selectedPolygonOutlineWidth: 3,
            selectionPointColor: line,
            selectionPointOutlineColor: halo,
            selectionPointOutlineWidth: 2,
            selectionPointWidth: 7,
            midPointColor: halo,
            midPointOutlineColor: line,
            midPointOutlineWidth: 2,
            midPointWidth: 5,
          },
        }),
      ],
    });
    this.draw.start();
    this.draw.setMode('select');
    this.draw.on('finish', () => this.finished());
  }

  /** Puts these polygons in place of what is there, the last one in hand. */
  show(draft: Draft): void {
    this.draw.clear();
    const parts = partsOf(draft);
    this.parts = parts.length;
    const added = this.draw.addFeatures(
      parts.map((rings, part) => ({
        type: 'Feature',
        geometry: { type: 'Polygon', coordinates: [rings[0]!.map(([lon, lat]) => [lon, lat])] },
        properties: { mode: 'polygon', part },
      })),
    );
    this.draw.setMode('select');
    const last = added.findLast(({ valid, id }) => valid && id !== undefined);
    if (last?.id !== undefined) this.draw.selectFeature(last.id);
    this.told.drawing(false);
  }

  begin(): void {
    this.draw.setMode('polygon');
    this.told.drawing(true);
  }

  stop(): void {
    this.draw.stop();
  }

  private finished(): void {
    const drawing = this.draw.getMode() === 'polygon';
    const outers = this.draw.getSnapshot().flatMap(({ geometry, properties }): Outer[] => {
      if (geometry.type !== 'Polygon' || properties['mode'] !== 'polygon') return [];
      const part = typeof properties['part'] === 'number' ? properties['part'] : undefined;
      return [{ part, ring: geometry.coordinates[0]!.map(([lon, lat]) => [lon!, lat!] as Position) }];
    });
    // In the order they had, what is new behind them.
    outers.sort((a, b) => (a.part ?? this.parts) - (b.part ?? this.parts));
    this.told.changed(outers);
    if (drawing) this.told.drawing(false);
  }
}
