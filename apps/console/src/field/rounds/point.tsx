import type { RoundAnswer, RoundCheckPoint } from '@sc/contracts';
import { Button, Toast } from 'antd-mobile';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { usePerson } from '../../app/session.js';
import { serverNow, useSiteTime } from '../../lib/site-time.js';
import { newRequestId } from '../../lib/request-id.js';
import { useText } from '../../lib/use-words.js';
import { AnswerLine } from '../../pages/rounds/answer-line.js';
import { useFieldPlace } from '../use-field-place.js';
import { useRoundActs } from './acts.js';
import { answerOf, type Draft } from './draft.js';
import { ItemField } from './item-field.js';

/** One place: whether its code was read, what was found, and the form for what was not. */
export function FieldPoint({
  roundId,
  point,
  mayAnswer,
}: {
  roundId: string;
  point: RoundCheckPoint;
  mayAnswer: boolean;
}) {
  const { t, i18n } = useTranslation(['rounds', 'app']);
  const text = useText();
  const place = useFieldPlace();
  const { format } = useSiteTime();
  const me = usePerson().id;
  const acts = useRoundActs();
  const [drafts, setDrafts] = useState<Record<string, Draft>>({});
  const [busy, setBusy] = useState(false);
  const pending = acts.items.filter((act) =>
    act.kind === 'answers'
      ? act.body.checkPointId === point.id && act.roundId === roundId
      : act.checkPointId === point.id,
  );
  const answers = point.items.flatMap(
    ({ item }): RoundAnswer | RoundAnswer[] => answerOf(item, drafts[item.key]) ?? [],
  );
  const last = point.scans.at(-1);
  const scanKept = pending.find(({ kind }) => kind === 'scan');
  const waiting = pending.filter(({ kind }) => kind === 'answers');
  const form = mayAnswer ? point.items.filter(({ answer, item }) => !answer && !isWaiting(item.key)) : [];

  function isWaiting(itemKey: string): boolean {
    return waiting.some((act) => act.kind === 'answers' && act.body.answers.some((one) => one.itemKey === itemKey));
  }

  const save = async () => {
    if (!answers.length) return void Toast.show({ content: t('field.nothing') });
    setBusy(true);
    try {
      const requestId = newRequestId();
      const at = new Date(serverNow()).toISOString();
      const result = await acts.submit({
        kind: 'answers',
        requestId,
        personId: me,
        createdAt: Date.now(),
        state: 'waiting',
        roundId,
        place: point.name,
        body: { requestId, checkPointId: point.id, at, answers },
      });
      setDrafts({});
      if (result === 'sent') Toast.show({ icon: 'success', content: t('field.saved') });
      else if (result === 'kept') Toast.show({ content: t('field.kept'), duration: 4000 });
      else {
        const key = `problem.${result.refused}`;
        const reason = i18n.exists(key, { ns: 'app' }) ? t(`app:${key}` as 'app:problem.internal') : result.refused;
        Toast.show({ icon: 'fail', content: `${t('field.refused')}: ${reason}`, duration: 5000 });
      }
    } finally {
      setBusy(false);
    }
  };

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
          .filter(({ item }) => !form.some((one) => one.item.key === item.key))
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
      {form.map(({ item }) => (
        <ItemField
          key={item.key}
          item={item}
          draft={drafts[item.key] ?? {}}
          onChange={(draft) => setDrafts((old) => ({ ...old, [item.key]: draft }))}
        />
      ))}
      {form.length > 0 && (
        <Button block color="primary" size="large" loading={busy} onClick={() => void save()}>
          {t('field.save')}
        </Button>
      )}
    </section>
  );
}
