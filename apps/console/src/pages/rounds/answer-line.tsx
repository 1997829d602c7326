import type { RoundItem } from '@sc/contracts';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useSiteTime } from '../../lib/site-time.js';
import { useText } from '../../lib/use-words.js';

/** Longer than this on its way, an answer says when it arrived. */
const promptMs = 5 * 60_000;

/** An item, what was found, by whom, whether on the spot, and the case that came of it. Desk and phone share it. */
export function AnswerLine({ item: { item, answer, workOrder }, orderPath }: { item: RoundItem; orderPath: string }) {
  const { t } = useTranslation('rounds');
  const text = useText();
  const { format } = useSiteTime();
  const value = answer?.value;
  const found =
    value === true
      ? t('inOrder')
      : value === false
        ? t('wrong')
        : item.kind === 'number'
          ? `${value} ${item.unit}`
          : value;
  const isLate = answer && Date.parse(answer.receivedAt) - Date.parse(answer.at) > promptMs;
  return (
    <li className={answer?.failed ? 'round-item-failed' : undefined}>
      <span>{text(item.title)}</span>
      {!answer && <span className="muted">{t('notAnswered')}</span>}
      {answer && (
        <span>
          <strong>{answer.skipped === null ? found : t('skippedBecause', { reason: answer.skipped })}</strong>
          {answer.note && ` · ${answer.note}`}
        </span>
      )}
      {answer && (
        <span className="muted">
          {format(answer.at, 'minute')} · {answer.byName}
          {isLate && ` · ${t('late', { time: format(answer.receivedAt) })}`}
          {answer.skipped === null &&
            (answer.scanned ? (
              ` · ${t('scanned')}`
            ) : (
              <>
                {' · '}
                <strong className="rounds-unproven">{t('withoutScan')}</strong>
              </>
            ))}
        </span>
      )}
      {workOrder && <Link to={`${orderPath}/${workOrder.id}`}>{t('case', { number: workOrder.number })}</Link>}
    </li>
  );
}
