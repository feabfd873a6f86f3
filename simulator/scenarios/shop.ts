import type {ArtifactSpec, JobSpec, ProjectSpec, StepSpec, TestSpec} from '../scenario.ts'

/** The shop's project on GitHub, built through OAuth. */
export const shop: ProjectSpec = {
  slug: 'gh/acme/shop',
  name: 'shop',
  organization: 'acme',
  defaultBranch: 'main',
  commitSubject: 'Round cart totals half to even',
  parameters: {
    environment: {type: 'enum', default: 'staging', enum: ['staging', 'production']},
    'image-tag': {type: 'string', default: 'latest'},
    deploy: {type: 'boolean', default: false},
    retries: {type: 'integer', default: 2}
  }
}

/** The steps every job of the shop begins with. */
export const checkout: readonly StepSpec[] = [
  {
    name: 'Checkout code',
    command: 'git clone "$CIRCLE_REPOSITORY_URL" . && git reset --hard "$CIRCLE_SHA1"',
    output:
      "Cloning git repository\nCloning into '.'...\nremote: Enumerating objects: 4821, done.\u001B[K\nReceiving objects:  37% (1784/4821)\rReceiving objects:  74% (3568/4821)\rReceiving objects: 100% (4821/4821), 6.12 MiB | 18.40 MiB/s, done.\nHEAD is now at the commit to build\n"
  },
  {
    name: 'Restoring cache',
    output: 'Found a cache from build 998 at v3-npm-9f2c\nSize: 84 MiB\nValidating cache...\n'
  },
  {
    name: 'Install packages',
    command: 'npm ci',
    output:
      '[##................] | idealTree: timing idealTree Completed in 412ms\r[##################] - reify: timing reify Completed in 5120ms\n\nadded 612 packages in 9s\n'
  }
]

/** Tests of the cart that pass. */
export const cartTests: readonly TestSpec[] = [
  cartTest('adds an item', 0.012),
  cartTest('removes an item', 0.009),
  cartTest('sums up prices in several currencies', 0.031),
  cartTest('applies a voucher once', 0.018),
  cartTest('keeps its items across a reload', 0.204)
]

/** A test of the cart that passes. */
export function cartTest(name: string, seconds: number): TestSpec {
  return {
    name: `Cart ${name}`,
    classname: 'Cart',
    file: '/home/circleci/project/src/cart.test.ts',
    source: 'jest',
    result: 'success',
    seconds
  }
}

/** What the shop's unit tests leave behind. */
export const coverage: readonly ArtifactSpec[] = [
  {
    path: 'coverage/index.html',
    content:
      '<!doctype html>\n<html lang="en"><title>Coverage</title><h1>Coverage: 94.2 %</h1></html>\n'
  },
  {path: 'coverage/lcov.info', content: 'SF:src/cart.ts\nDA:1,12\nDA:2,12\nend_of_record\n'},
  {path: 'test-results/jest/results.xml', content: '<testsuites tests="5" failures="0"/>\n'}
]

/** Lint, which is quick. */
export const lint: JobSpec = {
  name: 'lint',
  run: 0.8,
  resourceClass: 'small',
  steps: [
    ...checkout,
    {
      name: 'ESLint',
      command: 'npx eslint .',
      output: '\u001B[32m✔\u001B[0m 148 files, no problems\n'
    }
  ]
}

/** The unit tests, on two nodes. */
export const unitTests: JobSpec = {
  name: 'unit-tests',
  run: 1.6,
  parallelism: 2,
  resourceClass: 'large',
  steps: [
    ...checkout,
    {
      name: 'Run unit tests',
      command:
        'npx jest --ci --coverage $(circleci tests glob "src/**/*.test.ts" | circleci tests split)',
      output:
        '\u001B[0m\u001B[7m\u001B[1m\u001B[32m PASS \u001B[39m\u001B[22m\u001B[27m\u001B[0m src/cart.test.ts\n\nTests:       \u001B[1m\u001B[32m5 passed\u001B[39m\u001B[22m, 5 total\nTime:        1.204 s\n'
    }
  ],
  tests: cartTests,
  artifacts: coverage
}

/** The image of the shop. */
export const buildImage: JobSpec = {
  name: 'build-image',
  requires: ['lint', 'unit-tests'],
  run: 1.2,
  resourceClass: 'large',
  contexts: ['acme-registry'],
  steps: [
    ...checkout,
    {
      name: 'Build the image',
      command: 'docker build --tag acme/shop:${CIRCLE_SHA1:0:7} .',
      output:
        '#1 [internal] load build definition from Dockerfile\n#9 exporting to image\n#9 DONE 2.4s\n'
    }
  ],
  artifacts: [{path: 'image/digest.txt', content: 'sha256:0c5e6a1f4b2d\n'}]
}
