import { type Alarm, type FoldedAlarms as FoldedView, isLifeSafety } from '@sc/contracts';
import { useQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { foldedAlarmsQuery } from '../../../api/queries.js';
import { ProblemAlert } from '../../../components/query-state.js';
import { isFolded, useFoldKind, useView } from './choice.js';
import { FoldBar } from './fold-bar.js';
import { Groups } from './groups.js';
import '../../../styles/load.css';

interface Props {
  /** The open alarms as the stream keeps them, gravest first. */
  alarms: Alarm[];
  children: (shown: Alarm[]) => ReactNode;
}

/**
 * The list, in a flood its gravest alone with groups below. What is shown singly comes from the live list: life safety is on
 * the screen as soon as it is known, not when the groups are asked for next.
 */
export function FoldedAlarms({ alarms, children }: Props) {
  const [view, setView] = useView();
  const [by, setBy] = useFoldKind();
  const [unfolded, setUnfolded] = useState<string | null>(null);
  const query = useQuery(foldedAlarmsQuery(by));
  const since = query.data?.flood.since ?? null;
  const wanted = query.data !== undefined && isFolded(view, since, unfolded);
  // What somebody points at does not turn into something else under the click: a flood folds it when the pointer is away.
  const [held, setHeld] = useState(false);
  const [folded, setFolded] = useState(wanted);
  if (!held && folded !== wanted) setFolded(wanted);
  const bar = (
    <FoldBar
      view={view}
      onView={setView}
      by={by}
      onBy={setBy}
      flood={query.data?.flood}
      folded={folded}
      onUnfold={(unfold) => setUnfolded(unfold ? since : null)}
    />
  );
  return (
    <>
      {bar}
      {Boolean(query.error) && query.data && <ProblemAlert error={query.error} onRetry={() => void query.refetch()} />}
      <div onPointerEnter={() => setHeld(true)} onPointerLeave={() => setHeld(false)}>
        {folded && query.data ? <Folds folded={query.data} alarms={alarms} list={children} /> : children(alarms)}
      </div>
    </>
  );
}

function Folds({ folded, alarms, list }: { folded: FoldedView; alarms: Alarm[]; list: Props['children'] }) {
  const { t } = useTranslation('load');
  const { singles, groups, left } = folded;
  const alone = new Set(singles.map(({ id }) => id));
  const shown = alarms.filter(({ id, severity }) => isLifeSafety(severity) || alone.has(id));
  return (
    <>
      {groups.length > 0 && shown.length > 0 && <h2 className="fold-section">{t('folded.singles')}</h2>}
      {(shown.length > 0 || groups.length === 0) && list(shown)}
      {groups.length > 0 && (
        <>
          <h2 className="fold-section">{t('folded.groupsTitle')}</h2>
          <Groups groups={groups} />
        </>
      )}
      {left > 0 && <p className="muted">{t('folded.left', { count: left })}</p>}
    </>
  );
}
