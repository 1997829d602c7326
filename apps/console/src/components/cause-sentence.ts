import type { TFunction } from 'i18next';

type Cause = Record<string, unknown>;

/** How the reader's language says the parts of a cause. */
export interface CauseWords {
  t: TFunction<'desk'>;
  /** With the unit of the metric. */
  value(value: unknown, metric?: unknown): string;
  metric(name: string): string;
  event(type: string): string;
  duration(ms: number): string;
  time(at: string): string;
}

/** Of kinds that say more than a value: after the title of the metric, where there is one. `undefined`: no such kind, or nothing more to say. */
export function sentenceOf(cause: Cause, words: CauseWords): string | undefined {
  const kind = cause['kind'];
  return typeof kind === 'string' && Object.hasOwn(sentences, kind) ? sentences[kind]?.(cause, words) : undefined;
}

const sentences: Record<string, (cause: Cause, words: CauseWords) => string | undefined> = {
  rate({ metric, value, perMinute }, { t, value: say }) {
    if (typeof perMinute !== 'number') return undefined;
    const values = { value: say(value, metric), pace: say(Math.abs(perMinute), metric) };
    return perMinute < 0 ? t('alarms.falling', values) : t('alarms.rising', values);
  },

  stuck({ metric, value, forMs }, { t, value: say, duration }) {
    return typeof forMs === 'number'
      ? t('alarms.stuck', { value: say(value, metric), time: duration(forMs) })
      : undefined;
  },

  forecast({ metric, value, of, level, perHour, expectedAt }, { t, value: say, time }) {
    if (typeof expectedAt !== 'string' || typeof level !== 'number' || typeof perHour !== 'number') return undefined;
    // A share is said in percent.
    const of100 = (share: number) => `${say(100 * share)} %`;
    return t('alarms.forecast', {
      value: say(value, metric),
      level: of === undefined ? say(level, metric) : of100(level),
      time: time(expectedAt),
      pace: of === undefined ? say(Math.abs(perHour), metric) : of100(Math.abs(perHour)),
    });
  },

  sequence(cause, words) {
    const { order, missing, withinMs, answeredTs } = cause;
    const name = signalName(cause, words);
    if (name === undefined) return undefined;
    if (answeredTs !== undefined) return words.t('alarms.answered', { name });
    const lacking = typeof missing === 'object' && missing !== null ? signalName(missing as Cause, words) : undefined;
    if (lacking === undefined || typeof withinMs !== 'number') return undefined;
    const values = { name, missing: lacking, time: words.duration(withinMs) };
    return order === 'before' ? words.t('alarms.notBefore', values) : words.t('alarms.notAfter', values);
  },

  baseline({ metric, value, low, high }, { t, value: say }) {
    if (typeof low !== 'number' || typeof high !== 'number') return undefined;
    return t('alarms.unusual', { value: say(value, metric), low: say(low, metric), high: say(high, metric) });
  },

  group({ counted, members, over, atLeast }, { t }) {
    if (over === true) return t('alarms.apart', { atLeast });
    if (typeof counted !== 'number') return undefined;
    const devices = Array.isArray(members) ? new Set(members.map((member: Cause) => member['deviceId'])).size : 0;
    return t('alarms.together', { counted, devices });
  },
};

/** An event, or a metric that becomes a value. */
function signalName({ type, event, metric, value }: Cause, words: CauseWords): string | undefined {
  const eventType = type ?? event;
  if (typeof eventType === 'string') return words.event(eventType);
  return typeof metric === 'string' ? `${words.metric(metric)} ${words.value(value, metric)}` : undefined;
}
