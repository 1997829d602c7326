/** Polls until the predicate holds. The limit is a hang limit, generous on purpose: it judges nothing but "never". */
export async function waitUntil(predicate: () => Promise<boolean> | boolean, hangLimitMs = 30_000): Promise<void> {
  const deadline = Date.now() + hangLimitMs;
  while (!(await predicate())) {
    if (Date.now() > deadline)
      throw new Error(`did not happen within ${hangLimitMs} ms: ${predicate.toString().slice(0, 200)}`);
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}

/** Resolves when the connection is closed, however: unlike `once` of Node.js also after a reset, which is an end like others. */
export const untilClosed = (connection: { once(event: 'close', told: () => void): unknown }): Promise<void> =>
  new Promise((resolve) => void connection.once('close', () => resolve()));
