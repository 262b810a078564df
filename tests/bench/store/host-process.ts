// A host in a process of its own, as a window or another terminal would be. Ends when its parent does.
import { openEngine } from '../../../engine/hosts/engine/open-engine.ts';

const engine = await openEngine({ workspacePath: process.argv[2] ?? '', log: () => {} });
process.send?.('ready');
process.on('disconnect', () => engine.close().then(() => process.exit(0)));
