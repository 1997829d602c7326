import {
  type AnswerRound,
  pageOf,
  roundDetailSchema,
  type RoundQuery,
  roundSchema,
  type ScanCheckPoint,
  scanResultSchema,
} from '@sc/contracts';
import { answer, http } from './client.js';

type Signal = { signal?: AbortSignal };
const roundPage = pageOf(roundSchema);

/** What whoever walks a round does; plans and codes are the desk's. */
export const ownRoundsApi = {
  list: (query: Partial<RoundQuery>, { signal }: Signal) =>
    answer(roundPage, http.GET('/rounds', { params: { query }, signal })),
  detail: (id: string, { signal }: Signal) =>
    answer(roundDetailSchema, http.GET('/rounds/{id}', { params: { path: { id } }, signal })),
  answer: (id: string, body: AnswerRound) =>
    answer(roundDetailSchema, http.POST('/rounds/{id}/answers', { params: { path: { id } }, body })),
  scan: (body: ScanCheckPoint) => answer(scanResultSchema, http.POST('/rounds/scans', { body })),
  assign: (id: string, personId?: string) =>
    answer(
      roundDetailSchema,
      http.POST('/rounds/{id}/assign', { params: { path: { id } }, body: personId ? { personId } : {} }),
    ),
};
