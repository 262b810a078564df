// The command line's entry: built as out/main/cli.js and run by bin/hindcast.js.
import type { OpenEngine } from './context.ts';
import { endOnClosedPipe, flushed, processTerminal } from './process-terminal.ts';
import { runCli } from './run-cli.ts';

/** Imported late: `--help` and wrong use need no engine. */
const openEngine: OpenEngine = async ({ workspacePath }) => {
  const { openEngine } = await import('../engine/open-engine.ts');
  return openEngine({ workspacePath, log: process.env.HINDCAST_LOG ? logToStderr : noticesToStderr });
};

/** What was found about the workspace and done about it concerns the user at once. */
function noticesToStderr({ level, message }: Readonly<Record<string, unknown>>): void {
  if (level === 'notice') process.stderr.write(`note: ${String(message)}\n`);
}

/** HINDCAST_LOG=1: the engine's log as lines of JSON between the messages. */
function logToStderr(line: Readonly<Record<string, unknown>>): void {
  process.stderr.write(`${JSON.stringify(line)}\n`);
}

endOnClosedPipe();
const exitCode = await runCli({ argv: process.argv.slice(2), terminal: processTerminal(), openEngine });
await flushed();
process.exit(exitCode);
