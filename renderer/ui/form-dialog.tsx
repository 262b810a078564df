// A dialog that asks for a few values before something begins: words, fields, and a button that names what will be done. Enter does it too.
import { Button, Group, Modal, Stack } from '@mantine/core';
import { type FormEvent, type ReactNode, useState } from 'react';
import { BusyButton } from './busy-button.tsx';
import classes from './ui.module.css';

interface FormDialogProps {
  readonly title: string;
  readonly size?: 'md' | 'lg';
  /** What it is about, in a sentence or two. */
  readonly words?: ReactNode;
  /** The word on the button: what will be done, never "OK". */
  readonly action: string;
  /** What else is to be known of it, where a pointer rests on the button. */
  readonly hint?: string;
  /** False: the fields do not fit yet, and nothing can begin. */
  readonly isReady?: boolean;
  /** The button waits for it. */
  submit(): Promise<void>;
  onClose(): void;
  readonly children: ReactNode;
}

export function FormDialog({
  title,
  size = 'md',
  words,
  action,
  hint,
  isReady = true,
  submit,
  onClose,
  children,
}: FormDialogProps) {
  const [isBusy, setBusy] = useState(false);
  async function send(event: FormEvent): Promise<void> {
    event.preventDefault();
    if (!isReady) return;
    setBusy(true);
    await submit();
    setBusy(false);
  }
  return (
    <Modal opened onClose={onClose} size={size} title={title}>
      <form onSubmit={(event) => void send(event)}>
        <Stack gap="sm">
          {words && <p className={`muted ${classes.dialogWords}`}>{words}</p>}
          {children}
          <Group justify="flex-end" className={classes.dialogButtons ?? ''}>
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <BusyButton type="submit" isBusy={isBusy} disabled={!isReady} title={hint}>
              {action}
            </BusyButton>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
