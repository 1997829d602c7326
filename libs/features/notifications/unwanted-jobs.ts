import type { JobName } from '@sc/contracts';
import type { Settings } from '@sc/platform/config';
import type { UnwantedJobs } from '@sc/platform/jobs';
import { groupChannels } from './delivery/plan-groups.js';

/** Kinds of jobs nobody here needs at the moment: no webhook is set, no group is a channel. */
export const unwantedJobs =
  (settings: Pick<Settings, 'WEBHOOK_URL'>): UnwantedJobs =>
  async (db) => {
    const unwanted: JobName[] = settings.WEBHOOK_URL ? [] : ['send-webhook'];
    if (!(await groupChannels(db)).length) unwanted.push('tell-groups');
    return unwanted;
  };
