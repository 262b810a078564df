// `hindcast doctor`: versions, workspace, disk use and backends; each problem with the command that fixes it.
import { release } from 'node:os';
import { fromApiError } from '../../../contract/api/api-errors.ts';
import type { Settings } from '../../../contract/datasets/views.ts';
import type { Queue } from '../../../contract/runs/run.ts';
import { HindcastError } from '../../../contract/values/errors.ts';
import type { CheckResult } from '../../../contract/workspace/check.ts';
import type { BackendStatus, DiskUse, EngineInfo } from '../../../contract/workspace/engine-info.ts';
import { sharedThreads } from '../../../services/runs/thread-share.ts';
import { MOST_THREADS } from '../../../training/step-work.ts';
import type { EngineConnection, Outcome, VerbContext } from '../context.ts';
import { counted, formatBytes, formatTime, NOTHING } from '../text/format.ts';
import { renderFacts, renderTable } from '../text/table.ts';
import { checkWatching } from './check.ts';
import { tableStyle } from './style.ts';

export async function doctor(context: VerbContext): Promise<Outcome> {
  let connection: EngineConnection;
  try {
    connection = await context.connect('create');
  } catch (error) {
    return unopened(context, fromApiError(error));
  }
  const { client } = connection;
  const role = connection.role();
  const info = await client.engine.describe();
  const [settings, queue] = await Promise.all([client.workspace.settings(), client.queue.get()]);
  const file = await checkWatching(client, context.terminal);
  context.terminal.err('Trying each backend; this takes a few seconds.\n');
  const backends = await client.engine.backends();
  const blocks = [
    renderFacts([...engineFacts(info, role), ['Threads', threadsText(info.cores, settings, queue)]]),
    renderFacts([...workspaceFacts(info), ['Check', checkText(file)]]),
    ...file.findings,
    backendTable(context, backends),
    ...backends.filter((backend) => !backend.available).map(missingText),
  ];
  const json = { role, ...info, threads: settings.threads, file, backends };
  const text = blocks.join('\n\n');
  return file.healthy ? { json, text } : { json, text, complaint: damagedFile(info.workspace.path) };
}

function checkText({ healthy, findings, seconds }: CheckResult): string {
  const what = healthy ? 'everything is as it was stored' : counted(findings.length, 'finding');
  return `${what}; read in ${seconds.toFixed(1)} s`;
}

const damagedFile = (path: string): HindcastError =>
  new HindcastError(
    'workspace-damaged',
    `${path} is damaged: \`hindcast check --repair\` repairs what can be repaired.`,
  );

/** Still says what it can where the workspace does not open. */
function unopened(context: VerbContext, error: HindcastError): Outcome {
  const facts: [string, string][] = [
    ['Node', process.versions.node],
    ['System', `${process.platform} ${release()}, ${process.arch}`],
    ['Workspace', `${context.workspacePath} could not be opened`],
  ];
  const json = {
    node: process.versions.node,
    platform: process.platform,
    workspace: { path: context.workspacePath },
  };
  return { json, text: renderFacts(facts), complaint: error };
}

function engineFacts(info: EngineInfo, role: ReturnType<EngineConnection['role']>): [string, string][] {
  return [
    ['Hindcast', info.version],
    [
      'Engine',
      role === 'host' ? 'in this process' : `in process ${info.hostPid}, which has the workspace open`,
    ],
    ['Node', info.node],
    ['SQLite', info.sqlite],
    [
      'System',
      `${info.platform}, ${info.cores} ${info.cores === 1 ? 'core' : 'cores'}, ${formatBytes(info.memoryBytes)} memory`,
    ],
  ];
}

/** How many threads a training gets, and why. */
function threadsText(
  cores: number,
  { threads }: Pick<Settings, 'threads'>,
  { running }: Pick<Queue, 'running'>,
): string {
  if (threads !== null) return `${threads} for each run, as set in this workspace`;
  const runs = Math.max(1, running.length);
  const share = Math.min(MOST_THREADS, sharedThreads(cores, runs));
  const why = `${counted(cores, 'core')} shared among ${counted(runs, 'run')} at once`;
  return `up to ${share} for a run: ${why}; a small model takes fewer`;
}

function workspaceFacts({ workspace, readOnly }: EngineInfo): [string, string][] {
  return [
    ['Workspace', `${workspace.path}${readOnly ? ' (read-only)' : ''}`],
    ['Made', `${formatTime(workspace.createdAtMs)}, schema ${workspace.schemaVersion}`],
    ['Holds', `${counted(workspace.datasets, 'dataset')}, ${counted(workspace.runs, 'run')}`],
    ['Disk use', diskText(workspace.diskUse)],
  ];
}

function diskText(use: DiskUse): string {
  const parts = [
    ['datasets', use.datasetBytes],
    ['metrics', use.metricBytes],
    ['checkpoints', use.checkpointBytes],
    ['free pages', use.freeBytes],
  ] as const;
  // Indexes, events, and the log that is not yet moved into the file.
  const other = Math.max(0, use.fileBytes - parts.reduce((sum, [, bytes]) => sum + bytes, 0));
  const listed = [...parts, ['other', other] as const].map(
    ([name, bytes]) => `${name} ${formatBytes(bytes)}`,
  );
  return `${formatBytes(use.fileBytes)}: ${listed.join(', ')}`;
}

function backendTable(context: VerbContext, backends: readonly BackendStatus[]): string {
  const columns = [
    { header: 'BACKEND' },
    { header: 'USABLE' },
    { header: 'VERSION' },
    { header: 'DEVICE', cut: true },
  ];
  const rows = backends.map(({ name, available, version, device }) => [
    name,
    available ? 'yes' : 'no',
    version ?? NOTHING,
    device ?? NOTHING,
  ]);
  return renderTable(columns, rows, tableStyle(context.terminal));
}

function missingText({ name, reason, install }: BackendStatus): string {
  const why = `${name} can't be used: ${reason ?? 'the reason is unknown'}`;
  return install === null ? why : `${why}\nTo install it: ${install}`;
}
