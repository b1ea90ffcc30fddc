import type { GoApp } from '../../model/app.ts'
import type { Ecosystem } from '../../model/ecosystem.ts'
import { detectGo } from './detect.ts'
import { planGo } from './plan.ts'

export const go: Ecosystem<GoApp> = {
  name: 'go',
  detect: detectGo,
  plan: planGo,
}
