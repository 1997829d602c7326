import type { RuleIssue } from '@sc/contracts';
import { Checkbox, Input, Select, TreeSelect } from 'antd';
import { useTranslation } from 'react-i18next';
import { useAreaTree } from '../../components/area-select.js';
import { Field } from './controls.js';
import { type Draft, valueAt, withValue } from './draft.js';

interface Props {
  draft: Draft;
  issues: readonly RuleIssue[];
  onChange: (draft: Draft) => void;
}

/** Where a rule applies, and in which hours. */
export function PlaceEditor({ draft, issues, onChange }: Props) {
  const { t, i18n } = useTranslation('rules');
  const tree = useAreaTree();
  const listed = (path: string) => (valueAt(draft, path) as string[] | undefined) ?? [];
  const set = (path: string, value: unknown) => onChange(withValue(draft, path, value));
  const setList = (path: string, list: string[]) => set(path, list.length > 0 ? list : undefined);
  const hours = valueAt(draft, 'activeHours');
  // 5 January 1970 was a Monday.
  const dayName = new Intl.DateTimeFormat(i18n.language, { weekday: 'short', timeZone: 'UTC' });
  const days = [1, 2, 3, 4, 5, 6, 7].map((day) => ({ value: day, label: dayName.format(Date.UTC(1970, 0, 4 + day)) }));
  return (
    <>
      <div className="rule-grid rule-wide">
        <Field path="appliesTo.areaIds" label={t('form.areas')} issues={issues}>
          {(id) => (
            <TreeSelect
              id={id}
              multiple
              allowClear
              style={{ width: '100%' }}
              treeData={tree}
              treeDefaultExpandAll
              value={listed('appliesTo.areaIds')}
              onChange={(list: string[]) => setList('appliesTo.areaIds', list)}
              showSearch={{ treeNodeFilterProp: 'title' }}
            />
          )}
        </Field>
        <Field path="appliesTo.labels" label={t('form.labels')} issues={issues}>
          {(id) => (
            <Select
              id={id}
              mode="tags"
              open={false}
              suffixIcon={null}
              style={{ width: '100%' }}
              value={listed('appliesTo.labels')}
              onChange={(list: string[]) => setList('appliesTo.labels', list)}
            />
          )}
        </Field>
        <Field path="appliesTo.deviceIds" label={t('form.devices')} hint={t('form.placeHint')} issues={issues} wide>
          {(id) => (
            <Input.TextArea
              id={id}
              autoSize={{ minRows: 1, maxRows: 8 }}
              spellCheck={false}
              defaultValue={listed('appliesTo.deviceIds').join('\n')}
              onChange={(event) => setList('appliesTo.deviceIds', event.target.value.split(/\s+/).filter(Boolean))}
            />
          )}
        </Field>
      </div>
      <Checkbox
        checked={hours !== undefined}
        onChange={(event) => set('activeHours', event.target.checked ? { from: '22:00', to: '06:00' } : undefined)}
      >
        {t('form.hours')}
      </Checkbox>
      {hours !== undefined && (
        <div className="rule-grid">
          {(['from', 'to'] as const).map((end) => (
            <Field key={end} path={`activeHours.${end}`} label={t(`form.${end}`)} issues={issues}>
              {(id) => (
                <Input
                  id={id}
                  type="time"
                  value={String(valueAt(draft, `activeHours.${end}`) ?? '')}
                  onChange={(event) => set(`activeHours.${end}`, event.target.value)}
                />
              )}
            </Field>
          ))}
          <Field path="activeHours.days" label={t('form.days')} issues={issues}>
            {(id) => (
              <Select
                id={id}
                mode="multiple"
                style={{ width: '100%' }}
                value={(valueAt(draft, 'activeHours.days') as number[] | undefined) ?? []}
                onChange={(list: number[]) => set('activeHours.days', list.length > 0 ? list.toSorted() : undefined)}
                options={days}
              />
            )}
          </Field>
        </div>
      )}
    </>
  );
}
