import { type Light, lights, severities, type Severity, type WorkOrderState, workOrderStates } from '@sc/contracts';
import { Checkbox, Segmented, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { AreaSelect } from '../../components/area-select.js';
import { SavedFilters } from '../../components/saved-filters.js';
import { useOrderFilter } from './use-order-filter.js';

/** What is shown of the orders. The board has all states beside each other and an order of its own: those stand with the list. */
export function OrderFilterBar() {
  const { t } = useTranslation(['desk', 'words', 'calendars', 'board']);
  const [filter, set] = useOrderFilter();
  return (
    <div className="order-filters" role="search" aria-label={t('board:filters.what')}>
      {filter.view === 'list' && (
        <>
          <Segmented
            value={filter.scope}
            aria-label={t('board:scope')}
            options={[
              { value: 'open', label: t('workOrders.open') },
              { value: 'all', label: t('workOrders.all') },
            ]}
            onChange={(value) => set('scope', value === 'all' ? 'all' : undefined)}
          />
          <Select<WorkOrderState>
            aria-label={t('workOrders.stateFilter')}
            style={{ width: 140 }}
            allowClear
            placeholder={t('workOrders.anyState')}
            value={filter.state}
            options={workOrderStates.map((s) => ({ value: s, label: t(`words:workOrderState.${s}`) }))}
            onChange={(value) => set('state', value)}
          />
        </>
      )}
      <Select<Severity>
        aria-label={t('board:severityFilter')}
        style={{ width: 130 }}
        allowClear
        placeholder={t('board:anySeverity')}
        value={filter.severity}
        options={severities.map((value) => ({ value, label: t(`words:severity.${value}`) }))}
        onChange={(value) => set('severity', value)}
      />
      <Select<Light>
        aria-label={t('calendars:lightFilter')}
        style={{ width: 130 }}
        allowClear
        placeholder={t('calendars:anyLight')}
        value={filter.light}
        options={lights.map((value) => ({ value, label: t(`calendars:light.${value}`) }))}
        onChange={(value) => set('light', value)}
      />
      <AreaSelect
        value={filter.areaId}
        onChange={(value) => set('area', value)}
        placeholder={t('workOrders.anyArea')}
        label={t('workOrders.areaFilter')}
      />
      {filter.view === 'list' && (
        <Select
          aria-label={t('calendars:sort')}
          style={{ width: 160 }}
          value={filter.sort}
          options={[
            { value: 'newest', label: t('calendars:newest') },
            { value: 'due', label: t('calendars:dueFirst') },
          ]}
          onChange={(value) => set('sort', value === 'due' ? 'due' : undefined)}
        />
      )}
      <Checkbox checked={filter.isMine} onChange={(event) => set('mine', event.target.checked ? 'yes' : undefined)}>
        {t('board:mine')}
      </Checkbox>
      <SavedFilters page="work-orders" />
    </div>
  );
}
