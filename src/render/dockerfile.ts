import type { Command, CopyStep, ImagePlan, ImageRef, RunStep, Step } from '../model/plan.ts'
import type { RuleId } from '../model/rule.ts'
import type { Citations } from './cite.ts'

/** What templates/Dockerfile.hbs reads. Absent parts are null: the template is strict and refuses a missing name. */
export interface DockerfileView extends Citations {
  readonly stages: readonly StageView[]
}

interface StageView {
  readonly stage: string
  readonly description: string
  readonly base: ImageRef
  readonly cite: string
  readonly groups: readonly GroupView[]
}

interface GroupView {
  readonly why: string
  readonly steps: readonly StepView[]
}

interface Pair {
  readonly key: string
  readonly value: string
}

interface CopyView {
  readonly from: string | null
  readonly writable: boolean
  readonly readOnly: boolean
  readonly paths: readonly string[]
  readonly to: string
}

export interface StepView {
  readonly workdir: string | null
  readonly user: { readonly id: number } | null
  readonly env: readonly Pair[] | null
  readonly copy: CopyView | null
  readonly run: {
    readonly flagged: boolean
    readonly network: boolean
    readonly caches: readonly string[]
    readonly secrets: NonNullable<RunStep['secrets']>
    readonly commands: readonly Command[]
  } | null
  readonly labels: readonly Pair[] | null
  readonly port: number | null
  readonly stopSignal: string | null
  readonly health: ImagePlan['health'] | null
  readonly entrypoint: readonly string[] | null
  readonly command: readonly string[] | null
  readonly lines: readonly string[] | null
}

const empty: StepView = {
  workdir: null,
  user: null,
  env: null,
  copy: null,
  run: null,
  labels: null,
  port: null,
  stopSignal: null,
  health: null,
  entrypoint: null,
  command: null,
  lines: null,
}

/** The view of one image. Neighbouring steps with the same rule stand together under its one comment. */
export function dockerfileView(image: ImagePlan, citations: Citations): DockerfileView {
  const last = image.stages.length - 1
  return {
    ...citations,
    stages: image.stages.map((stage, index) => {
      const steps = stage.steps.map((step) => ({ rule: step.rule, view: stepView(step, image, index === last) }))
      return {
        stage: stage.name,
        description: stage.description,
        base: stage.base,
        cite: citations.cite[index === last ? 'minimal-base' : 'build-stage'],
        groups: grouped([...steps, ...(index === last ? closing(image) : [])], citations),
      }
    }),
  }
}

interface RuledStep {
  readonly rule: RuleId
  readonly view: StepView
}

function grouped(steps: readonly RuledStep[], { why }: Citations): readonly GroupView[] {
  const starts = steps.flatMap((step, i) => (i === 0 || steps[i - 1]?.rule !== step.rule ? [i] : []))
  return starts.flatMap((start, i): GroupView[] => {
    const group = steps.slice(start, starts[i + 1])
    return group[0] === undefined ? [] : [{ why: why[group[0].rule], steps: group.map((s) => s.view) }]
  })
}

function stepView(step: Step, image: ImagePlan, final: boolean): StepView {
  switch (step.do) {
    case 'workdir':
      return { ...empty, workdir: step.path }
    case 'user':
      return { ...empty, user: { id: step.root === true ? 0 : image.user } }
    case 'env':
      return { ...empty, env: pairs(step.values) }
    case 'copy':
      return { ...empty, copy: copyView(step, final) }
    case 'run':
      return { ...empty, run: runView(step) }
    case 'lines':
      return { ...empty, lines: step.lines }
  }
}

function copyView(step: CopyStep, final: boolean): CopyView {
  const writable = step.writable === true
  return { from: step.from ?? null, writable, readOnly: final && !writable, paths: step.paths, to: step.to }
}

function runView(step: RunStep): StepView['run'] {
  const { network, caches, commands, secrets = [] } = step
  return { flagged: !network || caches.length > 0 || secrets.length > 0, network, caches, secrets, commands }
}

/** What every image ends with. */
function closing(image: ImagePlan): readonly RuledStep[] {
  const steps: RuledStep[] = [{ rule: 'oci-labels', view: { ...empty, labels: pairs(image.labels) } }]
  if (image.port > 0) steps.push({ rule: 'expose-served-port', view: { ...empty, port: image.port } })
  steps.push({ rule: image.health.tells === 'page' ? 'page-health' : 'exec-health-check', view: { ...empty, health: image.health } })
  const program = { ...empty, stopSignal: image.stopSignal, command: image.command.length > 0 ? image.command : null }
  steps.push({ rule: 'program-is-pid-1', view: { ...program, entrypoint: image.entrypoint.length > 0 ? image.entrypoint : null } })
  return steps
}

function pairs(record: Readonly<Record<string, string>>): readonly Pair[] | null {
  const entries = Object.entries(record).map(([key, value]) => ({ key, value }))
  return entries.length > 0 ? entries : null
}
