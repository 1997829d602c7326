import type { Area } from '@sc/contracts';
import { useQuery } from '@tanstack/react-query';
import { usePerson } from '../app/session.js';
import { usePlaceIn, type PlaceText } from '../lib/use-place-in.js';
import { fieldAreasQuery } from './cached.js';

const none: Area[] = [];

/** Where an area lies, also without a network. */
export const useFieldPlace = (): PlaceText => usePlaceIn(useQuery(fieldAreasQuery(usePerson().id)).data?.value ?? none);
