import { alarmJudgements, instantSchema, positionSchema, textSchema, type TimelineEntry } from '@sc/contracts';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useDomains } from '../api/look-ups.js';
import { useSiteTime } from '../lib/site-time.js';
import { useText } from '../lib/use-words.js';
import { useCauseText } from './cause.js';
import { Photos } from './photos.js';

const nameIn = (value: unknown): string | undefined => (typeof value === 'string' && value ? value : undefined);
const idsIn = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((id): id is string => typeof id === 'string') : [];

const judgementIn = (value: unknown) => alarmJudgements.find((one) => one === value) ?? 'null';

/** Of a silence: why, and until when. */
function useSilenceNotes(): (entry: TimelineEntry) => { until?: string; reason?: string } {
  const { t } = useTranslation('words');
  const { format } = useSiteTime();
  return ({ kind, action, data }) => {
    if (kind !== 'alarm') return {};
    const began = action === 'raise' && data['silence'] !== undefined;
    const ends = ['unshelve', 'unsuppress', 'return-to-service'].includes(action);
    const until = ends ? undefined : nameIn(data['until']);
    return {
      until: began ? t('timelineSilenced') : until && t('timelineUntil', { time: format(until, 'full') }),
      reason: ends ? undefined : nameIn(data['reason']),
    };
  };
}

/** What an entry is called, and to whom it went: the contract's actions in words, anything newer by its own name. */
function useActionText(): (entry: TimelineEntry) => string {
  const { t, i18n } = useTranslation('words');
  const domains = useDomains();
  const text = useText();
  const teamIn = (value: unknown): string | undefined => {
    const { data: name } = textSchema.safeParse(value);
    return name && text(name);
  };
  return ({ kind, action, data }) => {
    if (kind === 'event') {
      const title = domains.map((d) => d.events[action]).find(Boolean)?.title;
      if (title) return text(title);
    }
    const outcome = `timelineOutcome.${nameIn(data['outcome']) ?? ''}`;
    if (kind === 'work-order' && action === 'escalate' && i18n.exists(outcome, { ns: 'words' }))
      return t(outcome as 'timelineOutcome.remind', { name: nameIn(data['assigneeName']) ?? '' });
    const name = nameIn(data['assigneeName']) ?? nameIn(data['personName']) ?? teamIn(data['teamName']);
    const toWhom = `timelineTo.${kind}.${action}`;
    if (name && i18n.exists(toWhom, { ns: 'words' })) return t(toWhom as 'timelineTo.work-order.dispatch', { name });
    if (kind === 'alarm' && action === 'judge') return t(`timelineJudge.${judgementIn(data['judgement'])}`);
    const key = `timeline.${kind}.${action}`;
    return i18n.exists(key, { ns: 'words' }) ? t(key as 'timeline.alarm.raise') : action;
  };
}

/** The reading behind a raised alarm: one device may raise several. */
function useReadingText(): (entry: TimelineEntry) => string | undefined {
  const domains = useDomains();
  const cause = useCauseText();
  return ({ kind, action, data }) => {
    const metric = nameIn(data['metric']);
    if (kind !== 'alarm' || action !== 'raise' || !metric || data['value'] === undefined) return undefined;
    return cause(domains.find((d) => d.metrics[metric])?.name ?? '', data);
  };
}

/** Where whoever took the step was, when they allowed it to be told. */
function placeIn({ kind, data }: TimelineEntry): string | undefined {
  const { data: position } = positionSchema.safeParse(data['position']);
  return kind === 'work-order' && position ? `${position[1].toFixed(5)}, ${position[0].toFixed(5)}` : undefined;
}

/** A minute is how long a step takes to arrive; more is a phone without a network. */
const notableMs = 60_000;

/** When a step was taken, where it arrived later: by the clock of the phone, so it proves nothing alone. */
function takenBefore({ kind, at, data }: TimelineEntry): string | undefined {
  const { data: takenAt } = instantSchema.safeParse(data['takenAt']);
  return kind === 'work-order' && takenAt && Date.parse(at) - Date.parse(takenAt) > notableMs ? takenAt : undefined;
}

/** What is no step of anything, but belongs into the order of time: a reading, a picture. */
export interface StoryAside {
  at: string;
  kind: string;
  title: string;
  who: string;
  body?: ReactNode;
}

/** One timeline of everything that happened, oldest first: the story of a case. */
export function Story({ entries, asides = [] }: { entries: TimelineEntry[]; asides?: StoryAside[] }) {
  const { t } = useTranslation(['desk', 'words']);
  const { format } = useSiteTime();
  if (entries.length + asides.length === 0) return <p className="muted">{t('timeline.empty')}</p>;
  // Steps keep the order in which they were written: the sort is stable, and their moments never go back.
  const lines = [
    ...entries.map((entry) => ({ at: entry.at, entry, aside: undefined })),
    ...asides.map((aside) => ({ at: aside.at, entry: undefined, aside })),
  ].toSorted((a, b) => Date.parse(a.at) - Date.parse(b.at));
  const days = lines.map(({ at }) => format(at, 'day'));
  return (
    <ol className="story">
      {lines.map(({ at, entry, aside }, index) => {
        const day = days[index] === days[index - 1] ? undefined : days[index];
        return entry ? (
          <Entry key={`${at}-${index}`} entry={entry} day={day} />
        ) : (
          <Aside key={`${at}-${index}`} aside={aside} day={day} />
        );
      })}
    </ol>
  );
}

function Aside({ aside: { at, kind, title, who, body }, day }: { aside: StoryAside; day?: string }) {
  const { format } = useSiteTime();
  return (
    <li className={`story-${kind}`}>
      <div className="story-head">
        <span>{title}</span>
        <time dateTime={at} title={format(at)}>
          {day ? `${day} ` : ''}
          {format(at, 'time')}
        </time>
      </div>
      <div className="story-who">{who}</div>
      {body}
    </li>
  );
}

/** `day` is told where it changes. */
function Entry({ entry, day }: { entry: TimelineEntry; day?: string }) {
  const { t } = useTranslation(['desk', 'words', 'cases']);
  const { format } = useSiteTime();
  const actionText = useActionText();
  const readingText = useReadingText();
  const silence = useSilenceNotes()(entry);
  const note = entry.note ?? silence.reason;
  const who =
    entry.actorKind === 'system' ? t('words:actor.system') : (entry.actorName ?? t(`words:actor.${entry.actorKind}`));
  const taken = takenBefore(entry);
  const photos = idsIn(entry.data['attachmentIds']).map((id) => ({
    id,
    alt: t('workOrders.photoAlt', { name: who, time: format(entry.at) }),
  }));
  return (
    <li className={`story-${entry.kind}`}>
      <div className="story-head">
        <span>{actionText(entry)}</span>
        <time dateTime={entry.at} title={format(entry.at)}>
          {day ? `${day} ` : ''}
          {format(entry.at, 'time')}
        </time>
      </div>
      <div className="story-who">
        {[who, taken && t('cases:takenAt', { time: format(taken) }), placeIn(entry), readingText(entry), silence.until]
          .filter(Boolean)
          .join(' · ')}
      </div>
      {note && <p className="story-note">{note}</p>}
      {photos.length > 0 && <Photos photos={photos} />}
    </li>
  );
}
