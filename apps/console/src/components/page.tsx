import { ArrowLeftOutlined } from '@ant-design/icons';
import type { ReactNode } from 'react';
import { Link } from 'react-router';

interface PageProps {
  title: ReactNode;
  back?: { to: string; label: string };
  extra?: ReactNode;
  children: ReactNode;
}

export function Page({ title, back, extra, children }: PageProps) {
  return (
    <div className="page">
      {back && (
        <Link to={back.to} className="page-back">
          <ArrowLeftOutlined /> {back.label}
        </Link>
      )}
      <div className="page-head">
        <h1>{title}</h1>
        <div className="page-extra">{extra}</div>
      </div>
      {children}
    </div>
  );
}

interface PanelProps {
  /** Where a link or a button leads to. */
  id?: string;
  title?: ReactNode;
  extra?: ReactNode;
  children: ReactNode;
}

export function Panel({ id, title, extra, children }: PanelProps) {
  return (
    <section id={id} className="panel">
      {(title || extra) && (
        <div className="panel-head">
          <h2>{title}</h2>
          <div className="page-extra">{extra}</div>
        </div>
      )}
      <div className="panel-pad">{children}</div>
    </section>
  );
}

/** Name and value pairs; a value that is not there is left out. */
export function Facts({ items }: { items: [ReactNode, ReactNode][] }) {
  return (
    <dl className="facts">
      {items
        .filter(([, value]) => value !== null && value !== undefined && value !== false && value !== '')
        .map(([name, value], index) => (
          <div key={index}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
    </dl>
  );
}
