import { isTimeZone } from '@sc/contracts';
import { z } from 'zod';

const port = z.coerce.number().int().min(1).max(65_535);

/** `''` counts as "not set": that is what compose files and shells pass for an absent variable. */
const optional = <T extends z.ZodType>(schema: T) =>
  z.preprocess((value) => (value === '' ? undefined : value), schema.optional());
const withDefault = <T extends z.ZodType>(schema: T, fallback: z.input<T>) =>
  z.preprocess((value) => (value === '' || value === undefined ? fallback : value), schema);

/** Every setting of the platform, read once at start from the environment. Each carries the sentence its documentation shows. */
export const settingsSchema = z
  .object({
    DATA_DIR: withDefault(z.string(), './data').describe(
      'Folder of everything the platform keeps: databases, files, secrets.',
    ),
    HTTP_PORT: withDefault(port, 3000).describe('Port of the console, the HTTP API and the live stream.'),
    MQTT_PORT: withDefault(port, 1883).describe('Port on which the embedded broker accepts devices.'),
    DATABASE_URL: optional(z.url({ protocol: /^postgres(ql)?$/ })).describe(
      'PostgreSQL 15 or newer to use instead of the embedded one.',
    ),
    MQTTS_PORT: optional(port).describe(
      'Port on which the embedded broker also accepts devices over TLS; off unless set. Uses TLS_CERT, or a certificate made at the first start.',
    ),
    MQTT_URL: optional(z.url({ protocol: /^mqtts?$/ })).describe(
      'MQTT broker to use instead of the embedded one, with user name and password: mqtt://platform:secret@broker:1883.',
    ),
    REDIS_URL: optional(z.url({ protocol: /^rediss?$/ })).describe('Redis for the job queue instead of PostgreSQL.'),
    INFLUX_URL: optional(z.url({ protocol: /^https?$/ })).describe(
      'InfluxDB for readings instead of the embedded store. 1.x, 2.x and 3.x are understood.',
    ),
    INFLUX_TOKEN: optional(z.string()).describe('Token of that InfluxDB; for 1.x `user:password`, or none.'),
    INFLUX_ORG: optional(z.string()).describe('Organisation in InfluxDB 2.x and 3.x; left out, 1.x is assumed.'),
    INFLUX_BUCKET: withDefault(z.string(), 'smart-community').describe(
      'Bucket (2.x, 3.x) or database (1.x) of the readings.',
    ),
    S3_URL: optional(z.url({ protocol: /^https?$/ })).describe(
      'Object store that speaks S3, for photos and voice notes instead of DATA_DIR/files: MinIO, Ceph, Swift, a cloud. Give it its own user, allowed to read, write and delete in one bucket.',
    ),
    S3_BUCKET: optional(z.string().regex(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/, 'is no bucket name')).describe(
      'Bucket of those files; it must exist. Needed with S3_URL, as the two keys are.',
    ),
    S3_REGION: withDefault(z.string(), 'us-east-1').describe('Region in which that store signs.'),
    S3_ACCESS_KEY: optional(z.string()).describe('Access key of that user.'),
    S3_SECRET_KEY: optional(z.string()).describe('Secret key of that user.'),
    CASE_FILES_DAYS: withDefault(z.coerce.number().int().min(1).max(36_500), 1095).describe(
      'Days for which photos and voice notes of a closed case are kept: three years, the general limitation period of the Civil Code. After that the case still says that they existed, with their SHA-256.',
    ),
    RESIDENT_PHONE_DAYS: withDefault(z.coerce.number().int().min(1).max(365), 30).describe(
      'Days after the end of a case for which the phone number of a resident is kept, where one was left.',
    ),
    RESIDENT_LINK_DAYS: withDefault(z.coerce.number().int().min(15).max(3650), 90).describe(
      'Days after the end of a case for which the private links of residents work. What residents wrote goes with CASE_FILES_DAYS.',
    ),
    TIME_ZONE: withDefault(z.string().refine(isTimeZone, 'is no IANA time zone'), 'Asia/Shanghai').describe(
      'Time zone of the site: hours of rules, days of reports.',
    ),
    CAMERA_HOSTS: optional(
      z.string().regex(/^[A-Za-z0-9.:[\]_-]+(,[A-Za-z0-9.:[\]_-]+)*$/, 'is host:port,host:port'),
    ).describe(
      'Hosts, host:port separated by commas, from which pictures may be fetched and cameras asked. Everything else is refused.',
    ),
    NOTIFY_HOSTS: optional(
      z.string().regex(/^[A-Za-z0-9.:[\]_-]+(,[A-Za-z0-9.:[\]_-]+)*$/, 'is host:port,host:port'),
    ).describe(
      'Hosts, host:port separated by commas, to which notification channels may speak beside the official push services, WeCom, DingTalk and Feishu: mail servers, webhooks, SMS providers.',
    ),
    HTTPS_PORT: optional(port).describe(
      'Port of the same over HTTPS; off unless set. Phones need HTTPS for offline use, push and camera.',
    ),
    TLS_CERT: optional(z.string()).describe(
      'File of the certificate chain (PEM) for HTTPS and MQTTS. Left out, one is made in DATA_DIR/tls with a root that phones can install.',
    ),
    TLS_KEY: optional(z.string()).describe('File of its private key (PEM). Needed with TLS_CERT.'),
    TRUSTED_PROXY: optional(z.string()).describe(
      'Address or CIDR range of a reverse proxy whose X-Forwarded-* headers are believed.',
    ),
    PUBLIC_URL: optional(z.url({ protocol: /^https?$/ })).describe(
      'Address under which people reach the console; default http://localhost:HTTP_PORT. With https the session cookie is marked Secure.',
    ),
    LOG_LEVEL: withDefault(z.enum(['error', 'warn', 'info', 'debug']), 'info').describe(
      'error: a person must act now; warn: it healed or is retried; info: life cycle; debug: the rest.',
    ),
    WEBHOOK_URL: optional(z.url({ protocol: /^https?$/ })).describe(
      'Address that receives signed CloudEvents about alarms and work orders.',
    ),
    WEBHOOK_SECRET: optional(z.string().min(32)).describe(
      'Key of the HMAC-SHA256 signature of those requests, at least 32 characters. Needed with WEBHOOK_URL.',
    ),
    FAULT_HOOK: optional(
      z.string().regex(/^[a-z-]+:[1-9][0-9]*$/, 'is point:n, for example between-commits:3'),
    ).describe(
      'For the fault tests only: the process kills itself when it comes to the named point for the n-th time.',
    ),
    DATASETS_DIR: optional(z.string()).describe(
      'Folder of real data sets for replay and tests; where absent those tests say they were skipped.',
    ),
  })
  .refine((settings) => !settings.WEBHOOK_URL || settings.WEBHOOK_SECRET, {
    path: ['WEBHOOK_SECRET'],
    message: 'is needed when WEBHOOK_URL is set',
  })
  .superRefine((settings, context) => {
    const together = ['S3_URL', 'S3_BUCKET', 'S3_ACCESS_KEY', 'S3_SECRET_KEY'] as const;
    if (together.every((name) => settings[name] === undefined)) return;
    for (const name of together)
      if (settings[name] === undefined)
        context.addIssue({
          code: 'custom',
          path: [name],
          message: `${together.join(', ')} are set together or not at all`,
        });
  })
  .refine((settings) => !settings.TLS_CERT === !settings.TLS_KEY, {
    path: ['TLS_KEY'],
    message: 'TLS_CERT and TLS_KEY are set together or not at all',
  });

export type Settings = z.infer<typeof settingsSchema>;

/** All mistakes in the environment at once, one line each. */
export class SettingsError extends Error {
  readonly code = 'settings-invalid';
}

/**
 * Reads the settings from an environment.
 * @throws SettingsError naming every wrong variable, what is wrong with it and what it is for.
 */
export function readSettings(environment: Record<string, string | undefined>): Settings {
  const result = settingsSchema.safeParse(environment);
  if (result.success) return result.data;
  const lines = result.error.issues.map((issue) => `  ${issue.path.join('.')}: ${issue.message}`);
  throw new SettingsError(
    `The settings are not usable:\n${lines.join('\n')}\nSee docs/settings.md for what each one means.`,
  );
}
