import { type HandoverDetail, type HandoverGroup, type HandoverKind, handoverKinds } from '@sc/contracts';
import { useTranslation } from 'react-i18next';
import { Panel } from '../../components/page.js';
import { ItemLine } from './item-line.js';
import { AddRemark, RemarkList } from './remarks.js';

/** What stands, by its kind, with what people say of each. */
export function Standing({ handover }: { handover: HandoverDetail }) {
  const { t } = useTranslation('handovers');
  const { standing } = handover.snapshot;
  return (
    <Panel title={t('stands')}>
      {handoverKinds.map((kind) => (
        <Group key={kind} kind={kind} group={standing[kind]} handover={handover} />
      ))}
    </Panel>
  );
}

function Group({ kind, group, handover }: { kind: HandoverKind; group: HandoverGroup; handover: HandoverDetail }) {
  const { t } = useTranslation('handovers');
  const mayNote = handover.allowedActions.includes('note');
  return (
    <section className="handover-group">
      <h3 className="handover-sub">
        {t(`kind.${kind}`)} · {group.total === 0 ? t('nothing') : group.total}
      </h3>
      {group.items.length > 0 && (
        <ul className="handover-items">
          {group.items.map((item) => {
            const own = handover.remarks.filter((one) => one.item?.kind === kind && one.item.id === item.id);
            return (
              <li key={item.id}>
                <ItemLine item={item} />
                <RemarkList handover={handover} remarks={own} />
                {mayNote && <AddRemark handover={handover} item={item} />}
              </li>
            );
          })}
        </ul>
      )}
      {group.total > group.items.length && (
        <p className="muted">{t('more', { count: group.total - group.items.length })}</p>
      )}
    </section>
  );
}
