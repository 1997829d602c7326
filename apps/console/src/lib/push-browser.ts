import { channelsApi } from '../api/channels.js';

/** Why this browser cannot be told, or `ready`, or `subscribed`. */
export type PushState = 'unsupported' | 'denied' | 'ready' | 'subscribed';

/** The field app's worker shows what arrives, for the desk too: where nobody opened the field app yet it is installed on demand. */
const scope = '/field';

function serviceWorkers(): ServiceWorkerContainer | undefined {
  // The types know no browser outside a secure context.
  const { serviceWorker } = navigator as { serviceWorker?: ServiceWorkerContainer };
  return import.meta.env.PROD && 'PushManager' in window && 'Notification' in window ? serviceWorker : undefined;
}

export async function pushState(): Promise<PushState> {
  const workers = serviceWorkers();
  if (!workers) return 'unsupported';
  if (Notification.permission === 'denied') return 'denied';
  const registration = await workers.getRegistration(scope);
  return (await registration?.pushManager.getSubscription()) ? 'subscribed' : 'ready';
}

/** Asks the person, then the push service, then tells us. */
export async function subscribePush(): Promise<PushState> {
  const workers = serviceWorkers();
  if (!workers) return 'unsupported';
  if ((await Notification.requestPermission()) !== 'granted') return 'denied';
  const { publicKey } = await channelsApi.pushKey();
  const registration = await active(await workers.register('/sw.js', { scope }));
  const subscription = await registration.pushManager.subscribe({
    userVisibleOnly: true,
    applicationServerKey: publicKey,
  });
  const { endpoint, keys } = subscription.toJSON();
  await channelsApi.subscribe({ endpoint: endpoint!, keys: { p256dh: keys!['p256dh']!, auth: keys!['auth']! } });
  return 'subscribed';
}

export async function unsubscribePush(): Promise<PushState> {
  const registration = await serviceWorkers()?.getRegistration(scope);
  const subscription = await registration?.pushManager.getSubscription();
  if (subscription) {
    await channelsApi.unsubscribe(subscription.endpoint);
    await subscription.unsubscribe();
  }
  return pushState();
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
