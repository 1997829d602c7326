import {
  commandPayloadSchema,
  eventPayloadSchema,
  eventSchemas,
  replyPayloadSchema,
  statusPayloadSchema,
  telemetryPayloadSchema,
} from '@sc/contracts';
import { domains } from '@sc/domains';
import { z, type ZodType } from 'zod';

type Json = Record<string, unknown>;

const inbound = {
  telemetry: ['Readings: one object, or an array of up to 1,000 with `ts` each.', telemetryPayloadSchema],
  event: ['Something happened. Without `id` the identity is (device, type, ts).', eventPayloadSchema],
  status: ['Retained, and the will of the connection.', statusPayloadSchema],
  reply: ['Answer to a command.', replyPayloadSchema],
} as const satisfies Record<string, readonly [string, ZodType]>;

/** The AsyncAPI 3.0 document: what devices publish and receive, and the events of the live stream. */
export function asyncDocument(): Json {
  const channels: Json = {};
  const operations: Json = {};
  const messages: Json = {};
  for (const [name, [summary, schema]] of Object.entries(inbound)) {
    channels[name] = deviceChannel(name);
    operations[`receive-${name}`] = operation(
      'receive',
      name,
      `device-${name}`,
      'The platform receives it. QoS 1: the PUBACK comes after it is kept.',
    );
    messages[`device-${name}`] = message(summary, schema);
  }
  channels['command'] = deviceChannel('command');
  operations['send-command'] = operation('send', 'command', 'device-command', 'The platform sends it to the device.');
  messages['device-command'] = message('Asks a device to do something before `expiresAt`.', commandPayloadSchema);

  const types = Object.entries(eventSchemas);
  channels['live'] = {
    address: '/api/v1/stream',
    title: 'Live stream (Server-Sent Events)',
    description:
      'In commit order; `id` is the position, resumable by `Last-Event-ID`. Also posted as CloudEvents to the webhook, where one is set.',
    servers: [{ $ref: '#/servers/http' }],
    messages: Object.fromEntries(types.map(([type]) => [key(type), { $ref: `#/components/messages/${key(type)}` }])),
  };
  operations['send-live'] = {
    action: 'send',
    channel: { $ref: '#/channels/live' },
    messages: types.map(([type]) => ({ $ref: `#/channels/live/messages/${key(type)}` })),
  };
  for (const [type, schema] of types) messages[key(type)] = { name: type, ...message(type, envelope(type, schema)) };

  return {
    asyncapi: '3.0.0',
    info: {
      title: 'Smart Community devices and events',
      version: '1',
      description:
        'A device logs in with its id `{community}/{device}` as user name and client id, and its secret as password.',
      license: { name: 'Apache-2.0' },
    },
    defaultContentType: 'application/json',
    servers: {
      mqtt: { host: 'localhost:1883', protocol: 'mqtt', protocolVersion: '3.1.1' },
      http: { host: 'localhost:3000', protocol: 'http' },
    },
    channels,
    operations,
    components: {
      messages,
      schemas: Object.fromEntries(domains.map((domain) => [`${domain.name}-values`, valuesOf(domain)])),
    },
  };
}

const key = (type: string): string => type.replaceAll('.', '-');

const deviceChannel = (name: string): Json => ({
  address: `sc/{domain}/{community}/{device}/${name}`,
  servers: [{ $ref: '#/servers/mqtt' }],
  parameters: {
    domain: { enum: domains.map((domain) => domain.name), description: 'The kind of the device.' },
    community: { description: '1 to 64 of a-z, 0-9 and -.' },
    device: { description: '1 to 64 of a-z, 0-9 and -.' },
  },
  messages: { [`device-${name}`]: { $ref: `#/components/messages/device-${name}` } },
});

const operation = (action: 'send' | 'receive', channel: string, name: string, description: string): Json => ({
  action,
  description,
  channel: { $ref: `#/channels/${channel}` },
  messages: [{ $ref: `#/channels/${channel}/messages/${name}` }],
});

const message = (summary: string, schema: ZodType): Json => ({ summary, payload: toSchema(schema) });

const envelope = (type: string, payload: ZodType): ZodType =>
  z.object({
    position: z.number().int(),
    id: z.uuid(),
    type: z.literal(type),
    payload,
    areaId: z.string().nullable(),
    subjectId: z.string(),
    occurredAt: z.iso.datetime(),
  });

/** Metrics of a domain with their units, which are part of the contract. Others are stored too. */
function valuesOf(domain: (typeof domains)[number]): Json {
  const properties = Object.entries(domain.metrics).map(([name, metric]) => [
    name,
    {
      type: metric.alsoType ? [metric.type, metric.alsoType] : metric.type,
      title: metric.title.en,
      ...(metric.unit ? { description: `Unit: ${metric.unit}`, 'x-unit': metric.unit } : {}),
      ...(metric.min === undefined ? {} : { minimum: metric.min }),
      ...(metric.max === undefined ? {} : { maximum: metric.max }),
    },
  ]);
  return {
    type: 'object',
    title: `Values of ${domain.title.en}`,
    description: `Events: ${Object.keys(domain.events).join(', ')}.`,
    properties: Object.fromEntries(properties),
    additionalProperties: true,
  };
}

function toSchema(schema: ZodType): Json {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, {
    target: 'draft-7',
    io: 'input',
    override: ({ jsonSchema }) => {
      if (jsonSchema.format) delete jsonSchema.pattern;
      if (jsonSchema.additionalProperties === false) delete jsonSchema.additionalProperties;
    },
  }) as Json;
  return rest;
}
