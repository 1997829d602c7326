import type { Shift } from '@sc/contracts';
import { Button, Input, Select } from 'antd';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { directoryApi, dutyKeys } from '../../api/directory.js';
import { peopleQuery } from '../../api/queries.js';
import { ProblemAlert } from '../../components/query-state.js';
import { fromWall, wallMinute } from '../../lib/site-day.js';
import { useSiteTime } from '../../lib/site-time.js';

/** Somebody else takes over this shift, or a part of it. */
export function StandIn({ shift }: { shift: Shift }) {
  const { t } = useTranslation('directory');
  const { timeZone } = useSiteTime();
  const queries = useQueryClient();
  const people = useQuery(peopleQuery).data?.items ?? [];
  const planned = people.find(({ id }) => id === shift.personId)?.role ?? 'officer';
  const officers = people.filter(({ role, id }) => role === planned && id !== shift.personId);
  const wall = (at: string) => wallMinute(Date.parse(at), timeZone);
  const [from, setFrom] = useState(wall(shift.startsAt));
  const [to, setTo] = useState(wall(shift.endsAt));
  const [substituteId, setSubstitute] = useState<string>();
  const add = useMutation({
    mutationFn: (who: string) =>
      directoryApi.addOverride({
        areaId: shift.areaId,
        personId: shift.personId,
        substituteId: who,
        startsAt: new Date(fromWall(from, timeZone)).toISOString(),
        endsAt: new Date(fromWall(to, timeZone)).toISOString(),
      }),
    onSuccess: async () => {
      await Promise.all(dutyKeys.map((queryKey) => queries.invalidateQueries({ queryKey })));
    },
  });
  return (
    <div className="stack-tight stand-in">
      <strong>{t('standIn.takeOver')}</strong>
      <Select
        size="small"
        style={{ width: 220 }}
        aria-label={t('standIn.who')}
        placeholder={t('standIn.who')}
        value={substituteId}
        onChange={setSubstitute}
        options={officers.map(({ id, name }) => ({ value: id, label: name }))}
      />
      <Input
        size="small"
        type="datetime-local"
        aria-label={t('leave.from')}
        value={from}
        onChange={(e) => setFrom(e.target.value)}
      />
      <Input
        size="small"
        type="datetime-local"
        aria-label={t('leave.to')}
        value={to}
        onChange={(e) => setTo(e.target.value)}
      />
      <Button
        size="small"
        disabled={!substituteId || !from || !to}
        loading={add.isPending}
        onClick={() => substituteId && add.mutate(substituteId)}
      >
        {t('standIn.save')}
      </Button>
      {add.error && <ProblemAlert error={add.error} />}
    </div>
  );
}
