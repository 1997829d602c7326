import type { RoundCheckPoint } from '@sc/contracts';
import { useTranslation } from 'react-i18next';
import { useSiteTime } from '../../lib/site-time.js';
import { useText } from '../../lib/use-words.js';
import { AnswerLine } from '../../pages/rounds/answer-line.js';
import type { OutboxAnswers } from '../outbox-items.js';
import { useOutbox } from '../outbox.js';
import { Refusal } from '../refusal.js';
import { useFieldPlace } from '../use-field-place.js';
import { PointForm } from './point-form.js';

interface Props {
  roundId: string;
  point: RoundCheckPoint;
  mayAnswer: boolean;
}

/** One place: whether its code was read, what was found, and the form for what was not. */
export function FieldPoint({ roundId, point, mayAnswer }: Props) {
  const { t } = useTranslation('rounds');
  const text = useText();
  const place = useFieldPlace();
  const { format } = useSiteTime();
  const { items } = useOutbox();
  const waiting = items.filter(
    (one): one is OutboxAnswers =>
      one.kind === 'answers' && one.body.checkPointId === point.id && one.roundId === roundId,
  );
  const refused = waiting.find(({ state }) => state === 'refused');
  const isWaiting = (itemKey: string): boolean =>
    waiting.some(({ body }) => body.answers.some((one) => one.itemKey === itemKey));
  // What was refused is changed or discarded before anything is added to it.
  const asked =
    mayAnswer && !refused
      ? point.items.filter(({ answer, item }) => !answer && !isWaiting(item.key)).map(({ item }) => item)
      : [];
  const scanKept = items.some((one) => one.kind === 'scan' && one.checkPointId === point.id);
  const last = point.scans.at(-1);

  return (
    <section className="field-point">
      <h2>{text(point.name)}</h2>
      <p className="muted">
        {[point.areaId && place(point.areaId, point.areaName), point.placement, point.deviceName]
          .filter(Boolean)
          .join(' · ')}
      </p>
      <p className={last || scanKept ? 'field-scanned' : 'muted'}>
        {last
          ? t('scannedAt', { time: format(last.at, 'minute'), name: last.byName })
          : scanKept
            ? t('field.scanKept')
            : point.codeMark
              ? t('notScanned')
              : t('noCode')}
      </p>
      <ul className="round-items">
        {point.items
          .filter(({ item }) => !asked.includes(item))
          .map((one) =>
            one.answer || !isWaiting(one.item.key) ? (
              <AnswerLine key={one.item.key} item={one} orderPath="/field/orders" />
            ) : (
              <li key={one.item.key}>
                <span>{text(one.item.title)}</span>
                <span className="field-pending">{t('field.pending')}</span>
              </li>
            ),
          )}
      </ul>
      {refused && <Refusal item={refused} />}
      {asked.length > 0 && <PointForm roundId={roundId} point={point} asked={asked} />}
    </section>
  );
}
