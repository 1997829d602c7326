import type { Area, Text } from '@sc/contracts';
import { useCallback, useMemo } from 'react';
import { placeText } from './place.js';
import { useText } from './use-words.js';

export type PlaceText = (areaId: string, fallback?: Text) => string;

/** Where an area lies, in the reader's language: building and room. */
export function usePlaceIn(areas: readonly Area[]): PlaceText {
  const text = useText();
  const byId = useMemo(() => new Map(areas.map((area) => [area.id, area])), [areas]);
  return useCallback((areaId, fallback) => placeText(byId, text, areaId, fallback), [byId, text]);
}
