/** As `URL` spells host names: loopback (RFC 6761, RFC 1122), unspecified, link-local (RFC 3927, RFC 4291) and IPv4 inside IPv6. */
const LOCAL =
  /^(?:(?:.*\.)?localhost\.?|(?:0|127)(?:\.\d+){3}|169\.254(?:\.\d+){2}|\[::1?\]|\[::ffff:.*|\[fe[89ab].*)$/

/**
 * Whether CircleCI's token may go to an address: the configured origin, and over https CircleCI's own hosts, which
 * serve artifacts (`output.circle-artifacts.com`, `<n>-<id>-gh.circle-artifacts.com`). Nothing else, ever.
 */
export function mayCarryToken(url: URL, host: string): boolean {
  if (!isSafeAddress(url, host) || url.username !== '' || url.password !== '') return false
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

/** What an address is that is not safe. */
export const UNSAFE_ADDRESS = 'not an https address of another machine'

/**
 * Whether an address that CircleCI told may be asked at all: over https, and nothing of this machine or its own network
 * segment, where services trust whoever reaches them (cloud metadata at 169.254.169.254 for one). A CircleCI that is itself
 * on loopback may point at its neighbours, over plain http too. Private networks are let through: a CircleCI Server keeps
 * its artifacts there.
 */
export function isSafeAddress({protocol, hostname}: URL, host: string): boolean {
  const secure = protocol === 'https:'
  if (isLoopback(new URL(host).hostname)) {
    return secure || (protocol === 'http:' && isLoopback(hostname))
  }
  return secure && !LOCAL.test(hostname)
}
