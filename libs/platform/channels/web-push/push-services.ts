/** The push services of the browsers there are: Chromium, Firefox, Safari, Edge on Windows. Others must be in NOTIFY_HOSTS. */
const services = ['fcm.googleapis.com', 'updates.push.services.mozilla.com', 'web.push.apple.com'];
/** Of these every host below: Windows has many. */
const families = ['.notify.windows.com', '.push.apple.com'];

/** The `host:port` of a known push service, or undefined: whoever subscribes types in an address, and it is asked by us. */
export function pushServiceOf(endpoint: string): string | undefined {
  const url = URL.parse(endpoint);
  if (url?.protocol !== 'https:' || url.port) return undefined;
  const known = services.includes(url.hostname) || families.some((family) => url.hostname.endsWith(family));
  return known ? `${url.hostname}:443` : undefined;
}
