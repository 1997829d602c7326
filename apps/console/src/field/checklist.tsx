import type { ChecklistAnswer, ChecklistItem, ChecklistValue, WorkOrderDetail } from '@sc/contracts';
import { Button, Input } from 'antd-mobile';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useText } from '../lib/use-words.js';
import '../styles/field-rounds.css';
import { stepForm } from './drafts-of.js';
import { useDraft } from './use-draft.js';
import { useSubmitStep } from './use-submit-step.js';

/** The checklist of an order: answered by who works on it, one save for what was filled in; the report waits for what is required. */
export function Checklist({ order }: { order: WorkOrderDetail }) {
  const { t } = useTranslation(['cases', 'field']);
  const submit = useSubmitStep(order);
  const [drafts, setDrafts] = useDraft<Record<string, string | boolean>>(
    stepForm(order.id, 'checklist'),
    'answers',
    {},
  );
  const [saving, setSaving] = useState(false);
  if (order.checklist.length === 0) return null;
  const mayAnswer = order.allowedActions.includes('note');
  const answers = order.checklist.flatMap(({ item }) => answerOf(item, drafts[item.key]));
  const save = async () => {
    setSaving(true);
    try {
      await submit({ action: 'note', details: { answers }, form: 'checklist' });
      setDrafts(() => ({}));
    } finally {
      setSaving(false);
    }
  };
  return (
    <section className="field-checklist">
      <h2>{t('checklist')}</h2>
      {order.checklist.map(({ item, value }) => (
        <Item
          key={item.key}
          item={item}
          value={drafts[item.key] ?? shown(value)}
          disabled={!mayAnswer}
          onChange={(draft) => setDrafts((old) => ({ ...old, [item.key]: draft }))}
        />
      ))}
      {mayAnswer && answers.length > 0 && (
        <Button block size="large" color="primary" loading={saving} onClick={() => void save()}>
          {t('saveAnswers')}
        </Button>
      )}
    </section>
  );
}

function Item({
  item,
  value,
  disabled,
  onChange,
}: {
  item: ChecklistItem;
  value: string | boolean;
  disabled: boolean;
  onChange: (draft: string | boolean) => void;
}) {
  const { t } = useTranslation('cases');
  const text = useText();
  const id = `check-${item.key}`;
  return (
    <div className="field-item">
      <label htmlFor={id}>
        {text(item.title)}
        {item.kind === 'number' && item.unit && ` (${item.unit})`}
        {item.required && ' *'}
      </label>
      {item.kind === 'check' ? (
        <div className="field-check" role="group" aria-label={text(item.title)} id={id}>
          {[true, false].map((inOrder) => (
            <Button
              key={String(inOrder)}
              disabled={disabled}
              color={value === inOrder ? (inOrder ? 'primary' : 'danger') : 'default'}
              aria-pressed={value === inOrder}
              onClick={() => onChange(inOrder)}
            >
              {inOrder ? t('yes') : t('no')}
            </Button>
          ))}
        </div>
      ) : (
        <Input
          id={id}
          disabled={disabled}
          inputMode={item.kind === 'number' ? 'decimal' : 'text'}
          placeholder={item.kind === 'number' ? item.unit : undefined}
          maxLength={item.kind === 'number' ? 20 : 2000}
          value={String(value)}
          onChange={onChange}
        />
      )}
    </div>
  );
}

const shown = (value: ChecklistValue | null): string | boolean =>
  value === null ? '' : typeof value === 'number' ? String(value) : value;

/** Nothing for what was not touched, or is no number where one is asked for. */
function answerOf(item: ChecklistItem, draft: string | boolean | undefined): ChecklistAnswer[] {
  if (draft === undefined) return [];
  if (typeof draft === 'boolean') return [{ key: item.key, value: draft }];
  const text = draft.trim();
  if (text === '') return [];
  if (item.kind === 'text') return [{ key: item.key, value: text }];
  const number = Number(text.replace(',', '.'));
  return Number.isFinite(number) ? [{ key: item.key, value: number }] : [];
}
