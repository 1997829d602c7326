import { groupMembersOf } from './group-members-of.js';

it('names the signs that counted, and says how many it does not name', () => {
  const member = { member: 'smoke', deviceId: 'c/d', at: 1, cause: { kind: 'threshold', metric: 'smoke', value: 9 } };
  expect(groupMembersOf({ kind: 'group', counted: 14, members: [member] })).toEqual({ members: [member], more: 13 });
});

it('has nothing to say of an alarm of another kind, or of an end', () => {
  for (const cause of [{ kind: 'threshold', metric: 'smoke' }, { kind: 'group', over: true }, {}])
    expect(groupMembersOf(cause)).toEqual({ members: [], more: 0 });
});
