import type { Export } from '@sc/contracts';
import { Button, Progress } from 'antd';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { keys } from '../../api/keys.js';
import { exportsQuery } from '../../api/queries.js';
import { api } from '../../api/resources.js';
import { useNow, useSiteTime } from '../../lib/site-time.js';
import { useBytes, useDuration } from '../../lib/use-words.js';
import { Calm, ProblemAlert, QueryState } from '../query-state.js';
import { StateTag } from '../tags.js';

const tones = { waiting: 'quiet', running: 'busy', done: 'good', failed: 'hot' } as const;

/** The person's own exports, newest first; looked at every second while one is open. */
export function ExportList() {
  const { t } = useTranslation('exports');
  const query = useQuery(exportsQuery);
  return (
    <QueryState query={query}>
      {({ items }) =>
        items.length === 0 ? (
          <Calm title={t('none')} text={t('noneText')} />
        ) : (
          <ul className="mini-list export-items">
            {items.map((one) => (
              <Item key={one.id} one={one} />
            ))}
          </ul>
        )
      }
    </QueryState>
  );
}

function Item({ one }: { one: Export }) {
  const { t, i18n } = useTranslation('exports');
  const { format } = useSiteTime();
  const bytes = useBytes();
  const duration = useDuration();
  const now = useNow();
  const queries = useQueryClient();
  const remove = useMutation({
    mutationFn: () => api.removeExport(one.id),
    onSettled: () => queries.invalidateQueries({ queryKey: keys.exports }),
  });
  const file = one.fileName;
  const isOpen = one.state === 'waiting' || one.state === 'running';
  const facts = [
    one.rows > 0 && t('rows', { n: new Intl.NumberFormat(i18n.language).format(one.rows) }),
    one.bytes > 0 && bytes(one.bytes),
    one.devices > 1 && t('devices', { count: one.devices }),
    one.expiresAt && t('expires', { time: duration(Date.parse(one.expiresAt) - now) }),
  ].filter(Boolean);
  return (
    <li>
      <div className="grow">
        <div className="row-wrap">
          <strong className="export-name">{file}</strong>
          <StateTag tone={tones[one.state]}>{t(`state.${one.state}`)}</StateTag>
        </div>
        <div className="muted">
          {format(one.from)} – {format(one.to)}
        </div>
        {one.state === 'running' && (
          <Progress
            aria-label={t('progress', { file })}
            percent={Math.floor(one.progress * 100)}
            size="small"
            status="active"
          />
        )}
        {one.error && <div>{t(`error.${one.error}`)}</div>}
        {facts.length > 0 && <div className="muted">{facts.join(' · ')}</div>}
        {remove.error && <ProblemAlert error={remove.error} />}
      </div>
      {one.state === 'done' && (
        <Button href={api.exportUrl(one.id)} download={file} aria-label={t('downloadOf', { file })}>
          {t('download')}
        </Button>
      )}
      <Button
        loading={remove.isPending}
        onClick={() => remove.mutate()}
        aria-label={t(isOpen ? 'cancelOf' : 'removeOf', { file })}
      >
        {t(isOpen ? 'cancel' : 'remove')}
      </Button>
    </li>
  );
}
