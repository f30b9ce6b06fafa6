/** The suppressions that stand in the settings of a project. */
import type { Finding } from '../../lint/finding.ts';
import { matchesPattern } from '../../lint/wildcard.ts';
import type { SettingsFile, SettingsSuppression } from '../settings-file.ts';
import type { ProjectSuppression } from './project-suppression.ts';

export function settingsSuppressions(settings: SettingsFile): readonly ProjectSuppression[] {
  return settings.suppressions.map((written, index): ProjectSuppression => {
    const pointer = `/suppressions/${String(index)}`;
    const place = settings.locate(pointer);
    const isAbout = (file: string | null): boolean =>
      written.path === undefined ||
      (file !== null && matchesPattern(written.path, settings.relativePath(file)));
    return {
      code: written.code,
      reason: written.reason,
      kind: 'external',
      isForOne: false,
      place: {
        file: settings.file,
        pointer,
        line: place?.line ?? null,
        column: place?.column ?? null,
      },
      isAbout,
      covers: (finding) => isAbout(finding.file) && isAtPlace(written, finding),
    };
  });
}

function isAtPlace({ source, pointer }: SettingsSuppression, finding: Finding): boolean {
  if (source !== undefined && !matchesPattern(source, finding.source)) return false;
  return pointer === undefined || matchesPattern(pointer, finding.pointer);
}
