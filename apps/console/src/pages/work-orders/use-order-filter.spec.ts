import { orderFilterOf, sharedQuery } from './use-order-filter.js';

const of = (query: string) => orderFilterOf(new URLSearchParams(query));

describe('the filter of orders in the address', () => {
  it('shows what is open in a list when it says nothing', () => {
    expect(of('')).toMatchObject({ view: 'list', scope: 'open', sort: 'newest', isMine: false });
    expect(sharedQuery(of(''))).toEqual({});
  });

  it('takes what it knows', () => {
    expect(sharedQuery(of('view=board&light=overdue&severity=extreme&area=g1&mine=yes'))).toEqual({
      light: 'overdue',
      severity: 'extreme',
      areaId: 'g1',
      assignee: 'mine',
    });
  });

  it('leaves out what somebody made up', () => {
    const filter = of('view=wall&scope=x&state=gone&light=pink&severity=9&sort=up&mine=1');
    expect(filter).toMatchObject({ view: 'list', scope: 'open', sort: 'newest', isMine: false });
    expect(filter.state ?? filter.light ?? filter.severity).toBeUndefined();
  });
});
