import { Button, Input } from 'antd-mobile';
import { type FormEvent, lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import { hasCamera } from './code-reader.js';
import { targetOfCode } from './code-target.js';
import { LoadsOrSays } from './loads-or-says.js';

const CodeCamera = lazy(() => import('./code-camera.js'));
const CodePhoto = lazy(() => import('./code-photo.js'));

/** Reads the code of a device or a check point; typed by hand where the camera cannot, or the label is scratched. */
export function FieldScanCodePage() {
  const { t } = useTranslation('field');
  const navigate = useNavigate();
  const [typed, setTyped] = useState('');
  const [unknown, setUnknown] = useState(false);
  const open = (code: string): boolean => {
    const target = targetOfCode(code);
    setUnknown(!target);
    if (target) void navigate(target.path, { replace: true });
    return target !== undefined;
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    open(typed);
  };
  return (
    <>
      <Link to="/field" className="field-back">
        ‹ {t('back')}
      </Link>
      <h1 className="field-title">{t('scan')}</h1>
      <div className="field-actions">
        <LoadsOrSays text={t('scanReaderAbsent')}>
          <Suspense fallback={<div className="field-viewfinder" />}>
            {hasCamera() ? <CodeCamera onCode={open} /> : <p>{t('scanAbsent')}</p>}
            <CodePhoto onCode={open} />
          </Suspense>
        </LoadsOrSays>
        <div role="alert" className="field-missing">
          {unknown && t('scanUnknown')}
        </div>
        <form className="field-report" onSubmit={submit}>
          <label htmlFor="typed-code">{t('scanType')}</label>
          <Input
            id="typed-code"
            className="field-input"
            autoCapitalize="off"
            autoCorrect="off"
            autoComplete="off"
            maxLength={200}
            placeholder={t('scanTypeHint')}
            value={typed}
            onChange={setTyped}
          />
          <Button block color="primary" size="large" type="submit" disabled={typed.trim() === ''}>
            {t('scanOpen')}
          </Button>
        </form>
      </div>
    </>
  );
}
