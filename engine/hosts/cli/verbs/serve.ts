// `hindcast serve`: serves the workbench to the browser until Ctrl-C.
import { serve as serveWorkbench } from '../../serve/serve.ts';
import { WORKBENCH_PORT } from '../../serve/workbench-port.ts';
import type { PortChoice } from '../../serve/workbench-server.ts';
import { openInBrowser } from '../../start/open-in-browser.ts';
import type { Outcome, VerbContext } from '../context.ts';

export interface ServeArguments {
  /** 0: any that is free; default: the usual one, where that can be had. */
  readonly port?: PortChoice | undefined;
  /** Whether the user's browser is opened on it. */
  readonly open: boolean;
}

export async function serve(
  context: VerbContext,
  { port = { preferred: WORKBENCH_PORT }, open }: ServeArguments,
): Promise<Outcome> {
  const { terminal, json, workspacePath } = context;
  const log = terminal.environment.HINDCAST_LOG
    ? (line: Readonly<Record<string, unknown>>) => terminal.err(`${JSON.stringify(line)}\n`)
    : () => {};
  const served = await serveWorkbench({ workspacePath, port, log });
  const interrupted = Promise.withResolvers<void>();
  const stopListening = terminal.onInterrupt(() => interrupted.resolve());
  // At once, not at the end: this is what the user waits for.
  if (json) terminal.out(`${JSON.stringify({ address: served.address, workspace: workspacePath })}\n`);
  else {
    terminal.out(`Hindcast is at ${served.address}\n`);
    terminal.err(`Workspace ${workspacePath}. Only this machine can reach it; Ctrl-C ends it.\n`);
    if (typeof port === 'object' && served.port !== port.preferred) {
      terminal.err(
        `Port ${port.preferred} is taken, so the page is at another; the browser keeps its settings (theme, sizes) for each port.\n`,
      );
    }
  }
  const removeFile = open ? openInBrowser(served.address) : null;
  if (open && !removeFile) terminal.err('No browser could be opened here; open the address yourself.\n');
  if (removeFile) void served.entered.then(removeFile);
  await interrupted.promise;
  removeFile?.();
  stopListening();
  const running = await served.countRuns();
  if (running > 0)
    terminal.err(`Stopping ${running === 1 ? 'a run' : `${running} runs`} with a checkpoint…\n`);
  await served.close();
  return { json: undefined, text: '' };
}
