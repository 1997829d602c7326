import { brokenBy, type Signs } from './stale.js';

const now = 1_000_000;
const live: Signs = { connection: 'live', lastHeardAt: now - 15_000, since: now - 600_000, failing: false };

describe('whether a wallboard shows the present', () => {
  it.each([
    ['all is well', {}, undefined],
    ['a beat is late', { lastHeardAt: now - 39_000 }, undefined],
    ['two beats are missing', { lastHeardAt: now - 41_000 }, 'silent'],
    ['the stream was lost just now', { connection: 'reconnecting', since: now - 4_000 }, undefined],
    ['the stream is lost', { connection: 'reconnecting', since: now - 6_000 }, 'lost'],
    ['it was live and has no place for its stream', { connection: 'connecting', since: now - 6_000 }, 'lost'],
    ['it begins', { connection: 'connecting', lastHeardAt: null, since: now - 1_000 }, undefined],
    ['it never got through', { connection: 'connecting', lastHeardAt: null, since: now - 6_000 }, 'connecting'],
    ['questions fail while the stream is there', { failing: true }, 'questions'],
  ] as const)('%s', (_, signs, expected) => {
    expect(brokenBy({ ...live, ...signs }, now)).toBe(expected);
  });
});
