// The application's menu. Commands of the workbench are sent to the page, which handles them like its own keys.
import { app, Menu, type MenuItemConstructorOptions } from 'electron';
import type { MenuCommand } from '../renderer/shell/shell.ts';

export interface MenuActions {
  send(command: MenuCommand): void;
  openWorkspace(): void;
  createWorkspace(): void;
  openDocumentation(): void;
  openLicences(): void;
}

export function setMenu({
  send,
  openWorkspace,
  createWorkspace,
  openDocumentation,
  openLicences,
}: MenuActions): void {
  const item = (label: string, command: MenuCommand, accelerator?: string): MenuItemConstructorOptions => ({
    label,
    click: () => send(command),
    ...(accelerator && { accelerator }),
  });
  /** Shown for information: the page listens for the key itself, because it knows whether a field has it. */
  const shown = (label: string, command: MenuCommand, accelerator: string): MenuItemConstructorOptions => ({
    ...item(label, command, accelerator),
    registerAccelerator: false,
  });
  const isMac = process.platform === 'darwin';
  const file: MenuItemConstructorOptions[] = [
    item('Import data…', 'import', 'CmdOrCtrl+I'),
    item('New experiment', 'new-experiment', 'CmdOrCtrl+N'),
    item('Open exported model…', 'open-model'),
    { type: 'separator' },
    { label: 'Open workspace…', accelerator: 'CmdOrCtrl+O', click: openWorkspace },
    { label: 'New workspace…', accelerator: 'CmdOrCtrl+Shift+N', click: createWorkspace },
    { type: 'separator' },
    isMac ? { role: 'close' } : { role: 'quit' },
  ];
  // In the order of the page's own navigation (renderer/app/sections.ts).
  const view: MenuItemConstructorOptions[] = [
    item('Runs', 'show-runs', 'CmdOrCtrl+1'),
    item('Data', 'show-data', 'CmdOrCtrl+2'),
    item('Design', 'show-design', 'CmdOrCtrl+3'),
    item('Compare', 'show-compare', 'CmdOrCtrl+4'),
    item('Learn', 'show-learn', 'CmdOrCtrl+5'),
    item('Settings', 'show-settings', 'CmdOrCtrl+,'),
    { type: 'separator' },
    shown('Command palette', 'palette', 'CmdOrCtrl+K'),
    { type: 'separator' },
    { role: 'resetZoom' },
    { role: 'zoomIn' },
    { role: 'zoomOut' },
    { role: 'togglefullscreen' },
    { type: 'separator' },
    { role: 'reload' },
    { role: 'toggleDevTools' },
  ];
  const template: MenuItemConstructorOptions[] = [
    { label: 'File', submenu: file },
    { role: 'editMenu' },
    { label: 'View', submenu: view },
    { role: 'windowMenu' },
    {
      role: 'help',
      submenu: [
        item('Keyboard', 'keyboard-help', 'F1'),
        { label: 'Documentation', click: openDocumentation },
        { type: 'separator' },
        { label: 'Licences', click: openLicences },
        { role: 'about', label: 'About Hindcast' },
      ],
    },
  ];
  Menu.setApplicationMenu(
    Menu.buildFromTemplate(isMac ? [{ role: 'appMenu', label: app.name }, ...template] : template),
  );
}
