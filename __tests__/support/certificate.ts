import {generateKeyPairSync, sign} from 'node:crypto'

/** A key and a certificate signed with it, as PEM. */
export interface Certificate {
  readonly key: string
  readonly cert: string
}

/** Makes a self-signed certificate for a host name, valid for a day around now or until the given time. */
export function selfSigned(name: string, until = Date.now() + 86_400_000): Certificate {
  const {privateKey, publicKey} = generateKeyPairSync('ec', {namedCurve: 'P-256'})
  const subject = sequence(set(sequence(oid('550403'), utf8(name))))
  const algorithm = sequence(oid('2a8648ce3d040302'))
  const unsigned = sequence(
    tagged(0xa0, integer(2)),
    integer(1),
    algorithm,
    subject,
    sequence(time(until - 2 * 86_400_000), time(until)),
    subject,
    publicKey.export({type: 'spki', format: 'der'}),
    tagged(
      0xa3,
      sequence(
        extension('551d13', sequence(tagged(0x01, Buffer.from([0xff])))),
        extension('551d11', sequence(tagged(0x82, Buffer.from(name, 'ascii'))))
      )
    )
  )
  const signature = sign('sha256', unsigned, privateKey)
  const certificate = sequence(
    unsigned,
    algorithm,
    tagged(0x03, Buffer.concat([Buffer.from([0]), signature]))
  )
  return {
    key: privateKey.export({type: 'pkcs8', format: 'pem'}).toString(),
    cert: `-----BEGIN CERTIFICATE-----\n${lines(certificate.toString('base64'))}\n-----END CERTIFICATE-----\n`
  }
}

/** One value of DER (ITU-T X.690): tag, length, content. */
function tagged(tag: number, content: Buffer): Buffer {
  const {length} = content
  const size =
    length < 0x80
      ? [length]
      : length < 0x100
        ? [0x81, length]
        : [0x82, Math.floor(length / 256), length % 256]
  return Buffer.concat([Buffer.from([tag, ...size]), content])
}

const sequence = (...items: Buffer[]): Buffer => tagged(0x30, Buffer.concat(items))
const set = (...items: Buffer[]): Buffer => tagged(0x31, Buffer.concat(items))
const oid = (hex: string): Buffer => tagged(0x06, Buffer.from(hex, 'hex'))
const utf8 = (text: string): Buffer => tagged(0x0c, Buffer.from(text))
const integer = (value: number): Buffer => tagged(0x02, Buffer.from([value]))
const extension = (id: string, value: Buffer): Buffer => sequence(oid(id), tagged(0x04, value))

function time(ms: number): Buffer {
  const digits = new Date(ms).toISOString().replace(/[-:T]|\..*/g, '')
  return tagged(0x18, Buffer.from(`${digits}Z`))
}

function lines(base64: string): string {
  return base64.match(/.{1,64}/g)?.join('\n') ?? ''
}
