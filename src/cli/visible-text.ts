/**
 * Text for a terminal or a log in which nothing of the user's can act: control characters and direction overrides
 * become visible. Line breaks, tabs and the colours of the palette stay.
 */
export function visibleText(text: string): string {
  return text.replaceAll(acting, (found) =>
    paletteCode.test(found)
      ? found
      : Array.from(found, (char) => (isActing(char) ? shown(char) : char)).join(''),
  );
}

/** The same for what is no terminal: where colours have no place, their codes become visible too. */
export function plainText(text: string): string {
  return visibleText(text).replaceAll('\u001b', shown);
}

// eslint-disable-next-line no-control-regex -- these are what it is about
const acting = /\u001b\[\d{1,2}m|[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g;
// eslint-disable-next-line no-control-regex -- the codes that the palette writes, which change colour and weight only
const paletteCode = /^\u001b\[(?:1|2|22|31|32|33|34|39)m$/;

function isActing(char: string): boolean {
  // eslint-disable-next-line no-control-regex -- as above, one at a time
  return /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/.test(char);
}

function shown(char: string): string {
  return `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
