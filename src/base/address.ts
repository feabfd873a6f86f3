/**
 * The address, relative to `base` when one is given, or `undefined` when it is none. Does not ask `URL.canParse`: on
 * Node 20 and 22, that says no to any address outside ASCII once it has been called some 2,700 times
 * (https://github.com/AikidoSec/firewall-node/pull/1086).
 */
export function parseAddress(text: string, base?: string | URL): URL | undefined {
  try {
    return new URL(text, base)
  } catch {
    return undefined
  }
}
