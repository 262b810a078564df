// Gives screens the engine: its API, and whether it can be reached at present.
import { createContext, type ReactNode, useContext, useSyncExternalStore } from 'react';
import type { EngineClient, EngineConnection, Transport } from '../../engine/connect/connection.ts';
import { connectEngine } from '../../engine/connect/connection.ts';

export type LinkState = 'connecting' | 'connected' | 'lost';

/** A connection that reports when it is lost and when it is back. */
export interface WatchedConnection extends EngineConnection {
  linkState(): LinkState;
  onLinkState(listener: (state: LinkState) => void): () => void;
}

export function connectWatched(openTransport: () => Promise<Transport>): WatchedConnection {
  const listeners = new Set<(state: LinkState) => void>();
  let state: LinkState = 'connecting';
  function set(next: LinkState): void {
    if (state === next) return;
    state = next;
    for (const listener of listeners) listener(next);
  }
  const connection = connectEngine(async () => {
    try {
      const transport = await openTransport();
      set('connected');
      transport.closed.then(() => set('lost'));
      return transport;
    } catch (cause) {
      set('lost');
      throw cause;
    }
  });
  return {
    ...connection,
    linkState: () => state,
    onLinkState(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

const Context = createContext<WatchedConnection | null>(null);

export function EngineProvider({
  connection,
  children,
}: {
  readonly connection: WatchedConnection;
  readonly children: ReactNode;
}) {
  return <Context value={connection}>{children}</Context>;
}

function useConnection(): WatchedConnection {
  const connection = useContext(Context);
  if (!connection) throw new Error('EngineProvider is missing above this component');
  return connection;
}

export const useEngine = (): EngineClient => useConnection().client;

export function useLinkState(): LinkState {
  const connection = useConnection();
  return useSyncExternalStore(connection.onLinkState, connection.linkState);
}
