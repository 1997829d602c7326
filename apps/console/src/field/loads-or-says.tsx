import { Component, type ReactNode } from 'react';

interface Props {
  /** What is said in place of a part that did not load or cannot be drawn. */
  text: string;
  children: ReactNode;
}

/** Around a part that is loaded when it is wanted: without a network, or on a phone that cannot draw it, the page goes on. */
export class LoadsOrSays extends Component<Props, { failed: boolean }> {
  override state = { failed: false };

  static getDerivedStateFromError(): { failed: boolean } {
    return { failed: true };
  }

  override render(): ReactNode {
    if (!this.state.failed) return this.props.children;
    return (
      <p className="muted" role="alert">
        {this.props.text}
      </p>
    );
  }
}
