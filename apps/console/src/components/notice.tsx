import { Link } from 'react-router';

/** A line above every page of the desk, until what it tells is mended; it says where. */
export function Notice({ text, to, label }: { text: string; to: string; label: string }) {
  return (
    <div className="notice" role="alert">
      <span className="notice-text">{text}</span>
      <span className="notice-buttons">
        <Link className="notice-button notice-button-go" to={to}>
          {label}
        </Link>
      </span>
    </div>
  );
}
