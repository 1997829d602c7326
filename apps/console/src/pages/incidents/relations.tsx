import type { IncidentDetail } from '@sc/contracts';
import { Alert, Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useMay } from '../../app/session.js';
import { MergeModal } from './merge.js';
import { SplitModal } from './split.js';

/** Where the incident comes from and where it went. */
export function Relations({ incident }: { incident: IncidentDetail }) {
  const { t } = useTranslation('load');
  const { mergedInto, splitFrom, merged, probableCause } = incident;
  const link = (id: string) => <Link to={`/incidents/${id}`}>{t('incident.openOther')}</Link>;
  return (
    <>
      {mergedInto && <Alert showIcon type="info" title={t('incident.mergedInto')} action={link(mergedInto)} />}
      {probableCause && (
        <Alert
          showIcon
          type="warning"
          title={t('incident.probableCause')}
          description={t(`incident.cause.${probableCause}`)}
        />
      )}
      {splitFrom && (
        <div>
          <span className="muted">{t('incident.splitFrom')}</span> {link(splitFrom)}
        </div>
      )}
      {!mergedInto && merged.length > 0 && (
        <div className="row-wrap">
          <span className="muted">{t('incident.hasMerged')}</span>
          {merged.map((id) => (
            <span key={id}>{link(id)}</span>
          ))}
        </div>
      )}
    </>
  );
}

/** Split and merge, for those who may, while it is open. */
export function IncidentActions({ incident }: { incident: IncidentDetail }) {
  const { t } = useTranslation('load');
  const may = useMay('operator', 'manager', 'admin');
  const [asked, setAsked] = useState<'split' | 'merge'>();
  if (!may || incident.state === 'closed') return null;
  const own = incident.alarms.filter(({ incidentId }) => incidentId === incident.id);
  const close = () => setAsked(undefined);
  return (
    <>
      {own.length > 1 && <Button onClick={() => setAsked('split')}>{t('incident.split')}</Button>}
      <Button onClick={() => setAsked('merge')}>{t('incident.merge')}</Button>
      {asked === 'split' && <SplitModal incident={incident} onClose={close} />}
      {asked === 'merge' && <MergeModal incident={incident} onClose={close} />}
    </>
  );
}
