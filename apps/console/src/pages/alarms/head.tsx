import { Checkbox } from 'antd';
import { useTranslation } from 'react-i18next';

interface Props {
  /** How many can be chosen and are; left out where nobody may do anything with many. */
  choice?: { eligible: number; chosen: number };
  onChooseAll: (all: boolean) => void;
}

export function AlarmListHead({ choice, onChooseAll }: Props) {
  const { t } = useTranslation(['desk', 'silences']);
  return (
    <thead>
      <tr>
        {choice && (
          <th scope="col" className="col-choose">
            <Checkbox
              aria-label={t('silences:selectAll')}
              disabled={choice.eligible === 0}
              checked={choice.chosen > 0 && choice.chosen === choice.eligible}
              indeterminate={choice.chosen > 0 && choice.chosen < choice.eligible}
              onChange={({ target }) => onChooseAll(target.checked)}
            />
          </th>
        )}
        <th scope="col" className="col-severity">
          {t('alarms.severity')}
        </th>
        <th scope="col">{t('alarms.alarm')}</th>
        <th scope="col" className="col-where">
          {t('alarms.where')}
        </th>
        <th scope="col" className="col-value">
          {t('alarms.value')}
        </th>
        <th scope="col" className="col-state">
          {t('alarms.state')}
        </th>
        <th scope="col" className="col-age">
          {t('alarms.age')}
        </th>
        <th scope="col" className="col-act">
          <span className="visually-hidden">{t('alarms.acknowledge')}</span>
        </th>
      </tr>
    </thead>
  );
}
