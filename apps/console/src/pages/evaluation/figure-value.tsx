import { ArrowDownOutlined, ArrowUpOutlined } from '@ant-design/icons';
import { Tooltip } from 'antd';
import { type EvaluationDefinition, type EvaluationValue, smallNumber } from '@sc/contracts';
import { useTranslation } from 'react-i18next';
import { useEvaluationValue } from '../../lib/use-evaluation-value.js';
import { trendOf } from './figures.js';

interface Props {
  definition: EvaluationDefinition;
  value: EvaluationValue;
  compared: EvaluationValue | undefined;
}

/** The number, what it was counted of, and how it was in the other period. */
export function FigureValue({ definition, value, compared }: Props) {
  const { t } = useTranslation('evaluation');
  const words = useEvaluationValue();
  const { unit } = definition;
  const isSmall = value.of > 0 && unit !== 'count' && value.of < smallNumber;
  const trend = trendOf(definition, value, compared);
  return (
    <div className={isSmall ? 'evaluation-value evaluation-small' : 'evaluation-value'}>
      <span className="evaluation-number">
        {value.value === null ? <span aria-label={t('noValue')}>–</span> : words(value.value, unit)}
        {trend && (
          <Tooltip title={t(trend)}>
            <span className={`evaluation-${trend}`} role="img" aria-label={t(trend)}>
              {value.value! > compared!.value! ? <ArrowUpOutlined /> : <ArrowDownOutlined />}
            </span>
          </Tooltip>
        )}
      </span>
      <span className="muted">
        {definition.code === 'count' ? t('cases') : t('of', { count: value.of })}
        {isSmall && (
          <Tooltip title={t('smallText', { n: smallNumber })}>
            <span className="evaluation-mark">{t('small', { n: smallNumber })}</span>
          </Tooltip>
        )}
      </span>
      {compared && (
        <span className="muted">
          {t('before', { value: words(compared.value, unit) })}
          {definition.code !== 'count' && ` · ${t('of', { count: compared.of })}`}
        </span>
      )}
    </div>
  );
}
