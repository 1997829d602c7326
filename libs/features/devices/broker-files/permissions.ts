import { formatTopic, inboundChannels } from '@sc/contracts';

/** Somebody who may log in at the broker. */
export interface BrokerAccount {
  userName: string;
  /** In Mosquitto's format; none for one whose secret was made before there was such a thing. */
  passwordHash: string | null;
  permissions: readonly string[];
}

/** A device says what is its own, and hears its commands. */
export function devicePermissions(deviceId: string, domain: string): string[] {
  return [
    ...inboundChannels.map((channel) => `topic write ${formatTopic({ domain, deviceId, channel })}`),
    `topic read ${formatTopic({ domain, deviceId, channel: 'command' })}`,
  ];
}

/** The platform hears everybody and gives the commands. It says nothing in the name of a device. */
export function platformPermissions(foreignFilters: readonly string[]): string[] {
  return [
    'topic read sc/#',
    `topic write ${formatTopic({ domain: '+', deviceId: '+/+', channel: 'command' })}`,
    ...foreignFilters.map((filter) => `topic read ${filter}`),
  ];
}

/** A bridge and what it bridges talk below its prefix. */
export function bridgePermissions(topicPrefix: string): string[] {
  return [`topic readwrite ${topicPrefix}/#`];
}

/** Text of the `password_file`. Who is not in it cannot log in. */
export function passwordFile(accounts: readonly BrokerAccount[]): string {
  return accounts
    .filter(({ passwordHash }) => passwordHash !== null)
    .map(({ userName, passwordHash }) => `${userName}:${passwordHash}\n`)
    .join('');
}

/** Text of the `acl_file`. What is not in it is refused. */
export function aclFile(accounts: readonly BrokerAccount[]): string {
  return accounts.map(({ userName, permissions }) => `user ${userName}\n${permissions.join('\n')}\n\n`).join('');
}

/** Who has to get a new secret before this broker can let them in. */
export function withoutPassword(accounts: readonly BrokerAccount[]): string[] {
  return accounts.filter(({ passwordHash }) => passwordHash === null).map(({ userName }) => userName);
}
