import { useAreas } from '../api/queries.js';
import { type PlaceText, usePlaceIn } from './use-place-in.js';

export const usePlace = (): PlaceText => usePlaceIn(useAreas());
