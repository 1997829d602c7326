import { Button, Progress, Select } from 'antd';
import type { BackTest } from '@sc/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { keys } from '../../../api/keys.js';
import { api } from '../../../api/resources.js';
import { ProblemAlert } from '../../../components/query-state.js';
import { StateTag } from '../../../components/tags.js';
import { useSiteTime } from '../../../lib/site-time.js';

const tones = { waiting: 'quiet', running: 'busy', done: 'good', failed: 'hot' } as const;

interface Props {
  runs: readonly BackTest[];
  shown: BackTest;
  onChoose: (id: string) => void;
}

/** Which run is looked at, how far it is, and its end by hand. */
export function BackTestRuns({ runs, shown, onChoose }: Props) {
  const { t, i18n } = useTranslation('back-test');
  const { format } = useSiteTime();
  const queries = useQueryClient();
  const remove = useMutation({
    mutationFn: () => api.removeBackTest(shown.id),
    onSettled: () => queries.invalidateQueries({ queryKey: keys.backTests }),
  });
  const isOpen = shown.state === 'waiting' || shown.state === 'running';
  const nameOf = ({ createdAt, stored }: BackTest) => `${format(createdAt)} · ${t(stored ? 'asStored' : 'asChanged')}`;
  return (
    <section className="panel">
      <div className="panel-pad back-test-runs">
        <StateTag tone={tones[shown.state]}>{t(`state.${shown.state}`)}</StateTag>
        {runs.length > 1 ? (
          <Select
            aria-label={t('earlier')}
            value={shown.id}
            onChange={onChoose}
            options={runs.map((run) => ({ value: run.id, label: nameOf(run) }))}
            popupMatchSelectWidth={false}
          />
        ) : (
          <span className="muted">{nameOf(shown)}</span>
        )}
        <span className="muted">
          {format(shown.from)} – {format(shown.to)}
        </span>
        <Button loading={remove.isPending} onClick={() => remove.mutate()}>
          {t(isOpen ? 'cancel' : 'remove')}
        </Button>
        {isOpen && (
          <Progress
            aria-label={t('progress')}
            percent={Math.floor(shown.progress * 100)}
            status="active"
            format={() => t('read', { n: new Intl.NumberFormat(i18n.language).format(shown.readings) })}
          />
        )}
        {remove.error && <ProblemAlert error={remove.error} />}
      </div>
    </section>
  );
}
