// Formulas as in a book: MathML, which browsers draw and screen readers read.
import { createElement, Fragment, type ReactElement } from 'react';
import { type MathNode, parseMath, splitEquations } from './math-notation.ts';
import classes from './ui.module.css';

/** One formula in the line of a text. */
export function Formula({ text }: { readonly text: string }) {
  return createElement('math', { className: classes.math }, draw(parseMath(text), 0));
}

/** Equations below each other, aligned at their signs of equality. */
export function Equations({ lines }: { readonly lines: readonly string[] }) {
  return (
    <div className={classes.equations}>
      {splitEquations(lines).map(({ left, right, note }) => (
        <Fragment key={`${left}${right}`}>
          <span className={classes.equationLeft}>{left && <Formula text={left} />}</span>
          <span>
            <Formula text={right} />
            {note && <EquationNote text={note} />}
          </span>
        </Fragment>
      ))}
    </div>
  );
}

/** `with attention`, or `without: y_t = s_t`. */
function EquationNote({ text }: { readonly text: string }) {
  const [words = '', formula] = text.split(/:\s*/);
  return (
    <span className={classes.equationNote}>
      {words}
      {formula !== undefined && (
        <>
          : <Formula text={formula} />
        </>
      )}
    </span>
  );
}

const SPACE = { width: '0.35em' };
const BRACKETS = '()[]';

function draw({ tag, text, children = [] }: MathNode, key: number): ReactElement {
  if (tag === 'mspace') return createElement(tag, { key, ...SPACE });
  if (text === undefined) return createElement(tag, { key }, children.map(draw));
  return createElement(tag, { key, ...(BRACKETS.includes(text) ? { stretchy: 'false' } : {}) }, text);
}
