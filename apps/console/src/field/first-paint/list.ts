import type { Locale } from '@sc/contracts';
import type en from '../../locales/en/first.js';
import type { FirstOrder } from './first-orders.js';

interface Reader {
  locale: Locale;
  words: typeof en;
  /** Orders with a step that waits on this phone. */
  waiting: ReadonlySet<string>;
  /** Set: it is the phone's own copy, of that time. */
  savedAt?: number;
}

/** More than fits on the screen of any phone. */
const mostCards = 20;

/** The list as the program will draw it a moment later: the same classes at the same places. Text only, never markup. */
export function listOf(orders: readonly FirstOrder[], reader: Reader): HTMLElement {
  const { words, savedAt } = reader;
  const page = made('main', 'field-content', made('h1', 'field-title', words.orders));
  if (savedAt !== undefined) page.append(made('p', 'field-copy', words.cached.replace('{{time}}', clock(savedAt))));
  page.append(made('ul', 'field-cards', ...orders.slice(0, mostCards).map((order) => cardOf(order, reader))));
  return page;
}

function cardOf(order: FirstOrder, { locale, words, waiting }: Reader): HTMLElement {
  const link = made('a', `field-card field-card-${order.severity}`);
  link.setAttribute('href', `/field/orders/${order.id}`);
  const state = made('span', 'field-state', words.workOrderState[order.state] ?? order.state);
  if (waiting.has(order.id)) state.append(made('span', 'field-pending', ` · ${words.notSent}`));
  const grave = made('span', `severity severity-${order.severity}`, words.severity[order.severity] ?? order.severity);
  const place = order.areaName[locale] ?? order.areaName.en;
  link.append(
    made('div', 'field-card-row', grave, state),
    made('strong', '', order.title[locale] ?? order.title.en),
    made('span', '', [place, order.placement].filter(Boolean).join(' · ')),
    made('div', 'field-card-row', made('span', 'muted', order.number)),
  );
  // The program puts the button there.
  const isOffered = order.state === 'dispatched' && !waiting.has(order.id);
  return made('li', '', link, ...(isOffered ? [made('div', 'field-quick')] : []));
}

function made(tag: string, className: string, ...inner: (string | Node)[]): HTMLElement {
  const element = document.createElement(tag);
  if (className) element.className = className;
  element.append(...inner);
  return element;
}

const clock = (at: number): string => {
  const time = new Date(at);
  const day = time.toDateString() === new Date().toDateString() ? '' : `${time.getMonth() + 1}/${time.getDate()} `;
  return day + [time.getHours(), time.getMinutes()].map((n) => String(n).padStart(2, '0')).join(':');
};
