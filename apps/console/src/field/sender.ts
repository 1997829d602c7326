import { ordersApi } from '../api/orders.js';
import type { OutboxSender } from './drain.js';

const cases = async () => (await import('../api/cases.js')).casesApi;
const rounds = async () => (await import('../api/own-rounds.js')).ownRoundsApi;
const residents = async () => (await import('../api/residents.js')).residentsApi;

/** The platform, as the outbox sees it. What is sent seldom is loaded when it waits. */
export const sender: OutboxSender = {
  attach: ordersApi.attach,
  act: ordersApi.actOnWorkOrder,
  open: async (body) => (await cases()).report(body),
  scan: async (body) => (await rounds()).scan(body),
  answer: async (id, body) => (await rounds()).answer(id, body),
  tell: async (id, body) => (await residents()).tell(id, body),
};
