import { readSettings } from './settings.js';

it('has a default for everything a first start needs', () => {
  expect(readSettings({})).toMatchObject({ DATA_DIR: './data', HTTP_PORT: 3000, MQTT_PORT: 1883, LOG_LEVEL: 'info' });
});

it('takes an empty variable for one that is not set', () => {
  expect(readSettings({ HTTP_PORT: '', DATABASE_URL: '' })).toMatchObject({ HTTP_PORT: 3000 });
});

it('lists all mistakes at once, each with the name of its variable', () => {
  const wrong = {
    HTTP_PORT: '99999',
    MQTT_PORT: 'x',
    LOG_LEVEL: 'loud',
    DATABASE_URL: 'mysql://db',
    PUBLIC_URL: 'here',
  };
  expect(() => readSettings(wrong)).toThrow(expect.objectContaining({ code: 'settings-invalid' }));
  try {
    readSettings(wrong);
  } catch (error) {
    for (const name of Object.keys(wrong)) expect(String(error)).toContain(name);
  }
});

it('wants a secret of some length for the webhook', () => {
  expect(() => readSettings({ WEBHOOK_URL: 'https://example.org/hook' })).toThrow(/WEBHOOK_SECRET/);
  expect(() => readSettings({ WEBHOOK_URL: 'https://example.org/hook', WEBHOOK_SECRET: 'short' })).toThrow(
    /WEBHOOK_SECRET/,
  );
});

it('takes an object store whole or not at all', () => {
  const store = { S3_URL: 'https://s3.example.org', S3_BUCKET: 'files', S3_ACCESS_KEY: 'a', S3_SECRET_KEY: 'b' };
  expect(readSettings(store)).toMatchObject({ ...store, S3_REGION: 'us-east-1' });
  for (const name of Object.keys(store)) expect(() => readSettings({ ...store, [name]: '' })).toThrow(`${name}: `);
});
