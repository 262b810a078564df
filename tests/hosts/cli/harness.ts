// Runs the command line against the canned engine.
import { runCli } from '../../../engine/hosts/cli/run-cli.ts';
import { type FakeEngine, fakeEngine } from './fake-engine.ts';
import { type FakeTerminal, type FakeTerminalOptions, fakeTerminal } from './fake-terminal.ts';

export interface CliResult {
  readonly code: number;
  readonly out: string;
  readonly err: string;
  readonly terminal: FakeTerminal;
}

/** A file that is there, so that the workspace counts as existing; the canned engine never reads it. */
const WORKSPACE = import.meta.filename;

export async function cli(
  argv: readonly string[],
  engine: Pick<FakeEngine, 'open'> = fakeEngine(),
  options: FakeTerminalOptions & { readonly terminal?: FakeTerminal } = {},
): Promise<CliResult> {
  const environment = { HINDCAST_WORKSPACE: WORKSPACE, ...options.environment };
  const terminal = options.terminal ?? fakeTerminal({ ...options, environment });
  const code = await runCli({ argv, terminal, openEngine: engine.open });
  return { code, out: terminal.stdout(), err: terminal.stderr(), terminal };
}
