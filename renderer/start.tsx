// Starts the workbench: providers around the layout. The caller passes an engine link and a shell.
import '@mantine/core/styles.css';
import '@mantine/notifications/styles.css';
import '@mantine/spotlight/styles.css';
import '@fontsource-variable/inter/wght.css';
import './theme/tokens.css';
import './theme/base.css';
import { MantineProvider } from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { createRoot } from 'react-dom/client';
import type { Transport } from '../engine/connect/connection.ts';
import { Layout } from './app/layout.tsx';
import { ShellProvider } from './app/shell-context.tsx';
import { connectWatched, EngineProvider } from './engine/engine-context.tsx';
import { followEvents } from './engine/live.ts';
import { watchRunEnds } from './engine/run-ends.ts';
import type { Shell } from './shell/shell.ts';
import { cssVariables, theme } from './theme/theme.ts';
import { Dialogs } from './ui/dialogs.tsx';

export interface WorkbenchOptions {
  readonly openTransport: () => Promise<Transport>;
  readonly shell: Shell;
}

export function startWorkbench({ openTransport, shell }: WorkbenchOptions): void {
  const connection = connectWatched(openTransport);
  // Events say when something is stale, so nothing is asked again on a timer or on focus.
  const queries = new QueryClient({
    defaultOptions: { queries: { staleTime: 60_000, refetchOnWindowFocus: false, retry: retryLost } },
  });
  const runEnds = watchRunEnds({ engine: connection.client, queries, shell });
  followEvents({ connection, queries, onEvents: runEnds });
  const root = document.getElementById('root');
  if (!root) throw new Error('the page has no element with the id "root"');
  createRoot(root).render(
    <MantineProvider
      theme={theme}
      cssVariablesResolver={cssVariables}
      defaultColorScheme="auto"
      getStyleNonce={() => shell.styleNonce}
    >
      <QueryClientProvider client={queries}>
        <EngineProvider connection={connection}>
          <ShellProvider shell={shell}>
            <Notifications position="bottom-center" limit={4} />
            <Layout />
            <Dialogs />
          </ShellProvider>
        </EngineProvider>
      </QueryClientProvider>
    </MantineProvider>,
  );
}

/** Reading again is harmless: a read that a lost engine left without an answer is asked again when it is back. */
function retryLost(count: number, error: unknown): boolean {
  const code = (error as { code?: unknown }).code;
  return code === 'connection-lost' || code === 'workspace-unreachable' ? count < 20 : false;
}
