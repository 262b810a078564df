// How much a text looks as if it was written in a language: by its frequent letters, by capitals that begin words, and by words that tables have.
// Statistics of bytes need more text than the header of a table.

/** Frequent letters of an alphabet; the others of it are as good as none. */
const FREQUENT: Readonly<Record<string, string>> = {
  cyrillic: 'оеаинтрсвлкмпдуяыьгзбчйхжшю',
  greek: 'αοιετσνηυρπκμλςόίάέήύώθγδφχβ',
  hebrew: 'יוהלארבמתשנםדכחקפעסטגזןצ',
  arabic: 'اليمونرتبعدسفهكقحجشطصخذغثضزىةأإ',
};

/** Encodings of one byte a character whose letters are all beyond ASCII, and their alphabet. */
const ALPHABETS: readonly (readonly [string, string])[] = [
  ['windows-1251', 'cyrillic'],
  ['koi8-r', 'cyrillic'],
  ['ibm866', 'cyrillic'],
  ['iso-8859-5', 'cyrillic'],
  ['windows-1253', 'greek'],
  ['windows-1255', 'hebrew'],
  ['windows-1256', 'arabic'],
];

/** Characters of dates, weather, prices and sales, and the most frequent ones of all texts. */
const WORDS: readonly (readonly [string, string])[] = [
  [
    'gb18030',
    '的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定行学法所民得经' +
      '十三之进着等部度家电力里如水化高自二理起小物现实加量都两体制机当使点从业本去把性好应开它合还因由其些然前外天政四日那社义事平形相全表间样' +
      '期月时刻间温湿气压风速向降雨最低均值总开收盘价格额涨跌幅交易数据站点名称编号销售单位城市区浓质空指标累计',
  ],
  [
    'euc-kr',
    '이다는에의가고을시지도기일온량평균수강풍속습월년분대한사정자리인하로서어해은들보과장주부전상제성를적여나조관신국방비원구공동용최유체위발경안물고저' +
      '값합계측지점명번호날짜시간기압증감거래종가격매출판역농초미세먼현',
  ],
  [
    'big5',
    '的一是在不了有和人這中大為上個國我以要他時來用們生到作地於出就分對成會可主發年動同工也能下過子說產種面而方後多定行學法所民得經' +
      '十三之進著等部度家電力里如水化高自二理起小物現實加量都兩體制機當使點從業本去把性好應開它合還因由其些然前外天政四日期月間溫濕氣壓風速向降雨' +
      '最低均值總收盤價格額漲跌幅交易數據站名稱編號銷售單位城市區測',
  ],
];

function decoded(bytes: Buffer, encoding: string): string | null {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

/** Kanji that touch Latin letters: most of them stand for letters of Latin words, since tables seldom write both in one. */
export function standsInWords(bytes: Buffer, encoding: string): boolean {
  const text = decoded(bytes, encoding) ?? '';
  const wide = text.match(/[^\0-\x7f]+/gu)?.length ?? 0;
  const touching = text.match(/[a-z][^\0-\x7f]+(?![^\0-\x7f])|[^\0-\x7f]+[a-z]/gu)?.length ?? 0;
  return touching * 2 > wide;
}

/** Letters of the middle of Europe, and of Turkey, that Western Windows has not. */
const LATIN: readonly (readonly [string, string])[] = [
  ['windows-1250', 'ąćęłńóśźżáčďéěíňřšťúůýžőűăîâșțşţĺľŕäöüß'],
  ['windows-1254', 'ışğçöüâîû'],
];
/** Signs and Icelandic letters, which words of the West seldom have inside. */
const FOREIGN = /[a-z][¡-¿×÷](?=[\p{L}\s;,\t"]|$)|[¡-¿×÷][a-z]|[œæ]{2}|[ýþðÝÞÐ\x80-\x9f]/gu;

/** Western Windows, unless a good part of its letters would be signs, and letters in another one of the Latin encodings. */
export function bestLatin(bytes: Buffer): string {
  const western = decoded(bytes, 'windows-1252') ?? '';
  const beyond = western.match(/[^\0-\x7f]/g)?.length ?? 0;
  const foreign = western.match(FOREIGN)?.length ?? 0;
  if (beyond === 0 || foreign * 4 < beyond) return 'windows-1252';
  const best = bestOf(
    LATIN.map(([encoding, letters]) => {
      const other = decoded(bytes, encoding)?.match(/[^\0-\x7f]/gu) ?? [];
      const known = other.filter((one) =>
        letters.includes(one.toLowerCase().normalize('NFC').replace('i̇', 'ı')),
      );
      return { encoding, score: known.length / Math.max(1, other.length) };
    }),
  );
  return best.score >= LIKELY ? best.encoding : 'windows-1252';
}

const LIKELY = 0.8;

/** 0 to 1: frequent letters count, capitals inside a word and other signs count against it. */
function alphabetScore(text: string, frequent: string): number {
  const beyond = text.match(/[^\0-\x7f]/g) ?? [];
  const known = new Set(frequent);
  let score = 0;
  for (const one of beyond) {
    // Rarer letters are later in the list.
    if (known.has(one.toLowerCase()))
      score += 1 - frequent.indexOf(one.toLowerCase()) / (2 * frequent.length);
    else if (!/[\p{L}°№«»–—±²³µ\u00a0]/u.test(one)) score -= 1;
  }
  // Capitals and the final letters of Hebrew stand at one end of a word.
  const misplaced = text.match(/\p{Ll}\p{Lu}|[ךםןףץ]\p{L}/gu)?.length ?? 0;
  return (score - 2 * misplaced) / Math.max(1, beyond.length);
}

/** Another encoding of the alphabet, in which capitals stand for small letters: texts of capitals alone are rare. */
const CAPITALS = 0.8;

function isOfCapitals(text: string): boolean {
  const beyond = text.match(/[^\0-\x7f]/g) ?? [];
  return beyond.filter((one) => /\p{Lu}/u.test(one)).length * 2 > beyond.length;
}

/** Files of Cyrillic Windows are more frequent than those of the other encodings. */
const RARER = 0.85;

interface Scored {
  readonly encoding: string;
  readonly score: number;
}

const bestOf = (scores: readonly Scored[]): Scored =>
  scores.reduce((best, one) => (one.score > best.score ? one : best), { encoding: '', score: 0 });

/** The encoding of one byte a character whose letters fit best; its score is 0 where none does. */
export function bestAlphabet(bytes: Buffer): Scored {
  return bestOf(
    ALPHABETS.map(([encoding, alphabet]) => {
      const text = decoded(bytes, encoding);
      const score = text === null ? 0 : alphabetScore(text, FREQUENT[alphabet] ?? '');
      const likely = isOfCapitals(text ?? '') ? CAPITALS * score : score;
      return { encoding, score: encoding === 'windows-1251' ? likely : RARER * likely };
    }),
  );
}

/** The same of the encodings of two bytes a character that look alike. */
export function bestWide(bytes: Buffer): Scored {
  return bestOf(
    WORDS.map(([encoding, words]) => {
      const beyond = decoded(bytes, encoding)?.match(/[^\0-\x7f]/gu) ?? [];
      const known = new Set(words);
      return { encoding, score: beyond.filter((one) => known.has(one)).length / Math.max(1, beyond.length) };
    }),
  );
}
