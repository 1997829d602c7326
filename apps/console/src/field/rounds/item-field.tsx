import type { ChecklistItem } from '@sc/contracts';
import { Button, Input } from 'antd-mobile';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { useText } from '../../lib/use-words.js';
import { type Draft, looksWrong } from './draft.js';

/** One item to answer: large enough for gloves. */
export function ItemField({
  item,
  draft,
  onChange,
}: {
  item: ChecklistItem;
  draft: Draft;
  onChange: (draft: Draft) => void;
}) {
  const { t } = useTranslation('rounds');
  const text = useText();
  const id = useId();
  const skips = draft.skipped !== undefined;
  return (
    <div className="field-item">
      <div className="field-card-row">
        <label htmlFor={id}>
          {text(item.title)}
          {item.required && ' *'}
        </label>
        <Button
          size="small"
          fill="none"
          onClick={() => onChange(skips ? { ...draft, skipped: undefined } : { ...draft, skipped: '' })}
        >
          {skips ? t('field.unskip') : t('field.skip')}
        </Button>
      </div>
      {skips ? (
        <Input
          id={id}
          placeholder={t('field.skipReason')}
          value={draft.skipped}
          maxLength={500}
          onChange={(skipped) => onChange({ ...draft, skipped })}
        />
      ) : (
        <>
          {item.kind === 'check' ? (
            <CheckField id={id} value={draft.value} onChange={(value) => onChange({ ...draft, value })} />
          ) : (
            <Input
              id={id}
              inputMode={item.kind === 'number' ? 'decimal' : 'text'}
              placeholder={item.kind === 'number' ? rangeOf(item) : undefined}
              value={typeof draft.value === 'string' ? draft.value : ''}
              maxLength={item.kind === 'number' ? 20 : 1000}
              onChange={(value) => onChange({ ...draft, value })}
            />
          )}
          {item.kind !== 'check' && (
            <label className="field-fail">
              <input
                type="checkbox"
                checked={draft.failed ?? false}
                onChange={({ target }) => onChange({ ...draft, failed: target.checked })}
              />
              {t('field.fail')}
            </label>
          )}
          {looksWrong(item, draft) && (
            <Input
              aria-label={t('field.note')}
              placeholder={t('field.note')}
              value={draft.note ?? ''}
              maxLength={500}
              onChange={(note) => onChange({ ...draft, note })}
            />
          )}
        </>
      )}
    </div>
  );

  function rangeOf({ min, max, unit }: { min?: number; max?: number; unit: string }): string {
    return min === undefined && max === undefined ? unit : t('range', { min: min ?? '…', max: max ?? '…', unit });
  }
}

function CheckField({
  id,
  value,
  onChange,
}: {
  id: string;
  value: Draft['value'];
  onChange: (value: boolean) => void;
}) {
  const { t } = useTranslation('rounds');
  return (
    <div className="field-check" id={id} role="group">
      <Button
        size="large"
        color={value === true ? 'success' : 'default'}
        aria-pressed={value === true}
        onClick={() => onChange(true)}
      >
        {t('field.yes')}
      </Button>
      <Button
        size="large"
        color={value === false ? 'danger' : 'default'}
        aria-pressed={value === false}
        onClick={() => onChange(false)}
      >
        {t('field.no')}
      </Button>
    </div>
  );
}
