// The browser's entry: the workbench in the shell of a page.
import { startWorkbench } from '../start.tsx';
import { createBrowserShell } from './browser.ts';
import { styleNonce } from './style-nonce.ts';
import { takeToken } from './token.ts';

const token = takeToken();
if (token) startWorkbench(createBrowserShell(token, styleNonce()));
else {
  const text = document.createElement('p');
  text.textContent =
    'This page needs the whole address that Hindcast printed in its terminal, with the part after "#token=". Copy it from there.';
  document.body.append(text);
}
