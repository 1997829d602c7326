import { type Round, type RoundDetail, roundDetailSchema, roundSchema } from '@sc/contracts';
import { queryOptions } from '@tanstack/react-query';
import { z } from 'zod';
import { keys } from '../../api/keys.js';
import { ownRoundsApi } from '../../api/own-rounds.js';
import { type Cached, withCopy } from '../cached.js';
import { phoneKeys } from '../learn.js';

const rounds = z.array(roundSchema);

/** Coming and running: one's own, and those in nobody's hands. */
export const myRoundsQuery = (personId: string) =>
  queryOptions({
    queryKey: [...keys.rounds({ mine: true }), personId],
    queryFn: ({ signal }): Promise<Cached<Round[]>> =>
      withCopy(rounds, `rounds/${personId}`, async () => {
        const { items } = await ownRoundsApi.list({ state: 'open', limit: 100 }, { signal });
        return items.filter(({ assigneeId }) => assigneeId === personId || assigneeId === null);
      }),
    retry: false,
  });

export const fieldRoundQuery = (id: string) =>
  queryOptions({
    queryKey: phoneKeys.round(id),
    queryFn: ({ signal }): Promise<Cached<RoundDetail>> =>
      withCopy(roundDetailSchema, `round/${id}`, () => ownRoundsApi.detail(id, { signal })),
    retry: false,
  });
