// Starts the engine in a process of plain Node: for the page's server, and for an Electron whose own Node is too old for the
// store. Neither ports nor sockets can be passed to it, so the parent relays each channel.
import { spawn } from 'node:child_process';
import type { Channel } from '../engine/channel.ts';
import { type EngineProcess, engineProcess } from './engine-process.ts';
import type { ToEngine } from './protocol.ts';

/** @param node the executable. @param onLog text of its standard error: lines of JSON. */
export function startInNode(
  node: string,
  entry: string,
  args: readonly string[],
  onLog: (text: string) => void,
): EngineProcess {
  const child = spawn(node, [entry, ...args], {
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  const channels = new Map<number, Channel>();
  const post = (message: ToEngine): void => {
    if (child.connected) child.send(message, () => {});
  };
  const hangUpAll = (): void => {
    for (const channel of channels.values()) channel.close();
    channels.clear();
  };
  child.stderr?.setEncoding('utf8').on('data', onLog);
  return engineProcess({
    pid: () => child.pid,
    post,
    connect(line, channel) {
      channels.set(channel, line);
      post({ type: 'channel', channel });
      line.on('message', ({ data }) => post({ type: 'message', channel, data }));
      line.on('close', () => {
        if (channels.delete(channel)) post({ type: 'hangUp', channel });
      });
      line.start?.();
    },
    onRelayed(message) {
      if (message.type === 'message') channels.get(message.channel)?.postMessage(message.data);
      else if (message.type === 'hungUp') {
        const line = channels.get(message.channel);
        channels.delete(message.channel);
        line?.close();
      }
    },
    onMessage: (listener) => child.on('message', listener),
    onExit(listener) {
      child.once('error', () => listener(null));
      child.once('close', (code) => {
        hangUpAll();
        listener(code);
      });
    },
    kill: () => void child.kill('SIGKILL'),
  });
}
