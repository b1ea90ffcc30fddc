import type { Evidence } from '../model/evidence.ts'
import type { Floor } from '../model/preset.ts'
import { oneLine } from '../model/text.ts'
import { place } from './human.ts'

/** A floor that is broken at a place. */
export interface BreachReport {
  readonly text: string
  readonly because: Evidence
  readonly floor: Floor
}

/** `compose.yaml:12: web: no user is set (floor non-root of preset strict: preset.toml:9).` */
export function breachText({ text, because, floor }: BreachReport): string {
  return `${place(because)}: ${oneLine(text)} (floor ${floor.floor} of ${place(floor.because)}).`
}

/** The same for machines. */
export interface BreachJson {
  readonly floor: string
  readonly text: string
  readonly file: string
  readonly line?: number
  readonly preset: string
  readonly setBy: Evidence
}

export function breachJson({ text, because: { file, line }, floor }: BreachReport): BreachJson {
  return { floor: floor.floor, text, file, ...(line === undefined ? {} : { line }), preset: floor.preset, setBy: floor.because }
}
