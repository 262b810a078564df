// Contains the failure of a screen: it shows the error, and the rest of the window keeps working.
import { Button } from '@mantine/core';
import { Component, type ReactNode } from 'react';
import { messageOf } from './messages.tsx';
import { EmptyState } from './page.tsx';

interface Props {
  /** A change tries again: another screen is another chance. */
  readonly screen: string;
  readonly children: ReactNode;
}

interface State {
  readonly error: unknown;
  readonly screen: string;
}

/** React offers this to classes alone. */
export class ErrorBoundary extends Component<Props, State> {
  override state: State = { error: null, screen: this.props.screen };

  static getDerivedStateFromError(error: unknown): Partial<State> {
    return { error };
  }

  static getDerivedStateFromProps({ screen }: Props, state: State): Partial<State> | null {
    return screen === state.screen ? null : { error: null, screen };
  }

  override render(): ReactNode {
    const { error } = this.state;
    if (error === null) return this.props.children;
    return (
      <EmptyState
        title="This screen failed"
        actions={<Button onClick={() => this.setState({ error: null })}>Try again</Button>}
      >
        {messageOf(error)}
      </EmptyState>
    );
  }
}
