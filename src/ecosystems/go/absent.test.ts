import { expect, it } from 'vitest'
import { detect, mod, server } from '../../../test/detected-go.ts'

const path = 'github.com/acme/shop/v2'

it.each([
  [`${path}/doc/made`, mod, [], ['doc/made']],
  [`${path}/doc/made`, mod, ['doc/made/huge.go'], undefined],
  [`${path}/api/v3/types`, `${mod}require ${path}/api/v3 v3.0.0\n`, [], undefined],
  ['github.com/acme/shop/v22/a', mod, [], undefined],
])('%s is told of where nothing holds it', (imported, manifest, others, folders) => {
  const code = server.replace('import "net/http"', `import (\n\t"net/http"\n\n\t_ "${imported}"\n)`)
  const [found] = detect({ 'go.mod': manifest, 'main.go': code }, others)?.notices.filter((n) => n.code === 'go-package-missing') ?? []
  expect(found?.text).toEqual(folders && expect.stringContaining(`: ${folders.join(', ')}.`))
  if (folders) expect(found?.because).toMatchObject([{ file: 'main.go', line: 6 }])
})
