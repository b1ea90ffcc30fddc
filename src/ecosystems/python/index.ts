import type { PythonApp } from '../../model/app.ts'
import type { Ecosystem } from '../../model/ecosystem.ts'
import { detectPython } from './detect.ts'
import { planPython } from './plan.ts'

export const python: Ecosystem<PythonApp> = {
  name: 'python',
  detect: detectPython,
  plan: planPython,
}
