// Settings of this workspace and this window: backend, queue, appearance, file.
import { SegmentedControl, Switch, useMantineColorScheme } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useRunEndNotice } from '../../app/run-end-notice.ts';
import { useEngine } from '../../engine/engine-context.tsx';
import { engineQuery, keys, queueQuery } from '../../engine/queries.ts';
import { formatBytes, formatCount } from '../../ui/format.ts';
import { attempt } from '../../ui/messages.tsx';
import { Facts, Page, Panel, Scroll } from '../../ui/page.tsx';
import { Backends } from './backends.tsx';
import { LicencesPanel } from './licences.tsx';
import classes from './settings.module.css';
import { WholeNumberSetting } from './whole-number-setting.tsx';
import { WorkersPanel } from './workers.tsx';
import { WorkspacePanel } from './workspace-panel.tsx';

export function SettingsPage() {
  return (
    <Page title="Settings">
      <Scroll label="Settings">
        <div className={classes.columns}>
          <div className={classes.column}>
            <AppearancePanel />
            <TrainingPanel />
            <EnginePanel />
          </div>
          <div className={classes.column}>
            <Backends />
            <WorkersPanel />
            <WorkspacePanel />
            <LicencesPanel />
          </div>
        </div>
      </Scroll>
    </Page>
  );
}

const SCHEMES = [
  { value: 'light', label: 'Light' },
  { value: 'dark', label: 'Dark' },
  { value: 'auto', label: 'As the system' },
];

function AppearancePanel() {
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const { wanted, allowed, want } = useRunEndNotice();
  return (
    <Panel title="Appearance">
      <div className={classes.rows}>
        <div className={classes.row}>
          <span>Theme</span>
          <SegmentedControl
            aria-label="Theme"
            data={SCHEMES}
            value={colorScheme}
            onChange={(next) => setColorScheme(next as typeof colorScheme)}
          />
        </div>
        <Switch
          label="Tell me when a run ends"
          description={
            allowed === 'no'
              ? 'The browser refuses notifications of this page; its settings for this address can allow them.'
              : 'While this window is out of sight.'
          }
          disabled={allowed === 'no'}
          checked={wanted && allowed === 'yes'}
          onChange={(event) => want(event.currentTarget.checked)}
        />
      </div>
    </Panel>
  );
}

function TrainingPanel() {
  const engine = useEngine();
  const queries = useQueryClient();
  const { data: queue } = useQuery(queueQuery(engine));
  const { data: info } = useQuery(engineQuery(engine));
  const { data: settings } = useQuery({ queryKey: ['settings'], queryFn: () => engine.workspace.settings() });
  const setThreads = (threads: number | null) =>
    attempt(async () => queries.setQueryData(['settings'], await engine.workspace.set({ threads })));
  const setLimit = (limit: number) =>
    attempt(async () => queries.setQueryData(keys.queue, await engine.queue.setLimit({ limit })));
  return (
    <Panel title="Training">
      <div className={classes.rows}>
        {queue && (
          <WholeNumberSetting
            label="Runs at once"
            description="The others wait in the queue."
            min={1}
            max={64}
            value={queue.limit}
            onSave={(limit) => limit !== null && setLimit(limit)}
          />
        )}
        {settings && (
          <WholeNumberSetting
            label="Threads of each run"
            description={`Empty: the ${info?.cores ?? ''} cores are shared among the runs. The number changes no bit of the weights.`}
            min={1}
            max={256}
            empty="shared"
            value={settings.threads}
            onSave={setThreads}
          />
        )}
      </div>
    </Panel>
  );
}

function EnginePanel() {
  const { data: info } = useQuery(engineQuery(useEngine()));
  if (!info) return null;
  return (
    <Panel title="Engine">
      <Facts
        rows={[
          ['Hindcast', info.version],
          ['Node', info.node],
          ['SQLite', info.sqlite],
          ['System', info.platform],
          ['Cores', formatCount(info.cores)],
          ['Memory', formatBytes(info.memoryBytes)],
          ['Process', String(info.hostPid)],
        ]}
      />
    </Panel>
  );
}
