import type { Shift } from '@sc/contracts';
import { Button, Popconfirm, Popover } from 'antd';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { keys } from '../../api/keys.js';
import { api } from '../../api/resources.js';
import { SiteTime } from '../../components/age.js';
import { ProblemAlert } from '../../components/query-state.js';
import { useSiteTime } from '../../lib/site-time.js';
import { usePlace } from '../../lib/use-place.js';
import { EditShift } from './edit-shift.js';
import { StandIn } from './stand-in.js';

/** One shift: when and where; opened it tells all of it, and is changed or taken out of the plan. */
export function ShiftChip({ shift, mayRemove }: { shift: Shift; mayRemove: boolean }) {
  const { t } = useTranslation(['site', 'app']);
  const { format } = useSiteTime();
  const place = usePlace();
  const queries = useQueryClient();
  const [open, setOpen] = useState(false);
  const [editing, setEditing] = useState(false);
  const remove = useMutation({
    mutationFn: () => api.removeShift(shift.id),
    onSuccess: () => queries.invalidateQueries({ queryKey: keys.allShifts }),
  });
  const isLong = Date.parse(shift.endsAt) - Date.parse(shift.startsAt) > 24 * 3_600_000;
  const style = isLong ? 'day' : 'minute';
  const times = `${format(shift.startsAt, style)}–${format(shift.endsAt, style)}`;
  return (
    <>
      {editing && <EditShift shift={shift} onClose={() => setEditing(false)} />}
      <Popover
        trigger="click"
        open={open}
        onOpenChange={setOpen}
        title={shift.personName}
        content={
          <div className="stack-tight">
            <span>
              <SiteTime at={shift.startsAt} /> –<br />
              <SiteTime at={shift.endsAt} />
            </span>
            <span>{place(shift.areaId)}</span>
            {mayRemove && (
              <Button
                size="small"
                onClick={() => {
                  setOpen(false);
                  setEditing(true);
                }}
              >
                {t('shifts.edit')}
              </Button>
            )}
            {mayRemove && <StandIn shift={shift} />}
            {mayRemove && (
              <Popconfirm
                title={t('shifts.removeText', { name: shift.personName })}
                okText={t('shifts.remove')}
                cancelText={t('app:cancel')}
                okButtonProps={{ danger: true }}
                onConfirm={() => remove.mutate()}
              >
                <Button danger size="small" loading={remove.isPending}>
                  {t('shifts.remove')}
                </Button>
              </Popconfirm>
            )}
            {remove.error && <ProblemAlert error={remove.error} />}
          </div>
        }
      >
        <button type="button" className="shift-chip" aria-label={`${shift.personName} ${times} ${place(shift.areaId)}`}>
          <span className="shift-times">{times}</span>
          <span className="shift-place">{place(shift.areaId)}</span>
        </button>
      </Popover>
    </>
  );
}
