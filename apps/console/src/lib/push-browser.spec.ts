import { channelsApi } from '../api/channels.js';
import { dropPush, keepPush, pushState, subscribePush, unsubscribePush } from './push-browser.js';

const siteKey = 'BNbxGYNMhEIi9zrneh7mqV4oUanjLUK3m-mYZBc62frMKrEoMk88r3Lk596T0ck9xlT-aok0fO1KXBLV4-XqxYM';
const otherKey = `${siteKey.slice(0, -2)}AA`;
const bytes = (key: string) => Uint8Array.from(Buffer.from(key, 'base64url')).buffer;

/** A browser with its push service: one subscription at most, each with an address of its own. */
function aBrowser(permission: NotificationPermission = 'granted') {
  let made = 0;
  let current: PushSubscription | null = null;
  const subscribe = async ({ applicationServerKey }: { applicationServerKey: string }) => {
    if (current) throw new DOMException('there is one with another key', 'InvalidStateError');
    made += 1;
    const endpoint = `https://push.example/${made}`;
    current = {
      endpoint,
      options: { applicationServerKey: bytes(applicationServerKey), userVisibleOnly: true },
      toJSON: () => ({ endpoint, keys: { p256dh: 'p', auth: 'a' } }),
      unsubscribe: async () => ((current = null), true),
    } as unknown as PushSubscription;
    return current;
  };
  const registration = { active: {}, pushManager: { getSubscription: async () => current, subscribe } };
  const store = new Map<string, string>();
  vi.stubEnv('PROD', true);
  vi.stubGlobal('window', { PushManager: {}, Notification: {} });
  vi.stubGlobal('navigator', {
    serviceWorker: { register: async () => registration, getRegistration: async () => registration },
  });
  vi.stubGlobal('Notification', { permission, requestPermission: async () => permission });
  vi.stubGlobal('localStorage', {
    getItem: (key: string) => store.get(key) ?? null,
    setItem: (key: string, value: string) => void store.set(key, value),
    removeItem: (key: string) => void store.delete(key),
  });
  return { forgotten: () => (current = null), endpoint: () => current?.endpoint };
}

const told: string[] = [];
let key = siteKey;
beforeEach(() => {
  told.length = 0;
  key = siteKey;
  vi.spyOn(channelsApi, 'pushKey').mockImplementation(async () => ({ publicKey: key }));
  vi.spyOn(channelsApi, 'subscribe').mockImplementation(async ({ endpoint }) => {
    told.push(`+ ${endpoint}`);
    return { id: '', service: '', createdAt: '' };
  });
  vi.spyOn(channelsApi, 'unsubscribe').mockImplementation(async (endpoint) => void told.push(`- ${endpoint}`));
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
  vi.unstubAllEnvs();
});

it('belongs to who is logged in: told again at every start, with the same address', async () => {
  aBrowser();
  await subscribePush();
  await keepPush();
  expect(told).toEqual(['+ https://push.example/1', '+ https://push.example/1']);
});

it('ends at logout, and comes back with the next who logs in', async () => {
  const { endpoint } = aBrowser();
  await subscribePush();
  await dropPush();
  expect([endpoint(), await pushState()]).toEqual([undefined, 'ready']);
  await keepPush();
  expect(told.at(-1)).toBe('+ https://push.example/2');
});

it('is made anew where the push service forgot it, and where the site has other keys', async () => {
  const { forgotten } = aBrowser();
  await subscribePush();
  forgotten();
  await keepPush();
  key = otherKey;
  await keepPush();
  expect(told).toEqual([
    '+ https://push.example/1',
    '+ https://push.example/2',
    '- https://push.example/2',
    '+ https://push.example/3',
  ]);
});

it('is not asked for where nobody wanted it, or does not any more, or the browser says no', async () => {
  aBrowser();
  await keepPush();
  await subscribePush();
  await unsubscribePush();
  await keepPush();
  await dropPush();
  expect(told).toEqual(['+ https://push.example/1', '- https://push.example/1']);
  aBrowser('denied');
  await keepPush();
  expect([told.length, await pushState()]).toEqual([2, 'denied']);
});
