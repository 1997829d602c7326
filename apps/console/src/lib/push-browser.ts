import { channelsApi } from '../api/channels.js';

/** Why this browser cannot be told, or `ready`, or `subscribed`. */
export type PushState = 'unsupported' | 'denied' | 'ready' | 'subscribed';

/** Push needs HTTPS, a browser that can, and a service worker that shows what arrives: the one of the installed field app. */
async function registration(): Promise<ServiceWorkerRegistration | undefined> {
  // The types know no browser outside a secure context.
  const { serviceWorker } = navigator as { serviceWorker?: ServiceWorkerContainer };
  if (!serviceWorker || !('PushManager' in window) || !('Notification' in window)) return undefined;
  return (await serviceWorker.getRegistration()) ?? undefined;
}

export async function pushState(): Promise<PushState> {
  const worker = await registration();
  if (!worker) return 'unsupported';
  if (Notification.permission === 'denied') return 'denied';
  return (await worker.pushManager.getSubscription()) ? 'subscribed' : 'ready';
}

/** Asks the person, then the push service, then tells us. */
export async function subscribePush(): Promise<PushState> {
  const worker = await registration();
  if (!worker) return 'unsupported';
  if ((await Notification.requestPermission()) !== 'granted') return 'denied';
  const { publicKey } = await channelsApi.pushKey();
  const subscription = await worker.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: publicKey });
  const { endpoint, keys } = subscription.toJSON();
  await channelsApi.subscribe({ endpoint: endpoint!, keys: { p256dh: keys!['p256dh']!, auth: keys!['auth']! } });
  return 'subscribed';
}

export async function unsubscribePush(): Promise<PushState> {
  const worker = await registration();
  const subscription = await worker?.pushManager.getSubscription();
  if (subscription) {
    await channelsApi.unsubscribe(subscription.endpoint);
    await subscription.unsubscribe();
  }
  return pushState();
}
