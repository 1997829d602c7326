/** A certificate or key that cannot be used. The message is one line for the person at the terminal. */
export class TlsError extends Error {
  readonly code = 'tls-unusable';
}
