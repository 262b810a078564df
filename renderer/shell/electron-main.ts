// The window's entry: the workbench in Electron's shell.
import { startWorkbench } from '../start.tsx';
import { createElectronShell } from './electron.ts';
import { styleNonce } from './style-nonce.ts';

if (!window.hindcast) throw new Error('the preload script did not run');
startWorkbench(createElectronShell(window.hindcast, styleNonce()));
