// Names of months in German, French, Spanish, Italian, Dutch, Portuguese and Russian, rewritten to English ones, the same way for the sample and for
// DuckDB.
import { sqlText } from '../columns/number-style.ts';
import { WEEKDAYS } from './tidy.ts';

const WORDS: readonly (readonly [string, string])[] = [
  ['Jan', 'januar|jänner|janvier|enero|gennaio|januari|janeiro|ene|gen|janv|янв|январ[ья]'],
  ['Feb', 'februar|février|fevrier|febrero|febbraio|februari|fevereiro|fév|fev|févr|фев|феврал[ья]'],
  ['Mar', 'märz|maerz|mars|marzo|maart|março|mär|mrz|mrt|мар|март|марта'],
  ['Apr', 'avril|abril|aprile|avr|abr|апр|апрел[ья]'],
  ['May', 'mai|mayo|maggio|mei|maio|mag|ма[йя]'],
  ['Jun', 'juni|juin|junio|giugno|junho|giu|июн|июн[ья]'],
  ['Jul', 'juli|juillet|julio|luglio|julho|juil|lug|июл|июл[ья]'],
  ['Aug', 'août|aout|agosto|augustus|ago|авг|август|августа'],
  ['Sep', 'septembre|septiembre|settembre|setembro|sept|set|сен|сент|сентябр[ья]'],
  ['Oct', 'oktober|octobre|octubre|ottobre|outubro|okt|ott|out|oct|окт|октябр[ья]'],
  ['Nov', 'novembre|noviembre|novembro|nov|ноя|нояб|ноябр[ья]'],
  ['Dec', 'dezember|décembre|decembre|diciembre|dicembre|dezembro|dez|déc|dic|дек|декабр[ья]'],
];

/** Patterns that JavaScript and RE2 read alike. Words begin and end at a space, a sign or a digit. */
const RULES = WORDS.map(
  ([english, words]) => [`(^|[\\s./\\d-])(?i:${words})\\.?($|[\\s./\\d,-])`, english] as const,
);
/** `1. März 2020` and `5 de mayo de 2020` lose what stands between. */
const BETWEEN = ['(\\d)\\.\\s+|\\s+de\\s+', '\\1 '] as const;

const WEEKDAY = [`^(?i:${WEEKDAYS})[.,]{0,2}\\s+(\\d)`, '\\1'] as const;

const COMPILED = RULES.map(([from, to]) => [new RegExp(from), `$1${to}$2`] as const);
const BETWEEN_WORDS = new RegExp(BETWEEN[0], 'g');
const FIRST_WEEKDAY = new RegExp(WEEKDAY[0]);
/** A letter: every rule is for words. */
const LETTER = /\p{L}/u;

export function monthsText(text: string): string {
  const bare = text
    .trim()
    .replace(FIRST_WEEKDAY, '$1')
    .replace(BETWEEN_WORDS, (_, digit: string | undefined) => `${digit ?? ''} `);
  if (!LETTER.test(bare)) return bare;
  return COMPILED.reduce((now, [from, to]) => now.replace(from, to), bare);
}

/** The text expression `x`, rewritten. */
export function monthsSql(x: string): string {
  const bare = `regexp_replace(regexp_replace(trim(${x}), ${sqlText(WEEKDAY[0])}, ${sqlText(WEEKDAY[1])}), ${sqlText(BETWEEN[0])}, ${sqlText(BETWEEN[1])}, 'g')`;
  return RULES.reduce(
    (now, [from, to]) => `regexp_replace(${now}, ${sqlText(from)}, ${sqlText(`\\1${to}\\2`)})`,
    bare,
  );
}
