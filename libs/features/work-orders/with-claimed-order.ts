import type { Transaction, UnitOfWork } from '@sc/platform/database';
import type { Job, JobClaims } from '@sc/platform/jobs';
import type { WorkOrderRow } from './order-ledger.js';

type JobOfOrder = Job<'resume-work-order' | 'check-deadline' | 'escalate-work-order'>;

/** Does what a job asks for with its order, locked, in the transaction that ends the job; nothing where it is done or the order is no more. */
export async function withClaimedOrder(
  unitOfWork: UnitOfWork,
  claims: JobClaims,
  job: JobOfOrder,
  act: (transaction: Transaction, order: WorkOrderRow) => Promise<unknown>,
): Promise<void> {
  await unitOfWork.run(async (transaction) => {
    if (!(await claims.claim(transaction, job))) return;
    const order = await transaction.db
      .selectFrom('workOrders')
      .selectAll()
      .where('id', '=', job.payload.workOrderId)
      .forUpdate()
      .executeTakeFirst();
    if (order) await act(transaction, order);
  });
}
