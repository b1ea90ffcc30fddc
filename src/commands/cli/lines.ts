import { checkLine } from './check.ts'
import type { CommandLine } from './command.ts'
import { completionLine } from './completion.ts'
import { configLine } from './config.ts'
import { detectLine } from './detect.ts'
import { diffLine } from './diff.ts'
import { ejectLine } from './eject.ts'
import { envLine } from './env.ts'
import { explainLine } from './explain.ts'
import { initLine } from './init.ts'
import { presetLine } from './preset.ts'
import { secretsLine } from './secrets.ts'
import { statusLine } from './status.ts'
import { updateLine } from './update.ts'

/** Every command, in the order of the help. */
export const lines: readonly CommandLine[] = [
  statusLine,
  initLine,
  detectLine,
  updateLine,
  checkLine,
  diffLine,
  configLine,
  presetLine,
  envLine,
  secretsLine,
  ejectLine,
  explainLine,
  completionLine,
]
