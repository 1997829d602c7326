import { connect } from 'node:net';

/** Sends bytes and resolves with the first that come back. @throws when nobody answers within two seconds */
export function talk(url: string, request: Buffer): Promise<Buffer> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), hostname, () => socket.write(request));
    const end = (finish: () => void) => {
      socket.destroy();
      finish();
    };
    socket.setTimeout(2_000, () => end(() => reject(new Error(`${hostname}:${port} does not answer`))));
    socket.on('error', (error) => end(() => reject(error)));
    socket.on('close', () => reject(new Error(`${hostname}:${port} closed the connection`)));
    socket.on('data', (answer) => end(() => resolve(answer)));
  });
}
