// The Generate tab of a language model: a prompt, how tokens are drawn, and the text as it is written, coloured by how probable the model
// found each token.
import { Button, CopyButton, Group, NumberInput, Slider, Switch, Textarea } from '@mantine/core';
import { useState } from 'react';
import { MOST_LENGTH } from '../../../engine/contract/results/generation.ts';
import classes from '../../features/run/run-page.module.css';
import { BusyButton } from '../../ui/busy-button.tsx';
import { ErrorMessage } from '../../ui/messages.tsx';
import { Panel, Scroll } from '../../ui/page.tsx';
import { numberOf } from '../../ui/typed-number.ts';
import { useFocusBack } from '../../ui/use-focus-back.ts';
import type { RunTabProps } from '../run-tab.ts';
import css from './generate.module.css';
import { MusicPanel } from './music-panel.tsx';
import { useWriting } from './use-writing.ts';
import { WrittenText } from './written-text.tsx';

const BEGIN = {
  prompt: '',
  temperature: 0.8,
  topK: null as number | null,
  topP: 1,
  repetitionPenalty: 1,
  seed: 1,
};

export function GenerateTab({ run }: RunTabProps) {
  const [options, setOptions] = useState(BEGIN);
  const [length, setLength] = useState(400);
  const [isColored, setIsColored] = useState(true);
  const writing = useWriting(run.id);
  const startButton = useFocusBack(writing.isWriting);
  /** Of the text that is there, or on its way. */
  const [wanted, setWanted] = useState(length);
  const write = () => {
    setWanted(length);
    writing.start(options, length);
  };
  const set = (changed: Partial<typeof BEGIN>) => setOptions((before) => ({ ...before, ...changed }));
  // A prompt that the model cannot read is no beginning of a text.
  const isRefused = writing.error !== null && writing.tokens.length === 0;
  const whole = isRefused ? '' : writing.prompt + writing.tokens.map(({ text }) => text).join('');
  return (
    <Scroll label="Generate">
      <div className={classes.charts}>
        <Panel title="How it is written">
          <Textarea
            label="Prompt"
            description="How the text begins; it may be empty."
            value={options.prompt}
            onChange={(event) => set({ prompt: event.currentTarget.value })}
            autosize
            minRows={2}
            maxRows={8}
          />
          <Share
            label="Temperature"
            from={0}
            to={2}
            value={options.temperature}
            onChange={(temperature) => set({ temperature })}
          />
          <Share label="Top-p" from={0.05} to={1} value={options.topP} onChange={(topP) => set({ topP })} />
          <Share
            label="Repetition penalty"
            from={1}
            to={2}
            value={options.repetitionPenalty}
            onChange={(repetitionPenalty) => set({ repetitionPenalty })}
          />
          <Group grow mt="sm">
            <Whole
              label="Top-k"
              placeholder="all"
              from={1}
              value={options.topK}
              onChange={(topK) => set({ topK })}
            />
            <Whole
              label="Tokens"
              from={1}
              to={MOST_LENGTH}
              value={length}
              onChange={(next) => setLength(Math.max(1, next ?? 1))}
            />
            <Whole label="Seed" from={0} value={options.seed} onChange={(seed) => set({ seed: seed ?? 0 })} />
          </Group>
          <Group mt="md">
            <BusyButton ref={startButton} onClick={write} isBusy={writing.isWriting}>
              Write
            </BusyButton>
            {writing.isWriting && (
              <Button variant="default" onClick={writing.cancel}>
                Cancel
              </Button>
            )}
          </Group>
        </Panel>
        <Panel
          title="Text"
          actions={
            <Group gap="sm">
              <Switch
                size="xs"
                label="Colour by surprise"
                checked={isColored}
                onChange={(event) => setIsColored(event.currentTarget.checked)}
              />
              <CopyButton value={whole}>
                {({ copied, copy }) => (
                  <Button variant="subtle" size="compact-xs" onClick={copy} disabled={whole === ''}>
                    {copied ? 'Copied' : 'Copy'}
                  </Button>
                )}
              </CopyButton>
            </Group>
          }
        >
          {writing.error !== null && <ErrorMessage error={writing.error} />}
          <WrittenText writing={writing} isColored={isColored} isRefused={isRefused} wanted={wanted} />
        </Panel>
        {!writing.isWriting && (
          <div className={classes.wide}>
            <MusicPanel name={run.name} text={whole} />
          </div>
        )}
      </div>
    </Scroll>
  );
}

interface FieldProps<Value> {
  readonly label: string;
  readonly from: number;
  readonly value: Value;
  readonly onChange: (value: Value) => void;
}

interface ShareProps extends FieldProps<number> {
  readonly to: number;
}

function Share({ label, from, to, value, onChange }: ShareProps) {
  return (
    <div className={css.setting}>
      <span>{label}</span>
      <span className="num">{value.toFixed(2)}</span>
      <div className={css.slider}>
        <Slider
          thumbLabel={label}
          min={from}
          max={to}
          step={0.05}
          label={null}
          value={value}
          onChange={onChange}
        />
      </div>
    </div>
  );
}

interface WholeProps extends FieldProps<number | null> {
  readonly to?: number;
  /** Where there is no number. */
  readonly placeholder?: string;
}

function Whole({ label, from, to, placeholder, value, onChange }: WholeProps) {
  return (
    <NumberInput
      label={label}
      min={from}
      {...(to === undefined ? {} : { max: to })}
      {...(placeholder === undefined ? {} : { placeholder })}
      clampBehavior="none"
      allowDecimal={false}
      value={value ?? ''}
      onChange={(typed) => onChange(numberOf(typed))}
    />
  );
}
