/** Connections that downloads may share: one for each file, and those that are left over for parts of large files. */
export interface Lanes {
  /** Takes one; there are as many as there are downloads at once. */
  enter(): void
  leave(): void
  /** Takes up to `count` more of those that are free, and says how many. */
  borrow(count: number): number
  giveBack(count: number): void
}

/** Makes as many lanes as there may be downloads at once. */
export function lanesOf(count: number): Lanes {
  let free = count
  return {
    enter: () => {
      free -= 1
    },
    leave: () => {
      free += 1
    },
    borrow: wanted => {
      const taken = Math.max(0, Math.min(wanted, free))
      free -= taken
      return taken
    },
    giveBack: taken => {
      free += taken
    }
  }
}
