import type { System } from '@sc/contracts';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { Panel } from '../../components/page.js';
import { Calm } from '../../components/query-state.js';
import { useDuration } from '../../lib/use-words.js';
import { LevelTag, useFigureName } from './figure-list.js';
import { type Finding, findingsOf } from './findings.js';
import type { Advised } from './judge.js';
import { useCheckWords } from './use-check-words.js';
import { useValue } from './use-value.js';

/** An answer older than this says nothing about now. */
const staleAfterMs = 20_000;

/** What is well and what is not, at first glance. */
export function Summary({ system, lateMs }: { system: System; lateMs: number }) {
  const { t } = useTranslation('system');
  const duration = useDuration();
  const words = useFindingWords();
  if (lateMs > staleAfterMs)
    return (
      <div className="panel">
        <Calm title={t('unknown')} text={t('unknownText', { age: duration(lateMs) })} />
      </div>
    );
  const findings = findingsOf(system);
  if (findings.length === 0)
    return (
      <div className="panel">
        <Calm good title={t('well')} text={t('wellText')} />
      </div>
    );
  return (
    <Panel title={t('attention')}>
      <ul className="mini-list">
        {findings.map((finding, index) => {
          const { what, todo } = words(finding, lateMs);
          return (
            <li key={index}>
              <LevelTag level={finding.level} />
              <span className="grow">
                <strong>{what}</strong>
                <br />
                <span className="muted">{t('whatToDo', { text: todo })}</span>
              </span>
              {finding.about === 'letters' && <Link to="/dead-letters">{t('openLetters')}</Link>}
            </li>
          );
        })}
      </ul>
    </Panel>
  );
}

function useFindingWords(): (finding: Finding, lateMs: number) => { what: string; todo: string } {
  const { t } = useTranslation('system');
  const duration = useDuration();
  const checks = useCheckWords();
  const figureName = useFigureName();
  const value = useValue();
  return (finding, lateMs) => {
    switch (finding.about) {
      case 'missing':
        return { what: `${t(`kind.${finding.kind}`)} ${t('finding.missing')}`, todo: t('finding.missingTodo') };
      case 'silent':
      case 'stopped': {
        const { kind, host, ageSeconds } = finding.process;
        const since = t(`finding.${finding.about}`, { age: duration(ageSeconds * 1000 + lateMs) });
        return { what: `${t(`kind.${kind}`)} (${host}) ${since}`, todo: t(`finding.${finding.about}Todo`) };
      }
      case 'check': {
        const what = t('finding.check', { check: checks.check(finding.check), detail: checks.detail(finding.detail) });
        return { what: `${what} (${finding.process.kind} · ${finding.process.host})`, todo: t('finding.checkTodo') };
      }
      case 'letters':
        return { what: `${t('row.letters.label')}: ${finding.total}`, todo: t('advice.letters') };
      case 'figure': {
        const { figure, process } = finding;
        const where = process ? ` (${process.kind} · ${process.host})` : '';
        const what = `${figureName(figure)}: ${value(figure.value)}${where}`;
        return { what, todo: t(`advice.${figure.name as Advised}`) };
      }
    }
  };
}
