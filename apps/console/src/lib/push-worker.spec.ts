import { readFileSync } from 'node:fs';
import { runInNewContext } from 'node:vm';

type Listener = (event: Record<string, unknown>) => void;
const code = readFileSync(new URL('../../public/push.js', import.meta.url), 'utf8');

/** The worker's part in a world of its own. */
function start(windows: { focus(): Promise<void>; navigate(url: string): Promise<void> }[] = []) {
  const listeners = new Map<string, Listener>();
  const shown: [string, Record<string, unknown>][] = [];
  const opened: string[] = [];
  const self = {
    addEventListener: (type: string, listener: Listener) => listeners.set(type, listener),
    location: { origin: 'https://site.example' },
    registration: {
      showNotification: async (title: string, options: Record<string, unknown>) => void shown.push([title, options]),
    },
    clients: { matchAll: async () => windows, openWindow: async (url: string) => void opened.push(url) },
  };
  runInNewContext(code, { self, URL, fetch: () => undefined });
  const fire = async (type: string, event: Record<string, unknown>) => {
    const waits: unknown[] = [];
    listeners.get(type)!({ ...event, waitUntil: (wait: unknown) => waits.push(wait) });
    await Promise.all(waits);
  };
  const push = (message: unknown) => fire('push', { data: { json: () => message } });
  const click = (path: string | null) =>
    fire('notificationclick', { notification: { close: () => undefined, data: { path } } });
  return { fire, push, click, shown, opened };
}

it('shows what was pushed; danger stays until somebody looks', async () => {
  const { push, shown } = start();
  await push({ title: 'Fire', body: 'Kitchen', severity: 'extreme', tag: 't1', path: '/work-orders/1' });
  await push({ title: '5 more', body: '', severity: 'unknown', tag: 't2', path: '/' });
  expect(shown).toMatchObject([
    [
      'Fire',
      { body: 'Kitchen', tag: 't1', renotify: true, requireInteraction: true, data: { path: '/work-orders/1' } },
    ],
    ['5 more', { tag: 't2', renotify: false, requireInteraction: false }],
  ]);
});

it('what is no message of ours shows nothing', async () => {
  const { fire, shown } = start();
  await fire('push', { data: null });
  expect(shown).toEqual([]);
});

it('opens its page, in a window that is there or in a new one, and never another site', async () => {
  const went: string[] = [];
  const open = start([{ focus: async () => undefined, navigate: async (url) => void went.push(url) }]);
  await open.click('/work-orders/1');
  expect([went, open.opened]).toEqual([['https://site.example/work-orders/1'], []]);
  const closed = start([{ focus: async () => undefined, navigate: () => Promise.reject(new TypeError('not mine')) }]);
  await closed.click('/work-orders/1');
  await closed.click('https://evil.example/');
  await closed.click(null);
  expect(closed.opened).toEqual([
    'https://site.example/work-orders/1',
    'https://site.example',
    'https://site.example/',
  ]);
});
