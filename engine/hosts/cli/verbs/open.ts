// `hindcast` and `hindcast open`: the workbench in a window, or else in the browser.
import { findElectron } from '../../start/find-electron.ts';
import { runElectron } from '../../start/run-electron.ts';
import type { Outcome, VerbContext } from '../context.ts';
import { serve } from './serve.ts';

export async function open(context: VerbContext): Promise<Outcome> {
  const { terminal, workspacePath, workspaceNamed } = context;
  const found = await findElectron({
    platform: process.platform,
    environment: terminal.environment,
    note: (line) => terminal.err(`${line}\n`),
  });
  let why = found.reason;
  if (found.path !== null) {
    const ended = await runElectron({
      electron: found.path,
      // An unnamed workspace is the window's own choice: the one that was open last.
      workspacePath: workspaceNamed ? workspacePath : null,
      note: (line) => terminal.err(`${line}\n`),
    });
    if (ended.reason === null) return { json: { shell: 'electron' }, text: '', exitCode: ended.exitCode };
    why = ended.reason;
  }
  terminal.err(`${why} The same workbench opens in the browser instead.\n`);
  return serve(context, { open: true });
}
