/** Marks one intention, so that the platform knows a repeated request. Works on plain HTTP too, where randomUUID does not. */
export const newRequestId = (): string =>
  [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('');
