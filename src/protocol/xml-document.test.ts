import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseXml, XmlMalformed } from './xml-document.ts';
import { escapeXml } from './xml-text.ts';

describe('XML as clients send it', () => {
  it('elements, attributes, text, character data and comments', () => {
    const root = parseXml(
      '\ufeff<?xml version="1.0"?>\n<!-- c --><a xmlns="u" xsi:type=\'t\'>x &amp; &#233;&#xe9;<b/><n:c>1</n:c><![CDATA[<&]]></a>\n',
    );
    expect(root.name).toBe('a');
    expect(root.attributes.get('xsi:type')).toBe('t');
    expect(root.text).toBe('x & éé<&');
    expect(root.children.map(({ name, text }) => [name, text])).toEqual([
      ['b', ''],
      ['c', '1'],
    ]);
  });

  it.each([
    '',
    'text',
    '<a>',
    '</a>',
    '<a></b>',
    '<a/><b/>',
    '<a/>text',
    '<a b></a>',
    '<a b="c></a>',
    '<a>&b;</a>',
    '<a>& </a>',
    '<a>&#x110000;</a>',
    '<!DOCTYPE a><a/>',
    '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>',
    '<a><!-- </a>',
    '<a>'.repeat(65) + '</a>'.repeat(65),
  ])('%s is malformed', (text) => {
    expect(() => parseXml(text)).toThrow(XmlMalformed);
  });

  it('what is escaped comes back as it was', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        // Control characters are written as references, which is how AWS does it.
        expect(parseXml(`<a b="${escapeXml(text)}">${escapeXml(text)}</a>`).text).toBe(text);
      }),
    );
  });

  it('never throws but to say that it is malformed', () => {
    const piece = fc.constantFrom(
      '<',
      '>',
      'a',
      '/',
      '&',
      ';',
      '"',
      "'",
      '=',
      ' ',
      '!',
      '-',
      '[',
      ']',
      '?',
      'x',
      '#',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
        try {
          parseXml(pieces.join(''));
        } catch (fault) {
          expect(fault).toBeInstanceOf(XmlMalformed);
        }
      }),
    );
  });
});
