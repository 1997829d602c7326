import { generatedDocuments } from '@sc/apps/gateway';

interface Route {
  responses: Record<string, unknown>;
}

// The generator checks both with their own parsers; here only what is easy to lose without noticing.
it('documents every route with its problems, and names the schemas once', async () => {
  const { openapi } = (await generatedDocuments()) as { openapi: any }; // eslint-disable-line @typescript-eslint/no-explicit-any
  expect(openapi.paths['/api/v1/devices'].get.parameters.map((parameter: { name: string }) => parameter.name)).toEqual(
    expect.arrayContaining(['cursor', 'limit', 'areaId', 'domain', 'connection', 'q']),
  );
  const { responses } = openapi.paths['/api/v1/devices'].post;
  expect(responses['201'].content['application/json'].schema).toEqual({
    $ref: '#/components/schemas/DeviceCredentials',
  });
  expect(responses['409'].content['application/problem+json'].schema).toEqual({ $ref: '#/components/schemas/Problem' });
  for (const name of ['Device', 'Alarm', 'WorkOrder', 'Problem', 'Text'])
    expect(openapi.components.schemas[name]).toBeDefined();
  expect(JSON.stringify(openapi)).not.toContain('#/$defs');
});

it('says of every route what it answers when all is well', async () => {
  const { openapi } = (await generatedDocuments()) as { openapi: { paths: Record<string, Record<string, Route>> } };
  const silent = Object.entries(openapi.paths).flatMap(([path, verbs]) =>
    Object.entries(verbs).flatMap(([verb, { responses }]) =>
      Object.keys(responses).some((status) => /^[23]/.test(status)) ? [] : [`${verb} ${path}`],
    ),
  );
  expect(silent).toEqual([]);
});

it('tells devices their topics and units', async () => {
  const { asyncapi } = (await generatedDocuments()) as { asyncapi: any }; // eslint-disable-line @typescript-eslint/no-explicit-any
  expect(asyncapi.channels.telemetry.address).toBe('sc/{domain}/{community}/{device}/telemetry');
  expect(asyncapi.components.schemas['fire-values'].properties.temperature).toMatchObject({
    type: 'number',
    'x-unit': '°C',
  });
  expect(asyncapi.components.messages['alarm-raised-v1'].name).toBe('alarm.raised.v1');
});
