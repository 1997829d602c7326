import type { Alarm } from '@sc/contracts';
import { holdList } from './held-list.js';

const alarm = (id: string, over: Partial<Alarm> = {}): Alarm => ({ id, state: 'unacknowledged', ...over }) as Alarm;
const ids = (rows: { alarm: Alarm }[]) => rows.map((r) => r.alarm.id);

describe('the list that never jumps under the pointer', () => {
  it('follows the fresh order while nobody points at it', () => {
    expect(ids(holdList([alarm('a'), alarm('b')], [alarm('c'), alarm('a')], false).rows)).toEqual(['c', 'a']);
  });

  it('keeps every row in its place while held, and announces the new ones', () => {
    const held = holdList([alarm('a'), alarm('b')], [alarm('c'), alarm('b'), alarm('a')], true);
    expect(ids(held.rows)).toEqual(['a', 'b']);
    expect(held.waiting.map((a) => a.id)).toEqual(['c']);
  });

  it('keeps a row that is no longer open, marked, until the list is let go', () => {
    const held = holdList([alarm('a'), alarm('b')], [alarm('b')], true);
    expect(held.rows.map((r) => [r.alarm.id, r.gone])).toEqual([
      ['a', true],
      ['b', false],
    ]);
  });

  it('shows a changed state at once, in place', () => {
    const held = holdList([alarm('a')], [alarm('a', { state: 'acknowledged' })], true);
    expect(held.rows[0]?.alarm.state).toBe('acknowledged');
  });

  it('announces everything when it was empty', () => {
    expect(holdList([], [alarm('a')], true).waiting).toHaveLength(1);
  });
});
