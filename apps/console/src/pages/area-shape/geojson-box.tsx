import { Alert, Button, Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Draft, readPasted } from './draft.js';

/** The border as text: what other programs write goes in, and out again. */
export function GeoJsonBox({ draft, onDraft }: { draft: Draft; onDraft: (draft: Draft) => void }) {
  const { t } = useTranslation('map');
  const [text, setText] = useState(() => (draft ? JSON.stringify(draft) : ''));
  const [wrong, setWrong] = useState(false);
  const take = () => {
    const read = readPasted(text);
    setWrong(!read);
    if (read) onDraft(read);
  };
  return (
    <div className="stack">
      <label htmlFor="shape-text">{t('shape.paste')}</label>
      <span className="muted">{t('shape.pasteText')}</span>
      <Input.TextArea
        id="shape-text"
        value={text}
        onChange={({ target }) => setText(target.value)}
        autoSize={{ minRows: 6, maxRows: 14 }}
        spellCheck={false}
        status={wrong ? 'error' : ''}
      />
      {wrong && <Alert role="alert" type="error" showIcon title={t('shape.notJson')} />}
      <Button onClick={take}>{t('shape.take')}</Button>
    </div>
  );
}
