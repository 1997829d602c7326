import type { Locale, Severity, Text } from '@sc/contracts';

/** What is to be told, in the words of the domain. */
export interface ChannelMessage {
  /** The same in every attempt, so that whoever keeps it tells a repeat from news. At most 64 of `A-Za-z0-9-`. */
  key: string;
  kind: string;
  severity: Severity;
  title: Text;
  body: Text;
  /** Absolute address of the page about it; none where the site has no public address. */
  link: string | null;
  /** The page's path, for who is on the site anyway. */
  path: string | null;
  /** Milliseconds since the epoch: nobody needs to be told later. */
  expiresAt: number;
  /** A later message of the same topic takes the place of an earlier one, where the channel can. */
  topic?: string;
  /** What it is about, for who keeps it beside that. */
  about?: { workOrderId: string | null; roundId: string | null };
  /** To be found, not to call for attention: only the app knows the difference. */
  quiet?: boolean;
  /** The fact itself, for programs. */
  event?: Record<string, unknown>;
}

export type Destination =
  /** Whoever listens to the channel: a robot's group, a webhook's program. */
  | { to: 'group'; locale: Locale }
  /** An e-mail address, an E.164 number, a user id: what the channel's kind of address is. */
  | { to: 'person'; locale: Locale; address: string }
  /** Somebody who logs in here; the app speaks the language it is set to. */
  | { to: 'account'; locale?: Locale; personId: string }
  | { to: 'browser'; locale: Locale; endpoint: string; p256dh: string; auth: string };

export type Outcome =
  | { outcome: 'delivered' }
  /** Another attempt changes nothing. `gone`: the destination is no more and should be forgotten. */
  | { outcome: 'refused'; reason: string; gone?: true }
  | { outcome: 'later'; reason: string; afterMs?: number };

/** One configured way to tell. */
export interface NotificationChannel {
  /** Never throws. The reason is a short, stable word or a code of the other side: no address, no secret, no text of theirs. */
  deliver(message: ChannelMessage, destination: Destination): Promise<Outcome>;
  /** Lets go of connections. */
  close(): Promise<void>;
}

export const delivered: Outcome = { outcome: 'delivered' };
export const refused = (reason: string): Outcome => ({ outcome: 'refused', reason });
export const later = (reason: string, afterMs?: number): Outcome => ({
  outcome: 'later',
  reason,
  ...(afterMs === undefined ? {} : { afterMs }),
});
/** Somebody asked this channel to tell who it cannot reach. */
export const unreachable = refused('wrong-destination');
