import { createHash } from 'node:crypto';
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Database } from '@sc/platform/database';
import type { Kysely } from 'kysely';
import { aJpeg } from './pictures.js';

/** A registered bridge; its secret is `secret-<id>`. */
export async function aBridge(
  db: Kysely<Database>,
  { id = 'c1/nvr', topicPrefix = 'frigate', baseUrl = null as string | null, areaId = 'c1' } = {},
): Promise<string> {
  await db
    .insertInto('bridges')
    .values({
      id,
      kind: 'frigate',
      name: id,
      topicPrefix,
      areaId,
      baseUrl,
      secretHash: createHash('sha256').update(`secret-${id}`).digest(),
      state: 'registered',
      createdAt: new Date('2026-01-01T00:00:00Z'),
    })
    .execute();
  return id;
}

/** A camera that a bridge speaks for. */
export async function aCamera(
  db: Kysely<Database>,
  { id = 'c1/front', bridgeId = 'c1/nvr', externalId = 'front_cam', areaId = 'b1' } = {},
): Promise<string> {
  await db
    .insertInto('devices')
    .values({
      id,
      domain: 'camera',
      name: id,
      areaId,
      bridgeId,
      externalId,
      secretHash: Buffer.alloc(32),
      state: 'registered',
      createdAt: new Date('2026-01-01T00:00:00Z'),
    })
    .execute();
  return id;
}

export interface Review {
  id: string;
  camera: string;
  start_time: number;
  end_time: number | null;
  severity: string;
  thumb_path: string;
  data: { detections: string[]; objects: string[]; sub_labels: string[]; zones: string[]; audio: string[] };
}

/** As documented for `frigate/reviews`, beginning at `start` (s). */
export const aReview = (start: number, change: Partial<Review> = {}, data: Partial<Review['data']> = {}): Review => ({
  id: `${start}-fqk5ka`,
  camera: 'front_cam',
  start_time: start,
  end_time: null,
  severity: 'detection',
  thumb_path: `/media/frigate/clips/review/thumb-front_cam-${start}-fqk5ka.webp`,
  ...change,
  data: {
    detections: [`${start}-g92ztx`],
    objects: ['person', 'car'],
    sub_labels: [],
    zones: [],
    audio: [],
    ...change.data,
    ...data,
  },
});

/** Frigate's HTTP interface as far as it is asked: reviews (newest first, as it answers), snapshots and thumbnails. */
export class FakeFrigate {
  readonly asked: string[] = [];
  reviews: Review[] = [];
  /** Answers instead of the usual, while it is set. */
  instead: ((response: ServerResponse, path: string) => void) | undefined;
  private readonly server: Server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://frigate');
    this.asked.push(url.pathname + url.search);
    if (this.instead) return this.instead(response, url.pathname);
    if (url.pathname === '/api/review') return json(response, this.select(url.searchParams));
    const [, one] = /^\/api\/review\/([^/]+)$/.exec(url.pathname) ?? [];
    const found = this.reviews.find(({ id }) => id === one);
    if (found) return json(response, found);
    if (/^\/api\/events\/.+\/snapshot\.jpg$/.test(url.pathname)) {
      response.writeHead(200, { 'content-type': 'image/jpeg' }).end(aJpeg());
      return;
    }
    response.writeHead(404).end('{}');
  });

  async start(): Promise<this> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    return this;
  }

  get host(): string {
    return `127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  get url(): string {
    return `http://${this.host}`;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private select(query: URLSearchParams): Review[] {
    const number = (name: string, otherwise: number) => Number(query.get(name) ?? otherwise);
    const cameras = query.get('cameras') ?? 'all';
    return this.reviews
      .filter((review) => cameras === 'all' || cameras.split(',').includes(review.camera))
      .filter(({ start_time: start }) => start > number('after', Date.now() / 1000 - 86_400))
      .filter(({ end_time: end }) => end === null || end < number('before', Date.now() / 1000))
      .sort((a, b) => b.start_time - a.start_time)
      .slice(0, number('limit', 100));
  }
}

const json = (response: ServerResponse, body: unknown): void => {
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body));
};
