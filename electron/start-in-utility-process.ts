// Starts the engine in Electron's utility process, as the packaged application does. The page gets a message port of its own, so
// it talks to the engine without the main process.
import { type MessagePortMain, utilityProcess } from 'electron';
import { type EngineProcess, engineProcess } from '../engine/hosts/utility/engine-process.ts';

/** @param onLog text of its standard error: lines of JSON. */
export function startInUtilityProcess(
  entry: string,
  args: readonly string[],
  onLog: (text: string) => void,
): EngineProcess<MessagePortMain> {
  const child = utilityProcess.fork(entry, [...args], {
    serviceName: 'Hindcast engine',
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  child.stderr?.setEncoding?.('utf8');
  child.stderr?.on('data', (text) => onLog(String(text)));
  return engineProcess<MessagePortMain>({
    pid: () => child.pid,
    post: (message) => child.postMessage(message),
    connect: (port, channel) => child.postMessage({ type: 'channel', channel }, [port]),
    onMessage: (listener) => child.on('message', listener),
    onExit: (listener) => child.once('exit', (code) => listener(code)),
    // SIGKILL: a process that no longer listens to messages may not listen to gentler signals.
    kill() {
      if (child.pid !== undefined) process.kill(child.pid, 'SIGKILL');
    },
  });
}
