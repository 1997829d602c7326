import type { ResidentPlace } from '@sc/contracts';
import type { Settings } from '@sc/platform/config';

export type KeptSettings = Pick<Settings, 'RESIDENT_PHONE_DAYS' | 'RESIDENT_LINK_DAYS' | 'CASE_FILES_DAYS'>;

/** How long after the end of a case things are kept, as residents are told. */
export const keptDays = (settings: KeptSettings): ResidentPlace['kept'] => ({
  phoneDays: settings.RESIDENT_PHONE_DAYS,
  linkDays: settings.RESIDENT_LINK_DAYS,
  wordsDays: settings.CASE_FILES_DAYS,
});

export const dayMs = 86_400_000;
