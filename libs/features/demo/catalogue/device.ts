import type { RegisterDevice } from '@sc/contracts';

export interface CatalogueDevice extends RegisterDevice {
  simulated: boolean;
}

/** Names and placements are one text each for every reader, so the demo says them in both languages. */
export const both = (zh: string, en: string) => `${zh} · ${en}`;
