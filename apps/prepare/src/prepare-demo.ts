import type { INestApplicationContext } from '@nestjs/common';
import { seedDemo, type SeededDemo } from '@sc/features/demo';
import { PeopleService } from '@sc/features/identity';
import { systemClock, systemIds } from '@sc/platform/clock';
import { UnitOfWork } from '@sc/platform/database';

/** Makes or completes the demo community. @param app holds the database and the identity module @param dataDir gets the file of its logins */
export function prepareDemo(app: INestApplicationContext, dataDir: string): Promise<SeededDemo> {
  const people = app.get(PeopleService, { strict: false });
  return seedDemo({
    unitOfWork: app.get(UnitOfWork, { strict: false }),
    clock: systemClock,
    ids: systemIds,
    dataDir,
    createPerson: (person) => people.create(person),
    resetPassword: (login, password) => people.resetPassword(login, password),
  });
}
