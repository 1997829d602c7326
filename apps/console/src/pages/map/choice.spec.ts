import { choiceOf, mapLayers, paramsOf, saysSomething } from './choice.js';

const said = (query: string) => choiceOf(new URLSearchParams(query));

it('an address that says nothing shows what is usual', () => {
  expect([...said('').layers]).toEqual(['areas', 'devices', 'alarms', 'cases', 'reports']);
  expect(saysSomething(new URLSearchParams('utm=1'))).toBe(false);
  expect(saysSomething(new URLSearchParams('layers='))).toBe(true);
  expect([...said('layers=').layers]).toEqual([]);
});

it('what is written is read again', () => {
  const query =
    'layers=devices,blind-spots&area=g1&kinds=fire,water&states=offline&at=120.21480,30.20420,16.50&pick=device:c1/smoke-1';
  expect(decodeURIComponent(paramsOf(said(query)).toString())).toBe(query);
  for (const layer of mapLayers) expect([...said(`layers=${layer}`).layers]).toEqual([layer]);
});

it.each([
  'at=1,2',
  'at=1,2,3,4',
  'at=200,0,3',
  'at=x,y,z',
  'at=0,0,99',
  'pick=device:',
  'pick=person:1',
  'pick=',
  'states=asleep',
])('what an address says wrong is left out: %s', (query) => {
  const { view, pick, states } = said(query);
  expect([view, pick, states.size]).toEqual([undefined, undefined, 0]);
});

it('knows only its own layers', () => expect([...said('layers=devices,__proto__,secret').layers]).toEqual(['devices']));
