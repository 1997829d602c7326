import { Component, type ReactNode } from 'react';
import { RouteProblem } from '../app/route-problem.js';
import { endFirstPaint } from './first-paint/end.js';

/** Around the pages: what could not be loaded or shown says so, and offers to load it again. */
export class PageBoundary extends Component<{ children: ReactNode }, { failed: boolean }> {
  override state = { failed: false };

  static getDerivedStateFromError(): { failed: boolean } {
    return { failed: true };
  }

  override componentDidCatch(): void {
    endFirstPaint();
  }

  override render(): ReactNode {
    return this.state.failed ? <RouteProblem /> : this.props.children;
  }
}
