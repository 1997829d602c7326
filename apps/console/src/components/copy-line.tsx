import { CopyOutlined } from '@ant-design/icons';
import { App, Button } from 'antd';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';

/** A value that somebody carries somewhere else, with a button that copies it. */
export function CopyLine({ name, value }: { name: string; value: string }) {
  const { t } = useTranslation('app');
  const { message } = App.useApp();
  const field = useRef<HTMLElement>(null);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(value);
    } catch {
      // Plain HTTP has no clipboard API: select the text and use the old way.
      const range = document.createRange();
      if (field.current) range.selectNodeContents(field.current);
      getSelection()?.removeAllRanges();
      getSelection()?.addRange(range);
      document.execCommand('copy');
    }
    void message.success(t('copied'));
  };
  return (
    <div>
      <div className="muted">{name}</div>
      <div className="copy-line">
        <code ref={field}>{value}</code>
        <Button size="small" icon={<CopyOutlined />} aria-label={`${t('copy')}: ${name}`} onClick={() => void copy()}>
          {t('copy')}
        </Button>
      </div>
    </div>
  );
}
