import type { ServerCertificate } from './server-certificate.js';

/** Often enough for a changed address; a certificate that ends is renewed weeks before. */
const everyMs = 10 * 60_000;

/**
 * Looks now and then whether the certificate has changed, and hands on the new one. What cannot be read is told, and the one
 * in use stays. The timer alone keeps no process alive.
 * @returns ends the watch
 */
export function watchCertificate(options: {
  current: ServerCertificate;
  read: () => Promise<ServerCertificate>;
  onChange: (certificate: ServerCertificate) => void;
  onError: (error: unknown) => void;
}): () => void {
  let { current } = options;
  const look = async (): Promise<void> => {
    try {
      const next = await options.read();
      if (next.cert === current.cert) return;
      current = next;
      options.onChange(next);
    } catch (error) {
      options.onError(error);
    }
  };
  const timer = setInterval(() => void look(), everyMs);
  timer.unref();
  return () => clearInterval(timer);
}
