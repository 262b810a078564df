/** `Runs – Hindcast`; the program's name alone where the place has no name. */
export const titleOf = (place: string): string => (place === '' ? 'Hindcast' : `${place} – Hindcast`);
