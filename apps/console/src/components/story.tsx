import type { TimelineEntry } from '@sc/contracts';
import { useTranslation } from 'react-i18next';
import { useSiteTime } from '../lib/site-time.js';
import { useText } from '../lib/use-words.js';
import { useDomains } from '../api/queries.js';

/** What an entry is called: the contract's actions in words, anything newer by its own name. */
function useActionText(): (entry: TimelineEntry) => string {
  const { t, i18n } = useTranslation('words');
  const domains = useDomains();
  const text = useText();
  return ({ kind, action }) => {
    if (kind === 'event') {
      const title = domains.map((d) => d.events[action]).find(Boolean)?.title;
      if (title) return text(title);
    }
    const key = `timeline.${kind}.${action}`;
    return i18n.exists(key, { ns: 'words' }) ? t(key as 'timeline.alarm.raise') : action;
  };
}

/** One timeline of everything that happened, oldest first: the story of a case. */
export function Story({ entries }: { entries: TimelineEntry[] }) {
  const { t } = useTranslation(['desk', 'words']);
  const { format } = useSiteTime();
  const actionText = useActionText();
  if (entries.length === 0) return <p className="muted">{t('timeline.empty')}</p>;
  let day = '';
  return (
    <ol className="story">
      {entries.map((entry, index) => {
        const entryDay = format(entry.at, 'day');
        const showDay = entryDay !== day;
        day = entryDay;
        const photos = Array.isArray(entry.data['attachmentIds']) ? entry.data['attachmentIds'].length : 0;
        return (
          <li key={`${entry.at}-${index}`} className={`story-${entry.kind}`}>
            <div className="story-head">
              <span>{actionText(entry)}</span>
              <time dateTime={entry.at} title={format(entry.at)}>
                {showDay ? `${entryDay} ` : ''}
                {format(entry.at, 'time')}
              </time>
            </div>
            <div className="story-who">
              {entry.actorKind === 'system'
                ? t('words:actor.system')
                : (entry.actorName ?? t(`words:actor.${entry.actorKind}`))}
              {photos > 0 && ` · ${t('timeline.photos', { count: photos })}`}
            </div>
            {entry.note && <p className="story-note">{entry.note}</p>}
          </li>
        );
      })}
    </ol>
  );
}
