// The window that a view is about, or what to show while it is not there.
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { InsideWindowFrame } from '../../../engine/contract/inside/states.ts';
import { useEngine } from '../../engine/engine-context.tsx';
import { ErrorMessage } from '../../ui/messages.tsx';
import classes from '../run/run-page.module.css';
import { useAsked } from './ahead.tsx';
import { windowQuery } from './inside-queries.ts';
import type { InsideViewProps } from './inside-view.ts';

type Shown = { readonly window: InsideWindowFrame } | { readonly window: null; readonly instead: ReactNode };

export function useWindow({ target, version }: InsideViewProps): Shown {
  const engine = useEngine();
  const { data, error } = useQuery(windowQuery(engine, target, version));
  useAsked((queries, next) => queries.prefetchQuery(windowQuery(engine, next, version)));
  if (error) return { window: null, instead: <Failed error={error} /> };
  return data ? { window: data } : { window: null, instead: <Pending>Computing this window …</Pending> };
}

/** A view that could not be computed. */
export function Failed({ error }: { readonly error: unknown }) {
  return (
    <div className={classes.wide}>
      <ErrorMessage error={error} />
    </div>
  );
}

export function Pending({ children }: { readonly children: ReactNode }) {
  return (
    <p className={`${classes.wide} muted`} role="status">
      {children}
    </p>
  );
}
