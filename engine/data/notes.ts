// What the user should know about the data as used: a list that stays readable however many series there are.

const MOST = 40;

export interface Notes {
  readonly add: (text: string) => void;
  /** In order, the first 40 and how many more there were. */
  readonly list: () => string[];
}

export function createNotes(): Notes {
  const texts: string[] = [];
  return {
    add: (text) => {
      texts.push(text);
    },
    list: () => {
      const more = texts.length - MOST;
      return more > 0 ? [...texts.slice(0, MOST), `And ${more} more notes of this kind.`] : texts;
    },
  };
}
