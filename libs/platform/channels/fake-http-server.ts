import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface ServerRequest {
  method: string;
  path: string;
  query: URLSearchParams;
  headers: IncomingHttpHeaders;
  raw: Buffer;
  // a test looks into what it was sent freely
  json(): Record<string, never>;
}
export type Reply = { status?: number; headers?: Record<string, string>; body?: unknown } | 'silence';

/** A real HTTP server whose answers a test decides. */
export class FakeHttpServer {
  readonly requests: ServerRequest[] = [];
  private constructor(private readonly server: Server) {}

  static async start(answer: (request: ServerRequest) => Reply): Promise<FakeHttpServer> {
    const server = createServer((incoming, response) => {
      const chunks: Buffer[] = [];
      incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
      incoming.on('end', () => {
        const url = new URL(incoming.url ?? '/', 'http://local');
        const raw = Buffer.concat(chunks);
        const request: ServerRequest = {
          method: incoming.method ?? '',
          path: url.pathname,
          query: url.searchParams,
          headers: incoming.headers,
          raw,
          json: () => JSON.parse(raw.toString('utf8')) as Record<string, never>,
        };
        self.requests.push(request);
        const reply = answer(request);
        if (reply === 'silence') return;
        const { status = 200, headers = {}, body } = reply;
        response.writeHead(status, { 'content-type': 'application/json', ...headers });
        response.end(typeof body === 'string' ? body : JSON.stringify(body ?? {}));
      });
    });
    const self = new FakeHttpServer(server);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return self;
  }

  get host(): string {
    return `127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }
  get url(): string {
    return `http://${this.host}`;
  }

  async stop(): Promise<void> {
    if (!this.server.listening) return;
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}
