/** One's own open orders. Here, so that the head start and the program ask the same question. */
export const myOpenOrders = { assignee: 'mine', state: 'open', limit: 100 } as const;

const query = new URLSearchParams(Object.entries(myOpenOrders).map(([name, value]) => [name, String(value)]));
export const asked = {
  session: '/api/v1/session',
  site: '/api/v1/site',
  orders: `/api/v1/work-orders?${query}`,
  order: (id: string) => `/api/v1/work-orders/${id}`,
};
/** Where the phone keeps its copy of them. */
export const ordersCopyKey = (personId: string): string => `orders/${personId}`;
export const fieldDbName = 'sc-field';
