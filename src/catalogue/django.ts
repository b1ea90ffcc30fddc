import djangoData from './django.json' with { type: 'json' }
import pythonData from './python.json' with { type: 'json' }
import type { Release, ReleaseTable } from './releases.ts'

/** A release line of Django with the release lines of Python that its newest patch supports. */
export interface DjangoRelease extends Release {
  readonly python: readonly string[]
  /**
   * The release of Python that packages of its time run on best, where nothing else is asked for: 3.11 is the last that holds distutils, imp and asynchat
   * ("What's New in Python 3.12", Removed), and the oldest that is still mended.
   */
  readonly prefer?: string
}

/** Release lines of Django, newest first (its FAQ, "What Python version can I use with Django?"). */
export const djangoReleases: Omit<ReleaseTable, 'releases'> & { readonly releases: readonly DjangoRelease[] } = djangoData

/** Exact releases of the programs that an image, or the stage that builds it, gets beside what the project declares, as they were on the catalogue's day. */
export const pythonTools: Readonly<Record<keyof typeof pythonData.tools, string>> = pythonData.tools

/** The newest releases of them on a release of Python that the current ones no longer run on. */
export const olderPythonTools: Readonly<Record<string, Readonly<Record<string, string>>>> = pythonData.olderTools

/** A program with its exact version, as it is installed on a release of Python. */
export function pinnedTool(release: string, name: keyof typeof pythonTools): string {
  return `${name}==${olderPythonTools[release]?.[name] ?? pythonTools[name]}`
}
