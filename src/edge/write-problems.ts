import { dirname, relative } from 'node:path'
import { exitCodes, Problem } from '../model/problem.ts'
import type { ProblemCode } from '../model/problem-codes.ts'
import { errorCode } from './errors.ts'

const { leftUnwritten, irreconcilable } = exitCodes

type TargetCode = 'target-outside' | 'target-is-folder' | 'target-not-a-file' | 'target-unreadable'

/** A file cannot be written where it is to go. `why` completes the sentence "The file …". */
export function targetProblem(code: TargetCode, file: string, why: string): Problem {
  const fix = `Move ${shown(file)} out of the way, or put a plain file in its place that you may read.`
  return new Problem({ code, exit: leftUnwritten, message: `${shown(file)} ${why}. Nothing was written.`, file, fix })
}

export function changedMeanwhile(file: string): Problem {
  return new Problem({
    code: 'changed-meanwhile',
    exit: leftUnwritten,
    message: `${shown(file)} was changed by somebody else while this ran. Nothing was written.`,
    file,
    fix: 'Run again to take the change into account.',
  })
}

export function changedSince(file: string): Problem {
  return new Problem({
    code: 'changed-since',
    exit: leftUnwritten,
    message: `${shown(file)} has been changed since the run that is to be undone. Nothing was undone.`,
    file,
    fix: 'Save your changes elsewhere, or use version control to go back.',
  })
}

export function anotherRun(pid: string, lock: string): Problem {
  return new Problem({
    code: 'another-run',
    exit: leftUnwritten,
    message: `Another run of secure-docker (process ${pid}) is writing to this folder. Nothing was written.`,
    fix: `Wait until it has ended. If there is no such process, remove ${lock}.`,
  })
}

export function interruptedWrite(): Problem {
  return new Problem({
    code: 'write-interrupted',
    exit: irreconcilable,
    message: 'An earlier run was stopped while it wrote, and some files may be new while others are old.',
    fix: 'Run secure-docker init: it first finishes or undoes what was begun.',
  })
}

export function journalInvalid(file: string): Problem {
  return new Problem({
    code: 'journal-invalid',
    exit: irreconcilable,
    message: `${file} was not written by this version of secure-docker, or has been changed.`,
    file,
    fix: 'Remove the folder .secure-docker/local, look through your changes (git status), and run again.',
  })
}

export function nothingToUndo(): Problem {
  return new Problem({
    code: 'nothing-to-undo',
    exit: exitCodes.usage,
    message: 'There is nothing to undo: no earlier run on this machine wrote to this folder.',
    fix: 'Use version control to go back further.',
  })
}

/** An error of the operating system while writing, as a Problem that names the folder; anything else is our fault and stays as it is. */
export function writeProblem(error: unknown, root: string): unknown {
  const cause = errorCode(error)
  if (error instanceof Problem || cause === undefined || !/^E[A-Z0-9]+$/.test(cause)) return error
  const [code, what, fix] = causes[cause] ?? [
    'write-failed',
    `The files cannot be written (${cause})`,
    'Look at the disk and its permissions.',
  ]
  const path = error instanceof Error && 'path' in error && typeof error.path === 'string' ? dirname(error.path) : root
  return new Problem({ code, exit: leftUnwritten, message: `${what}. Nothing was changed.`, file: relative(root, path) || '.', fix })
}

const readOnly = ['folder-not-writable', 'The folder cannot be written to', 'Give yourself permission to write there.'] as const
const full = ['disk-full', 'There is no room left on the disk', 'Make room, and run again.'] as const
const causes: Readonly<Record<string, readonly [code: ProblemCode, what: string, fix: string]>> = {
  EACCES: readOnly,
  EPERM: readOnly,
  EROFS: readOnly,
  ENOSPC: full,
  EDQUOT: full,
}

function shown(file: string): string {
  return JSON.stringify(file)
}
