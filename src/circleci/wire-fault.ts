import {errorMessage} from '../base/errors.ts'

/** The connection failed. `connected` tells whether the request can have left this machine. */
export class WireFault extends Error {
  override readonly name = 'WireFault'
  readonly connected: boolean
  /** A certificate that is not trusted: trying again does not help. */
  readonly certificate: boolean
  /** The host's name does not resolve, now or at all. */
  readonly unresolved: boolean

  constructor(message: string, connected: boolean, cause?: unknown) {
    super(message, {cause})
    this.connected = connected
    this.certificate = !connected && isCertificateError(cause)
    this.unresolved = !connected && /^(ENOTFOUND|EAI_AGAIN)$/.test(codeOf(cause))
  }
}

/** The fault for an error of Node's or of the proxy tunnel's, in words for people, with Node's code. */
export function toWireFault(error: unknown, connected: boolean): WireFault {
  const proxy = proxyProblem(errorMessage(error))
  return new WireFault(proxy ?? describe(error), connected, error)
}

function describe(error: unknown): string {
  const code = codeOf(error)
  const message = causesOf(error).map(errorMessage).join('; ')
  return code === '' || message.includes(code) ? message : `${message} (${code})`
}

/** Where a host has several addresses, Node tries them all and throws an `AggregateError` without a message. */
function causesOf(error: unknown): readonly unknown[] {
  const {errors} = Object(error) as {errors?: unknown}
  return Array.isArray(errors) && errors.length > 0 ? errors : [error]
}

/** The tunnel that @actions/http-client uses gives every failure of a proxy this sentence, and `ECONNRESET` as its code. */
function proxyProblem(message: string): string | undefined {
  const [, status, cause] =
    /^tunneling socket could not be established, (?:statusCode=(\d+)|cause=(.*))$/s.exec(message) ??
    []
  if (status !== undefined) {
    return `the proxy answered ${status}${status === '407' ? ' (it requires credentials)' : ''}`
  }
  return cause === undefined ? undefined : `the proxy cannot be reached: ${cause}`
}

function codeOf(error: unknown): string {
  const {code} = Object(causesOf(error)[0]) as {code?: unknown}
  return typeof code === 'string' ? code : ''
}

/** OpenSSL's verification codes, as Node names them. https://nodejs.org/api/tls.html#x509-certificate-error-codes */
function isCertificateError(error: unknown): boolean {
  return /^(CERT_|CRL_|UNABLE_TO_|DEPTH_ZERO_|SELF_SIGNED_|ERR_TLS_CERT_|ERROR_IN_C|HOSTNAME_MISMATCH|PATH_LENGTH_|INVALID_CA|INVALID_PURPOSE)/.test(
    codeOf(error)
  )
}
