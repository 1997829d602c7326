import type { AddressInfo, Socket } from 'node:net';
import { createServer, type Server } from 'node:tls';
import type { ServerCertificate } from './options.js';

interface SecureListenerOptions extends ServerCertificate {
  maxConnections: number;
  /** From opening the socket to the end of the handshake; Node's own limit begins anew with each byte. */
  handshakeTimeoutMs: number;
  socket: object;
  accept: (socket: Socket) => void;
  failed: (error: Error, remoteAddress: string | undefined) => void;
}

/** TLS in front of the same door: hands on what has finished its handshake, and ends what does not. */
export class SecureListener {
  readonly server: Server;
  private readonly unfinished = new Map<string, Socket>();

  constructor(options: SecureListenerOptions) {
    const { cert, key, socket: socketOptions, maxConnections, handshakeTimeoutMs, accept, failed } = options;
    this.server = createServer({ ...socketOptions, cert, key }, (socket) => {
      this.unfinished.delete(peer(socket));
      accept(socket);
    });
    this.server.maxConnections = maxConnections;
    this.server.on('connection', (raw: Socket) => {
      const name = peer(raw);
      this.unfinished.set(name, raw);
      const limit = setTimeout(() => this.unfinished.get(name) === raw && raw.destroy(), handshakeTimeoutMs);
      raw.once('close', () => {
        clearTimeout(limit);
        if (this.unfinished.get(name) === raw) this.unfinished.delete(name);
      });
    });
    this.server.on('tlsClientError', (error, socket) => {
      failed(error, socket.remoteAddress);
      socket.destroy();
    });
  }

  get port(): number | undefined {
    return (this.server.address() as AddressInfo | null)?.port;
  }

  /** Ends the handshakes under way. */
  endUnfinished(): void {
    for (const socket of this.unfinished.values()) socket.destroy();
  }
}

const peer = ({ remoteAddress, remotePort }: Socket): string => `${remoteAddress} ${remotePort}`;
