// Settings that go together, laid over the draft: what is forecast, and from which data, stays.
import { Button, Menu } from '@mantine/core';
import { IconChevronDown } from '@tabler/icons-react';
import { PRESETS, type Preset } from '../../../engine/defaults/presets.ts';
import { screensOf } from '../../tasks/screens-of.ts';
import classes from './design.module.css';
import { valueAt } from './draft.ts';
import { useDraft } from './draft-context.tsx';

export function PresetMenu() {
  const { draft, replaceDraft } = useDraft();
  if (!screensOf(valueAt(draft, 'task.kind')).hasTimes) return null;
  const apply = (preset: Preset) =>
    replaceDraft(preset.apply(draft), `${preset.label}: its settings are set.`);
  return (
    <Menu position="bottom-start" width={340}>
      <Menu.Target>
        <Button variant="subtle" size="compact-xs" rightSection={<IconChevronDown size={13} aria-hidden />}>
          Presets
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {PRESETS.map((preset) => (
          <Menu.Item key={preset.name} onClick={() => apply(preset)}>
            <b>{preset.label}</b>
            <div className={classes.presetWords}>{preset.words}</div>
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
