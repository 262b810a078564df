// The page of one run: its state and its tabs.
import { Button, Menu, Tabs } from '@mantine/core';
import {
  IconBell,
  IconCopy,
  IconDownload,
  IconEdit,
  IconFileUpload,
  IconPlayerPlay,
  IconPlayerStop,
  IconTrash,
} from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { ACTIVE_STATES, type RunDetail } from '../../../engine/contract/runs/run.ts';
import { baselineRemark, improvingRemark } from '../../../engine/words/scores/baseline-check.ts';
import { seedRemark } from '../../../engine/words/scores/seed-remark.ts';
import { useKeymap } from '../../app/hotkeys.ts';
import { hrefOf, navigate } from '../../app/router.ts';
import { useRunEndNotice } from '../../app/run-end-notice.ts';
import { useEngine } from '../../engine/engine-context.tsx';
import { runQuery, runsQuery, studiesQuery } from '../../engine/queries.ts';
import { freshest } from '../../engine/run-patches.ts';
import { useCatalogue } from '../../engine/use-catalogue.ts';
import type { RunTab } from '../../tasks/run-tab.ts';
import { screensOf } from '../../tasks/screens-of.ts';
import { formatNumber } from '../../ui/format.ts';
import { ErrorMessage, Note } from '../../ui/messages.tsx';
import { MoreActions } from '../../ui/more-actions.tsx';
import { EmptyState, Page } from '../../ui/page.tsx';
import { openExport } from '../export/export-state.ts';
import { canDelete, canResume, canStop, createRunActions, type RunActions } from '../runs/run-actions.ts';
import { ConfigurationTab } from './configuration-tab.tsx';
import { CurvesTab } from './curves-tab.tsx';
import { LogTab } from './log-tab.tsx';
import classes from './run-page.module.css';
import { RunStatus } from './run-status.tsx';
import { ScoresTab } from './scores-tab.tsx';

const CURVES: RunTab = { id: 'curves', label: 'Curves', View: CurvesTab };
const SCORES: RunTab = { id: 'scores', label: 'Scores', View: ScoresTab };
const CONFIGURATION: RunTab = { id: 'configuration', label: 'Configuration', View: ConfigurationTab };
const LOG: RunTab = { id: 'log', label: 'Log', View: LogTab };

/** What every run has, and between it what its task has; before it what the run has come to. */
function tabsOf(run: RunDetail | undefined): readonly RunTab[] {
  const ofTask = run
    ? screensOf(run.configuration.task.kind).tabs.filter((tab) => tab.suits?.(run) ?? true)
    : [];
  const leading = run ? ofTask.filter((tab) => tab.leads?.(run)) : [];
  return [...leading, CURVES, ...ofTask.filter((tab) => !tab.leads), SCORES, CONFIGURATION, LOG];
}

interface RunPageProps {
  readonly id: number;
  /** Undefined: the first that the run has. */
  readonly tab: string | undefined;
}

