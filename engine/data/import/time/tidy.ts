// Times in words: weekdays, comments, AM and PM without a space, signs of other scripts, and zones as words. They are rewritten to forms
// that are read, the same way for the sample and for DuckDB.
import { sqlText } from '../columns/number-style.ts';

/** Hours and minutes from UTC. Words that mean several zones (IST) are none. */
export const ZONES: Readonly<Record<string, string>> = {
  UTC: '+00:00',
  GMT: '+00:00',
  WET: '+00:00',
  WEST: '+01:00',
  BST: '+01:00',
  CET: '+01:00',
  CEST: '+02:00',
  MEZ: '+01:00',
  MESZ: '+02:00',
  EET: '+02:00',
  EEST: '+03:00',
  MSK: '+03:00',
  EST: '-05:00',
  EDT: '-04:00',
  CST: '-06:00',
  CDT: '-05:00',
  MST: '-07:00',
  MDT: '-06:00',
  PST: '-08:00',
  PDT: '-07:00',
  AKST: '-09:00',
  AKDT: '-08:00',
  HST: '-10:00',
  JST: '+09:00',
  KST: '+09:00',
  HKT: '+08:00',
  SGT: '+08:00',
  AEST: '+10:00',
  AEDT: '+11:00',
  NZST: '+12:00',
  NZDT: '+13:00',
};

export const WEEKDAYS =
  'mo|di|mi|do|fr|sa|so|montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonnabend|sonntag|' +
  'lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|lun|mer|jeu|ven|sam|dim|' +
  'lunes|martes|miércoles|jueves|viernes|sábado|domingo|jue|vie|sáb|dom';

/** `01.01.2024 00:00 - 01.01.2024 01:00` */
const INTERVAL =
  '^(\\d[\\d./:T-]*(?: +\\d[\\d.:]*)?(?: ?[A-Z]{1,4})?)\\s+(?:-|–|—|to|bis|until)\\s+\\d{1,4}[./-]\\d{1,2}[./-]\\d{1,4}.*$';
/** `2024-01-01T00:00Z/2024-01-01T01:00Z` */
const ISO_INTERVAL = '^(\\d{4}-\\d\\d-\\d\\dT[\\d:.]+(?:Z|[+-]\\d\\d:?\\d\\d)?)/\\d{4}-.*$';

/** Pattern and replacement, in order; patterns that JavaScript and RE2 read alike. */
const RULES: readonly (readonly [string, string])[] = [
  ['^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]*[.,]?\\s+', ''],
  [`^(?i:${WEEKDAYS})[.,]?\\s+(\\d)`, '\\1'],
  // Of an interval its start.
  [INTERVAL, '\\1'],
  [ISO_INTERVAL, '\\1'],
  ['(\\d)\\s*(?:Uhr|[Hh]rs?|h)$', '\\1'],
  ['\\s*\\([^)]*\\)$', ''],
  // Dates and clocks of names of files, and ISO 8601 without signs.
  ['^(\\d{4}-?\\d\\d-?\\d\\d)_(\\d)', '\\1 \\2'],
  ['^(\\d{4}-\\d\\d-\\d\\d)[ T](\\d\\d)-(\\d\\d)-(\\d\\d)$', '\\1 \\2:\\3:\\4'],
  ['^(\\d{4})(\\d\\d)(\\d\\d)T(\\d\\d)(\\d\\d)(\\d\\d)(Z|[+-]\\d{4})$', '\\1-\\2-\\3T\\4:\\5:\\6\\7'],
  ['^(\\d{4})(\\d\\d)(\\d\\d)T(\\d\\d)(\\d\\d)(Z|[+-]\\d{4})$', '\\1-\\2-\\3T\\4:\\5\\6'],
  // The hour that ends: `HE07`.
  ['\\s(?:HE ?|H)(\\d{1,2})$', ' \\1'],
  // `2024-01-01T00:00+09:00[Asia/Tokyo]`: the offset says it.
  ['([+-]\\d\\d:?\\d\\d|Z)\\[[\\w/+-]+\\]$', '\\1'],
  ['^(\\d{4})\\s*[年년]\\s*(\\d{1,2})\\s*[月월]\\s*(\\d{1,2})\\s*[日일]', '\\1-\\2-\\3'],
  ['^(\\d{4})\\.\\s+(\\d{1,2})\\.\\s+(\\d{1,2})\\.?', '\\1-\\2-\\3'],
  // Halves of the day before the clock.
  ['(?:上午|午前|오전|凌晨)\\s*(\\d{1,2}:\\d\\d(?::\\d\\d)?)$', '\\1 AM'],
  ['(?:下午|午後|오후|晚上)\\s*(\\d{1,2}:\\d\\d(?::\\d\\d)?)$', '\\1 PM'],
  // Days and hours that are filled up by a space.
  ['^([A-Z][a-z]{2})\\s{2,}(\\d)', '\\1 \\2'],
  [',\\s+(\\d)', ' \\1'],
  ['(:\\d{2})\\s*([AaPp])\\.?[Mm]?\\.?$', '\\1 \\2M'],
  ['(?:GMT|UTC)\\s*([+-]\\d{2}:?\\d{2})$', '\\1'],
];
const ZONE_WORD = '\\s+([A-Z]{3,4})(\\s+\\d{4})?$';
/** `Jan 01 00:00:00 +00:00 2024`, as Unix writes it. */
const YEAR_LAST: readonly [string, string] = [
  '^([A-Z][a-z]{2} +\\d{1,2}) (\\d{1,2}:\\d{2}:\\d{2})( [+-]\\d{2}:\\d{2})? (\\d{4})$',
  '\\1 \\4 \\2\\3',
];

