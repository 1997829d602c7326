import { isStep, type OutboxItem, type OutboxPhoto } from './outbox-items.js';
import { draftOf } from './rounds/draft.js';

/** The form of an order in which a step is filled in. */
export const stepForm = (workOrderId: string, action: string): string => `${workOrderId}/${action}`;
export const caseForm = 'case';
export const wordsForm = (workOrderId: string): string => stepForm(workOrderId, 'residents');
export const answersForm = (roundId: string, checkPointId: string): string => `round/${roundId}/${checkPointId}`;

interface Drafts {
  form: string;
  /** Of each part of the form, what was in it. */
  parts: Record<string, unknown>;
  /** Where the form is. */
  path: string;
}

/** What somebody filled in before it went to the outbox. */
export function draftsOf(item: OutboxItem): Drafts {
  if (isStep(item)) {
    const of = (...kinds: (string | undefined)[]) => item.photos.filter(({ kind }) => kinds.includes(kind));
    return {
      form: stepForm(item.workOrderId, item.action),
      path: `/field/orders/${item.workOrderId}`,
      parts: {
        note: item.note ?? '',
        before: fresh(of('before')),
        after: fresh(of('after', 'other', undefined)),
        voice: of('voice')[0]?.blob,
      },
    };
  }
  switch (item.kind) {
    case 'case':
      return { form: caseForm, path: '/field/report', parts: { ...item.body, photos: item.photos } };
    case 'words':
      return {
        form: wordsForm(item.workOrderId),
        path: `/field/orders/${item.workOrderId}`,
        parts: { words: item.body.words },
      };
    case 'answers':
      return {
        form: answersForm(item.roundId, item.body.checkPointId),
        path: `/field/rounds/${item.roundId}`,
        parts: { answers: Object.fromEntries(item.body.answers.map((answer) => [answer.itemKey, draftOf(answer)])) },
      };
    case 'scan':
      // Nothing was filled in: the code is read again.
      return { form: 'scan', path: '/field/scan', parts: {} };
  }
}

/** Uploaded once already, but for a step that was refused: the platform knows a photo by its content. */
const fresh = (photos: OutboxPhoto[]) => photos.map(({ attachmentId: _, ...photo }) => photo);
