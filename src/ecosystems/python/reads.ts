import type { Reads } from '../../model/tree.ts'

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
    ...['base', 'common', 'core', 'main', 'default', 'production', 'prod', 'deploy', 'staging', 'dev', 'development', 'local'].flatMap(
      (name) => [`${name}.txt`, `requirements-${name}.txt`, `requirements_${name}.txt`],
    ),
  ],
  endings: ['.py', 'requirements.txt'],
}
