// A host in a process of its own, like a window or another terminal. It ends when its parent does.
import { openEngine } from '../../../engine/hosts/engine/open-engine.ts';

const engine = await openEngine({ workspacePath: process.argv[2] ?? '', log: () => {} });
process.send?.('ready');
process.on('disconnect', () => engine.close().then(() => process.exit(0)));