const inScript = (to: string): string => to.replace(/\\(\d)/g, '$$$1');
const COMPILED = RULES.map(([from, to]) => [new RegExp(from), inScript(to)] as const);
const ZONE = new RegExp(ZONE_WORD);
const COMPILED_YEAR_LAST = [new RegExp(YEAR_LAST[0]), inScript(YEAR_LAST[1])] as const;

/** No time is longer; the patterns would compare each pair of signs of such a text. */
const LONGEST = 500;

export function tidyText(text: string): string {
  let tidied = text.trim();
  if (tidied.length > LONGEST) return tidied;
  for (const [from, to] of COMPILED) tidied = tidied.replace(from, to);
  tidied = tidied.replace(ZONE, (whole, word: string, year: string | undefined) =>
    ZONES[word] === undefined ? whole : ` ${ZONES[word]}${year ?? ''}`,
  );
  return tidied.replace(...COMPILED_YEAR_LAST);
}

const replaceSql = (x: string, [from, to]: readonly [string, string]): string =>
  `regexp_replace(${x}, ${sqlText(from)}, ${sqlText(to)})`;

/** The text expression `x`, rewritten. */
export function tidySql(x: string): string {
  const ruled = RULES.reduce(replaceSql, `trim(${x})`);
  const words = Object.keys(ZONES).map(sqlText).join(', ');
  const cases = Object.entries(ZONES).map(
    ([word, offset]) => `WHEN ${sqlText(word)} THEN ${sqlText(offset)}`,
  );
  const word = `regexp_extract(r, ${sqlText(ZONE_WORD)}, 1)`;
  const zoned =
    `CASE WHEN ${word} IN (${words}) THEN regexp_replace(r, ${sqlText(ZONE_WORD)}, ' ') || ` +
    `CASE ${word} ${cases.join(' ')} END || regexp_extract(r, ${sqlText(ZONE_WORD)}, 2) ELSE r END`;
  // A list of one names the value, so that it is computed once.
  const named = `list_transform([${ruled}], lambda r: ${zoned})[1]`;
  return replaceSql(named, YEAR_LAST);
}

/** Both ends of a time stand in the text. */
export const isInterval = (text: string): boolean =>
  text.length <= LONGEST && [INTERVAL, ISO_INTERVAL].some((form) => new RegExp(form).test(text.trim()));

/** The zone that a text names as a word; null where none. */
export function zoneWord(text: string): string | null {
  const word = ZONE.exec(tidyTextWithoutZones(text))?.[1];
  return word !== undefined && ZONES[word] !== undefined ? word : null;
}

const tidyTextWithoutZones = (text: string): string =>
  (text.length > LONGEST ? [] : COMPILED).reduce(
    (tidied, [from, to]) => tidied.replace(from, to),
    text.trim(),
  );
