const esc = '\u001B'

/** What jest prints when two tests fail, with colours, a progress bar and many lines of other tests. */
export const jestLog = [
  `${esc}[2m> shop@3.8.0 test${esc}[22m`,
  `${esc}[2m> jest --ci --coverage${esc}[22m`,
  '',
  progressBar(40),
  ...Array.from(
    {length: 120},
    (_, index) => `${esc}[32m PASS ${esc}[39m src/catalogue/part-${index + 1}.test.ts`
  ),
  `${esc}[31m FAIL ${esc}[39m src/cart.test.ts`,
  `  ${esc}[1m${esc}[31m● Cart › rounds totals half to even${esc}[39m${esc}[22m`,
  '',
  '    expect(received).toBe(expected) // Object.is equality',
  '',
  `    Expected: ${esc}[32m"10.02"${esc}[39m`,
  `    Received: ${esc}[31m"10.03"${esc}[39m`,
  '',
  '      40 |     cart.add(item({price: 10.025}))',
  '      41 |',
  `    ${esc}[31m${esc}[1m>${esc}[22m${esc}[39m 42 |     expect(cart.total()).toBe('10.02')`,
  '         |                          ^',
  '',
  '      at Object.<anonymous> (src/cart.test.ts:42:31)',
  '',
  `${esc}[31m FAIL ${esc}[39m src/checkout.test.ts`,
  `  ${esc}[1m${esc}[31m● Checkout › refuses an expired card${esc}[39m${esc}[22m`,
  '',
  "    TypeError: Cannot read properties of undefined (reading 'expiry')",
  '',
  '      at validate (src/checkout.ts:17:22)',
  '      at Object.<anonymous> (src/checkout.test.ts:88:5)',
  '',
  `Test Suites: ${esc}[1m${esc}[31m2 failed${esc}[39m${esc}[22m, ${esc}[1m${esc}[32m120 passed${esc}[39m${esc}[22m, 122 total`,
  `Tests:       ${esc}[1m${esc}[31m2 failed${esc}[39m${esc}[22m, 1 skipped, 611 passed, 614 total`,
  'Time:        14.71 s',
  '',
  `${esc}[31mExited with code exit status 1${esc}[0m`,
  ''
].join('\n')

/** What the TypeScript compiler prints about several hundred errors after a dependency changed. */
export const compilerLog = [
  ...Array.from(
    {length: 400},
    (_, index) =>
      `src/catalogue/part-${(index % 120) + 1}.ts(${(index % 80) + 3},17): error TS2339: Property 'amount' does not exist on type 'Price'.`
  ),
  `src/checkout.ts(17,22): error TS2532: Object is possibly 'undefined'.`,
  '',
  'Found 401 errors in 121 files.',
  '',
  'Exited with code exit status 2',
  ''
].join('\n')

/** What pytest prints, with its dots and percentages. */
export const pytestLog = [
  '============================= test session starts ==============================',
  'platform linux -- Python 3.14.0, pytest-9.0.2, pluggy-1.6.0',
  'collected 214 items',
  '',
  'tests/test_stock.py ........................................                 [ 18%]',
  'tests/test_orders.py ..............F...............                          [ 33%]',
  '',
  '=================================== FAILURES ===================================',
  '_________________________ test_order_survives_a_reload _________________________',
  '',
  '    def test_order_survives_a_reload(browser):',
  '>       assert browser.find("#order").text == "1 item"',
  "E       AssertionError: assert '' == '1 item'",
  '',
  'tests/test_orders.py:57: AssertionError',
  '=========================== short test summary info ============================',
  "FAILED tests/test_orders.py::test_order_survives_a_reload - AssertionError: assert '' == '1 item'",
  '======================== 1 failed, 213 passed in 41.20s ========================',
  ''
].join('\n')

function progressBar(width: number): string {
  return Array.from({length: width + 1}, (_, done) => {
    const bar = '█'.repeat(done) + '░'.repeat(width - done)
    return `\r${esc}[2KRuns ${bar} ${Math.round((done / width) * 100)}%`
  }).join('')
}
