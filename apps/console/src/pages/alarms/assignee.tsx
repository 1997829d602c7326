import type { Alarm } from '@sc/contracts';
import { Button, Select } from 'antd';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { peopleQuery, useAreas } from '../../api/queries.js';
import { api } from '../../api/resources.js';
import { usePerson } from '../../app/session.js';
import { useAlarmMove } from './use-alarm-move.js';

/** People whose area holds the alarm's place, oneself first. */
export function Assignee({ alarm, onDone }: { alarm: Alarm; onDone?: () => void }) {
  const { t } = useTranslation('silences');
  const self = usePerson();
  const areas = useAreas();
  const people = useQuery(peopleQuery).data?.items ?? [];
  const assign = useAlarmMove(alarm.id, (personId: string | null) => api.assignAlarm(alarm.id, personId), onDone);
  const above = new Set<string>();
  for (let at = areas.find(({ id }) => id === alarm.areaId); at && !above.has(at.id);) {
    above.add(at.id);
    const { parentId } = at;
    at = areas.find(({ id }) => id === parentId);
  }
  const choices = people.filter((person) => person.id === self.id || above.has(person.areaId));
  const options = choices
    .toSorted((a, b) => Number(b.id === self.id) - Number(a.id === self.id) || a.name.localeCompare(b.name))
    .map(({ id, name }) => ({ value: id, label: name }));
  const known = options.some(({ value }) => value === alarm.assigneeId);
  return (
    <div className="field-line">
      <label htmlFor="alarm-assignee">{t('assignee')}</label>
      <Select
        id="alarm-assignee"
        className="field-grow"
        allowClear
        showSearch={{ optionFilterProp: 'label' }}
        placeholder={t('nobody')}
        value={known ? alarm.assigneeId : (alarm.assigneeName ?? undefined)}
        options={options}
        loading={assign.isPending}
        onChange={(id: string | null | undefined) => assign.mutate(id ?? null)}
      />
      {alarm.assigneeId !== self.id && <Button onClick={() => assign.mutate(self.id)}>{t('takeIt')}</Button>}
    </div>
  );
}
