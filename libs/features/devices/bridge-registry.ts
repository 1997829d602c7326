import { Inject, Injectable } from '@nestjs/common';
import type { BridgeKind } from '@sc/contracts';
import { type Database, DATABASE } from '@sc/platform/database';
import type { Kysely } from 'kysely';

/** What the hot path knows of a bridge. */
export interface RegisteredBridge {
  readonly id: string;
  readonly kind: BridgeKind;
  readonly areaId: string;
  readonly topicPrefix: string;
  readonly baseUrl: string | null;
  readonly state: 'registered' | 'retired';
  /** SHA-256 of its secret. */
  readonly secretHash: Buffer;
}

export interface BridgeChange {
  bridgeId: string;
  before: RegisteredBridge | undefined;
  after: RegisteredBridge | undefined;
}

/** All bridges in memory: there are few. The device registry loads them and follows their changes. */
@Injectable()
export class BridgeRegistry {
  private bridges = new Map<string, RegisteredBridge>();
  private readonly listeners = new Set<(change: BridgeChange) => void>();

  constructor(@Inject(DATABASE) private readonly database: Kysely<Database>) {}

  get(bridgeId: string): RegisteredBridge | undefined {
    return this.bridges.get(bridgeId);
  }

  /** In use, not the retired ones. */
  registered(): RegisteredBridge[] {
    return [...this.bridges.values()].filter(({ state }) => state === 'registered');
  }

  /**
   * Whose topic it is where the login cannot tell, as behind an external broker; undefined when nobody's or more than one
   * bridge's. (On the embedded broker the login tells, and two communities may use one prefix.)
   */
  ofTopic(topic: string): RegisteredBridge | undefined {
    const owners = this.registered().filter(({ topicPrefix }) => topic.startsWith(`${topicPrefix}/`));
    return owners.length === 1 ? owners[0] : undefined;
  }

  /** Called after a bridge was added or changed here. Returns how to stop it. */
  onChange(listener: (change: BridgeChange) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  async reload(): Promise<void> {
    const rows = await this.database
      .selectFrom('bridges')
      .select(['id', 'kind', 'areaId', 'topicPrefix', 'baseUrl', 'state', 'secretHash'])
      .execute();
    const before = this.bridges;
    this.bridges = new Map(rows.map((row) => [row.id, row]));
    for (const after of rows)
      for (const listener of this.listeners) listener({ bridgeId: after.id, before: before.get(after.id), after });
  }
}
