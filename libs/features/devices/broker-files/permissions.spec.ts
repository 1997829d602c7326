import { pbkdf2Sync } from 'node:crypto';
import { mosquittoHash, mosquittoPasswordHash } from './mosquitto-hash.js';
import { aclFile, devicePermissions, passwordFile, platformPermissions, withoutPassword } from './permissions.js';

const accounts = [
  { userName: 'platform', passwordHash: '$7$p', permissions: platformPermissions(['frigate/#']) },
  { userName: 'c1/smoke-1', passwordHash: '$7$s', permissions: devicePermissions('c1/smoke-1', 'fire') },
  { userName: 'c1/old', passwordHash: null, permissions: devicePermissions('c1/old', 'fire') },
];

it('lets a device speak for itself and hear its commands, and the platform the other way round', () => {
  expect(aclFile(accounts.slice(0, 2))).toBe(`user platform
topic read sc/#
topic write sc/+/+/+/command
topic read frigate/#

user c1/smoke-1
topic write sc/fire/c1/smoke-1/telemetry
topic write sc/fire/c1/smoke-1/event
topic write sc/fire/c1/smoke-1/status
topic write sc/fire/c1/smoke-1/reply
topic read sc/fire/c1/smoke-1/command

`);
});

it('lists who has no password instead of giving an empty one', () => {
  expect(passwordFile(accounts)).toBe('platform:$7$p\nc1/smoke-1:$7$s\n');
  expect(withoutPassword(accounts)).toEqual(['c1/old']);
});

it('hashes as Mosquitto does, each time with another salt', () => {
  for (const hash of [mosquittoHash('secret'), mosquittoPasswordHash('secret')]) {
    const [, kind, iterations, salt, derived] = hash.split('$');
    expect(kind).toBe('7');
    const again = pbkdf2Sync('secret', Buffer.from(salt!, 'base64'), Number(iterations), 64, 'sha512');
    expect(again.toString('base64')).toBe(derived);
  }
  expect(mosquittoHash('secret')).not.toBe(mosquittoHash('secret'));
});
