import { channelsApi } from '../api/channels.js';

/** Why this browser cannot be told, or `ready`, or `subscribed`. */
export type PushState = 'unsupported' | 'denied' | 'ready' | 'subscribed';

/** The field app's worker shows what arrives, for the desk too: where nobody opened the field app yet it is installed on demand. */
const scope = '/field';
/** That this browser is to be told, by whoever is logged in: a phone of the duty is handed on. */
const wantedKey = 'sc.push';
const mostWaitMs = 3_000;

function serviceWorkers(): ServiceWorkerContainer | undefined {
  // The types know no browser outside a secure context.
  const { serviceWorker } = navigator as { serviceWorker?: ServiceWorkerContainer };
  return import.meta.env.PROD && 'PushManager' in window && 'Notification' in window ? serviceWorker : undefined;
}

export async function pushState(): Promise<PushState> {
  const workers = serviceWorkers();
  if (!workers) return 'unsupported';
  if (Notification.permission === 'denied') return 'denied';
  return (await subscriptionOf(workers)) ? 'subscribed' : 'ready';
}

/** Asks the person, then the push service, then tells us. */
export async function subscribePush(): Promise<PushState> {
  const workers = serviceWorkers();
  if (!workers) return 'unsupported';
  if ((await Notification.requestPermission()) !== 'granted') return 'denied';
  await subscribe(workers);
  localStorage.setItem(wantedKey, 'on');
  return 'subscribed';
}

export async function unsubscribePush(): Promise<PushState> {
  localStorage.removeItem(wantedKey);
  const workers = serviceWorkers();
  const subscription = workers && (await subscriptionOf(workers));
  if (subscription) {
    await channelsApi.unsubscribe(subscription.endpoint);
    await subscription.unsubscribe();
  }
  return pushState();
}

/**
 * At every start with somebody logged in: what this browser is subscribed to belongs to them and to their session from now on. Also
 * where the push service forgot it, or the site has other keys than it was made with. Asks the person nothing.
 */
export async function keepPush(): Promise<void> {
  const workers = serviceWorkers();
  if (!workers || Notification.permission !== 'granted') return;
  if (localStorage.getItem(wantedKey) || (await subscriptionOf(workers))) await subscribe(workers);
}

/** At logout: nobody is told on this browser until somebody logs in. The platform forgets it with the session. */
export async function dropPush(): Promise<void> {
  const workers = serviceWorkers();
  const subscription = workers && (await subscriptionOf(workers));
  if (!subscription) return;
  localStorage.setItem(wantedKey, 'on');
  // a bad network keeps nobody from logging out
  await Promise.race([subscription.unsubscribe(), new Promise((resolve) => setTimeout(resolve, mostWaitMs))]);
}

async function subscribe(workers: ServiceWorkerContainer): Promise<void> {
  const { publicKey } = await channelsApi.pushKey();
  const { pushManager } = await active(await workers.register('/sw.js', { scope }));
  const before = await pushManager.getSubscription();
  const isOurs = before && keyOf(before) === publicKey;
  if (before && !isOurs) {
    // with these keys nobody could tell it any more, and the browser refuses a second subscription
    await channelsApi.unsubscribe(before.endpoint).catch(() => undefined);
    await before.unsubscribe();
  }
  const subscription = isOurs
    ? before
    : await pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: publicKey });
  const { endpoint, keys } = subscription.toJSON();
  await channelsApi.subscribe({ endpoint: endpoint!, keys: { p256dh: keys!['p256dh']!, auth: keys!['auth']! } });
}

const subscriptionOf = async (workers: ServiceWorkerContainer): Promise<PushSubscription | null> =>
  (await (await workers.getRegistration(scope))?.pushManager.getSubscription()) ?? null;

/** The site's key that a subscription was made with, as the site writes it. */
function keyOf({ options }: PushSubscription): string | undefined {
  const { applicationServerKey: key } = options;
  if (!key) return undefined;
  return btoa(String.fromCharCode(...new Uint8Array(key)))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');
}

/** A worker that was just installed cannot be subscribed before it is active. */
async function active(registration: ServiceWorkerRegistration): Promise<ServiceWorkerRegistration> {
  const worker = registration.installing ?? registration.waiting;
  if (registration.active || !worker) return registration;
  await new Promise<void>((resolve) => {
    worker.addEventListener('statechange', () => worker.state === 'activated' && resolve());
  });
  return registration;
}
