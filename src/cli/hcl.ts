/** A value as an expression of Terraform's language, in which `${` and `%{` begin templates. */
export function hcl(value: unknown, indent: string): string {
  const inner = `${indent}  `;
  if (Array.isArray(value)) {
    const items = value.map((item) => `${inner}${hcl(item, inner)},`);
    return `[\n${items.join('\n')}\n${indent}]`;
  }
  if (typeof value === 'object' && value !== null) {
    const members = Object.entries(value).map(
      ([name, member]) =>
        `${inner}${/^[A-Za-z]+$/.test(name) ? name : hcl(name, '')} = ${hcl(member, inner)}`,
    );
    return `{\n${members.join('\n')}\n${indent}}`;
  }
  return JSON.stringify(value).replaceAll('${', '$${').replaceAll('%{', '%%{');
}
