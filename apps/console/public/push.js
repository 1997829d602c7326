// Part of the field app's service worker (importScripts in vite.config.ts): shows what Web Push brings, and opens its page.
// The payload is made by libs/platform/channels/web-push/web-push-channel.ts.

self.addEventListener('push', (event) => {
  let message;
  try {
    message = event.data.json();
  } catch {
    return;
  }
  const danger = message.severity === 'extreme' || message.severity === 'severe';
  event.waitUntil(
    self.registration.showNotification(message.title, {
      body: message.body,
      lang: message.locale,
      // A later message of the same topic takes the place of this one; only news about danger rings again there.
      tag: message.tag,
      renotify: danger,
      requireInteraction: danger,
      icon: '/icon.svg',
      data: { path: message.path },
    }),
  );
});

self.addEventListener('notificationclick', (event) => {
  event.notification.close();
  // A path of this site and nothing else, whatever the message says.
  const target = new URL((event.notification.data && event.notification.data.path) || '/', self.location.origin);
  const url = target.origin === self.location.origin ? target.href : self.location.origin;
  event.waitUntil(
    self.clients.matchAll({ type: 'window', includeUncontrolled: true }).then(async (windows) => {
      for (const window of windows)
        try {
          await window.focus();
          return await window.navigate(url);
        } catch {
          // one that this worker does not control cannot be sent anywhere
        }
      return self.clients.openWindow(url);
    }),
  );
});

// The push service gave the browser a new address: the platform has to know it.
self.addEventListener('pushsubscriptionchange', (event) => {
  const options = event.oldSubscription && event.oldSubscription.options;
  if (!options) return;
  event.waitUntil(
    self.registration.pushManager.subscribe(options).then((subscription) => {
      const { endpoint, keys } = subscription.toJSON();
      return fetch('/api/v1/notifications/push-subscriptions', {
        method: 'POST',
        credentials: 'same-origin',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ endpoint, keys }),
      });
    }),
  );
});