export function RunPage({ id, tab }: RunPageProps) {
  const engine = useEngine();
  const actions = useMemo(() => createRunActions(engine), [engine]);
  const catalogue = useCatalogue();
  const { data: detail, error } = useQuery(runQuery(engine, id));
  const { data: runs } = useQuery(runsQuery(engine));
  const { data: studies } = useQuery(studiesQuery(engine));
  const row = runs?.find((run) => run.id === id);
  const run = useMemo(() => detail && freshest(detail, row), [detail, row]);
  const tabs = tabsOf(run);
  useKeymap({
    s: () => run && actions.toggle([run]),
    d: () => run && actions.duplicate(run),
    f2: () => run && actions.rename(run),
    e: () => run && openExport(run),
    delete: () => run && removeAndLeave(actions, run),
    ...Object.fromEntries(tabs.map((one, index) => [String(index + 1), () => goToTab(id, one.id)])),
  });
  if (error) return <RunMissing id={id} error={error} />;
  if (!run) return null;
  const isSeeded = studies?.some((study) => study.id === run.studyId && study.seedsAlone) ?? false;
  const seeded = isSeeded ? (runs ?? []).filter(({ studyId }) => studyId === run.studyId) : [];
  // A completed run gives the reason for which it ended early: as wanted, and nothing to warn of. It is about the curves.
  const remark = run.state === 'completed' ? run.reason : null;
  const { id: shown, View, saysVerdict = false } = tabs.find((one) => one.id === tab) ?? tabs[0] ?? CURVES;
  const notices = [
    remark === null ? run.reason : null,
    saysVerdict ? null : baselineRemark(run, formatNumber, catalogue),
    seedRemark(run, seeded, { number: formatNumber, catalogue }),
    improvingRemark(run, catalogue),
  ].filter((notice) => notice !== null);
  return (
    <Page title={run.name} subtitle={`Run ${run.id}`} actions={<RunButtons run={run} actions={actions} />}>
      <RunStatus run={run} />
      {notices.map((notice) => (
        <div key={notice} className={classes.reason}>
          <Note>{notice}</Note>
        </div>
      ))}
      {remark !== null && shown === CURVES.id && (
        <div className={classes.reason}>
          <Note calm>{remark}</Note>
        </div>
      )}
      <Tabs
        value={shown}
        onChange={(next) => next && goToTab(id, next)}
        keepMounted={false}
        // Arrows go through the names; a view that takes the focus comes only when it is chosen.
        activateTabWithKeyboard={false}
        classNames={{ root: classes.tabs ?? '', panel: classes.panel ?? '', list: classes.tabList ?? '' }}
      >
        <Tabs.List aria-label="Views of the run">
          {tabs.map((one) => (
            <Tabs.Tab key={one.id} value={one.id}>
              {one.label}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Tabs.Panel value={shown}>
          <View run={run} />
        </Tabs.Panel>
      </Tabs>
    </Page>
  );
}

function goToTab(id: number, tab: string): void {
  navigate(hrefOf(['runs', id, tab]), { replace: true });
}

async function removeAndLeave(actions: RunActions, run: RunDetail): Promise<void> {
  if (await actions.remove([run])) navigate(hrefOf(['runs']));
}

function RunButtons({ run, actions }: { readonly run: RunDetail; readonly actions: RunActions }) {
  const icon = { size: 15, 'aria-hidden': true } as const;
  const { wanted, allowed, want } = useRunEndNotice();
  return (
    <>
      {wanted && allowed === 'ask' && ACTIVE_STATES.includes(run.state) && (
        <Button variant="default" leftSection={<IconBell {...icon} />} onClick={() => want(true)}>
          Tell me when it ends
        </Button>
      )}
      {canStop(run) && (
        <Button
          variant="default"
          leftSection={<IconPlayerStop {...icon} />}
          onClick={() => actions.stop([run])}
        >
          Stop
        </Button>
      )}
      {canResume(run) && (
        <Button leftSection={<IconPlayerPlay {...icon} />} onClick={() => actions.resume([run])}>
          Resume
        </Button>
      )}
      <Button variant="default" leftSection={<IconDownload {...icon} />} onClick={() => openExport(run)}>
        Export
      </Button>
      <Button
        variant="default"
        component="a"
        href={hrefOf(['design'], { run: String(run.id) })}
        leftSection={<IconEdit {...icon} />}
      >
        Design from this
      </Button>
      <MoreActions>
        <Menu.Item leftSection={<IconEdit {...icon} />} onClick={() => actions.rename(run)}>
          Rename
        </Menu.Item>
        <Menu.Item leftSection={<IconCopy {...icon} />} onClick={() => duplicateAndGo(actions, run)}>
          Run again with the next seed
        </Menu.Item>
        {tabsOf(run)
          .filter(({ action }) => action !== undefined)
          .map(({ id, action }) => (
            <Menu.Item
              key={id}
              leftSection={<IconFileUpload {...icon} />}
              onClick={() => goToTab(run.id, id)}
            >
              {action}
            </Menu.Item>
          ))}
        <Menu.Divider />
        <Menu.Item
          leftSection={<IconTrash {...icon} />}
          disabled={!canDelete(run)}
          onClick={() => removeAndLeave(actions, run)}
        >
          Delete
        </Menu.Item>
      </MoreActions>
    </>
  );
}

async function duplicateAndGo(actions: RunActions, run: RunDetail): Promise<void> {
  const id = await actions.duplicate(run);
  if (id !== undefined) navigate(hrefOf(['runs', id]));
}

function RunMissing({ id, error }: { readonly id: number; readonly error: unknown }) {
  return (
    <Page title={`Run ${id}`}>
      <EmptyState
        title="This run is not here"
        actions={
          <Button component="a" href={hrefOf(['runs'])}>
            All runs
          </Button>
        }
      >
        It may have been deleted, or it belongs to another workspace.
      </EmptyState>
      <div className={classes.reason}>
        <ErrorMessage error={error} />
      </div>
    </Page>
  );
}
