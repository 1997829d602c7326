import { type ChannelKind, channelSecretsSchemas, type ChannelSettings, channelSettingsSchemas } from '@sc/contracts';
import { hostsOf } from '@sc/platform/channels';
import type { Settings } from '@sc/platform/config';
import { commonRefusals, issueText, ProblemError } from '@sc/platform/http';
import type { z } from 'zod';
import { refusals } from '../refusals.js';

/** Settings and secrets of a channel as its kind wants them. @throws ProblemError `invalid-request` that says where, and never what was sent */
export function readInput(
  kind: ChannelKind,
  input: { settings: Record<string, unknown>; secrets: Record<string, unknown> },
  site: Pick<Settings, 'NOTIFY_HOSTS'>,
): { settings: ChannelSettings; secrets: Record<string, string> } {
  const settings = parse(channelSettingsSchemas[kind], input.settings, 'settings') as ChannelSettings;
  const secrets = parse(channelSecretsSchemas[kind], input.secrets, 'secrets') as Record<string, string>;
  const target = targetOf(kind, settings);
  if (target && !hostsOf(kind, site).has(target.host)) {
    const reason = refusals.hostNotAllowed(target.host);
    throw new ProblemError('invalid-request', reason, [{ path: `settings.${target.field}`, message: reason }]);
  }
  return { settings, secrets };
}

function parse(schema: z.ZodType, value: Record<string, unknown>, part: 'settings' | 'secrets'): unknown {
  // an empty field of a form is one that was not filled in
  const filled = Object.fromEntries(Object.entries(value).filter(([, one]) => one !== '' && one !== null));
  const result = schema.safeParse(filled);
  if (result.success) return result.data;
  const errors = result.error.issues.map((issue) => ({
    path: [part, ...issue.path].join('.'),
    message: issueText(issue),
  }));
  throw new ProblemError('invalid-request', commonRefusals.doesNotFit, errors);
}

/** The host that somebody typed in, as `host:port`. */
function targetOf(kind: ChannelKind, settings: ChannelSettings): { host: string; field: string } | undefined {
  if (kind === 'e-mail') {
    const { host, port } = settings as ChannelSettings<'e-mail'>;
    return { host: `${host.toLowerCase()}:${port}`, field: 'host' };
  }
  const field = 'url' in settings ? 'url' : 'baseUrl';
  const address = (settings as Partial<Record<string, unknown>>)[field];
  if (typeof address !== 'string') return undefined;
  const url = new URL(address.replace(/\{\{.*?\}\}/g, '_'));
  return { host: `${url.hostname}:${url.port || (url.protocol === 'https:' ? '443' : '80')}`, field };
}
