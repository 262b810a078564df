// The music of a written text: a piano roll to look at, a player with a cursor, and files to take away.
import { Button, Group } from '@mantine/core';
import { IconDownload, IconPlayerPause, IconPlayerPlay } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useShell } from '../../app/shell-context.tsx';
import { useEngine } from '../../engine/engine-context.tsx';
import { BusyButton } from '../../ui/busy-button.tsx';
import { fileName, formatCount } from '../../ui/format.ts';
import { attempt, notifyDone } from '../../ui/messages.tsx';
import { Panel } from '../../ui/page.tsx';
import css from './generate.module.css';
import { PianoRoll } from './piano-roll.tsx';
import { usePlayer } from './use-player.ts';

interface MusicPanelProps {
  readonly name: string;
  /** Whole, with its prompt. */
  readonly text: string;
}

export function MusicPanel({ name, text }: MusicPanelProps) {
  const engine = useEngine();
  const shell = useShell();
  const { data } = useQuery({
    queryKey: ['generation', 'music', text],
    queryFn: ({ signal }) => engine.generation.music({ text }, { signal }),
    enabled: text !== '',
    retry: false,
    staleTime: Number.POSITIVE_INFINITY,
  });
  const player = usePlayer(text, async () => {
    const found = await engine.generation.music({ text, hasWave: true });
    return found?.wave ?? null;
  });
  if (!data) return null;
  const { midi } = data;
  const toggle = player.isPlaying ? player.pause : player.play;
  // The space bar comes past the button, which waits while the sound is made.
  const toggleByKey = () => player.isLoading || toggle();
  const save = (ending: string, contentOf: () => Promise<Blob | null>) =>
    attempt(async () => {
      const content = await contentOf();
      if (!content) return;
      const title = `${fileName(name)}.${ending}`;
      const saved = await shell.saveFiles(title, [{ name: title, content }]);
      if (saved) notifyDone(`Saved: ${saved.destination}`);
    });
  return (
    <Panel
      title={`Music: ${formatCount(data.notes.length)} notes, ${formatCount(Math.round(data.seconds))} s`}
      actions={
        <Group gap="xs">
          <span className={`num muted ${css.at}`}>
            {player.at.toFixed(1)} of {data.seconds.toFixed(1)} s
          </span>
          <BusyButton
            size="compact-sm"
            variant="default"
            isBusy={player.isLoading}
            leftSection={
              player.isPlaying ? (
                <IconPlayerPause size={14} aria-hidden />
              ) : (
                <IconPlayerPlay size={14} aria-hidden />
              )
            }
            onClick={toggle}
          >
            {player.isPlaying ? 'Pause' : 'Play'}
          </BusyButton>
          {(
            [
              ['mid', 'MIDI', async () => midi],
              ['wav', 'WAV', player.load],
              ['txt', 'Text', async () => new Blob([text], { type: 'text/plain' })],
            ] as const
          ).map(([ending, label, contentOf]) => (
            <Button
              key={ending}
              variant="subtle"
              size="compact-xs"
              leftSection={<IconDownload size={14} aria-hidden />}
              aria-label={`Save as ${label}`}
              onClick={() => save(ending, contentOf)}
            >
              {label}
            </Button>
          ))}
        </Group>
      }
    >
      <PianoRoll music={data} at={player.at} onSeek={player.seek} onToggle={toggleByKey} />
    </Panel>
  );
}
