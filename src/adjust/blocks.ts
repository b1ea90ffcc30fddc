import type { BlockLines, Blocks } from '../model/block.ts'
import type { ImagePlan, Plan, ServicePlan, Stage, Step } from '../model/plan.ts'

/** The plan with the lines of presets where their blocks stand. */
export function withBlocks(plan: Plan, blocks: Blocks): Plan {
  if (blocks.size === 0) return plan
  const service = blocks.get('compose-service')
  const own = new Set(plan.images.map(({ dockerfile }) => dockerfile))
  const builds = ({ source }: ServicePlan): boolean => 'dockerfile' in source && own.has(source.dockerfile)
  const given = variablesIn(blocks.get('final-stage')?.lines ?? [])
  return {
    ...plan,
    images: plan.images.map((image) => inImage(image, blocks)),
    services: plan.services.map((s) => ({
      ...s,
      // Without a value Compose would take the image's own away.
      ...(builds(s) || 'same' in s.source ? { variables: s.variables.filter((name) => !given.has(name)) } : {}),
      ...(service !== undefined && builds(s) ? { added: withOrigin(service) } : {}),
    })),
  }
}

/** Names that these lines give a value. A word of a value that looks like one counts too: it is only not handed through. */
function variablesIn(lines: readonly string[]): ReadonlySet<string> {
  return new Set(lines.flatMap((line) => [...line.matchAll(/(?:^|[\s"'])([A-Za-z_]\w*)=/g)].map(([, name = '']) => name)))
}

function inImage(image: ImagePlan, blocks: Blocks): ImagePlan {
  const patterns = (blocks.get('ignore')?.lines ?? []).filter((line) => line !== '' && !line.startsWith('#'))
  const last = image.stages.length - 1
  return {
    ...image,
    stages: image.stages.map((stage, i) => (i === last ? inFinal(stage, blocks) : inInstalling(stage, blocks))),
    ...(patterns.length > 0 && { ignore: [...(image.ignore ?? []), ...patterns] }),
  }
}

function inFinal(stage: Stage, blocks: Blocks): Stage {
  return { ...stage, steps: [...stage.steps, ...stepsOf(blocks.get('final-stage'))] }
}

/** Around all that a stage installs, behind what makes it trust and reach its sources. */
function inInstalling(stage: Stage, blocks: Blocks): Stage {
  const last = stage.steps.findLastIndex(installs)
  if (last === -1) return stage
  const first = stage.steps.findIndex((step) => step.rule !== 'trusted-authority')
  return {
    ...stage,
    steps: [
      ...stage.steps.slice(0, first),
      ...stepsOf(blocks.get('before-install')),
      ...stage.steps.slice(first, last + 1),
      ...stepsOf(blocks.get('after-install')),
      ...stage.steps.slice(last + 1),
    ],
  }
}

function installs(step: Step): boolean {
  return step.do === 'run' && step.network && step.rule !== 'build-offline'
}

function stepsOf(block: BlockLines | undefined): readonly Step[] {
  return block === undefined || block.lines.length === 0 ? [] : [{ do: 'lines', lines: withOrigin(block), rule: 'preset-block' }]
}

function withOrigin({ preset, lines }: BlockLines): readonly string[] {
  return [`# ${preset}`, ...lines]
}
