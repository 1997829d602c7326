import { Inject, Injectable } from '@nestjs/common';
import { addressKinds, type Person, type PersonAddresses } from '@sc/contracts';
import { CLOCK, type Clock } from '@sc/platform/clock';
import { DATABASE, type Database, UnitOfWork } from '@sc/platform/database';
import { commonRefusals, ProblemError } from '@sc/platform/http';
import type { Kysely } from 'kysely';

/** Where people are reached. The audit trail says that an address changed, never to what. */
@Injectable()
export class Addresses {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    @Inject(DATABASE) private readonly database: Kysely<Database>,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async read(personId: string): Promise<PersonAddresses> {
    const rows = await this.database
      .selectFrom('personAddresses')
      .select(['kind', 'address'])
      .where('personId', '=', personId)
      .execute();
    const known = new Map(rows.map(({ kind, address }) => [kind, address]));
    return Object.fromEntries(addressKinds.map((kind) => [kind, known.get(kind) ?? null])) as PersonAddresses;
  }

  async write(actor: Person, personId: string, addresses: PersonAddresses): Promise<PersonAddresses> {
    const before = await this.read(personId);
    const changed = addressKinds.filter((kind) => before[kind] !== addresses[kind]);
    if (changed.length)
      await this.unitOfWork.run(async ({ db, audit }) => {
        await db.deleteFrom('personAddresses').where('personId', '=', personId).where('kind', 'in', changed).execute();
        const updatedAt = new Date(this.clock.now());
        const rows = changed.flatMap((kind) => {
          const address = addresses[kind];
          return address ? [{ personId, kind, address, updatedAt }] : [];
        });
        if (rows.length) await db.insertInto('personAddresses').values(rows).execute();
        const who = { kind: 'person', id: actor.id } as const;
        audit({
          actor: who,
          action: 'person.addresses-changed',
          subjectType: 'person',
          subjectId: personId,
          change: { kinds: changed },
        });
      });
    return this.read(personId);
  }

  /** @throws ProblemError `not-found` */
  async assertPerson(id: string): Promise<void> {
    const found = await this.database.selectFrom('people').select('id').where('id', '=', id).executeTakeFirst();
    if (!found) throw new ProblemError('not-found', commonRefusals.noPerson);
  }
}
