import { lastPersonKey } from '../../app/last-person.js';
import { fieldDbName, ordersCopyKey } from './asked.js';

export interface KeptOrders {
  orders: unknown;
  savedAt: number;
  /** Orders with a step that waits on this phone. */
  waiting: Set<string>;
}

/** The phone's own copy of the orders, read without the library that keeps it: that one is still on its way. */
export async function keptOrders(): Promise<KeptOrders | undefined> {
  const personId = lastPersonId();
  const db = personId && (await open());
  if (!personId || !db) return undefined;
  try {
    const stores = db.transaction(['cache', 'outbox']);
    const [copy, items] = await Promise.all([
      answerOf<{ value: unknown; savedAt: number } | undefined>(
        stores.objectStore('cache').get(ordersCopyKey(personId)),
      ),
      answerOf<{ personId: string; kind?: string; workOrderId?: string }[]>(stores.objectStore('outbox').getAll()),
    ]);
    const waiting = new Set(
      items.flatMap((one) =>
        one.personId === personId && (one.kind ?? 'step') === 'step' ? (one.workOrderId ?? []) : [],
      ),
    );
    return copy && { orders: copy.value, savedAt: copy.savedAt, waiting };
  } finally {
    db.close();
  }
}

function lastPersonId(): string | undefined {
  try {
    return (JSON.parse(localStorage.getItem(lastPersonKey) ?? '') as { id?: string }).id;
  } catch {
    return undefined;
  }
}

/** Only what is there: to make it, with its tables, is for the program. */
const open = (): Promise<IDBDatabase | undefined> =>
  new Promise((resolve, reject) => {
    const opening = indexedDB.open(fieldDbName);
    opening.onupgradeneeded = () => opening.transaction?.abort();
    opening.onsuccess = () => {
      // The program may have to change its tables, or another tab to remove it.
      opening.result.onversionchange = () => opening.result.close();
      resolve(opening.result);
    };
    opening.onerror = () => (opening.error?.name === 'AbortError' ? resolve(undefined) : reject(opening.error));
  });

const answerOf = <T>(request: IDBRequest): Promise<T> =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result as T);
    request.onerror = () => reject(request.error);
  });
