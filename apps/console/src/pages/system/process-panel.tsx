import type { ProcessReport } from '@sc/contracts';
import { useTranslation } from 'react-i18next';
import { Age } from '../../components/age.js';
import { Facts, Panel } from '../../components/page.js';
import { StateTag } from '../../components/tags.js';
import { useDuration } from '../../lib/use-words.js';
import { FigureList } from './figure-list.js';
import { partsOf } from './judge.js';
import { useCheckWords } from './use-check-words.js';

const tones = { reporting: 'good', silent: 'hot', stopped: 'quiet' } as const;

/** One process: whether it reports, what it needs, its figures. `lateMs`: how long ago this page heard of it. */
export function ProcessPanel({ process, lateMs }: { process: ProcessReport; lateMs: number }) {
  const { t } = useTranslation('system');
  const duration = useDuration();
  const words = useCheckWords();
  const age = t('figuresAge', { age: duration(process.ageSeconds * 1000 + lateMs) });
  return (
    <Panel
      title={t(`kind.${process.kind}`)}
      extra={
        <>
          <span className="muted">{age}</span>
          <StateTag tone={tones[process.state]}>{t(`state.${process.state}`)}</StateTag>
        </>
      }
    >
      <div className="stack">
        <Facts
          items={[
            [t('host'), process.host],
            [t('version'), process.version],
            [t('running'), process.state === 'reporting' && <Age since={process.startedAt} />],
            ...Object.entries(process.health?.checks ?? {}).map(
              ([check, { status, detail }]): [string, React.ReactNode] => [
                `${t('needs')}: ${words.check(check)}`,
                <StateTag key={check} tone={status === 'up' ? 'good' : 'hot'}>
                  {status === 'up' ? t('up') : words.detail(detail)}
                </StateTag>,
              ],
            ),
          ]}
        />
        {!process.figures && <span className="muted">{t('noFigures')}</span>}
        {process.figures &&
          partsOf(process.figures).map((part) => (
            <section key={part.name} className="figure-part">
              <h3>{t(`part.${part.name}`)}</h3>
              <FigureList figures={part.figures} />
            </section>
          ))}
      </div>
    </Panel>
  );
}
