const ENTITIES: Readonly<Record<string, string>> = {amp: '&', lt: '<', gt: '>', quot: '"'}

/**
 * The text a browser would show of some HTML, without zero-width spaces. Throws when there is any element other than those
 * allowed, or any attribute other than a link's address.
 */
export function shownText(
  html: string,
  allowed: readonly string[],
  {keepZeroWidth = false}: {keepZeroWidth?: boolean} = {}
): string {
  const text = html.replace(
    /<(\/?)([a-z][a-z\d]*)([^>]*)>|<!--|</gi,
    (tag, _, name: string | undefined, attributes: string | undefined) => {
      const known = name !== undefined && allowed.includes(name)
      const harmless =
        attributes === '' || (name === 'a' && /^ href="https?:[^"]*"$/.test(attributes ?? ''))
      if (!known || !harmless) throw new Error(`There should be no ${tag} in ${html}`)
      return ''
    }
  )
  const decoded = text.replace(
    /&(?:#(\d+)|([a-z]+));/g,
    (whole, number: string | undefined, name: string | undefined) =>
      number === undefined ? (ENTITIES[name ?? ''] ?? whole) : String.fromCodePoint(Number(number))
  )
  const shown = decoded.replace(/\n/g, '').trim()
  return keepZeroWidth ? shown : shown.replaceAll('\u200b', '')
}
