import type { ServerResponse } from 'node:http';
import { Inject, Injectable, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import type { Person, StoredEvent } from '@sc/contracts';
import { Directory } from '@sc/features/directory';
import { Sessions } from '@sc/features/identity';
import { type CurrentSession, ProblemError } from '@sc/platform/http';
import { Probes } from '@sc/platform/health';
import { LOGGER, type Logger } from '@sc/platform/logging';
import { LiveClient, type LiveSource } from './live-client.js';
import { liveMetrics } from './metrics.js';
import { OutboxTail } from './outbox-tail.js';
import { refusals } from './refusals.js';
import { maySee } from './visibility.js';

const heartbeatMs = 15_000;
/** Windows and devices of one person; browsers themselves stop at six per host on HTTP/1.1. */
const perPerson = 10;
const altogether = 2000;

/** Every open stream of this process, and the promise that a stream lasts no longer than the right to it. */
@Injectable()
export class LiveStreams implements LiveSource, OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly clients = new Set<LiveClient>();
  private readonly stops: (() => void)[] = [];

  constructor(
    private readonly tail: OutboxTail,
    private readonly directory: Directory,
    private readonly sessions: Sessions,
    private readonly probes: Probes,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  onApplicationBootstrap(): void {
    const timer = setInterval(() => void this.beat(), heartbeatMs);
    this.probes.add(() => liveMetrics.streams.set(this.clients.size));
    this.stops.push(
      () => clearInterval(timer),
      this.tail.onEvents(() => this.clients.forEach((client) => void client.pump())),
      this.sessions.onEnd((tokenHash) => this.endAll((client) => client.tokenHash.equals(tokenHash))),
    );
  }

  /** Before the server closes: it would wait for open streams. */
  beforeApplicationShutdown(): void {
    for (const stop of this.stops.splice(0)) stop();
    this.endAll(() => true);
  }

  /** @throws ProblemError `too-many-attempts` beyond the number of streams, `unavailable` before the outbox can be read */
  assertRoomFor(person: Person): void {
    if (this.tail.head === undefined) throw new ProblemError('unavailable', refusals.noOutbox, undefined, 2);
    const own = [...this.clients].filter((client) => client.person.id === person.id).length;
    if (own >= perPerson || this.clients.size >= altogether)
      throw new ProblemError('too-many-attempts', refusals.tooManyStreams, undefined, 30);
  }

  /** Starts sending after `position`, or from now on. The response's head must have been written. */
  open(person: Person, session: CurrentSession, response: ServerResponse, position: number | undefined): void {
    const head = this.tail.head ?? 0;
    // A position of the future is one of a database that was since restored: begin with what there is.
    const start = Math.min(position ?? head, head);
    const client = new LiveClient(session.tokenHash, person, response, this, start, (err) =>
      this.logger.warn({ err }, 'live stream: events not sent; tried again'),
    );
    this.clients.add(client);
    response.on('close', () => this.clients.delete(client));
    response.on('error', () => this.clients.delete(client));
    client.hello();
    void client.pump();
  }

  private async beat(): Promise<void> {
    for (const client of this.clients) {
      client.heartbeat();
      void client.pump();
    }
    try {
      const people = await this.sessions.peopleOf([...this.clients].map((client) => client.tokenHash));
      for (const client of this.clients) {
        const person = people.get(client.tokenHash.toString('hex'));
        if (person) client.person = person;
        else this.endAll((other) => other === client);
      }
    } catch (err) {
      this.logger.warn({ err }, 'live stream: sessions not checked; tried again');
    }
  }

  get head(): number | undefined {
    return this.tail.head;
  }

  after(position: number, limit: number): Promise<StoredEvent[]> {
    return this.tail.after(position, limit);
  }

  async visible(person: Person, event: StoredEvent): Promise<boolean> {
    const path = event.areaId === null || event.personId !== null ? [] : await this.directory.areaPath(event.areaId);
    return maySee(person, event, path);
  }

  private endAll(which: (client: LiveClient) => boolean): void {
    for (const client of [...this.clients].filter(which)) {
      this.clients.delete(client);
      client.end();
    }
  }
}
