// Errors and notices in the engine's own sentence.
import { Button } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconAlertTriangle, IconInfoCircle } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { HindcastError } from '../../engine/contract/values/errors.ts';
import classes from './ui.module.css';
import { unbroken } from './unbroken.ts';

export function messageOf(error: unknown): string {
  return HindcastError.wrap(error, 'Something went wrong').message;
}

interface ErrorMessageProps {
  readonly error: unknown;
  /** What it is about, where the sentence does not say: the name of a file. */
  readonly about?: string;
}

export function ErrorMessage({ error, about = '' }: ErrorMessageProps) {
  const message = messageOf(error);
  const isNamed = about === '' || message.includes(about);
  return (
    <div className={classes.error} role="alert">
      <IconAlertTriangle size={16} aria-hidden />
      <span>
        {!isNamed && <b className={classes.about}>{about}</b>} {message}
      </span>
    </div>
  );
}

interface NoteProps {
  readonly children: ReactNode;
  /** For information: nothing is wrong, and there is nothing to do. */
  readonly calm?: boolean;
}

export function Note({ children, calm = false }: NoteProps) {
  return (
    <div className={calm ? classes.remark : classes.note}>
      <IconInfoCircle size={16} aria-hidden />
      <span>{typeof children === 'string' ? unbroken(children) : children}</span>
    </div>
  );
}

const close = { 'aria-label': 'Dismiss' };

export function notifyError(error: unknown): void {
  notifications.show({
    title: 'That did not work',
    message: messageOf(error),
    color: 'red',
    autoClose: 10_000,
    closeButtonProps: close,
  });
}

export function notifyDone(message: string): void {
  notifications.show({ message, color: 'accent', autoClose: 4_000, closeButtonProps: close });
}

const UNDO_MS = 20_000;

/** Says what was done, with a button that takes it back; Ctrl+Z does too where no text is being typed. */
export function notifyUndo(message: string, undo: () => void): void {
  const takeBack = () => {
    notifications.hide(id);
    undo();
  };
  const onKey = (event: KeyboardEvent) => {
    const isUndo = (event.ctrlKey || event.metaKey) && !event.shiftKey && event.key.toLowerCase() === 'z';
    if (!isUndo || isTyping(event.target)) return;
    event.preventDefault();
    takeBack();
  };
  const id = notifications.show({
    message: (
      <span className={classes.undo}>
        {message}
        <Button size="compact-sm" variant="light" onClick={takeBack}>
          Undo
        </Button>
      </span>
    ),
    color: 'accent',
    autoClose: UNDO_MS,
    closeButtonProps: close,
    onClose: () => window.removeEventListener('keydown', onKey),
  });
  window.addEventListener('keydown', onKey);
}

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof Element &&
  target.closest('input:not([type=checkbox]):not([type=radio]), textarea, [contenteditable=true]') !== null;

/** Stays until it is dismissed. */
export function notifyLasting(message: string): void {
  notifications.show({ message, color: 'accent', autoClose: false, closeButtonProps: close });
}

/** Runs an action of the user and says it when it fails. */
export async function attempt<T>(action: () => Promise<T>): Promise<T | undefined> {
  try {
    return await action();
  } catch (error) {
    notifyError(error);
    return undefined;
  }
}
