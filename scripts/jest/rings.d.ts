/** Every test file, in the ring it belongs to, as paths from the repository's root with slashes. */
export function rings(): Promise<Readonly<Record<'unit' | 'stories' | 'bundle', readonly string[]>>>
