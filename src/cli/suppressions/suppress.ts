/**
 * Findings that the project lives with, taken out of what is told: those that the settings, comments and metadata of the
 * files themselves, and a baseline name.
 * spec: LINT-SUPPRESS-1, LINT-SUPPRESS-2
 */
import type { Finding } from '../../lint/finding.ts';
import {
  applySuppressions,
  unusedSuppression,
  type Suppressed,
  type Suppression,
} from '../../lint/suppression.ts';
import type { Fault } from '../../policy/document/fault.ts';
import type { SettingsFile } from '../settings-file.ts';
import type { Baseline } from './baseline.ts';
import { inlineIgnores } from './inline-ignores.ts';
import type { ProjectSuppression, ReadText } from './project-suppression.ts';
import { settingsSuppressions } from './settings-suppressions.ts';

export interface SuppressionSources {
  readonly settings: SettingsFile | null;
  readonly baseline: Baseline | null;
  /** Everything that was read. */
  readonly texts: readonly ReadText[];
}

export interface SuppressedFindings {
  /** For each list that was given, in order. */
  readonly lists: readonly {
    readonly findings: readonly Finding[];
    readonly suppressed: readonly Suppressed[];
  }[];
  /** Suppressions that no finding needs, as findings. */
  readonly unused: readonly Finding[];
  /** What the baseline is to hold from now on; `null`: it is not to be changed. */
  readonly baselineText: string | null;
}

export type SuppressResult =
  ({ readonly ok: true } & SuppressedFindings) | { readonly ok: false; readonly faults: readonly Fault[] };

/** Each list is what one setup or one run of `lint` has: a suppression serves all of them. */
export async function suppress(
  lists: readonly (readonly Finding[])[],
  { settings, baseline, texts }: SuppressionSources,
): Promise<SuppressResult> {
  const ignores = await ignoresIn(texts);
  if (ignores.faults.length > 0) return { ok: false, faults: ignores.faults };
  const written = [...ignores.suppressions, ...(settings === null ? [] : settingsSuppressions(settings))];
  const first = lists.map((findings) => applySuppressions(findings, written));
  const old = baseline?.suppressions ?? [];
  const then = first.map(({ remaining }) => applySuppressions(remaining, old));
  const isAboutRead = (suppression: ProjectSuppression): boolean =>
    texts.some(({ file }) => suppression.isAbout(file));
  const unusedIn = (
    all: readonly ProjectSuppression[],
    results: readonly { readonly unused: readonly unknown[] }[],
  ): readonly ProjectSuppression[] =>
    all.filter((each) => results.every(({ unused }) => unused.includes(each)) && isAboutRead(each));
  const mended = unusedIn(old, then);
  const isUpdated = baseline?.change === 'update';
  return {
    ok: true,
    lists: lists.map((_, i) => ({
      findings: isUpdated ? [] : (then[i]?.remaining ?? []),
      suppressed: [
        ...(first[i]?.suppressed ?? []),
        ...(then[i]?.suppressed ?? []),
        ...(isUpdated
          ? (then[i]?.remaining ?? []).map((finding) => ({ finding, suppression: heldNow(finding) }))
          : []),
      ],
    })),
    unused: [...unusedIn(written, first), ...(baseline?.change == null ? mended : [])].map(unusedSuppression),
    baselineText: baselineText(),
  };

  /** By the baseline that is just being written. */
  function heldNow({ code, ...place }: Finding): Suppression {
    const reason = `it stands in the baseline ${baseline?.file ?? ''}`;
    return { code, reason, kind: 'external', isForOne: true, place, covers: () => true };
  }

  function baselineText(): string | null {
    if (baseline?.change == null) return null;
    if (baseline.change === 'prune')
      return baseline.textWith(
        [],
        old.filter((each) => !mended.includes(each)),
      );
    return baseline.textWith(
      first.map(({ remaining }) => remaining),
      old.filter((each) => !isAboutRead(each)),
    );
  }
}

async function ignoresIn(texts: readonly ReadText[]) {
  const suppressions: ProjectSuppression[] = [];
  const faults: Fault[] = [];
  for (const text of texts) {
    const all = [await inlineIgnores(text)];
    if (text.text.includes('Resources')) {
      const { templateIgnores } = await import('./template-ignores.ts');
      all.push(await templateIgnores(text));
    }
    for (const found of all) {
      suppressions.push(...found.suppressions);
      faults.push(...found.faults);
    }
  }
  return { suppressions, faults };
}
