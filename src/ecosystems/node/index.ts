import type { NodeApp } from '../../model/app.ts'
import type { Ecosystem } from '../../model/ecosystem.ts'
import { detectNode } from './detect.ts'
import { planNode } from './plan.ts'

export const node: Ecosystem<NodeApp> = {
  name: 'node',
  detect: detectNode,
  plan: planNode,
}
