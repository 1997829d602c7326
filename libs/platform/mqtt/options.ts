import type { Clock } from '@sc/platform/clock';
import type { Logger } from '@sc/platform/logging';
import type { MqttStatus } from './mqtt-strategy.js';

export interface Credentials {
  userName: string;
  password: Buffer;
  clientId: string;
  remoteAddress: string;
}

/** A program that speaks for devices, on every topic below its prefix. */
export interface BridgeLogin {
  prefix: string;
  /** Whether a topic (without the prefix) is handed on; any other is acknowledged, counted and forgotten. */
  wants: (path: string) => boolean;
}

/** `domain` is the registry's: it decides on which topics the device may speak and in which lane. */
export type Login =
  { ok: true; deviceId: string; domain: string; bridge?: BridgeLogin } | { ok: false; reason: string };

/** Something refused, for the security log. Never holds a secret. */
export interface Refusal {
  kind: 'login-refused' | 'topic-refused' | 'subscription-refused' | 'device-held-off' | 'packet-too-large';
  actor: string;
  remoteAddress: string;
  detail: string;
}

export interface BrokerLimits {
  /** Connections at once; more are closed by the operating system's accept loop. */
  maxConnections: number;
  maxSessionsPerDevice: number;
  /** A peer that opened a socket must have sent its CONNECT by then. */
  connectTimeoutMs: number;
  /** Look-up of the credentials. */
  authenticateTimeoutMs: number;
  /** Larger payloads are acknowledged, but only `keptPayloadBytes` of them are handed on. */
  maxPayloadBytes: number;
  keptPayloadBytes: number;
  /** Larger packets end the connection: memory must be bounded before a payload can be judged. */
  maxPacketBytes: number;
  /** The first packet of a connection comes from somebody unknown. */
  maxConnectBytes: number;
  /** A packet must be complete this long after its first byte. */
  packetTimeoutMs: number;
  /** All partly received packets over 64 KiB together. */
  maxPartialBytes: number;
  /** Messages that wait for their commit, all devices together; three quarters of it for other than life safety. */
  maxPendingBytes: number;
  /** The same for one connection: one flooding device must not fill the queue of all. */
  maxPendingBytesPerClient: number;
  maxBatchMessages: number;
  maxBatchBytes: number;
  /** How long `close` waits for the running batch. */
  stopTimeoutMs: number;
  /** Failed logins of one (address, user name) within a minute, after which it is held off. */
  loginFailures: number;
  /** Publishes and subscriptions on others' topics within a minute, after which a device is disconnected and held off. */
  topicOffences: number;
  holdOffMs: number;
}

export const defaultLimits: BrokerLimits = {
  maxConnections: 25_000,
  maxSessionsPerDevice: 4,
  connectTimeoutMs: 10_000,
  authenticateTimeoutMs: 10_000,
  maxPayloadBytes: 256 * 1024,
  keptPayloadBytes: 4096,
  maxPacketBytes: 1024 * 1024,
  maxConnectBytes: 16 * 1024,
  packetTimeoutMs: 60_000,
  maxPartialBytes: 64 * 1024 * 1024,
  maxPendingBytes: 64 * 1024 * 1024,
  maxPendingBytesPerClient: 1024 * 1024,
  // Measured: more per batch makes an urgent message wait longer without carrying noticeably more.
  maxBatchMessages: 2000,
  maxBatchBytes: 4 * 1024 * 1024,
  stopTimeoutMs: 10_000,
  loginFailures: 5,
  topicOffences: 10,
  holdOffMs: 60_000,
};

/** PEM texts: the chain, and its private key. */
export interface ServerCertificate {
  cert: string;
  key: string;
}

export interface BrokerOptions {
  port: number;
  /** The same over TLS, beside the plain port. */
  tls?: ServerCertificate & { port: number };
  host?: string;
  clock: Clock;
  logger: Logger;
  authenticate: (credentials: Credentials) => Promise<Login>;
  /** Whether messages on this topic are handled before all others. */
  isLifeSafety: (topic: string) => boolean;
  onRefused?: (refusal: Refusal) => void;
  limits?: Partial<BrokerLimits>;
}

export interface BrokerStatus extends MqttStatus {
  listening: boolean;
  connections: number;
  sessions: number;
}
