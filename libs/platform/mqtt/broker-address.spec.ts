import { parseBrokerAddress } from './broker-address.js';

it('takes an address apart, and shows it without its secrets', () => {
  const address = parseBrokerAddress('mqtts://plat%40form:s%2Fcret@[::1]:8884');
  expect(address).toMatchObject({ host: '::1', port: 8884, userName: 'plat@form', password: 's/cret' });
  expect(address.shown).toBe('mqtts://[::1]:8884');
  expect(parseBrokerAddress('mqtt://broker')).toMatchObject({ port: 1883, userName: undefined, password: undefined });
  expect(parseBrokerAddress('mqtts://broker').port).toBe(8883);
});

it('does not repeat a text that holds a password', () => {
  for (const text of ['http://me:secret@broker', 'secret', 'mqtt://me:secret@'])
    expect(() => parseBrokerAddress(text)).toThrow(/^(?!.*secret)/);
});
