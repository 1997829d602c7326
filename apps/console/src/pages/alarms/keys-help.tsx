import { Modal } from 'antd';
import { useTranslation } from 'react-i18next';

const lines = [
  ['move', ['j', 'k']],
  ['open', ['Enter']],
  ['acknowledge', ['a']],
  ['select', ['x']],
  ['comment', ['c']],
  ['assign', ['g']],
  ['shelve', ['s']],
  ['fresh', ['n']],
  ['wallboard', ['w']],
  ['help', ['?']],
  ['escape', ['Esc']],
] as const;

export function KeysHelp({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation(['control', 'app']);
  return (
    <Modal open title={t('keys.title')} footer={null} width={380} onCancel={onClose} onOk={onClose}>
      <dl className="keys-help">
        {lines.map(([what, keys]) => (
          <div key={what}>
            <dt>
              {keys.map((key) => (
                <kbd key={key}>{key}</kbd>
              ))}
              {what === 'move' && (
                <>
                  <kbd>↓</kbd>
                  <kbd>↑</kbd> <span className="muted">({t('keys.arrows')})</span>
                </>
              )}
            </dt>
            <dd>{t(`keys.${what}`)}</dd>
          </div>
        ))}
      </dl>
    </Modal>
  );
}
