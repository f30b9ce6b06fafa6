/** The characters of IDs in an organization. */
export const lowerCaseAlphabet = 'abcdefghijklmnopqrstuvwxyz0123456789';
