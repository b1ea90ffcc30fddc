import { describe, expect, it } from 'vitest'
import { missingNotices } from './missing.ts'
import { readSettings } from './settings.ts'
import { treeOf } from './tree.fixture.ts'

function missing(settings: string, more: Readonly<Record<string, string>> = {}): readonly (string | undefined)[] {
  const tree = treeOf({ 'shop/__init__.py': '', 'shop/settings.py': settings, ...more })
  return missingNotices(tree, '.', readSettings(tree, '.', 'shop.settings')).map(
    ({ text, because }) => `${/load (\S+),/.exec(text)?.[1]}:${because[0]?.line}`,
  )
}

describe('what settings load and the repository lacks', () => {
  it.each([
    ['A = 1\nfrom .local import *\n', '.local:2'],
    ['from shop.secrets import KEY\n', 'shop.secrets:1'],
    ['path = os.getenv("SHOP_CONF", "shop.conf")\nconf = importlib.import_module(path)\n', 'shop.conf:1'],
    ['path = "shop.conf"\ntry:\n    conf = import_module(path)\nexcept ImportError:\n    raise Exception("no conf")\n', 'shop.conf:1'],
  ])('is told of: %j', (settings, expected) => expect(missing(settings)).toEqual([expected]))

  it.each([
    'try:\n    from .local import *\nexcept ImportError:\n    pass\n',
    'if DEBUG:\n    from .local import *\n',
    'from celery.schedules import crontab\n',
    '# from .local import *\n',
    'path = "shop.conf"\ntry:\n    conf = import_module(path)\nexcept ImportError:\n    pass\n',
    'conf = import_module(path)\n',
  ])('is nothing in %j', (settings) => expect(missing(settings)).toEqual([]))

  it.each(['shop/conf_example.py', 'shop/conf.sample.py', 'shop/conf.py.live.example', 'shop/conf.py-dist'])('is told of by %s', (file) => {
    const told = (settings: string, more = {}) => {
      const tree = treeOf({ 'shop/settings.py': settings, [file]: '', ...more })
      return missingNotices(tree, '.', readSettings(tree, '.', 'shop.settings')).map(({ code, because }) => [code, because[0]?.file])
    }
    expect(told('conf = load()\n')).toEqual([['django-settings-sampled', file]])
    expect(told('conf = load()\n', { 'shop/conf.py': '' })).toEqual([])
    expect(told('path = join(here, "conf.py")\nif exists(path):\n    load(path)\n')).toEqual([])
    expect(told('try:\n    from .conf import *\nexcept ImportError:\n    pass\n')).toEqual([])
  })

  it('is there as a file or a package', () => {
    expect(missing('from .local import *\nfrom .parts.one import *\n', { 'shop/local.py': '', 'shop/parts/one.py': '' })).toEqual([])
  })
})
