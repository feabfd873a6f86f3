/**
 * Whether CircleCI's token may go to an address: the configured origin, and over https CircleCI's own hosts, which
 * serve artifacts (`output.circle-artifacts.com`, `<n>-<id>-gh.circle-artifacts.com`). Nothing else, ever.
 */
export function mayCarryToken(url: URL, host: string): boolean {
  if (!isSafeAddress(url) || url.username !== '' || url.password !== '') return false
  if (url.origin === new URL(host).origin) return true
  return (
    url.protocol === 'https:' &&
    url.port === '' &&
    /(^|\.)(circleci\.com|circle-artifacts\.com)$/.test(url.hostname)
  )
}

/** Whether a host name is this machine's own loopback, the only place where plain http is accepted. */
export function isLoopback(hostname: string): boolean {
  return /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/i.test(hostname)
}

/** Whether anything may be asked of an address at all: https, and plain http on loopback. */
export function isSafeAddress(url: URL): boolean {
  return url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url.hostname))
}
