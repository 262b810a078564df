// The files of an exported model.
export const CARD_FILE = 'card.json';
export const MODEL_FILE = 'model.json';
export const WEIGHTS_FILE = 'weights.bin';
