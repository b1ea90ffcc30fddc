import type { Reads } from '../../model/tree.ts'
import { startScripts } from './own-script.ts'

/** Files that say how a project is run, beside those that are read for other things. */
export const runFiles = ['app.json', 'app.yaml', 'deploy.template.yaml', 'fly.toml', 'nixpacks.toml', 'render.yaml', 'uwsgi.ini']

/** Files that say how it is tested. */
export const testFiles = ['pytest.ini', 'setup.cfg', 'tox.ini']

/** Files that detection reads. */
export const pythonReads: Reads = {
  names: [
    ...[
      'pyproject.toml',
      'uv.lock',
      'poetry.lock',
      'setup.py',
      'Pipfile',
      'Pipfile.lock',
      '.python-version',
      'Procfile',
      'runtime.txt',
      '.tool-versions',
      'Dockerfile',
      'constraints.txt',
    ],
    ...runFiles,
    ...testFiles,
    ...startScripts,
    ...['base', 'common', 'core', 'main', 'default', 'production', 'prod', 'deploy', 'staging', 'dev', 'development', 'local'].flatMap(
      (name) => [`${name}.txt`, `requirements-${name}.txt`, `requirements_${name}.txt`],
    ),
  ],
  endings: ['.py', 'requirements.txt', 'requirements/*.txt'],
}
