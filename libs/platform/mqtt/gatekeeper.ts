import { setTimeout as wait } from 'node:timers/promises';
import { HoldOff } from './hold-off.js';
import type { BrokerLimits, BrokerOptions, Login } from './options.js';
import { type Connection, Session } from './session.js';
import { formatTopic } from '@sc/contracts';

/** CONNACK return codes [MQTT-3.2.2-4]. */
const identifierRejected = 2;
const serverUnavailable = 3;
const badCredentials = 4;
const notAuthorized = 5;

type Verdict = { session: Session } | { returnCode: number; detail: string; silent: boolean };

/** Decides who comes in, and who has to stay out for a while. */
export class Gatekeeper {
  private readonly logins: HoldOff;
  private readonly offences: HoldOff;

  constructor(
    private readonly options: BrokerOptions,
    private readonly limits: BrokerLimits,
    private readonly sessionsOf: (deviceId: string) => number,
  ) {
    this.logins = new HoldOff(options.clock, limits.loginFailures, limits.holdOffMs);
    this.offences = new HoldOff(options.clock, limits.topicOffences, limits.holdOffMs);
  }

  /** Notes that a device spoke on a topic of another; true when it is to be disconnected. */
  noteOffence(deviceId: string): boolean {
    return this.offences.note(deviceId);
  }

  async judge(
    connection: Connection,
    given: { userName: string | undefined; password: Buffer | undefined; clientId: string },
  ): Promise<Verdict> {
    const { userName = '', password, clientId } = given;
    const key = `${connection.remoteAddress} ${userName.slice(0, 140)}`;
    // Who is held off is not looked up, and not logged again: that is what the hold-off protects.
    if (this.logins.isHeld(key) || this.offences.isHeld(userName)) return refusal(notAuthorized, 'held off', true);
    if (!password || !ownsClientId(userName, clientId))
      return this.failed(key, identifierRejected, 'client id is not of the user name');
    const login = await this.authenticate({ userName, password, clientId, remoteAddress: connection.remoteAddress });
    if (login === undefined) return refusal(serverUnavailable, 'credentials could not be checked', true);
    if (!login.ok) return this.failed(key, badCredentials, login.reason);
    this.logins.forget(key);
    if (this.sessionsOf(login.deviceId) >= this.limits.maxSessionsPerDevice)
      return refusal(notAuthorized, 'too many connections of one device', false);
    const lifeSafety = this.options.isLifeSafety(
      formatTopic({ domain: login.domain, deviceId: login.deviceId, channel: 'telemetry' }),
    );
    const session = new Session(connection, login.deviceId, login.domain, lifeSafety, login.bridge);
    const will = connection.client._will;
    if (will && !session.mayPublish(will.topic)) return this.failed(key, notAuthorized, 'will on a topic of another');
    return { session };
  }

  /** `undefined` when it could not be found out in time. */
  private async authenticate(credentials: Parameters<BrokerOptions['authenticate']>[0]): Promise<Login | undefined> {
    try {
      return await Promise.race([
        this.options.authenticate(credentials),
        wait(this.limits.authenticateTimeoutMs, undefined, { ref: false }),
      ]);
    } catch (error) {
      this.options.logger.warn(
        { error: error instanceof Error ? error.message : String(error) },
        'mqtt login not checked',
      );
      return undefined;
    }
  }

  private failed(key: string, returnCode: number, detail: string): Verdict {
    const held = this.logins.note(key);
    return refusal(returnCode, held ? `${detail}; held off` : detail, false);
  }
}

function refusal(returnCode: number, detail: string, silent: boolean): Verdict {
  return { returnCode, detail, silent };
}

/** Exactly the user name, or with `:suffix`: so nobody takes over the session of another [MQTT-3.1.4-2]. */
function ownsClientId(userName: string, clientId: string): boolean {
  if (clientId === userName) return userName !== '';
  return clientId.startsWith(`${userName}:`) && /^[A-Za-z0-9_.-]{1,64}$/.test(clientId.slice(userName.length + 1));
}
