import { createServer } from 'node:net';

/** A port that we are to listen on cannot be had. The message is one line for a person. */
export class PortTakenError extends Error {
  readonly code = 'port-taken';
}

/**
 * Tries to listen on a TCP port of all addresses and lets it go again.
 * @param settingName the setting that moves it, for the message
 * @throws PortTakenError naming the port and the setting
 */
export async function assertPortFree(port: number, settingName: string): Promise<void> {
  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) =>
      reject(new PortTakenError(messageFor(error, port, settingName), { cause: error })),
    );
    server.listen(port, () => server.close(() => resolve()));
  });
}

function messageFor(error: NodeJS.ErrnoException, port: number, settingName: string): string {
  const advice = `set ${settingName} to another port, for example ${settingName}=${port < 1024 ? port + 8000 : port + 1}`;
  if (error.code === 'EADDRINUSE') return `Port ${port} is taken by another program: stop that one, or ${advice}.`;
  if (error.code === 'EACCES') return `Port ${port} may not be used by this account: ${advice}.`;
  return `Port ${port} cannot be listened on (${error.code ?? error.message}): ${advice}.`;
}
