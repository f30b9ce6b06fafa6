export interface DockerInstruction {
  readonly name: string;
  readonly argument: string;
}

/** The instructions of a Dockerfile in order; comments and line continuations are gone. */
export function dockerInstructions(text: string): readonly DockerInstruction[] {
  return text
    .replaceAll(/^#.*\n/gm, '')
    .replaceAll(/\\\n\s*/g, '')
    .split('\n')
    .flatMap((line) => {
      const [, name, argument] = /^([A-Z]+)\s+(.+)$/.exec(line) ?? [];
      return name === undefined || argument === undefined ? [] : [{ name, argument }];
    });
}
