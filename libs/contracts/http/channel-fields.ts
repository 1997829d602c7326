import type { ChannelField, ChannelKind } from './channels.js';

const base: ChannelField = { name: 'baseUrl', type: 'text' };
const provider: readonly ChannelField[] = [
  { name: 'method', type: 'choice', choices: ['POST', 'GET', 'PUT'], required: true },
  { name: 'url', type: 'text', required: true },
  {
    name: 'contentType',
    type: 'choice',
    choices: ['application/json', 'application/x-www-form-urlencoded', 'text/plain'],
    required: true,
  },
  { name: 'headers', type: 'long-text' },
  { name: 'body', type: 'long-text' },
  { name: 'basicUser', type: 'text' },
  { name: 'successPointer', type: 'text' },
  { name: 'successValue', type: 'text' },
  { name: 'retryValues', type: 'text' },
  { name: 'maxLength', type: 'number' },
];
const providerSecrets: readonly ChannelField[] = [
  { name: 'secret', type: 'text' },
  { name: 'secret2', type: 'text' },
  { name: 'basicPassword', type: 'text' },
];

/** The form of each kind. That it has exactly the fields of the schemas is tested. */
export const channelFields: Record<
  ChannelKind,
  { settings: readonly ChannelField[]; secrets: readonly ChannelField[] }
> = {
  'in-app': { settings: [], secrets: [] },
  'web-push': { settings: [{ name: 'contact', type: 'text' }], secrets: [] },
  'e-mail': {
    settings: [
      { name: 'host', type: 'text', required: true },
      { name: 'port', type: 'number', required: true },
      { name: 'security', type: 'choice', choices: ['tls', 'starttls', 'none'], required: true },
      { name: 'user', type: 'text' },
      { name: 'from', type: 'text', required: true },
      { name: 'certificateAuthority', type: 'long-text' },
    ],
    secrets: [{ name: 'password', type: 'text' }],
  },
  webhook: {
    settings: [{ name: 'url', type: 'text', required: true }],
    secrets: [
      { name: 'signingKey', type: 'text', required: true },
      { name: 'query', type: 'text' },
    ],
  },
  'wecom-robot': { settings: [base], secrets: [{ name: 'key', type: 'text', required: true }] },
  'dingtalk-robot': {
    settings: [base],
    secrets: [
      { name: 'accessToken', type: 'text', required: true },
      { name: 'signingKey', type: 'text' },
    ],
  },
  'feishu-robot': {
    settings: [base],
    secrets: [
      { name: 'token', type: 'text', required: true },
      { name: 'signingKey', type: 'text' },
    ],
  },
  wecom: {
    settings: [
      { name: 'corpId', type: 'text', required: true },
      { name: 'agentId', type: 'number', required: true },
      base,
    ],
    secrets: [{ name: 'secret', type: 'text', required: true }],
  },
  dingtalk: {
    settings: [
      { name: 'appKey', type: 'text', required: true },
      { name: 'agentId', type: 'number', required: true },
      base,
    ],
    secrets: [{ name: 'appSecret', type: 'text', required: true }],
  },
  feishu: {
    settings: [
      { name: 'appId', type: 'text', required: true },
      { name: 'receiveIdType', type: 'choice', choices: ['open_id', 'user_id', 'union_id', 'email'], required: true },
      base,
    ],
    secrets: [{ name: 'appSecret', type: 'text', required: true }],
  },
  sms: { settings: provider, secrets: providerSecrets },
  voice: { settings: provider, secrets: providerSecrets },
};
