import {
  type AddHandoverNote,
  type ChangeHandoverNote,
  type HandoverAction,
  handoverDetailSchema,
  handoverNowSchema,
  type HandoverQuery,
  handoverReceiverSchema,
  handoverSchema,
  type MoveHandover,
  type OpenHandover,
  pageOf,
} from '@sc/contracts';
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { answer, http } from './client.js';
import { keys } from './keys.js';

const list = pageOf(handoverSchema);
const receivers = pageOf(handoverReceiverSchema);

export const handoversApi = {
  open: (body: OpenHandover) => answer(handoverDetailSchema, http.POST('/handovers', { body })),
  addNote: (id: string, body: AddHandoverNote) =>
    answer(handoverDetailSchema, http.POST('/handovers/{id}/notes', { params: { path: { id } }, body })),
  changeNote: (id: string, noteId: string, body: ChangeHandoverNote) =>
    answer(
      handoverDetailSchema,
      http.PATCH('/handovers/{id}/notes/{noteId}', { params: { path: { id, noteId } }, body }),
    ),
  removeNote: (id: string, noteId: string) =>
    answer(handoverDetailSchema, http.DELETE('/handovers/{id}/notes/{noteId}', { params: { path: { id, noteId } } })),
  move: (id: string, action: HandoverAction, body: MoveHandover) =>
    answer(handoverDetailSchema, http.POST('/handovers/{id}/{action}', { params: { path: { id, action } }, body })),
};

export const handoversQuery = (query: Partial<HandoverQuery>) =>
  infiniteQueryOptions({
    queryKey: [...keys.handovers, 'list', query],
    queryFn: ({ pageParam, signal }) =>
      answer(list, http.GET('/handovers', { params: { query: { ...query, cursor: pageParam, limit: 50 } }, signal })),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ nextCursor }) => nextCursor ?? undefined,
  });
export const handoverQuery = (id: string) =>
  queryOptions({
    queryKey: [...keys.handovers, 'one', id],
    queryFn: ({ signal }: { signal?: AbortSignal }) =>
      answer(handoverDetailSchema, http.GET('/handovers/{id}', { params: { path: { id } }, signal })),
    // While it is written it tells of this moment, and no event tells that something of it has ended by the clock.
    refetchInterval: ({ state }) =>
      state.data && state.data.handedOverAt === null && !state.data.endedAt ? 60_000 : false,
  });
/** A shift begins and ends by the clock: looked at again. */
export const handoverNowQuery = queryOptions({
  queryKey: [...keys.handovers, 'now'],
  queryFn: ({ signal }: { signal?: AbortSignal }) => answer(handoverNowSchema, http.GET('/handovers/now', { signal })),
  refetchInterval: 60_000,
});
export const handoverReceiversQuery = (id: string) =>
  queryOptions({
    queryKey: [...keys.handovers, 'receivers', id],
    queryFn: ({ signal }: { signal?: AbortSignal }) =>
      answer(receivers, http.GET('/handovers/{id}/receivers', { params: { path: { id } }, signal })),
  });
