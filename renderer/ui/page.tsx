// The frame of a screen: a header with title and actions, and the scrolling content below it.
import { type ReactNode, useEffect, useRef, useState } from 'react';
import classes from './ui.module.css';

interface PageProps {
  readonly title: ReactNode;
  readonly subtitle?: ReactNode;
  readonly actions?: ReactNode;
  readonly children: ReactNode;
}

export function Page({ title, subtitle, actions, children }: PageProps) {
  return (
    <div className={classes.page}>
      <header className={classes.header}>
        <div className={classes.titles}>
          <h1 className={`${classes.title} ellipsis`}>{title}</h1>
          {subtitle && <div className={`${classes.subtitle} ellipsis`}>{subtitle}</div>}
        </div>
        {actions && <div className={classes.actions}>{actions}</div>}
      </header>
      {children}
    </div>
  );
}

interface ScrollProps {
  readonly children: ReactNode;
  readonly label: string;
  readonly className?: string;
  /** Takes the focus when it appears, so that its keys work at once. */
  readonly takesFocus?: boolean;
}

/** The part of a page that scrolls; reachable by keys. */
export function Scroll({ children, label, className = '', takesFocus = false }: ScrollProps) {
  const ref = useRef<HTMLElement>(null);
  // The focus came with the screen: a ring around all of it would only look like a fault. One that Tab brought has its ring.
  const [isGiven, setGiven] = useState(takesFocus);
  useEffect(() => {
    if (takesFocus) ref.current?.focus({ preventScroll: true });
  }, [takesFocus]);
  return (
    <section
      ref={ref}
      className={`${classes.scroll} ${isGiven ? classes.given : ''} ${className}`}
      aria-label={label}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keys
      tabIndex={0}
      onBlur={() => setGiven(false)}
    >
      {children}
    </section>
  );
}

/** A table that may be wider than its container: it scrolls there, by keys too. */
export function TableScroll({ children, label }: { readonly children: ReactNode; readonly label: string }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keys
    <section className={classes.tableScroll} aria-label={label} tabIndex={0}>
      {children}
    </section>
  );
}

interface PanelProps {
  readonly title?: ReactNode;
  readonly actions?: ReactNode;
  readonly children: ReactNode;
  readonly className?: string;
}

export function Panel({ title, actions, children, className = '' }: PanelProps) {
  return (
    <section className={`${classes.panel} ${className}`}>
      {title && (
        <div className={classes.panelHead}>
          <h2 className={classes.panelTitle}>{title}</h2>
          <div style={{ marginLeft: 'auto' }}>{actions}</div>
        </div>
      )}
      <div className={classes.panelBody}>{children}</div>
    </section>
  );
}

interface EmptyStateProps {
  readonly icon?: ReactNode;
  readonly title: string;
  readonly children?: ReactNode;
  readonly actions?: ReactNode;
}

/** For an empty screen: what will be here, and what to do next. */
export function EmptyState({ icon, title, children, actions }: EmptyStateProps) {
  return (
    <div className={classes.empty}>
      {icon && <div className={classes.emptyIcon}>{icon}</div>}
      <div className={classes.emptyTitle}>{title}</div>
      {children && <p className={classes.emptyText}>{children}</p>}
      {actions && <div className={classes.actions}>{actions}</div>}
    </div>
  );
}

/** Pairs of name and value; rows without a value are left out. */
export function Facts({ rows }: { readonly rows: readonly (readonly [string, ReactNode])[] }) {
  return (
    <dl className={classes.facts}>
      {rows
        .filter(([, value]) => value !== null && value !== undefined && value !== '')
        .map(([name, value]) => (
          <div key={name} style={{ display: 'contents' }}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
    </dl>
  );
}
