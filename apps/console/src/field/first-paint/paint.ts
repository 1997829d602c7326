import { headStart } from '../../api/head-start.js';
import { firstLocale } from '../../i18n/choice.js';
import en from '../../locales/en/first.js';
import zh from '../../locales/zh-CN/first.js';
import { asked } from './asked.js';
import { endFirstPaint } from './end.js';
import { type FirstOrder, firstOrders } from './first-orders.js';
import { keptOrders } from './kept.js';
import { listOf } from './list.js';

const words = { 'zh-CN': zh, en };
/** The phone's own copy is read in some hundredths of a second, or its database has a bad day. */
const longestReadMs = 300;

/**
 * Draws the orders before the program has come: the phone's own copy at once, then the platform's answer. The cards are links that
 * work. What cannot be drawn is left to the program, which says why.
 */
export function paintFirst(): void {
  void headStart(asked.session);
  void headStart(asked.site);
  const order = /^\/field\/orders\/([\w-]+)\/?$/.exec(window.location.pathname)?.[1];
  if (order) void headStart(asked.order(order));
  if (/^\/field\/?$/.test(window.location.pathname)) void paintList(headStart(asked.orders)).catch(endFirstPaint);
}

async function paintList(answer: Promise<Response>): Promise<void> {
  const kept = await Promise.race([keptOrders().catch(() => undefined), nothingAfter(longestReadMs)]);
  if (kept) show(firstOrders(kept.orders), kept.waiting, kept.savedAt);
  const response = kept ? await answer.catch(() => undefined) : await answer;
  if (response?.status === 401) return endFirstPaint();
  // The program says why; until then the copy is better than nothing.
  if (!response?.ok) return kept ? undefined : endFirstPaint();
  const { items } = (await response.clone().json()) as { items?: unknown };
  show(firstOrders(items), kept?.waiting ?? new Set());
}

function show(orders: readonly FirstOrder[], waiting: ReadonlySet<string>, savedAt?: number): void {
  const place = document.getElementById('first');
  // That there is nothing to do is no news that cannot wait.
  if (!place || orders.length === 0) return;
  const locale = firstLocale();
  place.replaceChildren(listOf(orders, { locale, words: words[locale], waiting, savedAt }));
}

const nothingAfter = (ms: number): Promise<undefined> =>
  new Promise((resolve) => setTimeout(() => resolve(undefined), ms));
