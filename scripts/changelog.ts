/**
 * Returns what CHANGELOG.md says about a version: the text under `## [1.2.3] - 2026-03-02`, for the release of that
 * version. https://keepachangelog.com
 *
 * @throws Error when there is no such section, when it has no date yet, or when it is empty
 */
export function releaseNotes(changelog: string, version: string): string {
  const sections = changelog.split(/^## /m).slice(1)
  const section = sections.find(text => text.startsWith(`[${version}]`))
  if (section === undefined) {
    throw new Error(`CHANGELOG.md has no section "## [${version}] - <date>".`)
  }
  const [heading = '', ...lines] = section.split('\n')
  if (!/\] - \d{4}-\d{2}-\d{2}$/.test(heading.trim())) {
    throw new Error(`"## ${heading.trim()}" in CHANGELOG.md needs the date of the release.`)
  }
  const notes = lines
    .filter(line => !/^\[[^\]]+\]: /.test(line))
    .join('\n')
    .trim()
  if (notes === '') throw new Error(`The section of ${version} in CHANGELOG.md is empty.`)
  return notes
}
