/** The Dockerfile, read as its users rely on it. `node scripts/rehearse-container.ts` carries it out. */
import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { dockerInstructions } from '../../scripts/docker/docker-instructions.ts';

const instructions = dockerInstructions(readFileSync('Dockerfile', 'utf8'));
const argumentsOf = (name: string): readonly string[] =>
  instructions.filter((instruction) => instruction.name === name).map(({ argument }) => argument);

describe('the container file', () => {
  it('starts from the Node that the package asks for', () => {
    const { engines } = JSON.parse(readFileSync('package.json', 'utf8')) as { engines: { node: string } };
    const major = /\d+/.exec(engines.node)?.[0] ?? '';
    for (const image of argumentsOf('FROM')) expect(image).toMatch(new RegExp(`^node:${major}-alpine`));
  });

  it('runs as a user that is not root, and says how it is', () => {
    expect(argumentsOf('USER')).toEqual(['node']);
    const order = instructions.map(({ name }) => name);
    expect(order.lastIndexOf('USER')).toBeGreaterThan(order.lastIndexOf('RUN'));
    expect(argumentsOf('HEALTHCHECK')[0]).toContain('/_sealpost/ready');
  });

  it('copies what is there and what .dockerignore lets through', () => {
    const allowed = readFileSync('.dockerignore', 'utf8')
      .split('\n')
      .filter((line) => line.startsWith('!'))
      .map((line) => line.slice(1));
    for (const argument of argumentsOf('COPY').filter((text) => !text.startsWith('--from'))) {
      for (const path of argument.split(' ').slice(0, -1)) {
        expect(existsSync(path)).toBe(true);
        expect(allowed).toContain(path);
      }
    }
  });

  it('brings no credentials', () => {
    expect(argumentsOf('ENV')).toEqual([]);
    expect(argumentsOf('ARG')).toEqual([]);
  });
});
