// The browser's entry: the workbench in the shell of a page.
import { startWorkbench } from '../start.tsx';
import { showOutside } from '../start-outside.tsx';
import { createBrowserShell } from './browser.ts';
import { enterByAddress } from './session.ts';
import { styleNonce } from './style-nonce.ts';

if ((await enterByAddress()) === 'outside') showOutside(styleNonce());
else startWorkbench(createBrowserShell(styleNonce()));
