/** A practice that rules follow: a row of docs/practices.md, which is made from these records. */
export interface Practice {
  readonly title: string
  /** Who asks for it: benchmarks, guides, and the rules of checkers. */
  readonly source: string
  /** Where the product follows it. D Dockerfile, I .dockerignore, C compose.yaml. */
  readonly realised: string
}

/** By number. Sources were read in November 2026. */
export const practices: Readonly<Record<number, Practice>> = {
  1: {
    title: 'only artifacts reach the final image',
    source: 'Docker Building best practices; CIS Docker Benchmark 4.3',
    realised: 'D stages of their own for installing, building, running',
  },
  2: {
    title: 'reproducible builds',
    source: 'Docker Building best practices',
    realised: 'D lockfile installs, Go without paths and state; digests: not yet',
  },
  3: {
    title: 'minimal base image',
    source: 'CIS Docker Benchmark 4.3',
    realised: 'D distroless (Node.js, Go), slim (Python), nginx without privileges (sites)',
  },
  4: {
    title: 'nothing unneeded in the final image',
    source: 'CIS Docker Benchmark 4.3; hadolint DL3015; trivy DS-0029',
    realised: 'D nothing is installed there but libraries that a package loads, and programs that it calls',
  },
  5: {
    title: 'trusted, maintained base images',
    source: 'CIS Docker Benchmark 4.2; hadolint DL3026',
    realised: 'D official and distroless images, each with its end of life in the catalogue',
  },
  10: {
    title: 'no secret in the image',
    source: 'CIS Docker Benchmark 4.10; trivy DS-0031; hadolint DL3064',
    realised: 'I deny list, allow-list; D throwaway values in one RUN only',
  },
  11: {
    title: 'no confidential file copied and deleted later',
    source: 'Docker Build secrets',
    realised: 'I it never reaches the builder',
  },
  12: {
    title: 'build-time secrets by secret mounts',
    source: 'Docker Build secrets; trivy DS-0031',
    realised: 'D `RUN --mount=type=secret` for the option build-secrets; a `.npmrc` with a token is not copied',
  },
  13: {
    title: 'run-time secrets as files',
    source: 'OWASP Docker Security Cheat Sheet, rule 12',
    realised: 'C `secrets`, read by the program or by a loader that becomes it; what a project can do without is handed through by name',
  },
  14: {
    title: 'numeric user',
    source: 'CIS Docker Benchmark 4.1; OWASP Docker Security Cheat Sheet, rule 2; hadolint DL3002; trivy DS-0002; checkov CKV_DOCKER_3',
    realised: 'D `USER 10001:10001`, C `user`',
  },
  15: {
    title: 'any other user id works as well',
    source: 'OpenShift Creating images, arbitrary user ids',
    realised: 'D files readable by all: any other id works',
  },
  16: { title: 'temporary data in /tmp only', source: 'CIS Docker Benchmark 5.13', realised: 'C `tmpfs` with a size' },
  17: {
    title: 'files of root, writable by nobody',
    source: 'CIS Docker Benchmark 4.8',
    realised: 'D `COPY --chmod=u=rwX,go=rX`, setuid bits stripped on slim',
  },
  18: { title: 'user switched early and visibly', source: 'hadolint DL3002', realised: 'D right after WORKDIR in the last stage' },
  20: { title: 'the runtime may override the user', source: 'OpenShift Creating images, arbitrary user ids', realised: 'C `user`' },
  21: { title: "no dependence on the base image's user", source: 'hadolint DL3046', realised: 'D an id that no base image has' },
  22: { title: 'never privileged', source: 'CIS Docker Benchmark 5.5', realised: 'C nothing asks for it' },
  23: {
    title: 'no capability',
    source: 'CIS Docker Benchmark 5.4; OWASP Docker Security Cheat Sheet, rule 3',
    realised: 'C `cap_drop: ALL`',
  },
  24: {
    title: 'no privilege escalation',
    source: 'CIS Docker Benchmark 5.26; OWASP Docker Security Cheat Sheet, rule 4',
    realised: 'C `no-new-privileges:true`',
  },
  25: {
    title: 'read-only root file system',
    source: 'CIS Docker Benchmark 5.13; OWASP Docker Security Cheat Sheet, rule 8',
    realised: 'C `read_only: true`; D bytecode and static files made while building',
  },
  26: {
    title: 'volumes read-only where they can be',
    source: 'OWASP Docker Security Cheat Sheet, rule 8',
    realised: 'C a volume is written only where the program writes',
  },
  27: {
    title: 'memory and processor limits',
    source: 'CIS Docker Benchmark 5.11, 5.12; OWASP Docker Security Cheat Sheet, rule 7',
    realised: 'C `mem_limit`, `memswap_limit`, `cpus`',
  },
  28: { title: 'process and file limits', source: 'CIS Docker Benchmark 5.19, 5.29', realised: 'C `pids_limit`, `ulimits`' },
  29: { title: 'restarts end', source: 'CIS Docker Benchmark 5.15', realised: 'C `restart: on-failure:5`' },
  30: { title: 'seccomp is not switched off', source: 'CIS Docker Benchmark 5.22', realised: 'C nothing loosens the default' },
  32: {
    title: 'only the served port is exposed',
    source: 'CIS Docker Benchmark 5.9; trivy DS-0004; checkov CKV_DOCKER_1',
    realised: 'D `EXPOSE`',
  },
  33: { title: 'published on a host interface', source: 'CIS Docker Benchmark 5.14', realised: 'C `127.0.0.1:…`' },
  34: {
    title: 'no default bridge, networks by need',
    source: 'CIS Docker Benchmark 5.30; OWASP Docker Security Cheat Sheet, rule 5',
    realised: 'C a network of its own',
  },
  35: {
    title: 'only wanted connections between services',
    source: 'OWASP Docker Security Cheat Sheet, rule 5',
    realised: 'C each service on an internal network that only those share who talk to it',
  },
  44: {
    title: 'small build context',
    source: 'Docker Building best practices',
    realised: 'I allow-list computed from the COPY lines',
  },
  45: { title: 'explicit COPY', source: 'Docker Building best practices', realised: 'D named paths' },
  46: { title: 'COPY rather than ADD', source: 'CIS Docker Benchmark 4.9; hadolint DL3020; checkov CKV_DOCKER_4', realised: 'D never ADD' },
  47: {
    title: 'downloads are verified, or left behind in a stage',
    source: 'Docker Building best practices',
    realised: 'D Go modules are checked; compilers stay in the build stage',
  },
  48: { title: 'few layers', source: 'hadolint DL3059', realised: 'D one RUN a purpose' },
  49: { title: 'order by frequency of change', source: 'Docker Building best practices', realised: 'D manifests, install, source' },
  50: {
    title: 'no package index update alone',
    source: 'CIS Docker Benchmark 4.7; trivy DS-0017; checkov CKV_DOCKER_5',
    realised: 'D in one RUN with the install, and removed again',
  },
  51: {
    title: 'fixed tags',
    source: 'hadolint DL3006, DL3007; trivy DS-0001; checkov CKV_DOCKER_7',
    realised: 'D every base image; digests: not yet',
  },
  52: {
    title: 'OCI labels',
    source: 'OCI Image Specification, Annotations; hadolint DL4000',
    realised: 'D `LABEL org.opencontainers.image.…`',
  },
  53: { title: 'labels that tell whose it is', source: 'OCI Image Specification, Annotations', realised: 'D `vendor`, `licenses`' },
  54: {
    title: 'health check',
    source: 'CIS Docker Benchmark 4.6; trivy DS-0026; checkov CKV_DOCKER_2',
    realised: 'D `HEALTHCHECK`, C `healthcheck`, `depends_on` with `service_healthy`',
  },
  55: {
    title: 'the program itself is started',
    source: 'Docker and Node.js Best Practices, CMD; hadolint DL3025',
    realised: 'D exec form `ENTRYPOINT`',
  },
  56: {
    title: 'an init, signals handled',
    source: 'Docker and Node.js Best Practices, Handling Kernel Signals',
    realised: 'C `init: true`, D `STOPSIGNAL`',
  },
  57: {
    title: 'package managers at an exact version',
    source: 'hadolint DL3016, DL3060',
    realised: 'D uv, Poetry, Pipenv, pnpm, Yarn and added servers; npm comes with the image',
  },
  60: {
    title: 'containers are immutable',
    source: 'CIS Docker Benchmark 5.23, 5.24',
    realised: 'C nothing can be written but temporary and kept data',
  },
  61: { title: 'bounded logs', source: 'compose-lint CL14', realised: 'C `logging`' },
  62: {
    title: 'production mode',
    source: 'Docker and Node.js Best Practices, Environment Variables; Django Deployment checklist',
    realised: 'D `NODE_ENV`, notices for DEBUG',
  },
}
