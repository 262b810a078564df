// The Generate tab of a language model: a prompt, how tokens are drawn, and the text as it is written, coloured by how probable the model
// found each token.
import { Button, CopyButton, Group, NumberInput, Slider, Switch, Textarea } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import classes from '../../features/run/run-page.module.css';
import { formatNumber } from '../../ui/format.ts';
import { ErrorMessage } from '../../ui/messages.tsx';
import { Panel, Scroll } from '../../ui/page.tsx';
import type { RunTabProps } from '../run-tab.ts';
import css from './generate.module.css';
import { useWriting, type WrittenToken } from './use-writing.ts';

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
  const set = (changed: Partial<typeof BEGIN>) => setOptions((before) => ({ ...before, ...changed }));
  const whole = writing.prompt + writing.tokens.map(({ text }) => text).join('');
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
          <Setting label="Temperature" value={options.temperature.toFixed(2)}>
            <Slider
              thumbLabel="Temperature"
              min={0}
              max={2}
              step={0.05}
              label={null}
              value={options.temperature}
              onChange={(temperature) => set({ temperature })}
            />
          </Setting>
          <Setting label="Top-p" value={options.topP.toFixed(2)}>
            <Slider
              thumbLabel="Top-p"
              min={0.05}
              max={1}
              step={0.05}
              label={null}
              value={options.topP}
              onChange={(topP) => set({ topP })}
            />
          </Setting>
          <Setting label="Repetition penalty" value={options.repetitionPenalty.toFixed(2)}>
            <Slider
              thumbLabel="Repetition penalty"
              min={1}
              max={2}
              step={0.05}
              label={null}
              value={options.repetitionPenalty}
              onChange={(repetitionPenalty) => set({ repetitionPenalty })}
            />
          </Setting>
          <Group grow mt="sm">
            <NumberInput
              label="Top-k"
              placeholder="all"
              min={1}
              allowDecimal={false}
              value={options.topK ?? ''}
              onChange={(topK) => set({ topK: topK === '' ? null : Number(topK) })}
            />
            <NumberInput
              label="Tokens"
              min={1}
              max={100_000}
              allowDecimal={false}
              value={length}
              onChange={(next) => setLength(Math.max(1, Number(next) || 1))}
            />
            <NumberInput
              label="Seed"
              min={0}
              allowDecimal={false}
              value={options.seed}
              onChange={(seed) => set({ seed: Number(seed) || 0 })}
            />
          </Group>
          <Group mt="md">
            <Button onClick={() => writing.start(options, length)} loading={writing.isWriting}>
              Write
            </Button>
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
          <section className={css.text} aria-label="Written text" aria-busy={writing.isWriting}>
            {whole === '' && <span className="muted">The text appears here as it is written.</span>}
            <span className={css.prompt}>{writing.prompt}</span>
            {writing.tokens.map((token, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: tokens only come at the end
              <Token key={index} token={token} isColored={isColored} />
            ))}
          </section>
        </Panel>
      </div>
    </Scroll>
  );
}

interface SettingProps {
  readonly label: string;
  readonly value: string;
  readonly children: ReactNode;
}

function Setting({ label, value, children }: SettingProps) {
  return (
    <div className={css.setting}>
      <span>{label}</span>
      <span className="num">{value}</span>
      <div className={css.slider}>{children}</div>
    </div>
  );
}

/** Bits that are shown with the strongest colour. */
const MOST_BITS = 7;

function Token({ token, isColored }: { readonly token: WrittenToken; readonly isColored: boolean }) {
  if (!isColored) return token.text;
  const bits = -Math.log2(Math.max(1e-9, token.probability));
  const share = Math.round(60 * Math.min(1, bits / MOST_BITS));
  return (
    <span
      title={`${formatNumber(100 * token.probability)} %`}
      style={{ background: `color-mix(in srgb, var(--hc-series-2) ${share}%, transparent)` }}
    >
      {token.text}
    </span>
  );
}
