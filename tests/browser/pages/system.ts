// Records what the workbench shows through the system: notifications, and progress in the task bar (in the browser: the page's
// title). It records them where the shell hands them over, in the page or in Electron's main process; the test decides whether
// the window is in front.
import type { JSHandle } from '@playwright/test';
import type { Workbench } from '../../workbench/fixture.ts';

interface Shown {
  readonly title: string;
  readonly body: string;
}

interface SystemRecord {
  looking: boolean;
  /** How often the shell asked whether the window is in front. */
  looks: number;
  /** How often the window was brought to the front. */
  brought: number;
  readonly shown: (Shown & { click(): void })[];
  readonly progress: number[];
  /** Only a browser has one. */
  permission: NotificationPermission;
  /** For each time that it was asked for: whether by a gesture of the user. */
  readonly asked: boolean[];
}

export class System {
  readonly workbench: Workbench;
  private readonly record: JSHandle<SystemRecord>;
  private constructor(workbench: Workbench, record: JSHandle<SystemRecord>) {
    this.workbench = workbench;
    this.record = record;
  }

  /** From now on the window is in the background, unless the test says otherwise. */
  static async of(workbench: Workbench, permission: NotificationPermission = 'granted'): Promise<System> {
    const { app, page } = workbench;
    const fresh: SystemRecord = {
      looking: false,
      looks: 0,
      brought: 0,
      shown: [],
      progress: [],
      permission,
      asked: [],
    };
    const record = app
      ? await app.evaluateHandle(recordMain, fresh)
      : await page.evaluateHandle(recordPage, fresh);
    return new System(workbench, record);
  }

  shown(): Promise<Shown[]> {
    return this.record.evaluate(({ shown }) => shown.map(({ title, body }) => ({ title, body })));
  }

  clickLast(): Promise<void> {
    return this.record.evaluate(({ shown }) => shown.at(-1)?.click());
  }

  brought(): Promise<number> {
    return this.record.evaluate(({ brought }) => brought);
  }

  looks(): Promise<number> {
    return this.record.evaluate(({ looks }) => looks);
  }

  asked(): Promise<readonly boolean[]> {
    return this.record.evaluate(({ asked }) => asked);
  }

  set(change: Partial<Pick<SystemRecord, 'looking' | 'permission'>>): Promise<void> {
    return this.record.evaluate((record, change) => void Object.assign(record, change), change);
  }

  /** 0 to 1; null where none is shown. */
  async progress(): Promise<number | null> {
    const { app, page } = this.workbench;
    if (app) {
      const fraction = await this.record.evaluate(({ progress }) => progress.at(-1) ?? -1);
      return fraction === -1 ? null : fraction;
    }
    const [percent] = /^\d+(?= % · (.+ – )?Hindcast$)/.exec(await page.title()) ?? [];
    return percent === undefined ? null : Number(percent) / 100;
  }
}

function recordMain(
  { BrowserWindow, Notification }: typeof Electron.CrossProcessExports,
  record: SystemRecord,
): SystemRecord {
  const window = BrowserWindow.getAllWindows()[0]!;
  Notification.isSupported = () => true;
  Notification.prototype.show = function show(this: Electron.Notification) {
    const { title, body } = this;
    record.shown.push({ title, body, click: () => void this.emit('click') });
  };
  window.isFocused = () => {
    record.looks += 1;
    return record.looking;
  };
  window.focus = () => {
    record.brought += 1;
  };
  window.setProgressBar = (fraction) => void record.progress.push(fraction);
  return record;
}

function recordPage(record: SystemRecord): SystemRecord {
  window.Notification = class {
    onclick: (() => void) | null = null;
    static get permission(): NotificationPermission {
      return record.permission;
    }
    static async requestPermission(): Promise<NotificationPermission> {
      record.asked.push(navigator.userActivation.isActive);
      record.permission = 'granted';
      return record.permission;
    }
    constructor(title: string, { body = '' }: NotificationOptions = {}) {
      record.shown.push({ title, body, click: () => this.onclick?.() });
    }
    close(): void {}
  } as unknown as typeof Notification;
  document.hasFocus = () => {
    record.looks += 1;
    return record.looking;
  };
  window.focus = () => {
    record.brought += 1;
  };
  return record;
}
