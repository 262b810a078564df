// Chooses where the engine runs: in Electron's utility process, or on the project's own Node where Electron's Node is too old.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { MessagePortMain } from 'electron';
import { HindcastError } from '../engine/contract/values/errors.ts';
import { projectRoot } from '../engine/hosts/node/paths.ts';
import type { EngineProcess } from '../engine/hosts/utility/engine-process.ts';
import { startInNode } from '../engine/hosts/utility/start-in-node.ts';
import { startInUtilityProcess } from './start-in-utility-process.ts';

/** The store needs Node-API 10; an older Node does not refuse it, it crashes. */
const LEAST_NODE = [22, 14] as const;

/** @param onLog text of the engine's standard error. */
export function chooseEngine(
  onLog: (text: string) => void,
): (workspacePath: string, again: boolean) => EngineProcess<MessagePortMain> {
  const argumentsFor = (workspacePath: string, again: boolean): string[] => [
    workspacePath,
    ...(again ? ['--existing'] : []),
  ];
  const entry = unpacked(join(projectRoot, 'out', 'main', 'utility.js'));
  if (isRecent(process.versions.node)) {
    return (...how) => startInUtilityProcess(entry, argumentsFor(...how), onLog);
  }
  const node = ownNode();
  if (!existsSync(node)) {
    throw new HindcastError(
      'internal',
      `Electron ${process.versions.electron} has Node ${process.versions.node}, too old for the store, and ${node} is missing; run npm install, or name a newer Node in HINDCAST_NODE.`,
    );
  }
  return (...how) => startInNode(node, entry, argumentsFor(...how), onLog);
}

/** In a packaged application: what other programs start or open lies beside the archive (electron-builder.yml). */
export const unpacked = (path: string): string => path.replace(/app\.asar(?=[\\/]|$)/, 'app.asar.unpacked');

function ownNode(): string {
  const program = process.platform === 'win32' ? 'node.exe' : 'node';
  return process.env.HINDCAST_NODE ?? join(projectRoot, 'node_modules', 'node', 'bin', program);
}

function isRecent(version: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major > LEAST_NODE[0] || (major === LEAST_NODE[0] && minor >= LEAST_NODE[1]);
}
