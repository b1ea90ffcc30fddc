import type { Choices } from '../model/options.ts'
import type { Stage, Step } from '../model/plan.ts'

const rule = 'trusted-authority'
const folder = '/etc/ssl/certs'
const authority = `${folder}/own-authority.crt`
const bundle = `${folder}/own-bundle.crt`

/** Where each ecosystem looks. Go reads every file of the folder; Python reads one file, which must hold the usual authorities too. */
const variables: Readonly<Record<Choices['ecosystem']['value'], Readonly<Record<string, string>>>> = {
  node: { NODE_EXTRA_CA_CERTS: authority },
  go: {},
  python: { SSL_CERT_FILE: bundle, REQUESTS_CA_BUNDLE: bundle, PIP_CERT: bundle },
}

/** Stages that trust a certificate authority of the project's own: those that use the network, and the last. */
export function trusting(stages: readonly Stage[], choices: Choices): readonly Stage[] {
  const text = choices['ca-certificate']?.value
  const [first] = stages
  if (text === undefined || first === undefined) return stages
  const ecosystem = choices.ecosystem.value
  const values = variables[ecosystem]
  const steps: readonly Step[] = [
    { do: 'copy', from: 'certificates', paths: ['/certificates/'], to: `${folder}/`, rule },
    ...(Object.keys(values).length > 0 ? [{ do: 'env', values, rule } as const] : []),
  ]
  const needs = (stage: Stage): boolean => stage === stages.at(-1) || stage.steps.some((step) => step.do === 'run' && step.network)
  return [
    {
      name: 'certificates',
      description: 'Holds the certificate authority of our own',
      base: first.base,
      steps: writing(text, ecosystem === 'python'),
    },
    ...stages.map((stage) => (needs(stage) ? { ...stage, steps: [...steps, ...stage.steps] } : stage)),
  ]
}

function writing(text: string, bundles: boolean): readonly Step[] {
  const lines = text.trim().split('\n')
  const join = `cat ${folder}/ca-certificates.crt own-authority.crt > own-bundle.crt`
  return [
    { do: 'workdir', path: '/certificates', rule },
    {
      do: 'run',
      network: false,
      caches: [],
      rule,
      commands: [{ write: 'own-authority.crt', lines }, ...(bundles ? [{ argv: ['sh', '-c', join] }] : [])],
    },
  ]
}
