import { foldKinds, type Flood, type FoldKind } from '@sc/contracts';
import { Button, Segmented, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { useSiteTime } from '../../../lib/site-time.js';
import { type View, views } from './choice.js';

interface Props {
  view: View;
  onView: (view: View) => void;
  by: FoldKind;
  onBy: (by: FoldKind) => void;
  flood: Flood | undefined;
  folded: boolean;
  /** Shows this flood one by one, or folds it again. */
  onUnfold: (unfold: boolean) => void;
}

const byWords = { incident: 'byIncident', building: 'byBuilding', rule: 'byRule' } as const;

/** How the list is shown, and that there is a flood. */
export function FoldBar({ view, onView, by, onBy, flood, folded, onUnfold }: Props) {
  const { t } = useTranslation('load');
  const { format } = useSiteTime();
  return (
    <div className="fold-bar">
      {flood?.since && (
        <div className="fold-flood" role="status">
          <span className="grow">
            <strong>
              {t('folded.floodSince', { time: format(flood.since, 'minute'), count: flood.lastTenMinutes })}
            </strong>
            {folded && <div className="muted">{t('folded.floodText')}</div>}
          </span>
          {view === 'auto' && (
            <Button onClick={() => onUnfold(folded)}>{t(folded ? 'folded.unfold' : 'folded.fold')}</Button>
          )}
        </div>
      )}
      <Segmented<View>
        aria-label={t('folded.view')}
        value={view}
        onChange={onView}
        options={views.map((value) => ({ value, label: t(`folded.${value}`) }))}
      />
      {folded && (
        <Select<FoldKind>
          aria-label={t('folded.by')}
          value={by}
          onChange={onBy}
          style={{ width: 120 }}
          options={foldKinds.map((kind) => ({ value: kind, label: t(`folded.${byWords[kind]}`) }))}
        />
      )}
    </div>
  );
}
