import type { ChecklistItem, RoundAnswer, RoundCheckPoint } from '@sc/contracts';
import { Button, Toast } from 'antd-mobile';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { serverNow } from '../../lib/site-time.js';
import { answersForm } from '../drafts-of.js';
import { useOutbox } from '../outbox.js';
import { useDraft } from '../use-draft.js';
import { useTellOutcome } from '../use-submit-step.js';
import { answerOf, type Draft } from './draft.js';
import { ItemField } from './item-field.js';

interface Props {
  roundId: string;
  point: Pick<RoundCheckPoint, 'id' | 'name'>;
  /** What nobody has answered yet. */
  asked: readonly ChecklistItem[];
}

/** What is found at a check point: kept as it is written, one save for what was filled in. */
export function PointForm({ roundId, point, asked }: Props) {
  const { t } = useTranslation('rounds');
  const { submit } = useOutbox();
  const tell = useTellOutcome();
  const form = answersForm(roundId, point.id);
  const [drafts, setDrafts] = useDraft<Record<string, Draft>>(form, 'answers', {});
  const [busy, setBusy] = useState(false);
  const answers = asked.flatMap((item): RoundAnswer | RoundAnswer[] => answerOf(item, drafts[item.key]) ?? []);
  const save = async () => {
    if (!answers.length) return void Toast.show({ content: t('field.nothing') });
    setBusy(true);
    try {
      const body = { checkPointId: point.id, at: new Date(serverNow()).toISOString(), answers };
      const outcome = await submit({ kind: 'answers', roundId, place: point.name, body }, form);
      setDrafts(() => ({}));
      tell(outcome, t('field.saved'));
    } finally {
      setBusy(false);
    }
  };
  return (
    <>
      {asked.map((item) => (
        <ItemField
          key={item.key}
          item={item}
          draft={drafts[item.key] ?? {}}
          onChange={(draft) => setDrafts((old) => ({ ...old, [item.key]: draft }))}
        />
      ))}
      <Button block color="primary" size="large" loading={busy} onClick={() => void save()}>
        {t('field.save')}
      </Button>
    </>
  );
}
