// The text that a model writes: tokens coloured by how improbable the model found them, what the colours mean, and the probability of the token
// under the pointer, or of the one that the arrow keys have come to.
import { type KeyboardEvent, memo, type PointerEvent, useEffect, useId, useRef, useState } from 'react';
import { formatCount, formatNumber, plural } from '../../ui/format.ts';
import css from './generate.module.css';
import type { Writing, WrittenToken } from './use-writing.ts';

interface WrittenTextProps {
  readonly writing: Writing;
  readonly isColored: boolean;
  /** The prompt cannot be read: there is no text. */
  readonly isRefused: boolean;
  /** Tokens that were asked for. */
  readonly wanted: number;
}

export function WrittenText({ writing, isColored, isRefused, wanted }: WrittenTextProps) {
  const { prompt, tokens, isWriting } = writing;
  const [pointed, setPointed] = useState<number | null>(null);
  const text = useRef<HTMLElement>(null);
  const hint = useId();
  const isEmpty = prompt === '' && tokens.length === 0;
  // Another text has other tokens.
  useEffect(() => {
    if (tokens.length === 0) setPointed(null);
  }, [tokens.length]);
  function moveTo(index: number): void {
    const next = Math.max(0, Math.min(tokens.length - 1, index));
    setPointed(next);
    text.current?.querySelector(`[data-token="${next}"]`)?.scrollIntoView({ block: 'nearest' });
  }
  function onKey(event: KeyboardEvent): void {
    const moves: Readonly<Record<string, number>> = {
      ArrowRight: pointed === null ? 0 : pointed + 1,
      ArrowLeft: pointed === null ? tokens.length - 1 : pointed - 1,
      Home: 0,
      End: tokens.length - 1,
    };
    const to = moves[event.key];
    if (to === undefined || tokens.length === 0 || event.altKey || event.ctrlKey || event.metaKey) return;
    moveTo(to);
    event.preventDefault();
  }
  function onPointer(event: PointerEvent): void {
    const at = (event.target as Element).closest<HTMLElement>('[data-token]')?.dataset.token;
    setPointed(at === undefined ? null : Number(at));
  }
  return (
    <>
      {!isRefused && (
        <div className={css.about}>
          {isColored && (
            <span className={css.legend}>
              <span>100&nbsp;%</span>
              <span className={css.ramp} />
              <span>{formatNumber(100 * 2 ** -MOST_BITS, 2)}&nbsp;% or less</span>
            </span>
          )}
          <span role="status" className="num">
            {pointed !== null && tokens[pointed]
              ? sentenceOf(tokens[pointed])
              : isWriting
                ? `${formatCount(tokens.length)} of ${plural(wanted, 'token')}`
                : sumOf(tokens)}
          </span>
        </div>
      )}
      <section
        ref={text}
        className={css.text}
        aria-label="Written text"
        aria-describedby={tokens.length > 0 ? hint : undefined}
        aria-busy={isWriting}
        tabIndex={tokens.length > 0 ? 0 : undefined}
        onKeyDown={onKey}
        onPointerMove={onPointer}
        onPointerLeave={() => setPointed(null)}
        onBlur={() => setPointed(null)}
      >
        {isEmpty && !isRefused && <span className="muted">The text appears here as it is written.</span>}
        {!isRefused && <span className={css.prompt}>{prompt}</span>}
        {tokens.map((token, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: tokens only come at the end
          <Token key={index} {...{ token, index, isColored }} isPointed={index === pointed} />
        ))}
      </section>
      <span id={hint} className="visually-hidden">
        Left and right say how probable each token was.
      </span>
    </>
  );
}

/** Bits that are shown with the strongest colour. */
const MOST_BITS = 7;
/** Of the strongest colour: more would cover the text. */
const MOST_PERCENT = 60;

const bitsOf = ({ probability }: WrittenToken): number => -Math.log2(Math.max(1e-9, probability));

const sentenceOf = (token: WrittenToken): string =>
  `${JSON.stringify(token.text)} ${formatNumber(100 * token.probability, 3)}\u00a0%, ${formatNumber(bitsOf(token), 2)} bits`;

function sumOf(tokens: readonly WrittenToken[]): string {
  if (tokens.length === 0) return '';
  const bits = tokens.reduce((sum, token) => sum + bitsOf(token), 0) / tokens.length;
  return `${plural(tokens.length, 'token')}, ${formatNumber(bits, 3)} bits each on average`;
}

interface TokenProps {
  readonly token: WrittenToken;
  readonly index: number;
  readonly isColored: boolean;
  readonly isPointed: boolean;
}

/** Thousands of them stay as they are while one comes. */
const Token = memo(function Token({ token, index, isColored, isPointed }: TokenProps) {
  const percent = Math.round(MOST_PERCENT * Math.min(1, bitsOf(token) / MOST_BITS));
  return (
    <span
      data-token={index}
      className={isPointed ? css.pointed : undefined}
      style={
        isColored
          ? { background: `color-mix(in srgb, var(--hc-series-2) ${percent}%, transparent)` }
          : undefined
      }
    >
      {token.text}
    </span>
  );
});
