// Questions to the user as promises: a confirmation before something is lost, and one line of text.
import { Button, Group, Modal, Text, TextInput } from '@mantine/core';
import { type FormEvent, type ReactNode, useState, useSyncExternalStore } from 'react';

interface Question {
  readonly title: string;
  readonly body?: ReactNode;
  /** The word on the button: what will be done, never "OK". */
  readonly action: string;
  readonly danger?: boolean;
  /** Asks for a text that begins with this. */
  readonly text?: { readonly label: string; readonly initial: string };
}

interface Asked extends Question {
  readonly answer: (text: string | null) => void;
}

let open: Asked | null = null;
const listeners = new Set<() => void>();

function show(next: Asked | null): void {
  open = next;
  for (const listener of listeners) listener();
}

function ask(question: Question): Promise<string | null> {
  return new Promise((resolve) => {
    open?.answer(null);
    show({
      ...question,
      answer: (text) => {
        resolve(text);
        show(null);
      },
    });
  });
}

export async function confirm(question: Omit<Question, 'text'>): Promise<boolean> {
  return (await ask(question)) !== null;
}

/** Null when the user thinks better of it. */
export function askText(question: Question & { readonly text: NonNullable<Question['text']> }) {
  return ask(question);
}

export function Dialogs() {
  const asked = useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => open,
  );
  return (
    <Modal opened={asked !== null} onClose={() => asked?.answer(null)} title={asked?.title} size="md">
      {asked && <Body asked={asked} />}
    </Modal>
  );
}

function Body({ asked }: { readonly asked: Asked }) {
  const [text, setText] = useState(asked.text?.initial ?? '');
  function submit(event: FormEvent): void {
    event.preventDefault();
    asked.answer(text.trim());
  }
  const ready = !asked.text || text.trim() !== '';
  return (
    <form onSubmit={submit}>
      {asked.body && (
        <Text size="sm" mb="md">
          {asked.body}
        </Text>
      )}
      {asked.text && (
        <TextInput
          label={asked.text.label}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
          onFocus={(event) => event.currentTarget.select()}
          maxLength={200}
          mb="md"
          data-autofocus
        />
      )}
      <Group justify="flex-end" gap="xs">
        <Button
          variant="default"
          onClick={() => asked.answer(null)}
          data-autofocus={asked.danger && !asked.text ? true : undefined}
        >
          Cancel
        </Button>
        <Button
          type="submit"
          disabled={!ready}
          {...(asked.danger ? { color: 'red.9' } : {})}
          data-autofocus={asked.danger || asked.text ? undefined : true}
        >
          {asked.action}
        </Button>
      </Group>
    </form>
  );
}
