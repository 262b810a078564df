// The choice of a task's kind is part of the form as soon as a second kind is registered.
import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { expect, test, vi } from 'vitest';
import { TaskKindField } from '../../renderer/features/design/task-kind-field.tsx';

vi.mock('../../renderer/features/design/fields.tsx', () => ({
  ChoiceField: (field: { path: string; label: string; data: readonly { value: string; label: string }[] }) =>
    `${field.label} (${field.path}): ${field.data.map(({ value, label }) => `${value}=${label}`).join(' ')}`,
}));

const drawn = (screens: Record<string, { title: string }>): string =>
  renderToStaticMarkup(createElement(TaskKindField, { screens, onChange: () => {} }));

test('one kind of task leaves nothing to choose', () => {
  expect(drawn({ forecast: { title: 'Forecast' } })).toBe('');
});

test('two kinds are choices by their titles', () => {
  expect(drawn({ forecast: { title: 'Forecast' }, 'next-sign': { title: 'Next sign' } })).toBe(
    'Kind of task (task.kind): forecast=Forecast next-sign=Next sign',
  );
});
