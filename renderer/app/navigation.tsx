// The sidebar: links to the sections, the runs in training, and whether the engine answers.
import { ActionIcon, Tooltip } from '@mantine/core';
import { IconLayoutSidebarLeftCollapse, IconLayoutSidebarLeftExpand } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import type { RunSummary } from '../../engine/contract/runs/run.ts';
import { useEngine, useLinkState } from '../engine/engine-context.tsx';
import { engineQuery, runsQuery } from '../engine/queries.ts';
import { formatDuration } from '../ui/format.ts';
import { fractionOf, ProgressBar } from '../ui/run-state.tsx';
import { BrandMark } from './brand-mark.tsx';
import classes from './layout.module.css';
import { hrefOf, useRoute } from './router.ts';
import { SECTIONS } from './sections.ts';

interface NavigationProps {
  /** Icons alone. */
  readonly narrow: boolean;
  /** Null where the window is too small for anything else. */
  readonly onToggle: (() => void) | null;
}

export function Navigation({ narrow, onToggle }: NavigationProps) {
  const { path } = useRoute();
  const engine = useEngine();
  const { data: info } = useQuery(engineQuery(engine));
  const { data: runs = [] } = useQuery(runsQuery(engine));
  const here = path[0] ?? '';
  const counts: Record<string, number | undefined> = {
    runs: runs.length || undefined,
    data: info?.workspace.datasets,
  };
  return (
    <nav className={classes.side} aria-label="Workbench">
      <a className={classes.brand} href="#/" aria-label={narrow ? 'Hindcast' : undefined}>
        <BrandMark />
        <span className={`${classes.hideNarrow} ellipsis`}>
          <span className={classes.brandName}>Hindcast</span>
          <br />
          <span className={classes.workspace} title={info?.workspace.path}>
            {workspaceName(info?.workspace.path)}
          </span>
        </span>
      </a>
      <ul className={classes.nav}>
        {SECTIONS.map(({ id, label, keys, icon: Icon, href }) => (
          <li key={id}>
            <Tooltip label={`${label} (${keys})`} position="right" disabled={!narrow}>
              <a
                className={classes.link}
                href={href}
                aria-current={here === id ? 'page' : undefined}
                aria-label={narrow ? label : undefined}
              >
                <Icon size={17} stroke={1.6} aria-hidden />
                <span className={classes.hideNarrow}>{label}</span>
              </a>
            </Tooltip>
            <span className={`${classes.count} ${classes.hideNarrow}`}>{counts[id] || ''}</span>
          </li>
        ))}
      </ul>
      <ActiveRuns runs={runs} narrow={narrow} />
      <Foot narrow={narrow} onToggle={onToggle} />
    </nav>
  );
}

/** `/data/energy.hindcast` -> `energy`. */
export function workspaceName(path: string | undefined): string {
  return (
    path
      ?.split(/[\\/]/)
      .at(-1)
      ?.replace(/\.hindcast$/, '') ?? ''
  );
}

const MOST_SHOWN = 4;

function ActiveRuns({ runs, narrow }: { readonly runs: readonly RunSummary[]; readonly narrow: boolean }) {
  const running = runs.filter(({ state }) => state === 'running' || state === 'paused');
  const queued = runs.filter(({ state }) => state === 'queued').length;
  if (narrow || (running.length === 0 && queued === 0)) return <div className={classes.active} />;
  return (
    <div className={classes.active}>
      <div className={classes.activeTitle}>
        <span>{running.length > 0 ? `${running.length} training` : 'Waiting'}</span>
        {queued > 0 && <span>{queued} queued</span>}
      </div>
      {running.slice(0, MOST_SHOWN).map((run) => (
        <a key={run.id} className={classes.activeRun} href={hrefOf(['runs', run.id])}>
          <span className="ellipsis">{run.name}</span>
          <span className="num muted">{formatDuration(run.secondsLeft)}</span>
          <ProgressBar fraction={fractionOf(run)} label={`Progress of ${run.name}`} />
        </a>
      ))}
    </div>
  );
}

const LINK_TEXT = { connecting: 'Connecting', connected: 'Engine ready', lost: 'Reconnecting' } as const;

function Foot({ narrow, onToggle }: NavigationProps) {
  const link = useLinkState();
  const Icon = narrow ? IconLayoutSidebarLeftExpand : IconLayoutSidebarLeftCollapse;
  return (
    <div className={classes.foot}>
      <span className={`${classes.dot} ${link === 'connected' ? '' : classes.dotLost}`} />
      <span className={classes.hideNarrow} role="status">
        {LINK_TEXT[link]}
      </span>
      {onToggle && (
        <ActionIcon
          variant="subtle"
          color="gray"
          size="sm"
          ml={narrow ? 0 : 'auto'}
          aria-label={narrow ? 'Widen the navigation' : 'Narrow the navigation'}
          onClick={onToggle}
        >
          <Icon size={16} stroke={1.6} />
        </ActionIcon>
      )}
    </div>
  );
}
