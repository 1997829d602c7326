import {
  CalendarOutlined,
  DoubleRightOutlined,
  LeftOutlined,
  ReloadOutlined,
  RightOutlined,
  UndoOutlined,
  ZoomInOutlined,
  ZoomOutOutlined,
} from '@ant-design/icons';
import { Button, Popover, Select, Space } from 'antd';
import type { ReactNode } from 'react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { RangeForm } from './range-form.js';
import { panned, presets, type Preset, type Span, zoomed } from './span.js';
import type { ViewState } from './use-view.js';

/** What time the chart shows: presets, days of the calendar, closer, wider, earlier, later. */
export function Toolbar({ state, loading }: { state: ViewState; loading: boolean }) {
  const { t } = useTranslation(['history', 'app']);
  const { view, span, now, show, change, refresh } = state;
  const middle = (span.from + span.to) / 2;
  const tool = (label: string, icon: ReactNode, onClick: () => void, disabled = false) => (
    <Button aria-label={label} title={label} icon={icon} onClick={onClick} disabled={disabled} />
  );
  const atNow = span.to >= now - 1000;
  return (
    <div className="history-tools">
      <Select<Preset | 'custom'>
        aria-label={t('range')}
        className="history-preset"
        value={view.span ? 'custom' : view.preset}
        onChange={(preset) => preset !== 'custom' && change({ preset, span: undefined })}
        options={[
          ...presets.map((preset) => ({ value: preset, label: t(`preset.${preset}`) })),
          ...(view.span ? [{ value: 'custom' as const, label: t('preset.custom'), disabled: true }] : []),
        ]}
      />
      <Calendar span={span} onSpan={(chosen) => change({ span: chosen })} />
      <Space.Compact>
        {tool(t('earlier'), <LeftOutlined />, () => show(panned(span, -0.5, now)))}
        {tool(t('later'), <RightOutlined />, () => show(panned(span, 0.5, now)), atNow)}
        {tool(t('toNow'), <DoubleRightOutlined />, () => show({ from: now - (span.to - span.from), to: now }), atNow)}
      </Space.Compact>
      <Space.Compact>
        {tool(t('closer'), <ZoomInOutlined />, () => show(zoomed(span, 0.5, middle, now)))}
        {tool(t('wider'), <ZoomOutOutlined />, () => show(zoomed(span, 2, middle, now)))}
        {tool(t('reset'), <UndoOutlined />, () => change({ span: undefined }), !view.span)}
      </Space.Compact>
      <Button
        aria-label={t('app:refresh')}
        title={t('app:refresh')}
        icon={<ReloadOutlined />}
        loading={loading}
        onClick={refresh}
      />
    </div>
  );
}

function Calendar({ span, onSpan }: { span: Span; onSpan: (span: Span) => void }) {
  const { t } = useTranslation('history');
  const [open, setOpen] = useState(false);
  return (
    <Popover
      trigger="click"
      open={open}
      onOpenChange={setOpen}
      title={t('choose')}
      destroyOnHidden
      content={
        <RangeForm
          span={span}
          onSpan={(chosen) => {
            setOpen(false);
            onSpan(chosen);
          }}
        />
      }
    >
      <Button icon={<CalendarOutlined />}>{t('choose')}</Button>
    </Popover>
  );
}
