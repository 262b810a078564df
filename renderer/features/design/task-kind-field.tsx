// The kind of task, as a choice if there are several.
import type { TaskScreens } from '../../tasks/task-screens.ts';
import { ChoiceField } from './fields.tsx';

interface TaskKindFieldProps {
  /** By kind. */
  readonly screens: Readonly<Record<string, Pick<TaskScreens, 'title'>>>;
  readonly onChange: (kind: string) => void;
}

export function TaskKindField({ screens, onChange }: TaskKindFieldProps) {
  const kinds = Object.entries(screens).map(([value, { title }]) => ({ value, label: title }));
  if (kinds.length < 2) return null;
  return (
    <ChoiceField
      path="task.kind"
      label="Kind of task"
      help="What the model learns to predict."
      data={kinds}
      onChange={onChange}
    />
  );
}
