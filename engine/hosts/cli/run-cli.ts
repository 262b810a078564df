// One call of the command line, from arguments to exit code: parse, open the workspace if the verb needs it, act, print.
import { existsSync } from 'node:fs';
import { dirname } from 'node:path';
import { fromApiError } from '../../contract/api/api-errors.ts';
import { HindcastError } from '../../contract/values/errors.ts';
import { makeFolder } from '../node/make-folder.ts';
import { chooseWorkspace } from '../node/workspace-path.ts';
import type {
  ConnectPurpose,
  EngineConnection,
  OpenEngine,
  Outcome,
  Terminal,
  VerbContext,
} from './context.ts';
import { type Parsed, parseArguments } from './program.ts';
import { jsonText } from './text/json-output.ts';
import { UsageError } from './usage.ts';

export interface CliOptions {
  /** Arguments without node and script. */
  readonly argv: readonly string[];
  readonly terminal: Terminal;
  readonly openEngine: OpenEngine;
}

/** The exit code: 0 success, 1 failure, 2 wrong use, 128 + signal where the user interrupted. Never throws. */
export async function runCli(options: CliOptions): Promise<number> {
  const { argv, terminal } = options;
  try {
    const parsed = parseArguments(argv, terminal.outWidth);
    if (parsed.kind === 'print') {
      terminal.out(parsed.text);
      return 0;
    }
    return await perform(parsed, options);
  } catch (error) {
    // Also where parsing failed, so that a caller that wants JSON gets it.
    return report(error, terminal, argv.includes('--json'));
  }
}

async function perform(
  { perform, json, workspace }: Extract<Parsed, { kind: 'perform' }>,
  { terminal, openEngine }: CliOptions,
): Promise<number> {
  const chosen = chooseWorkspace(workspace, terminal.environment);
  const opened: EngineConnection[] = [];
  const context: VerbContext = {
    terminal,
    json,
    workspacePath: chosen.path,
    workspaceNamed: chosen.named,
    connect: async (purpose) => {
      prepare(purpose, context);
      const connection = await openEngine({ workspacePath: chosen.path });
      opened.push(connection);
      return connection;
    },
  };
  let leaveAtOnce = false;
  let leavesOthers = false;
  try {
    const outcome = await perform(context);
    leaveAtOnce = outcome.leaveAtOnce ?? false;
    leavesOthers = leaveAtOnce || (outcome.leavesOthers ?? false);
    return print(outcome, terminal, json);
  } finally {
    if (!leavesOthers) for (const connection of opened) await waitForVisitors(connection, terminal);
    const closing = Promise.all(opened.map((connection) => connection.close()));
    if (leaveAtOnce) closing.catch(() => {});
    else await closing;
  }
}

/** Shorter than a glance: most visitors of a host are gone by then. */
const SILENT_WAIT_MS = 1_000;

/** Other processes may be working through this one; they would lose what they are about. An interrupt ends the wait. */
async function waitForVisitors(connection: EngineConnection, terminal: Terminal): Promise<void> {
  if (connection.role() !== 'host') return;
  const interrupted = Promise.withResolvers<void>();
  const close = terminal.onInterrupt(() => interrupted.resolve());
  const note = setTimeout(
    () => terminal.err('Another process works through this one until it is done; Ctrl-C leaves at once.\n'),
    SILENT_WAIT_MS,
  );
  try {
    await Promise.race([connection.whenIdle(), interrupted.promise]);
  } finally {
    clearTimeout(note);
    close();
  }
}

/** One that was deleted while a host has it open can still be looked at through that host. */
const isThere = (path: string): boolean => existsSync(path) || existsSync(`${path}-host.json`);

/** A named workspace that is missing is a typing error, unless the verb is there to fill one. */
function prepare(purpose: ConnectPurpose, { workspacePath, workspaceNamed }: VerbContext): void {
  if (!workspaceNamed) makeFolder(dirname(workspacePath));
  else if (purpose === 'existing' && !isThere(workspacePath)) {
    throw new HindcastError(
      'not-found',
      `There is no workspace ${workspacePath}; \`hindcast import\` and \`hindcast train\` make one.`,
      { details: { workspace: workspacePath } },
    );
  }
}

function print(outcome: Outcome, terminal: Terminal, json: boolean): number {
  if (json) {
    if (outcome.json !== undefined) terminal.out(`${jsonText(outcome.json)}\n`);
  } else if (outcome.text !== '') terminal.out(`${outcome.text}\n`);
  const { complaint } = outcome;
  if (complaint) report(complaint, terminal, json);
  return outcome.exitCode ?? (complaint ? 1 : 0);
}

const SIGNAL_NUMBERS: Readonly<Record<string, number>> = { SIGHUP: 1, SIGINT: 2, SIGTERM: 15 };

function report(thrown: unknown, terminal: Terminal, json: boolean): number {
  const error = fromApiError(thrown);
  const { code, message, details } = error.toData();
  // One sentence means one line, whatever a file name or a database has put into it.
  const sentence = message.replace(/\s*\n\s*/g, ' ');
  terminal.err(
    json ? `${JSON.stringify({ error: { code, message: sentence, details } })}\n` : `hindcast: ${sentence}\n`,
  );
  if (error instanceof UsageError) return 2;
  const signal = code === 'cancelled' ? SIGNAL_NUMBERS[String(details?.signal)] : undefined;
  return signal === undefined ? 1 : 128 + signal;
}
