import type { Backlog } from '@sc/contracts';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { systemQuery } from '../../api/queries.js';
import { Page, Panel } from '../../components/page.js';
import { QueryState } from '../../components/query-state.js';
import { toServerTime, useNow } from '../../lib/site-time.js';
import { FigureList, LevelTag } from './figure-list.js';
import { backlogFigures } from './judge.js';
import { ProcessPanel } from './process-panel.js';
import { Summary } from './summary.js';
import '../../styles/system.css';

/** How the platform itself is: every process, what waits, how long commits take. */
export function SystemPage() {
  const { t } = useTranslation('system');
  const query = useQuery(systemQuery);
  const lateMs = Math.max(0, useNow() - toServerTime(query.dataUpdatedAt));
  return (
    <Page title={t('title')}>
      <div className="stack">
        <span className="muted">{t('about')}</span>
        <QueryState query={query}>
          {(system) => (
            <div className="stack">
              <Summary system={system} lateMs={lateMs} />
              <div className="system-columns">
                {system.processes.map((process) => (
                  <ProcessPanel key={process.instance} process={process} lateMs={lateMs} />
                ))}
                <div className="stack">
                  <Panel title={t('part.jobs')}>
                    <FigureList figures={backlogFigures(system.backlog)} />
                  </Panel>
                  <Letters letters={system.backlog.deadLetters} />
                </div>
              </div>
            </div>
          )}
        </QueryState>
      </div>
    </Page>
  );
}

function Letters({ letters }: { letters: Backlog['deadLetters'] }) {
  const { t, i18n } = useTranslation(['system', 'words']);
  const reasonText = (reason: string) =>
    i18n.exists(`rejectReason.${reason}`, { ns: 'words' })
      ? t(`words:rejectReason.${reason}` as 'words:rejectReason.not-json')
      : reason;
  return (
    <Panel title={t('part.deadLetters')} extra={<Link to="/dead-letters">{t('openLetters')}</Link>}>
      {letters.length === 0 && <span className="muted">{t('noLetters')}</span>}
      <ul className="figures">
        {letters.map(({ kind, reason, total, lastHour }) => (
          <li key={`${kind} ${reason}`} className="figure">
            <span className="figure-name">
              {t(`words:deadLetterKind.${kind}`)} · {reasonText(reason)}
            </span>
            <strong className="figure-value">{t('lettersOf', { total, lastHour })}</strong>
            <span className="figure-level">
              <LevelTag level={lastHour > 0 ? 'warn' : 'good'} />
            </span>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
