// The engine in a process of plain Node: for an Electron whose own Node is too old for the store. Ports cannot leave Electron, so
// the main process relays each line.
import { spawn } from 'node:child_process';
import type { MessagePortMain } from 'electron';
import type { ToEngine } from '../engine/hosts/utility/protocol.ts';
import { type EngineProcess, engineProcess } from './engine-process.ts';

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
  const ports = new Map<number, MessagePortMain>();
  const post = (message: ToEngine): void => {
    if (child.connected) child.send(message, () => {});
  };
  const closePorts = (): void => {
    for (const port of ports.values()) port.close();
    ports.clear();
  };
  child.stderr?.setEncoding('utf8').on('data', onLog);
  return engineProcess({
    pid: () => child.pid,
    post,
    connect(port, channel) {
      ports.set(channel, port);
      post({ type: 'channel', channel });
      port.on('message', ({ data }) => post({ type: 'message', channel, data }));
      port.on('close', () => {
        if (ports.delete(channel)) post({ type: 'hangUp', channel });
      });
      port.start();
    },
    onRelayed(message) {
      if (message.type === 'message') ports.get(message.channel)?.postMessage(message.data);
      else if (message.type === 'hungUp') {
        const port = ports.get(message.channel);
        ports.delete(message.channel);
        port?.close();
      }
    },
    onMessage: (listener) => child.on('message', listener),
    onExit(listener) {
      child.once('error', () => listener(null));
      child.once('close', (code) => {
        closePorts();
        listener(code);
      });
    },
    kill: () => void child.kill('SIGKILL'),
  });
}
