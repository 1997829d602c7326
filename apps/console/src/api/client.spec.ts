import { z } from 'zod';
import { answer, apiUrl, done, http } from './client.js';
import { api } from './resources.js';

/** A browser knows where the page is; Node's fetch (undici) is told by this, as its setGlobalOrigin does. */
const origin = Symbol.for('undici.globalOrigin.1');
let sent: Request[] = [];
let reply: () => Response = () => Response.json({});
vi.stubGlobal('fetch', (request: Request) => {
  sent.push(request);
  return Promise.resolve(reply());
});
beforeAll(() => Object.assign(globalThis, { [origin]: new URL('http://site.test') }));
afterAll(() => {
  vi.unstubAllGlobals();
  Reflect.deleteProperty(globalThis, origin);
});

beforeEach(() => {
  sent = [];
  reply = () => Response.json({});
});
const asked = (): Request => sent[0]!;
const anything = z.any();

describe('the client of the console', () => {
  it('sends nothing of a query that was not chosen', async () => {
    await done(http.GET('/devices', { params: { query: { q: '', limit: 50, areaId: undefined, cursor: 'a b' } } }));
    expect(asked().url).toBe('http://site.test/api/v1/devices?limit=50&cursor=a+b');
  });

  it('asks for a device where the server expects it', async () => {
    await api.device('garden/lift-1', {}).catch(() => undefined);
    expect(asked().url).toBe('http://site.test/api/v1/devices/garden/lift-1');
  });

  it('writes links as it asks', () => {
    expect(apiUrl('/exports/{id}/file', { path: { id: 'a/b' } })).toBe('/api/v1/exports/a%2Fb/file');
    expect(apiUrl('/areas/geojson')).toBe('/api/v1/areas/geojson');
  });

  it('sends a table as what it is', async () => {
    await api.importTable('areas', new Blob(['id,name']), true).catch(() => undefined);
    expect(asked().url).toBe('http://site.test/api/v1/imports/areas?preview=true');
    expect(asked().headers.get('content-type')).toBe('text/csv');
    expect(await asked().text()).toBe('id,name');
  });

  it('sends a photo as a form, the file last', async () => {
    await api.attach('1', new Blob(['photo']), { kind: 'before', requestId: 'abcdefgh' }).catch(() => undefined);
    expect(asked().headers.get('content-type')).toMatch(/^multipart\/form-data; boundary=/);
    const form = await asked().formData();
    expect([...form.keys()]).toEqual(['kind', 'requestId', 'file']);
    expect(await (form.get('file') as File).text()).toBe('photo');
  });

  it.each([
    ['forbidden', () => new Response('no', { status: 403 })],
    ['unexpected-answer', () => new Response('<html>')],
    ['network', () => new Response(new ReadableStream({ start: (c) => c.error(new TypeError('terminated')) }))],
  ])('tells %s of an answer that is no answer', async (code, bad) => {
    reply = bad;
    await expect(answer(anything, http.GET('/areas'))).rejects.toMatchObject({ code });
  });
});
