import { QuestionCircleOutlined } from '@ant-design/icons';
import { Drawer, Popover } from 'antd';
import type { EvaluationDefinition } from '@sc/contracts';
import { useTranslation } from 'react-i18next';
import { useText } from '../../lib/use-words.js';

/** What a number means, how it is made, where it comes from. */
function Definition({ definition }: { definition: EvaluationDefinition }) {
  const { t } = useTranslation('evaluation');
  const text = useText();
  return (
    <div className="evaluation-definition">
      <p>{text(definition.definition)}</p>
      <p>
        <span className="muted">{t('formula')}</span> {text(definition.formula)}
      </p>
      <p>
        <span className="muted">{t('source')}</span> {definition.source}
      </p>
    </div>
  );
}

/** The title of a figure; the pointer tells its definition. The head of the column is the button, so nothing in it may be one too. */
export function FigureTitle({ definition }: { definition: EvaluationDefinition }) {
  const text = useText();
  const title = text(definition.title);
  return (
    <Popover content={<Definition definition={definition} />} title={title} trigger="hover">
      <span className="evaluation-title">
        {title} <QuestionCircleOutlined />
      </span>
    </Popover>
  );
}

/** All of them, to be read at leisure. */
export function Definitions({
  definitions,
  open,
  onClose,
}: {
  definitions: readonly EvaluationDefinition[];
  open: boolean;
  onClose: () => void;
}) {
  const { t } = useTranslation('evaluation');
  const text = useText();
  return (
    <Drawer open={open} onClose={onClose} title={t('definitions')} size={480}>
      {definitions.map((definition) => (
        <section key={definition.code}>
          <h3>{text(definition.title)}</h3>
          <Definition definition={definition} />
        </section>
      ))}
    </Drawer>
  );
}
