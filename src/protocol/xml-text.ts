/** XML text: escaping, and the declaration that AWS puts first. */

export const xmlDeclaration = '<?xml version="1.0" encoding="UTF-8"?>\n';

export function escapeXml(text: string): string {
  return escapeControls(
    text
      .replaceAll('&', '&amp;')
      .replaceAll('<', '&lt;')
      .replaceAll('>', '&gt;')
      .replaceAll('"', '&quot;')
      .replaceAll('\r', '&#13;'),
  );
}

/** Control characters, which XML 1.0 has no place for, as AWS writes them all the same. */
export function escapeControls(xml: string): string {
  // eslint-disable-next-line no-control-regex -- keys may hold any of these
  return xml.replace(/[\x00-\x08\x0b\x0c\x0e-\x1f]/g, (c) => `&#x${c.charCodeAt(0).toString(16)};`);
}

/** `<name>text</name>` for each member. */
export function xmlMembers(members: Readonly<Record<string, string>>): string {
  return Object.entries(members)
    .map(([name, text]) => `<${name}>${escapeXml(text)}</${name}>`)
    .join('');
}
