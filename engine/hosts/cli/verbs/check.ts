// `hindcast check`: reads the whole workspace, and with --repair repairs what can be repaired.
import { fromApiError } from '../../../contract/api/api-errors.ts';
import { HindcastError } from '../../../contract/values/errors.ts';
import type { CheckResult, CheckUpdate, RepairResult } from '../../../contract/workspace/check.ts';
import { repairFile } from '../../../store/check/repair-file.ts';
import { listBackups } from '../../../store/file/backups.ts';
import type { EngineClient, Outcome, Terminal, VerbContext } from '../context.ts';
import { formatLeft } from '../text/format.ts';
import { cancellable } from '../watch/cancellable.ts';
import { withLocks } from './locked-file.ts';

export async function check(
  context: VerbContext,
  { repair }: { readonly repair: boolean },
): Promise<Outcome> {
  let client: EngineClient;
  try {
    ({ client } = await context.connect('existing'));
  } catch (cause) {
    const error = fromApiError(cause);
    if (error.code !== 'workspace-damaged') throw error;
    return repair ? repairUnopened(context, error) : { json: unopened(error), text: '', complaint: error };
  }
  const found = await checkWatching(client, context.terminal);
  if (!repair || found.healthy) return outcomeOf(context, found);
  context.terminal.err(planText(found));
  if (found.repairs.length === 0) return outcomeOf(context, found);
  const repaired = await client.workspace.repair();
  return outcomeOf(context, await checkWatching(client, context.terminal), repaired);
}

/** The check with its progress on stderr; Ctrl-C ends it. */
export const checkWatching = (client: EngineClient, terminal: Terminal): Promise<CheckResult> =>
  cancellable(
    terminal,
    (line, signal) => consume(client, line, signal),
    'The check was cancelled; nothing was changed.',
  );

async function consume(
  client: EngineClient,
  line: (text: string) => void,
  signal: AbortSignal,
): Promise<CheckResult> {
  for await (const update of await client.workspace.checkUpdates(undefined, { signal })) {
    if (update.type === 'progress') line(updateLine(update));
    else {
      const { type: _, ...result } = update;
      return result;
    }
  }
  throw new HindcastError('internal', 'The check ended without a result; try it again.');
}

/** `checking data  42 %  3 s left`. */
export function updateLine(update: Extract<CheckUpdate, { type: 'progress' }>): string {
  const left = update.secondsLeft === null ? '' : `  ${formatLeft(update.secondsLeft)}`;
  return `checking ${update.phase}  ${Math.floor(update.fraction * 100)} %${left}`;
}

function planText({ findings, repairs }: CheckResult): string {
  const found = `Found:\n${findings.map((finding) => `  ${finding}\n`).join('')}`;
  if (repairs.length === 0) return `${found}None of this can be repaired.\n`;
  const plan = repairs.map((repair) => `  ${repair}\n`).join('');
  return `${found}The repair, after a copy of the workspace was made beside it:\n${plan}`;
}

function outcomeOf({ workspacePath }: VerbContext, result: CheckResult, repaired?: RepairResult): Outcome {
  const { findings, healthy, seconds } = result;
  const lines = [...repairText(repaired), ...findings];
  const json = repaired ? { ...result, repaired } : result;
  if (healthy)
    return {
      json,
      text: [...lines, `The workspace is sound; read in ${seconds.toFixed(1)} s.`].join('\n'),
    };
  const count = findings.length === 1 ? 'one finding' : `${findings.length} findings`;
  const complaint = new HindcastError('workspace-damaged', `${workspacePath} is damaged: ${count}.`, {
    details: { findings },
  });
  return { json, text: lines.join('\n'), complaint };
}

function repairText(repaired: RepairResult | undefined): string[] {
  if (!repaired?.kept) return [];
  return [
    `The workspace as it was is kept as ${repaired.kept}.`,
    ...repaired.done.map((done) => `Done: ${done}`),
    ...repaired.failed.map((failed) => `Could not be done: ${failed}`),
  ];
}

const unopened = (error: HindcastError): Omit<CheckResult, 'seconds'> => ({
  healthy: false,
  findings: [error.message],
  repairs: [],
});

function repairUnopened({ workspacePath, terminal }: VerbContext, error: HindcastError): Outcome {
  terminal.err(`Found:\n  ${error.message}\nTrying to repair a copy of it.\n`);
  const repaired = withLocks(workspacePath, () => repairFile(workspacePath));
  if (repaired) {
    const { kept } = repaired;
    const done = 'The file was rewritten from its tables, with new indexes.';
    return {
      json: { healthy: true, findings: [], repairs: [], repaired: { kept, done: [done], failed: [] } },
      text: `${done} The workspace opens again; as it was it is kept as ${kept}.`,
    };
  }
  const [newest] = listBackups(workspacePath);
  const remedy = newest
    ? `\`hindcast restore ${newest.name}\` puts the newest backup in its place`
    : 'there is no automatic backup; put a copy of your own in its place (`hindcast restore FILE`), or start a new workspace';
  const complaint = new HindcastError(
    'workspace-damaged',
    `${workspacePath} cannot be repaired, and was left as it is: ${remedy}.`,
    { details: { path: workspacePath } },
  );
  return { json: { ...unopened(error), repaired: null }, text: '', complaint };
}
